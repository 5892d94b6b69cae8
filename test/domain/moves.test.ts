/** The table of moves: every status, every role, every move; what a program may send as one. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Actor } from '../../domain/events';
import type { Move, MoveName } from '../../domain/intents';
import { checkMove, permits } from '../../domain/move-check';
import { moveChoice } from '../../domain/move-choices';
import { MOVES, type MoveRow } from '../../domain/moves';
import { REFUSALS, type RefusalCode, refuse, sentenceOf } from '../../domain/refusals';
import type { Status, Task } from '../../domain/task';
import {
  CO,
  COORDINATOR,
  conditional,
  fixed,
  LEAD,
  Life,
  OFFICE_HEAD,
  OTHER,
  planTask,
  SECOND_LEAD,
  SUPERVISOR,
  twoTrack,
  unit,
} from '../support/lives';

const NAMES = Object.keys(MOVES) as MoveName[];
const SYSTEM: Actor = { name: 'duban', role: 'system', unit: null };
const ROLES: Record<string, Actor> = {
  unit: unit(LEAD),
  coordinator: COORDINATOR,
  'office-head': OFFICE_HEAD,
  supervisor: SUPERVISOR,
  system: SYSTEM,
};

/** A well-formed move of every name. */
const WELL: { [N in MoveName]: Extract<Move, { move: N }> } = {
  acknowledge: { move: 'acknowledge', unit: LEAD, handler: '张三' },
  declare: { move: 'declare', unit: LEAD, ready: true },
  openCondition: { move: 'openCondition', dueOn: '2020-12-31', reason: '已具备' },
  report: { move: 'report', unit: LEAD, text: '进展', percent: 50, condition: true },
  askContribution: { move: 'askContribution', unit: LEAD, of: CO, text: '数据', dueOn: '2020-05-29' },
  completeContribution: { move: 'completeContribution', unit: CO, contribution: 'c1', text: '已办' },
  addEvidence: { move: 'addEvidence', unit: LEAD, items: [{ kind: 'number', value: '1号', name: null, bytes: null }] },
  submitEvidence: { move: 'submitEvidence', unit: LEAD },
  acceptEvidence: { move: 'acceptEvidence', version: 1 },
  returnEvidence: { move: 'returnEvidence', version: 1, reason: '不全' },
  requestExtension: { move: 'requestExtension', unit: LEAD, to: '2020-12-31', reason: '慢', progress: '五成' },
  approveExtension: { move: 'approveExtension' },
  refuseExtension: { move: 'refuseExtension', reason: '不充分' },
  grantExtension: { move: 'grantExtension', to: '2020-12-31', reason: '特批' },
  suspend: { move: 'suspend', reason: '调整' },
  resume: { move: 'resume' },
  cancel: { move: 'cancel', reason: '废止', document: '文' },
  reopen: { move: 'reopen', dueOn: '2020-12-31', reason: '不实' },
  redate: { move: 'redate', dueOn: '2020-12-31', reason: '调整', basis: '文' },
  annulBreach: { move: 'annulBreach', reason: '误记' },
  reassign: { move: 'reassign', from: LEAD, to: OTHER, role: 'lead', reason: '调整' },
  addParty: { move: 'addParty', unit: OTHER, role: 'co' },
  urge: { move: 'urge', text: '请加快' },
  issueSlip: { move: 'issueSlip', colour: 'blue', reason: '慢' },
  liftListing: { move: 'liftListing', reason: '已整改' },
  instruct: { move: 'instruct', text: '请抓紧' },
};
const needing = (name: MoveName, life: Life): Life => {
  const row: MoveRow = MOVES[name];
  if (row.needs.includes('breach')) return life.until('2020-07-02');
  if (row.needs.includes('review')) return life.handIn('2020-05-06');
  if (row.needs.includes('extension')) return life.do('2020-05-06', unit(LEAD), WELL.requestExtension);
  if (row.needs.includes('listing')) return life.do('2020-05-06', SUPERVISOR, { ...WELL.issueSlip, colour: 'red' });
  if (row.needs.includes('evidence')) return life.do('2020-05-06', unit(LEAD), WELL.addEvidence);
  return life;
};
const ruleOf = (name: MoveName) =>
  name === 'declare'
    ? twoTrack('2020-06-30', '2020-09-30')
    : name === 'openCondition'
      ? conditional
      : fixed('2020-06-30');
/** A task in which the move is possible, but for its status. */
const taskFor = (name: MoveName): Task => needing(name, Life.launch(planTask(ruleOf(name)), '2020-03-13')).task;
const asFor = (name: MoveName): Actor => {
  const [role] = MOVES[name].by;
  const [, actor] = Object.entries(ROLES).find(([r]) => r === role) ?? [];
  return name === 'completeContribution' ? unit(CO) : (actor ?? SYSTEM);
};

describe('every status and every move', () => {
  const STATUSES: Status[] = ['draft', 'open', 'suspended', 'completed', 'cancelled'];
  const LEGAL: Record<Status, MoveName[]> = {
    draft: [],
    open: NAMES.filter((n) => n !== 'resume' && n !== 'reopen'),
    suspended: ['acknowledge', 'addEvidence', 'resume', 'cancel', 'reassign'],
    completed: ['reopen', 'annulBreach'],
    cancelled: ['annulBreach'],
  };
  test.each(STATUSES.flatMap((status) => NAMES.map((name): [Status, MoveName] => [status, name])))(
    'R29 R31 R32: %s: %s',
    (status, name) => {
      const task = { ...taskFor(name), status };
      const refusal = checkMove(task, WELL[name], asFor(name));
      expect(refusal?.refused ?? 'allowed').toBe(LEGAL[status].includes(name) ? 'allowed' : 'wrong-status');
    },
  );
});

describe('every role and every move', () => {
  const BY: Record<string, MoveName[]> = {
    unit: [
      'acknowledge',
      'declare',
      'report',
      'askContribution',
      'completeContribution',
      'addEvidence',
      'submitEvidence',
      'requestExtension',
    ],
    coordinator: [
      'acknowledge',
      'openCondition',
      'addEvidence',
      'submitEvidence',
      'acceptEvidence',
      'returnEvidence',
      'approveExtension',
      'refuseExtension',
      'suspend',
      'resume',
      'cancel',
      'reassign',
      'addParty',
      'urge',
      'issueSlip',
    ],
    supervisor: ['grantExtension', 'reopen', 'redate', 'annulBreach', 'urge', 'issueSlip', 'liftListing', 'instruct'],
    system: [],
  };
  BY['office-head'] = BY.coordinator ?? [];
  test.each(Object.keys(ROLES).flatMap((role) => NAMES.map((name): [string, MoveName] => [role, name])))(
    'R7 R23 R25 R27 R28: %s: %s',
    (role, name) => {
      const status = MOVES[name].in[0] ?? 'open';
      const actor = role === 'unit' && name === 'completeContribution' ? unit(CO) : (ROLES[role] ?? SYSTEM);
      const refusal = checkMove({ ...taskFor(name), status }, WELL[name], actor);
      expect(refusal?.refused ?? 'allowed').toBe(BY[role]?.includes(name) ? 'allowed' : 'not-your-role');
    },
  );

  test('R7: every row names its rule and its Chinese name', () => {
    for (const row of Object.values(MOVES)) {
      expect(row.rule).toMatch(/^R\d+$/);
      expect(row.zh).not.toBe('');
    }
  });
});

describe('units and offices', () => {
  const task = taskFor('report');
  const report = WELL.report;
  test.each<[string, Move, Actor, RefusalCode]>([
    ['a unit on a task that is not its own', { ...report, unit: OTHER }, unit(OTHER), 'not-a-party'],
    ['a unit in the name of a party', report, unit(OTHER), 'not-your-unit'],
    ['a party in the name of another', report, unit(CO), 'not-your-unit'],
    ['a user without a unit', report, { ...unit(LEAD), unit: null }, 'not-your-unit'],
    ['a co-unit as lead', { ...WELL.askContribution, unit: CO }, unit(CO), 'not-a-lead'],
    ['another lead', { ...WELL.requestExtension, unit: SECOND_LEAD }, unit(SECOND_LEAD), 'not-a-party'],
    ['a coordinator of another office', WELL.suspend, { ...COORDINATOR, unit: OTHER }, 'not-your-unit'],
    ['a supervisor of another office', WELL.instruct, { ...SUPERVISOR, unit: null }, 'not-your-unit'],
    ['on behalf of a unit that is no party', { ...WELL.acknowledge, unit: OTHER }, COORDINATOR, 'not-a-party'],
    ['a name of Object.prototype', { ...report, unit: 'constructor' }, unit('constructor'), 'not-a-party'],
  ])('R7: %s', (_, move, actor, code) => {
    expect(checkMove(task, move, actor)?.refused).toBe(code);
  });

  test('R7: permits says the same without the fields, for a button', () => {
    expect(permits(task, 'report', unit(LEAD), LEAD)).toBeNull();
    expect(permits(task, 'report', unit(OTHER), OTHER)?.refused).toBe('not-a-party');
    expect(permits(task, 'reopen', SUPERVISOR)?.refused).toBe('wrong-status');
    expect(permits(task, 'requestExtension', unit(LEAD), LEAD)).toBeNull();
    expect(permits(taskFor('declare'), 'requestExtension', unit(LEAD), LEAD)?.refused).toBe('no-date');
  });

  test.each([
    ['first', [COORDINATOR.unit, OTHER]],
    ['last', [OTHER, COORDINATOR.unit]],
  ])('R7: who serves several offices is told why not by the one of the task, named %s', (_, offices) => {
    const capacities = offices.map((of) => ({ role: 'coordinator' as const, unit: of }));
    const user = { login: 'zhao', name: '赵', language: 'zh-CN' as const, capacities };
    const why = (who: typeof user) => moveChoice(task, who, 'acceptEvidence', '2020-05-06')?.refusal?.refused;
    expect(why(user)).toBe('no-review');
    expect(why({ ...user, capacities: capacities.filter(({ unit: of }) => of === OTHER) })).toBe('not-your-unit');
  });
});

/** What any program may send in place of a field. */
const GARBAGE: unknown[] = [null, 7, '', [], {}, true, Number.NaN, ['lead'], { toString: 'x' }];

describe('fields', () => {
  const check = (move: unknown) => checkMove(taskFor('report'), move as Move, unit(LEAD))?.refused;

  test.each(['2026-02-30', '２０２６-06-30', '2026-6-30', '', '2026-06-30T00:00:00Z', '明天', '2100-01-01'])(
    'R27: the day %s is refused',
    (day) => {
      const code = day === '2100-01-01' ? 'date-too-late' : 'bad-date';
      expect(check({ ...WELL.requestExtension, to: day })).toBe(code);
      for (const name of NAMES.filter((n) => MOVES[n].days.length > 0)) {
        const [field] = MOVES[name].days;
        const status = MOVES[name].in[0] ?? 'open';
        const move = { ...WELL[name], [field ?? '']: day } as Move;
        expect(checkMove({ ...taskFor(name), status }, move, asFor(name))?.refused).toBe(code);
      }
    },
  );

  test.each(NAMES)('R7: %s without one of its fields, or with garbage in it, is refused and throws nothing', (name) => {
    const row: MoveRow = MOVES[name];
    const required = [
      ...Object.keys(row.texts).filter((f) => !row.texts[f]?.optional),
      ...row.days.filter((f) => !row.optionalDays?.includes(f)),
      ...Object.keys(row.fields).filter((f) => !row.fields[f]?.endsWith('?')),
    ];
    const status = row.in[0] ?? 'open';
    const task = { ...taskFor(name), status };
    for (const field of required) {
      const lacking = Object.fromEntries(Object.entries(WELL[name]).filter(([f]) => f !== field));
      expect(checkMove(task, lacking as Move, asFor(name))?.refused).toBeDefined();
    }
    const all = [...Object.keys(row.texts), ...row.days, ...Object.keys(row.fields)];
    for (const field of all)
      for (const garbage of GARBAGE) {
        const accepted =
          (garbage === '' && row.texts[field]?.optional) ||
          (garbage === 7 && ['version', 'percent', 'percent?'].includes(row.fields[field] ?? '')) ||
          (garbage === true && ['flag', 'flag?'].includes(row.fields[field] ?? '')) ||
          (Array.isArray(garbage) && garbage.length === 0 && row.fields[field] === 'items');
        const move = { ...WELL[name], [field]: garbage } as Move;
        expect([field, garbage, checkMove(task, move, asFor(name)) === null]).toEqual([field, garbage, accepted]);
      }
  });

  test('R7: what is no move at all', () => {
    for (const move of [null, {}, { move: 'toString' }, { move: '__proto__' }, { move: 7 }, 'report'])
      expect(check(move)).toBe('unknown-move');
  });

  test.each([
    ['empty', '', 'text-needed'],
    ['blank', ' \n\t　', 'text-needed'],
    ['huge', '长'.repeat(5001), 'text-too-long'],
    ['U+0000', '进\u0000展', 'text-unstorable'],
    ['a lone surrogate', '进\ud800展', 'text-unstorable'],
    ['an escape', '进\u001b展', 'text-unstorable'],
  ])('R18: a text that is %s', (_, text, code) => {
    expect(check({ ...WELL.report, text })).toBe(code);
  });

  test('R18: line breaks and characters beyond the basic plane are text', () => {
    expect(check({ ...WELL.report, text: '第一行\r\n第二行\t𠮷' })).toBeUndefined();
    expect(check({ ...WELL.report, text: '长'.repeat(5000) })).toBeUndefined();
  });
});

test('R7: every refusal says in both languages what is wrong, and leaves no gap', () => {
  const details = Object.fromEntries(
    [
      'status',
      'needed',
      'unit',
      'day',
      'earliest',
      'latest',
      'than',
      'dueOn',
      'current',
      'version',
      'days',
      'id',
      'colour',
      'field',
      'max',
      'move',
    ].map((name) => [name, `<${name}>`]),
  );
  for (const code of Object.keys(REFUSALS) as RefusalCode[]) {
    const [zh, en] = [sentenceOf(refuse(code, details), 'zh'), sentenceOf(refuse(code, details), 'en')];
    expect(zh).toMatch(/[\u4e00-\u9fff].*。$/);
    expect(en).toMatch(/^[A-Z<"].*\.$/);
    expect(zh + en).not.toMatch(/[{}]/);
    const names = (text: string) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();
    const [zhRaw, enRaw] = REFUSALS[code];
    // The Chinese name of a status in an English sentence is the one word that both share.
    expect([code, names(enRaw)]).toEqual([code, names(zhRaw)]);
  }
});

test('R7: every refusal is given somewhere, and none is given that has no sentences', () => {
  const root = join(__dirname, '../..');
  const sources = ['domain', 'workflows', 'client', 'ledger'].flatMap((room) =>
    readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts') && path !== 'refusals.ts')
      .map((path) => readFileSync(join(root, room, path), 'utf8')),
  );
  const given = new Set(
    sources.flatMap((text) => [...text.matchAll(/refuse\(\s*'([a-z-]+)'/g)].map((m) => m[1] ?? '')),
  );
  // Chosen by a condition, in one place.
  given.add('not-a-lead').add('not-a-party');
  expect([...given].sort()).toEqual(Object.keys(REFUSALS).sort());
});
