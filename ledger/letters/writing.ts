/**
 * Writes one letter inside the caller's transaction (D19): the person is found in the directory of this moment, the
 * bytes are made and stored, the notices bound. Where nobody can be reached, the failure is recorded instead (R33).
 */

import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { WorkCalendar } from '../../domain/calendar';
import { timeOf } from '../../domain/days';
import { briefOf } from '../../domain/letter-brief';
import { datesForLetter } from '../../domain/letter-calendar';
import type { LetterDraft } from '../../domain/letter-draft';
import { type LetterContext, type LetterNotice, letterOf } from '../../domain/letters';
import { type Correspondent, type Group, reachable, type Slot } from '../../domain/rounds';
import type { Task } from '../../domain/task';
import { languageOf, type Unit } from '../../domain/unit';
import type { PlanTitles } from '../plan-titles';
import { unitsById } from '../units';
import { addCases, type CaseShelf } from './cases';
import { feedBackFailure } from './feedback';
import { type NewParcel, startOf, storeParcels } from './parcels';
import { tellProblem } from './problems';
import { withoutReturned } from './returned';
import { anyOf, ledgerTables, type MailDb } from './tables';

/** A notice that waits, as gather and letterOf read it. `to` is who receives it, `notice.to` whom it was meant for. */
export interface WaitingNotice extends Correspondent {
  id: string;
  stream: string;
  urgent: boolean;
  madeAt: string;
  notice: LetterNotice;
}

/** Makes the bytes that will be sent; in mail/, because the ledger knows no MIME. */
export type Compose = (draft: LetterDraft) => Promise<{ messageId: string; bytes: Buffer; parcels: NewParcel[] }>;

export interface WritingOptions {
  slot: Slot;
  calendar: WorkCalendar;
  /** ISO instant, for Date headers and for how long a letter is tried. */
  now: string;
  compose: Compose;
  /** The library as the round's letters name it. */
  shelf: CaseShelf;
  /** Titles of plans, read once for the round. */
  titles: PlanTitles;
}

/** @returns what became of the group: a letter, the record that nobody can be reached, or nothing as another did it */
export async function writeLetter(
  db: MailDb,
  group: Group<WaitingNotice>,
  { slot, calendar, now, compose, shelf, titles }: WritingOptions,
): Promise<'letters' | 'undeliverable' | 'nothing'> {
  const { to, office, notices } = group;
  const context = await contextOf(db, group, { slot, calendar, shelf, titles });
  const unit = context.directory.get(to.unit);
  const person = reachable(unit, to.office, slot.on);
  const letter = letterOf(
    to,
    notices.map(({ notice }) => notice),
    context,
  );
  const id = letterId(group, slot);
  const row = {
    id,
    slot_on: slot.on,
    round: slot.round,
    slot_at: slot.at,
    to_unit: to.unit,
    to_office: to.office,
    office,
    subject: letter.subject,
    dated_at: now,
    made_at: now,
  };
  const unreachable = async (answer: string, parcels: NewParcel[]) => {
    if (await knownUnreachable(db, group, slot)) return 'nothing';
    const failed = { ...row, person: null, address: null, message_id: id, bytes: Buffer.alloc(0), failed_at: now };
    if (!(await insert(db, { ...failed, state: 'failed' as const, answer }))) return 'nothing';
    await storeParcels(db, id, parcels, now);
    await keepSaid(db, id, notices);
    await feedBackFailure(db, id, slot.on);
    await tellProblem(db, id, { kind: 'no-address', on: slot.on, now });
    return 'undeliverable';
  };
  if (!unit || !person) return unreachable('单位目录中没有此人或其邮箱', []);
  const coordination = context.directory.get(office);
  const isCoordinator = to.unit === office && to.office === 'liaison';
  const { messageId, bytes, parcels } = await compose({
    id,
    datedAt: now,
    on: slot.on,
    correspondence: correspondenceOf(group),
    letter,
    unit,
    person,
    office: coordination,
    replyTo: reachable(coordination, 'liaison', slot.on),
    dates: datesForLetter(
      to,
      notices.map(({ notice }) => notice),
      context.states,
      calendar,
    ),
    plans: context.plans,
    seals: isCoordinator ? await sealsOf(db, Object.keys(context.plans)) : [],
  });
  const usable = await withoutReturned(db, to, parcels, now);
  const start = startOf(usable, now);
  if (!start) return unreachable('收件人的通道均未配置', parcels);
  const stored = { ...row, ...start, person: person.name, message_id: messageId, bytes };
  if (!(await insert(db, { ...stored, state: 'waiting' as const }))) return 'nothing';
  if (start.parcel !== null) await storeParcels(db, id, usable, now);
  await keepSaid(db, id, notices);
  await db
    .updateTable('notices')
    .set({ letter: id })
    .where('id', '=', anyOf(ids(notices)))
    .execute();
  return 'letters';
}

/** The same addressee and slot have the same id, so that even a ledger restored from a backup writes no other one. */
function letterId(group: Group<WaitingNotice>, slot: Slot): string {
  const time = timeOf(slot.at).replace(':', '');
  return `${slot.on.replaceAll('-', '')}-${slot.round === 'urgent' ? 'u' : ''}${time}-${correspondenceOf(group)}`;
}

function correspondenceOf({ to, office }: Group<WaitingNotice>): string {
  return createHash('sha256').update(`${to.unit} ${to.office} ${office}`).digest('hex').slice(0, 12);
}

async function insert(db: MailDb, values: Parameters<ReturnType<typeof insertLetter>['values']>[0]): Promise<boolean> {
  const added = await insertLetter(db)
    .values(values)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return added.numInsertedOrUpdatedRows === 1n;
}

function insertLetter(db: MailDb) {
  return db.insertInto('letters');
}

async function keepSaid(db: MailDb, letter: string, notices: WaitingNotice[]): Promise<void> {
  await sql`INSERT INTO letter_notices (letter, notice) SELECT ${letter}, unnest(${ids(notices)}::text[])`.execute(db);
}

/** Once a day is enough to say that somebody has no address; an urgent round asks every five minutes. */
async function knownUnreachable(db: MailDb, { to, office }: Group<WaitingNotice>, slot: Slot): Promise<boolean> {
  const row = await db
    .selectFrom('letters')
    .select('id')
    .where('to_unit', '=', to.unit)
    .where('to_office', '=', to.office)
    .where('office', '=', office)
    .where('slot_on', '=', slot.on)
    .where('state', '=', 'failed')
    .where('address', 'is', null)
    .executeTakeFirst();
  return row !== undefined;
}

type WritingContext = LetterContext & { directory: Map<string, Unit>; states: Task[] };

async function contextOf(
  db: MailDb,
  { to, office, notices }: Group<WaitingNotice>,
  { slot, calendar, shelf, titles }: Pick<WritingOptions, 'slot' | 'calendar' | 'shelf' | 'titles'>,
): Promise<WritingContext> {
  const streams = await db
    .selectFrom('streams')
    .select(['kind', 'state'])
    .where('id', '=', anyOf([...new Set(notices.map(({ stream }) => stream))]))
    .execute();
  const tasks: LetterContext['tasks'] = {};
  const states = streams.flatMap(({ state }) => (state && 'parties' in state ? [state] : []));
  for (const state of states) tasks[state.id] = briefOf(state);
  await addCases(ledgerTables(db), shelf, tasks, remindedOf(states, notices));
  const named = notices.flatMap(({ notice }) =>
    notice.obligation.kind === 'acknowledge' ? [notice.obligation.unit] : [],
  );
  const meant = notices.map(({ notice }) => notice.to.unit);
  const leads = Object.values(tasks).flatMap((task) => task.leads);
  const directory = await unitsById(ledgerTables(db), [...new Set([to.unit, office, ...named, ...meant, ...leads])]);
  return {
    language: languageOf(directory.get(to.unit)),
    calendar,
    on: slot.on,
    tasks,
    units: Object.fromEntries([...directory.values()].map((unit) => [unit.id, unit.name])),
    plans: await titles(
      db,
      notices.map(({ notice }) => notice.plan),
    ),
    directory,
    states,
  };
}

/** The tasks that the letter reminds of; of no other one it names cases. */
function remindedOf<T extends { id: string }>(states: readonly T[], notices: readonly WaitingNotice[]): T[] {
  const reminded = new Set(notices.flatMap(({ notice }) => (notice.kind === 'reminder' ? (notice.task ?? []) : [])));
  return states.filter(({ id }) => reminded.has(id));
}

async function sealsOf(db: MailDb, plans: string[]): Promise<LetterDraft['seals']> {
  if (plans.length === 0) return [];
  const rows = await db
    .selectFrom('seals')
    .distinctOn('plan')
    .select(['plan', 'sealed_on', 'hash'])
    .where('plan', 'in', plans)
    .orderBy('plan')
    .orderBy('sealed_on', 'desc')
    .execute();
  return rows.map(({ plan, sealed_on, hash }) => ({ plan, sealedOn: sealed_on, hash }));
}

function ids(notices: WaitingNotice[]): string[] {
  return notices.map(({ id }) => id);
}
