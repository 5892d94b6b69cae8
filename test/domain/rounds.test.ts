import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { CalendarYear, WorkCalendar } from '../../domain/calendar';
import type { Addressee } from '../../domain/notices';
import {
  assumedHandOver,
  gather,
  receiverOf,
  relievedAt,
  type Slot,
  slotAt,
  type Waiting,
  workingDayWithin,
} from '../../domain/rounds';
import type { Unit } from '../../domain/unit';

const year = (name: string): CalendarYear =>
  JSON.parse(readFileSync(path.join(__dirname, `../../seeds/calendars/${name}.json`), 'utf8'));
const calendar: WorkCalendar = { version: 'test', years: { 2020: year('2020'), 2021: year('2021') } };
const at = (day: string, time: string) => new Date(`${day}T${time}+08:00`).toISOString();

describe('slotAt (D18)', () => {
  test.each([
    ['2020-06-30', '08:59:59', null],
    ['2020-06-30', '09:00:00', '09:00'],
    ['2020-06-30', '14:29:59', '09:00'],
    ['2020-06-30', '14:30:00', '14:30'],
    ['2020-06-30', '18:04:59', '14:30'],
    ['2020-06-30', '18:05:00', null],
    ['2020-06-28', '09:10:00', '09:00'], // a Sunday made a working day
    ['2020-06-27', '09:10:00', null],
    ['2020-06-25', '09:10:00', null],
  ])('a routine round run on %s at %s is held for %s', (on, time, round) => {
    const slot = slotAt(calendar, at(on, time), 'routine');
    expect(slot).toEqual(round === null ? null : { on, round, at: at(on, round) });
  });

  test.each([
    ['08:29:59', null],
    ['08:30:00', '08:30'],
    ['12:04:59', '12:00'],
    ['17:59:59', '17:55'],
    ['18:00:01', '18:00'],
    ['18:05:00', null],
  ])('an urgent round run at %s is held for %s', (time, slot) => {
    expect(slotAt(calendar, at('2020-06-30', time), 'urgent')?.at ?? null).toBe(slot && at('2020-06-30', slot));
  });

  test('an urgent round gives way to the next one, and the last of the day to none', () => {
    const relief = (time: string, kind: 'routine' | 'urgent') => {
      const slot = slotAt(calendar, at('2020-06-30', time), kind);
      const instant = slot && relievedAt(slot);
      return instant === null ? null : new Date(instant).toISOString();
    };
    expect(relief('08:31:00', 'urgent')).toBe(at('2020-06-30', '08:35'));
    expect(relief('17:59:00', 'urgent')).toBe(at('2020-06-30', '18:00'));
    expect(relief('18:01:00', 'urgent')).toBeNull();
    expect(relief('09:00:00', 'routine')).toBeNull();
  });

  test('the day is the one in China, whatever the zone of the instant', () => {
    expect(slotAt(calendar, '2020-06-29T21:15:00-04:00', 'routine')).toMatchObject({
      on: '2020-06-30',
      round: '09:00',
    });
    expect(slotAt(calendar, '2020-06-30T17:00:00Z', 'routine')).toBeNull();
  });
});

describe('assumedHandOver (R33)', () => {
  test.each([
    ['2020-03-13', '08:00', '2020-03-13'],
    ['2020-03-13', '14:29', '2020-03-13'],
    ['2020-03-13', '14:30', '2020-03-16'],
    ['2020-03-14', '08:00', '2020-03-16'],
    ['2020-06-24', '23:00', '2020-06-28'],
  ])('a notice made on %s at %s is handed over on %s', (day, time, on) => {
    expect(assumedHandOver(calendar, at(day, time))).toBe(on);
  });
});

const OFFICE = 'zz:办';
const liaison: Addressee = { unit: 'zz:税务局', office: 'liaison' };
const head: Addressee = { unit: 'zz:税务局', office: 'head' };
const other: Addressee = { unit: 'zz:公安局', office: 'liaison' };
const morning: Slot = { on: '2020-06-30', round: '09:00', at: at('2020-06-30', '09:00') };
const afternoon: Slot = { on: '2020-06-30', round: '14:30', at: at('2020-06-30', '14:30') };
const urgently: Slot = { on: '2020-06-30', round: 'urgent', at: at('2020-06-30', '10:05') };
const note = (name: string, to: Addressee, time: string, more: Partial<Waiting> = {}) => ({
  name,
  to,
  office: OFFICE,
  urgent: false,
  madeAt: at('2020-06-30', time),
  ...more,
});
const names = (groups: { to: Addressee; notices: { name: string }[] }[]) =>
  groups.map(({ to, notices }) => `${to.unit}.${to.office}: ${notices.map(({ name }) => name).join(' ')}`);

describe('gather (R34)', () => {
  const early = [
    note('a', liaison, '05:00'),
    note('b', head, '05:00'),
    note('c', other, '05:00'),
    note('d', liaison, '05:00'),
  ];

  test('one letter per addressee and coordination office; heads are addressees of their own', () => {
    const elsewhere = note('e', liaison, '05:00', { office: 'zz:另办' });
    expect(names(gather([...early, elsewhere], { lettered: [] }, morning))).toEqual([
      'zz:税务局.liaison: a d',
      'zz:税务局.head: b',
      'zz:公安局.liaison: c',
      'zz:税务局.liaison: e',
    ]);
  });

  test('14:30 is only for those who had none today, and later notices wait', () => {
    const lettered = [{ to: liaison, office: OFFICE }];
    const later = [note('late', liaison, '11:00'), note('new', other, '11:00')];
    expect(names(gather(later, { lettered }, afternoon))).toEqual(['zz:公安局.liaison: new']);
  });

  test('a notice made after the slot is not in it, one made at its instant is', () => {
    const waiting = [note('at', liaison, '09:00'), note('after', liaison, '09:00:01')];
    expect(names(gather(waiting, { lettered: [] }, morning))).toEqual(['zz:税务局.liaison: at']);
  });

  test('an urgent round takes urgent notices only, also for those who had their letter', () => {
    const waiting = [note('slip', liaison, '10:04', { urgent: true }), note('report', liaison, '10:04')];
    const lettered = [{ to: liaison, office: OFFICE }];
    expect(names(gather(waiting, { lettered }, urgently))).toEqual(['zz:税务局.liaison: slip']);
  });

  test('a routine letter takes urgent ones along, and they alone do not use it up', () => {
    const slip = note('slip', liaison, '08:59', { urgent: true });
    expect(names(gather([slip, ...early.slice(0, 1)], { lettered: [] }, morning))).toEqual([
      'zz:税务局.liaison: slip a',
    ]);
    expect(gather([slip], { lettered: [] }, morning)).toEqual([]);
  });

  test('nothing goes to whom a letter of unknown fate goes first, in no kind of round (D21)', () => {
    const held = [{ to: liaison, office: OFFICE }];
    const slip = note('slip', liaison, '08:59', { urgent: true });
    expect(names(gather(early, { lettered: [], held }, morning))).toEqual([
      'zz:税务局.head: b',
      'zz:公安局.liaison: c',
    ]);
    expect(gather([slip], { lettered: [], held }, urgently)).toEqual([]);
  });
});

describe('receiverOf (R9)', () => {
  const person = { name: '某', mail: 'x@zz.example' };
  const unit: Unit = {
    id: 'zz:税务局',
    city: 'zz',
    name: '税务局',
    aliases: [],
    members: null,
    liaison: null,
    head: null,
    leader: { name: '某', mail: null },
    substitutes: [],
  };

  test('a head or leader who is not there, or has no address, is replaced by the coordinator', () => {
    expect(receiverOf({ to: head, office: OFFICE }, unit, '2020-06-30')).toEqual({ unit: OFFICE, office: 'liaison' });
    const leader: Addressee = { unit: unit.id, office: 'leader' };
    expect(receiverOf({ to: leader, office: OFFICE }, unit, '2020-06-30')).toEqual({ unit: OFFICE, office: 'liaison' });
    expect(receiverOf({ to: head, office: OFFICE }, undefined, '2020-06-30').unit).toBe(OFFICE);
  });

  test('one who is there stays, and so does a missing liaison: that is a delivery problem', () => {
    expect(receiverOf({ to: head, office: OFFICE }, { ...unit, head: person }, '2020-06-30')).toEqual(head);
    expect(receiverOf({ to: liaison, office: OFFICE }, unit, '2020-06-30')).toEqual(liaison);
  });
});

test.each([
  ['2020-06-30 09:00', '2020-06-30 17:59', null],
  ['2020-06-30 09:00', '2020-06-30 18:00', '2020-06-30'],
  ['2020-06-30 14:30', '2020-06-30 18:00', null],
  ['2020-06-30 14:30', '2020-07-01 18:00', '2020-07-01'],
  ['2020-06-24 14:30', '2020-06-27 23:00', null], // over the Dragon Boat Festival
  ['2020-06-24 14:30', '2020-06-28 18:00', '2020-06-28'], // a Sunday made a working day
])('from %s to %s the working day that lies wholly between is %s (R33)', (from, to, day) => {
  const instant = (text: string) => at(text.slice(0, 10), text.slice(11));
  expect(workingDayWithin(calendar, instant(from), instant(to))).toBe(day);
});
