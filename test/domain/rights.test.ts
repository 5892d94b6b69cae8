/**
 * The table of rights, cell by cell: role × act × own or another's. The expectation is written out here a second time on
 * purpose: a cell that changes must be changed by somebody who saw it.
 */
import { MOVES } from '../../domain/moves';
import { isRefusal } from '../../domain/refusals';
import {
  type Act,
  actorOf,
  type Capacity,
  capacityFor,
  capacityForMove,
  DEEDS,
  isInSight,
  RIGHTS,
  sightOf,
  type User,
} from '../../domain/rights';
import { USER_ROLES, type UserRole } from '../../domain/user-roles';

const CITY = 'zhuzhou:市优化营商环境协调事务中心';
const DISTRICT = 'zhuzhou:天元区优化营商环境办公室';
const ELSEWHERE = 'zhuhai:市发展改革局';
const UNIT_A = 'zhuzhou:市税务局';
const UNIT_B = 'zhuzhou:市市场监管局';

/** o: on his own; c: on units of his city; s: on what all offices share, from an office of the city; a: on everything; -: never. In the order coordinator, office-head, supervisor, unit, auditor. */
const CELLS: Record<Act, string> = {
  acknowledge: 'oo-o-',
  declare: '---o-',
  openCondition: 'oo---',
  report: '---o-',
  askContribution: '---o-',
  completeContribution: '---o-',
  addEvidence: 'oo-o-',
  submitEvidence: 'oo-o-',
  acceptEvidence: 'oo---',
  returnEvidence: 'oo---',
  requestExtension: '---o-',
  approveExtension: 'oo---',
  refuseExtension: 'oo---',
  grantExtension: '--o--',
  suspend: 'oo---',
  resume: 'oo---',
  cancel: 'oo---',
  reopen: '--o--',
  redate: '--o--',
  annulBreach: '--o--',
  reassign: 'oo---',
  addParty: 'oo---',
  urge: 'ooo--',
  issueSlip: 'ooo--',
  liftListing: '--o--',
  instruct: '--o--',
  readPlan: 'ooooa',
  importPlan: 'oo---',
  editPlan: 'oo---',
  rehearse: 'ooo-a',
  launch: 'ooo--',
  reportOnPlan: '---o-',
  exportPlan: 'ooo-a',
  readLetters: 'ooooa',
  settleReply: 'oo---',
  revokeLinks: 'ooo--',
  readDirectory: 'aaaoa',
  editUnit: 'cc---',
  nameSubstitute: 'cc-o-',
  handOutFeed: 'cc-o-',
  changeCalendar: 'ss---',
  verifyRecord: 'ooo-a',
  manageUsers: 'oo---',
  makeToken: 'ooooa',
  linkLibrary: 'oo---',
  importLibrary: 'ss---',
  runRound: 'ss---',
};

const user = (...capacities: Capacity[]): User => ({ login: 'x', name: '某', capacities, language: 'zh-CN' });
const unitOf = (role: UserRole) => (role === 'auditor' ? null : role === 'unit' ? UNIT_A : CITY);
/** 县市区 of the city. */
const directory = { districts: ['zhuzhou:天元区', 'zhuzhou:攸县'], parties: [] };
const may = (who: User, act: Act, office: string, unit: string) =>
  !isRefusal(capacityFor(who, act, { office, unit, directory }));

const cells = Object.entries(CELLS).flatMap(([act, row]) =>
  USER_ROLES.map((role, i) => [role, act as Act, row[i] ?? '?'] as const),
);

test('every act and every role has a cell', () => {
  expect(Object.keys(CELLS).sort()).toEqual([...Object.keys(MOVES), ...DEEDS].sort());
  expect(Object.keys(RIGHTS).sort()).toEqual(Object.keys(CELLS).sort());
  expect(cells.every(([, , cell]) => 'ocsa-'.includes(cell))).toBe(true);
});

test.each(cells)('%s, %s: %s', (role, act, cell) => {
  const who = user({ role, unit: unitOf(role) });
  expect(may(who, act, CITY, UNIT_A)).toBe(cell !== '-');
  // Unit A on what is unit B's; an officer of the city on a plan of the district.
  expect(may(who, act, role === 'unit' ? CITY : DISTRICT, role === 'unit' ? UNIT_B : UNIT_A)).toBe(
    'acs'.includes(cell),
  );
  expect(may(who, act, ELSEWHERE, ELSEWHERE)).toBe('as'.includes(cell));
  // A district's officer on a plan of the city, also where his district is the unit that acts.
  if (role !== 'unit' && role !== 'auditor') {
    expect(may(user({ role, unit: DISTRICT }), act, CITY, DISTRICT)).toBe('ac'.includes(cell));
  }
});

test('a district’s office reaches the units of its district and its own parties, the city’s every unit of the city', () => {
  const reaches = (office: string, unit: string, parties: string[] = []) =>
    !isRefusal(
      capacityFor(user({ role: 'coordinator', unit: office }), 'editUnit', {
        unit,
        directory: { ...directory, parties },
      }),
    );
  const OWN = 'zhuzhou:天元区税务局';
  const NEXT = 'zhuzhou:攸县税务局';
  expect([DISTRICT, 'zhuzhou:天元区', OWN].map((unit) => reaches(DISTRICT, unit))).toEqual([true, true, true]);
  expect([UNIT_A, CITY, NEXT, ELSEWHERE].map((unit) => reaches(DISTRICT, unit))).toEqual(Array(4).fill(false));
  expect([UNIT_A, DISTRICT, NEXT].map((unit) => reaches(CITY, unit))).toEqual([true, true, true]);
  expect(reaches(CITY, ELSEWHERE)).toBe(false);
  // A party that no other office has to do with.
  expect([reaches(DISTRICT, NEXT, [NEXT]), reaches(DISTRICT, ELSEWHERE, [ELSEWHERE])]).toEqual([true, false]);
  // Whoever forgets to ask the directory is refused.
  expect(isRefusal(capacityFor(user({ role: 'coordinator', unit: CITY }), 'editUnit', { unit: UNIT_A }))).toBe(true);
});

test('what all offices share is not changed from a district, nor by whoever forgets to ask the directory', () => {
  const act = (unit: string, ground = { directory }) =>
    capacityFor(user({ role: 'coordinator', unit }), 'changeCalendar', ground);
  expect(act(CITY)).toEqual({ role: 'coordinator', unit: CITY });
  expect(act(ELSEWHERE)).toEqual({ role: 'coordinator', unit: ELSEWHERE });
  expect(act(DISTRICT)).toEqual({ refused: 'district-office', details: {} });
  expect(isRefusal(capacityFor(user({ role: 'coordinator', unit: CITY }), 'changeCalendar', {}))).toBe(true);
  const both = user({ role: 'coordinator', unit: DISTRICT }, { role: 'office-head', unit: CITY });
  expect(capacityFor(both, 'changeCalendar', { directory })).toMatchObject({ role: 'office-head' });
});

test('who has two capacities acts in the one that fits', () => {
  const both = user({ role: 'coordinator', unit: DISTRICT }, { role: 'unit', unit: DISTRICT });
  expect(capacityFor(both, 'acknowledge', { office: CITY, unit: DISTRICT })).toEqual({ role: 'unit', unit: DISTRICT });
  expect(capacityFor(both, 'acknowledge', { office: DISTRICT, unit: UNIT_A })).toMatchObject({ role: 'coordinator' });
  expect(capacityFor(both, 'acceptEvidence', { office: CITY })).toEqual({
    refused: 'not-your-unit',
    details: { unit: CITY },
  });
});

test('a refusal says who may, or whose it is', () => {
  const a = user({ role: 'unit', unit: UNIT_A });
  expect(capacityFor(a, 'launch', { office: CITY })).toEqual({
    refused: 'not-your-role',
    details: { needed: '协调员、办公室主要负责人、督查领导' },
  });
  expect(capacityFor(a, 'report', { office: CITY, unit: UNIT_B })).toMatchObject({ details: { unit: UNIT_B } });
});

test('the operator acts in the capacity that is needed', () => {
  const operator: User = { login: '', name: 'root', capacities: 'operator', language: 'zh-CN' };
  expect(capacityFor(operator, 'acknowledge', { office: CITY, unit: UNIT_A })).toEqual({ role: 'unit', unit: UNIT_A });
  expect(capacityFor(operator, 'acceptEvidence', { office: CITY })).toEqual({ role: 'coordinator', unit: CITY });
  expect(capacityFor(operator, 'instruct', { office: CITY })).toEqual({ role: 'supervisor', unit: CITY });
});

test('sight: an officer his plans, a unit its tasks, an auditor everything', () => {
  const officer = sightOf(user({ role: 'supervisor', unit: CITY }));
  const a = sightOf(user({ role: 'unit', unit: UNIT_A }));
  expect([officer, a]).toEqual([
    { offices: [CITY], units: [] },
    { offices: [], units: [UNIT_A] },
  ]);
  expect([isInSight(officer, CITY, [UNIT_B]), isInSight(officer, DISTRICT, [CITY])]).toEqual([true, false]);
  expect([isInSight(a, CITY, [UNIT_B, UNIT_A]), isInSight(a, CITY, [UNIT_B])]).toEqual([true, false]);
  expect(sightOf(user({ role: 'auditor', unit: null }))).toBe('everything');
  expect(isInSight(sightOf(user()), CITY, [UNIT_A])).toBe(false);
});

test('an auditor is nobody in the record of a task', () => {
  expect(actorOf('审计员', { role: 'auditor', unit: null })).toBeNull();
});

test('what a move says narrows who makes it (R13, R23, R25)', () => {
  const all = user(
    { role: 'unit', unit: CITY },
    { role: 'coordinator', unit: CITY },
    { role: 'supervisor', unit: CITY },
  );
  const unit = user({ role: 'unit', unit: UNIT_A });
  const ground = { office: CITY, unit: CITY };
  const slip = (colour: 'blue' | 'red') => ({ move: 'issueSlip', colour, reason: '催' }) as const;
  expect(capacityForMove(all, slip('red'), ground)).toMatchObject({ role: 'supervisor' });
  expect(capacityForMove(all, slip('blue'), ground)).toMatchObject({ role: 'coordinator' });
  const ack = { move: 'acknowledge', unit: CITY } as const;
  expect(capacityForMove(all, ack, ground)).toMatchObject({ role: 'unit' });
  expect(capacityForMove(all, { ...ack, byPhone: true }, ground)).toMatchObject({ role: 'coordinator' });
  const paper = { move: 'submitEvidence', unit: UNIT_A, receivedOn: '2026-03-02', reason: '纸质' } as const;
  expect(capacityForMove(unit, paper, { office: CITY, unit: UNIT_A })).toMatchObject({ refused: 'not-your-role' });
});
