/** What holds for any life: random deadlines, moves (also nonsense), pauses, deliveries, outages. */
import fc from 'fast-check';
import { dueAt } from '../../domain/agenda';
import { addDays, dayOf, instantOf } from '../../domain/days';
import { type Actor, SYSTEM, type TaskEvent } from '../../domain/events';
import { fold } from '../../domain/fold';
import type { Intent, Move, MoveName } from '../../domain/intents';
import { lightOf, lightSpells } from '../../domain/light';
import { permits } from '../../domain/move-check';
import { MOVES } from '../../domain/moves';
import type { NoticeDraft } from '../../domain/notices';
import type { DeadlineRule } from '../../domain/plan';
import { isRefusal } from '../../domain/refusals';
import { stands } from '../../domain/stands';
import { stepTask } from '../../domain/step';
import { leadUnits, type Task } from '../../domain/task';
import {
  CO,
  CONTEXT,
  COORDINATOR,
  conditional,
  DISTRICTS,
  fixed,
  LEAD,
  OFFICE,
  OFFICE_HEAD,
  OTHER,
  ongoing,
  planTask,
  SECOND_LEAD,
  SUPERVISOR,
  twoTrack,
  unit,
} from '../support/lives';

const LAUNCH = '2020-03-13';
const UNITS = [LEAD, SECOND_LEAD, CO, OTHER, DISTRICTS, 'test:东区', 'test:西县', OFFICE];
const ACTORS: Actor[] = [...UNITS.map(unit), COORDINATOR, OFFICE_HEAD, SUPERVISOR, SYSTEM];
const NAMES = Object.keys(MOVES) as MoveName[];

const day = fc.integer({ min: 0, max: 500 }).map((n) => addDays(LAUNCH, n));
const rule: fc.Arbitrary<DeadlineRule> = fc.oneof(
  fc.oneof(fc.nat(90), fc.nat(400)).map((n) => fixed(addDays(LAUNCH, n))),
  fc.tuple(day, fc.integer({ min: 0, max: 200 })).map(([ready, more]) => twoTrack(ready, addDays(ready, more))),
  fc.constantFrom(conditional, ongoing, { ...ongoing, type: 'none' as const }),
);
const parties = fc.constantFrom(
  [
    { unit: LEAD, role: 'lead' as const },
    { unit: CO, role: 'co' as const },
  ],
  [
    { unit: LEAD, role: 'lead' as const },
    { unit: SECOND_LEAD, role: 'lead' as const },
    { unit: DISTRICTS, role: 'district' as const },
  ],
  [
    { unit: DISTRICTS, role: 'lead' as const },
    { unit: OFFICE, role: 'co' as const },
  ],
);

const anyUnit = fc.constantFrom(LEAD, LEAD, LEAD, ...UNITS);
const ahead = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: -3, max: 60 }) },
  { weight: 1, arbitrary: fc.constantFrom(-400, 4000, 40_000) },
);
const text = fc.oneof(
  { weight: 25, arbitrary: fc.constant('说明') },
  { weight: 1, arbitrary: fc.constantFrom('', '\u0000', '\ud800', '长'.repeat(6000)) },
);
const item = fc.constantFrom(
  { kind: 'number' as const, value: '1号', name: null, bytes: null },
  { kind: 'number' as const, value: '2号', name: null, bytes: null },
  { kind: 'file' as const, value: 'a'.repeat(64), name: '扫描件', bytes: 5 },
  { kind: 'link' as const, value: '不是链接', name: null, bytes: null },
);

/** What a person might send, its dates relative to the day it is sent; sometimes anything at all. */
const draft = fc.record({
  pick: fc.nat(10_000),
  unit: anyUnit,
  other: anyUnit,
  days: ahead,
  text,
  flag: fc.boolean(),
  version: fc.integer({ min: 0, max: 4 }),
  role: fc.constantFrom('lead', 'co', 'support', 'district'),
  colour: fc.constantFrom('blue', 'orange', 'red'),
  items: fc.array(item, { maxLength: 2 }),
  garbage: fc.option(
    fc.tuple(fc.constantFrom('unit', 'reason', 'dueOn', 'to', 'items', 'version', 'move'), fc.anything()),
    {
      freq: 15,
    },
  ),
});
type Draft = (typeof draft extends fc.Arbitrary<infer D> ? D : never) & { name: MoveName; as: string };

/** What most of the rules are about. */
const DECISIVE = new Set<MoveName>([
  'addEvidence',
  'submitEvidence',
  'acceptEvidence',
  'returnEvidence',
  'requestExtension',
  'approveExtension',
  'refuseExtension',
  'reopen',
  'resume',
]);

/** Mostly a move that is possible now, in the name of a unit that may; endings are rare, or lives would be short. */
function aimed(raw: Omit<Draft, 'name' | 'as'>, task: Task, odd: boolean): Draft {
  const [lead] = leadUnits(task);
  const asFor = (name: MoveName) =>
    name === 'completeContribution' ? (task.contributions.at(-1)?.unit ?? raw.unit) : (lead ?? raw.unit);
  const possible = NAMES.filter(
    (name) =>
      (!['cancel', 'suspend', 'urge', 'instruct', 'addParty'].includes(name) || raw.pick % 4 === 0) &&
      permits(task, name, actorOf({ ...raw, name, as: asFor(name) }, SYSTEM, false), asFor(name)) === null,
  );
  const decisive = possible.filter((name) => DECISIVE.has(name));
  const names = odd || possible.length === 0 ? NAMES : raw.flag && decisive.length > 0 ? decisive : possible;
  const name = names[raw.pick % names.length] ?? 'report';
  return { ...raw, name, as: odd ? raw.unit : asFor(name) };
}

function moveOf(d: Draft, today: string, task: Task): Move {
  const on = addDays(today, d.days);
  const version = d.flag ? (task.review?.version ?? d.version) : d.version;
  const fields: Record<string, unknown> = {
    move: d.name,
    unit: d.name === 'addParty' ? d.other : d.as,
    of: d.other,
    from: d.flag ? (task.parties[0]?.unit ?? d.unit) : d.unit,
    to: d.name === 'reassign' ? d.other : on,
    dueOn: d.name === 'reassign' && d.flag ? undefined : on,
    receivedOn: d.flag ? undefined : addDays(today, -Math.abs(d.days) % 30),
    reason: d.text,
    text: d.text,
    progress: d.text,
    document: d.text,
    basis: d.text,
    ready: d.flag,
    contribution: task.contributions.at(-1)?.id ?? 'c1',
    role: d.name === 'reassign' && d.flag ? 'lead' : d.role,
    colour: d.colour,
    items: d.items,
    version,
  };
  if (d.name === 'approveExtension' && d.flag) delete fields.to;
  if (d.garbage) fields[d.garbage[0]] = d.garbage[1];
  return fields as unknown as Move;
}

/** Mostly somebody who may. */
function actorOf(d: Draft, any: Actor, odd: boolean): Actor {
  if (odd) return any;
  const { by } = MOVES[d.name];
  if ((by as readonly string[]).includes('unit')) return unit(d.as);
  return (by as readonly string[]).includes('coordinator') && !(d.name === 'issueSlip' && d.colour === 'red')
    ? COORDINATOR
    : SUPERVISOR;
}

const act = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('move' as const),
      draft,
      actor: fc.constantFrom(...ACTORS),
      odd: fc.integer({ max: 9, min: 0 }).map((n) => n === 0),
      /** Hours that the move was under way (D5). */
      late: fc.constantFrom(0, 0, 0, 0, 3, 20),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('ring' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('delivery' as const),
      unit: anyUnit,
      outcome: fc.constantFrom('handed' as const, 'failed' as const),
      issue: fc.boolean(),
      slip: fc.integer({ min: 1, max: 4 }),
    }),
  },
);
/** Each act comes some hours after the last; alarms ring meanwhile, or nobody works. */
const life = fc.array(
  fc.record({
    hours: fc.oneof(fc.nat(40), fc.nat(40), fc.nat(500)),
    down: fc.boolean(),
    act,
  }),
  {
    minLength: 15,
    maxLength: 45,
    size: 'max',
  },
);

interface Lived {
  task: Task;
  events: TaskEvent[];
  notices: NoticeDraft[];
}

const HOUR_MS = 3_600_000;

/** Lives it, and checks after every step what must hold after every step. */
function live(
  deadline: DeadlineRule,
  who: typeof parties extends fc.Arbitrary<infer P> ? P : never,
  acts: typeof life extends fc.Arbitrary<infer L> ? L : never,
): Lived {
  const lived: Lived & { task: Task | null } = { task: null as unknown as Task, events: [], notices: [] };
  let n = 0;
  const ordinals = { slip: 1, urging: 1 };
  const step = (intent: Intent) => {
    const before: Task | null = lived.task;
    const done = stepTask(before, intent, { ...CONTEXT, ordinals: { ...ordinals } });
    if (isRefusal(done)) return;
    check(before, done.events, done.state);
    lived.task = done.state;
    lived.events.push(...done.events);
    lived.notices.push(...done.notices);
    ordinals.slip += done.numbered.slip;
    ordinals.urging += done.numbered.urging;
    expect(done.events.filter((e) => e.type === 'slipIssued')).toHaveLength(done.numbered.slip);
  };
  let now = Date.parse(instantOf(LAUNCH, '08:00'));
  const iso = (ms: number) => new Date(ms).toISOString();
  step({
    type: 'issue',
    id: 'issue',
    at: iso(now),
    actor: COORDINATOR,
    office: OFFICE,
    signedBy: '签发人',
    task: planTask(deadline, { parties: [...who] }),
  });
  for (const { hours, down, act } of acts) {
    now += hours * HOUR_MS;
    for (let next = lived.task.alarms[0]; !down && next && dueAt(next) <= iso(now); next = lived.task.alarms[0]) {
      const seq = lived.task.seq;
      step({ type: 'ring', id: `r${++n}`, at: dueAt(next), actor: SYSTEM });
      // An alarm that is due does something, or the loop of the process would spin.
      expect(lived.task.seq).toBeGreaterThan(seq);
    }
    const common = { id: `i${++n}`, at: iso(now) };
    if (act.kind === 'ring') step({ ...common, type: 'ring', actor: SYSTEM });
    else if (act.kind === 'delivery') {
      const notices = [{ kind: act.issue ? 'issue' : 'slip', slip: act.issue ? null : `督办单〔2020〕${act.slip}号` }];
      step({
        ...common,
        type: 'delivery',
        actor: SYSTEM,
        letter: common.id,
        unit: act.unit,
        outcome: act.outcome,
        on: dayOf(common.at),
        notices,
      });
    } else {
      const at = iso(now - act.late * HOUR_MS);
      const draft = aimed(act.draft, lived.task, act.odd);
      const actor = actorOf(draft, act.actor, act.odd);
      step({ id: common.id, at, type: 'move', move: moveOf(draft, dayOf(at), lived.task), actor });
    }
  }
  return lived;
}

function check(before: Task | null, events: TaskEvent[], after: Task): void {
  // The ledger folds what it appends: it must come to the same state, alarms included.
  expect(JSON.stringify(events.reduce<Task | null>(fold, before))).toBe(JSON.stringify(after));
  let at = before?.at ?? '';
  for (const event of events) {
    expect(event.at >= at).toBe(true);
    at = event.at;
  }
  // Nothing is decided while the clock stands.
  if (before?.status === 'suspended') {
    const allowed = [
      'acknowledged',
      'evidenceAdded',
      'resumed',
      'cancelled',
      'reassigned',
      'delivered',
      'deliveryFailed',
    ];
    for (const event of events.slice(0, 1)) expect(allowed).toContain(event.type);
  }
  if (after.status !== 'open') expect(after.alarms).toEqual([]);
  expect(after.alarms.map((a) => a.id)).toEqual([...new Set(after.alarms.map((a) => a.id))]);
  const done = new Set(after.rung);
  expect(after.alarms.filter((a) => done.has(a.id))).toEqual([]);
}

const runs = { numRuns: 60 };

test('R3 R4 R12 R20 R24: whatever happens, the rules decide, and what must hold of a life holds', () => {
  fc.assert(
    fc.property(rule, parties, life, (deadline, who, acts) => {
      const { task, events } = live(deadline, who, acts);
      expect(events.map((e) => e.seq)).toEqual(events.map((_, i) => i + 1));
      // An alarm is done once.
      expect(task.rung).toEqual([...new Set(task.rung)]);
      // One breach stands per due date.
      const standing = task.breaches.filter((b) => !b.lifted).map((b) => b.dueOn);
      expect(standing).toEqual([...new Set(standing)]);
      // Each colour once per due date, void ones and those before D aside.
      const climbed = task.ladder.slips.filter((s) => !s.void && !s.beforeDue).map((s) => s.colour);
      expect(climbed).toEqual([...new Set(climbed)]);
      const order = climbed.map((c) => ['blue', 'orange', 'red'].indexOf(c));
      expect(order).toEqual([...order].sort());
      // Documents are numbered without a gap.
      for (const year of ['2020', '2021', '2022']) {
        const numbers = events.flatMap((e) =>
          e.type === 'slipIssued' && e.slip.number.includes(year) ? [e.slip.number] : [],
        );
        expect(numbers).toEqual([...new Set(numbers)]);
      }
      const slips = events
        .filter((e) => e.type === 'slipIssued')
        .map((e) => Number(/(\d+)号/.exec(e.slip.number)?.[1]));
      expect(slips).toEqual(slips.map((_, i) => i + 1));
      // A breach after its due date, by somebody; a slip after its breach.
      for (const breach of task.breaches)
        expect(breach.breachedOn > breach.dueOn && breach.leads.length > 0).toBe(true);
      if (climbed.length > 0) expect(standing).toContain(task.dueOn);
    }),
    runs,
  );
});

test('R4 D5: no alarm goes back behind one that was settled, unless it was not there yet', () => {
  fc.assert(
    fc.property(rule, parties, life, (deadline, who, acts) => {
      const { events } = live(deadline, who, acts);
      let task: Task | null = null;
      for (const event of events) {
        const earliest = task?.alarms[0];
        if (event.alarm !== undefined && earliest && task?.alarms.some((a) => a.id === event.alarm))
          expect(event.alarm).toBe(earliest.id);
        task = fold(task, event);
      }
    }),
    runs,
  );
});

test('D13: the spells kept of a task give its light on any day', () => {
  fc.assert(
    fc.property(rule, parties, life, fc.array(day, { minLength: 5, maxLength: 30 }), (deadline, who, acts, days) => {
      const { task } = live(deadline, who, acts);
      const spells = lightSpells(task, CONTEXT.calendar, CONTEXT.policy);
      const turns = spells.flatMap(({ fromOn }) => (fromOn === null ? [] : [addDays(fromOn, -1), fromOn]));
      for (const on of [...days, ...turns]) {
        const spell = spells.findLast(({ fromOn }) => fromOn === null || fromOn <= on);
        const { colour, reason } = lightOf(task, CONTEXT.calendar, CONTEXT.policy, on);
        expect({ on, colour: spell?.colour, reason: spell?.reason }).toEqual({ on, colour, reason });
      }
      expect(turns).toEqual([...turns].sort());
    }),
    { numRuns: 30 },
  );
});

test('R35: lights, recalls and notices are total and say something', () => {
  fc.assert(
    fc.property(rule, parties, life, day, (deadline, who, acts, on) => {
      const { task, notices } = live(deadline, who, acts);
      expect(lightOf(task, CONTEXT.calendar, CONTEXT.policy, on).reason).not.toBe('');
      for (const { obligation, text, to } of notices) {
        expect(typeof stands(task, obligation)).toBe('boolean');
        expect(text.length).toBeGreaterThan(4);
        expect(text).not.toMatch(/undefined|null|NaN/);
        expect(to.unit).not.toBe('');
      }
      if (task.status === 'cancelled') expect(notices.filter((n) => stands(task, n.obligation))).toEqual([]);
    }),
    runs,
  );
});

test('R7 D8: a whole intent of nonsense is refused or changes nothing it should not', () => {
  const at = fc.oneof(
    fc.constant(instantOf('2020-05-06', '10:00')),
    fc.string(),
    fc.constantFrom('2020-13-01T00:00:00Z', '9999-12-31T23:59:59Z', '0000-01-01T00:00:00Z'),
  );
  fc.assert(
    fc.property(at, fc.anything(), fc.constantFrom(...ACTORS), (instant, move, actor) => {
      const { task } = live(
        fixed('2020-06-30'),
        [
          { unit: LEAD, role: 'lead' as const },
          { unit: CO, role: 'co' as const },
        ],
        [],
      );
      const done = stepTask(task, { id: 'x', at: instant, actor, type: 'move', move: move as Move }, CONTEXT);
      expect(isRefusal(done)).toBe(true);
    }),
    runs,
  );
});
