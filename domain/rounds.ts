/**
 * Mail rounds: when one is held, and who gets a letter in it (R33, R34, D18). The ledger and the rehearsal call the
 * same functions, so that what was rehearsed is what is sent.
 */
import { isWorkingDay, type WorkCalendar, workingDay } from './calendar';
import { type Day, dayOf, instantOf } from './days';
import type { Addressee } from './notices';
import type { UnitId } from './plan';
import { type Address, addressesOf, type Person, personFor, type Unit } from './unit';

export type RoundKind = 'routine' | 'urgent';
export type Round = '09:00' | '14:30' | 'urgent';

/** One place in time for letters: an addressee gets at most one letter of an office in it (D19). */
export interface Slot {
  on: Day;
  round: Round;
  /** The instant of the slot, whenever its round really runs. */
  at: string;
}

export const ROUTINE_ROUNDS = ['09:00', '14:30'] as const;
const URGENT_FROM = '08:30';
export const OFFICE_CLOSES = '18:00';
const URGENT_EVERY_MINUTES = 5;

const MINUTE_MS = 60_000;

/**
 * The slot that a round run now is held for: the latest one not after now, on this working day (D18). A round that
 * starts after the office closed has none: nobody is to be written to in the evening. The last urgent slot, at
 * closing time, may still be taken until the next one would have come.
 * @param instant ISO instant with a zone
 */
export function slotAt(calendar: WorkCalendar, instant: string, kind: RoundKind): Slot | null {
  const on = dayOf(instant);
  const now = Date.parse(instant);
  const at = (time: string) => Date.parse(instantOf(on, time));
  if (!isWorkingDay(calendar, on) || now >= at(OFFICE_CLOSES) + URGENT_EVERY_MINUTES * MINUTE_MS) return null;
  if (kind === 'routine') {
    const round = [...ROUTINE_ROUNDS].reverse().find((time) => at(time) <= now);
    return round ? { on, round, at: instantOf(on, round) } : null;
  }
  if (now < at(URGENT_FROM)) return null;
  const step = URGENT_EVERY_MINUTES * MINUTE_MS;
  const latest = at(URGENT_FROM) + Math.floor((now - at(URGENT_FROM)) / step) * step;
  return { on, round: 'urgent', at: new Date(latest).toISOString() };
}

/**
 * The instant at which the next urgent round takes over what this one could not hand over, in milliseconds. Null for a
 * routine round, and for the day's last: nobody comes after them to try again in time.
 */
export function relievedAt(slot: Slot): number | null {
  const next = Date.parse(slot.at) + URGENT_EVERY_MINUTES * MINUTE_MS;
  return slot.round === 'urgent' && next <= Date.parse(instantOf(slot.on, OFFICE_CLOSES)) ? next : null;
}

/**
 * H as long as nothing else is reported: the day on which a notice made at this instant is handed over (R33). Before
 * 14:30 on a working day it is that day, else the next working day.
 */
export function assumedHandOver(calendar: WorkCalendar, instant: string): Day {
  const on = dayOf(instant);
  const last = Date.parse(instantOf(on, '14:30'));
  return isWorkingDay(calendar, on) && Date.parse(instant) < last ? on : workingDay(calendar, on, 1);
}

/**
 * The first working day that lies wholly, from 09:00 to 18:00, between two instants: letters that did not leave on it
 * are no passing trouble of a server. Null: there is none.
 */
export function workingDayWithin(calendar: WorkCalendar, from: string, to: string): Day | null {
  const first = dayOf(from);
  const isWhole = isWorkingDay(calendar, first) && Date.parse(from) <= Date.parse(instantOf(first, '09:00'));
  const day = isWhole ? first : workingDay(calendar, first, 1);
  return Date.parse(to) >= Date.parse(instantOf(day, OFFICE_CLOSES)) ? day : null;
}

/** What a round must know of a notice that waits. */
export interface Waiting {
  to: Addressee;
  /** The coordination office in whose name it is sent. */
  office: UnitId;
  urgent: boolean;
  /** ISO instant; a notice made after the slot's instant is not in it. */
  madeAt: string;
}

/** One to be written to by one coordination office. */
export interface Correspondent {
  to: Addressee;
  office: UnitId;
}

/** The notices of one letter to be. */
export interface Group<N> extends Correspondent {
  notices: N[];
}

/** What has been sent already, as far as it decides who is written to. */
export interface Sent {
  /** Who had a routine letter on the slot's day, the slot's own included. */
  lettered: readonly Correspondent[];
  /** To whom nothing goes in this slot: a letter of unknown fate goes first (D21), or the address was refused today. */
  held?: readonly Correspondent[];
}

/**
 * R34: whose notices leave in this slot, one letter each. A routine letter takes everything that waits for its
 * addressee, urgent or not, but urgent notices alone do not use up the day's routine letter; an urgent round takes
 * urgent notices only, whatever was sent before. Heads and leaders are addressees of their own.
 * @param waiting notices neither sent nor recalled, in the order in which they are to stand
 * @returns groups in the order of their first notice
 */
export function gather<N extends Waiting>(waiting: readonly N[], sent: Sent, slot: Slot): Group<N>[] {
  const closed = new Set((sent.held ?? []).map(keyOf));
  if (slot.round !== 'urgent') for (const letter of sent.lettered) closed.add(keyOf(letter));
  const groups = new Map<string, Group<N>>();
  for (const notice of waiting) {
    if (Date.parse(notice.madeAt) > Date.parse(slot.at) || closed.has(keyOf(notice))) continue;
    if (slot.round === 'urgent' && !notice.urgent) continue;
    const group = groups.get(keyOf(notice)) ?? { to: notice.to, office: notice.office, notices: [] };
    group.notices.push(notice);
    groups.set(keyOf(notice), group);
  }
  const all = [...groups.values()];
  return slot.round === 'urgent' ? all : all.filter(({ notices }) => notices.some(({ urgent }) => !urgent));
}

/** One text per addressee and coordination office, for looking them up. */
function keyOf({ to, office }: Correspondent): string {
  return `${to.unit} ${to.office} ${office}`;
}

/** A person with at least one address, in his order of channels. */
export type Reachable = Pick<Person, 'name' | 'mail'> & { addresses: [Address, ...Address[]] };

/** The person a letter reaches on a day, or null where the directory names none with an address on any channel. */
export function reachable(unit: Unit | undefined, office: Addressee['office'], on: Day): Reachable | null {
  const person = unit ? personFor(unit, office, on) : null;
  if (!person) return null;
  const [first, ...others] = addressesOf(person);
  return first ? { name: person.name, mail: person.mail, addresses: [first, ...others] } : null;
}

/**
 * R9: who gets a notice on the day it leaves. A head or leader whom the directory does not name is a gap that the
 * coordinator is told of, by getting the notice himself; a missing liaison is a delivery problem and stays (R33).
 * @param unit the addressee's unit as the directory has it
 */
export function receiverOf({ to, office }: Correspondent, unit: Unit | undefined, on: Day): Addressee {
  if (to.office === 'liaison' || reachable(unit, to.office, on)) return to;
  return { unit: office, office: 'liaison' };
}
