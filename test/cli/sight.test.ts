/** `--actor`: a command reads what its person may see and nothing else; what no right covers is the operator's alone. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Plan } from '../../domain/plan';
import type { Unit } from '../../domain/unit';
import { storeDraft } from '../../ledger/plans';
import PLANNED from '../../seeds/plans/zhuzhou-2020.json';
import zhuzhouUnits from '../../seeds/units/zhuzhou.json';
import { LEAD } from '../ledger/asker';
import { MailRoom } from '../ledger/mail-room';
import { newHome } from '../support/run';
import { dubanJson } from './duban';

jest.setTimeout(120_000);

const PLAN = 'zhuzhou-2020';
const MINE = `${PLAN}/1-02`;
const THEIRS = `${PLAN}/2-13`;
const DRAFT = 'zhuzhou-next';
const UNIT = personOf(LEAD);

function personOf(unit: string): string {
  return (zhuzhouUnits as Unit[]).find(({ id }) => id === unit)?.liaison?.name ?? '';
}

let room: MailRoom;
let home: string;
beforeAll(async () => {
  room = await MailRoom.open();
  await storeDraft(room.ledger.db, {
    ...PLANNED,
    id: DRAFT,
    tasks: [{ ...PLANNED.tasks[0], id: `${DRAFT}/1-01` }],
  } as Plan);
  await room.issue(MINE, THEIRS);
  await room.at('2020-03-13', '09:00').round();
  home = newHome('cli');
});
afterAll(() => room?.close());

async function run(...args: string[]) {
  const settings = { DUBAN_HOME: join(home, 'never-made'), DATABASE_URL: room.ledger.url };
  const { code, json } = await dubanJson(settings, ...args);
  return code === 0 ? json : [code, json.error?.code];
}
const as = (person: string, ...args: string[]) => run(...args, '--actor', person);

test('lists end where sight ends', async () => {
  const [whole, tasks, plans, units, inbox] = await Promise.all([
    run('tasks', '--plan', PLAN),
    as(UNIT, 'tasks', '--plan', PLAN),
    as(UNIT, 'plan', 'list'),
    as(UNIT, 'unit', 'list'),
    as(UNIT, 'inbox', 'list'),
  ]);
  expect(whole).toHaveLength(2);
  expect(tasks).toMatchObject([{ id: MINE }]);
  expect(plans).toMatchObject([{ id: PLAN, tasks: 1 }]);
  expect(units).toMatchObject([{ id: LEAD }]);
  expect(inbox).toEqual([]);
});

test('what is out of sight is answered like what is not there', async () => {
  const theirs = (await room.letters({ unit: 'zhuzhou:市税务局' }))[0]?.id ?? '';
  const [own = { id: '' }, ...others] = (await as(UNIT, 'letters')) as { id: string }[];
  expect(others).toEqual([]);
  const [seen, mine, ...unseen] = await Promise.all([
    as(UNIT, 'letter', 'show', own.id),
    as(UNIT, 'task', 'show', MINE),
    as(UNIT, 'letter', 'show', theirs),
    as(UNIT, 'task', 'show', THEIRS),
    as(UNIT, 'evidence', 'list', THEIRS),
    as(UNIT, 'letter', 'preview', 'reminder', '--task', THEIRS),
    as(UNIT, 'unit', 'show', 'zhuzhou:市税务局'),
    as(UNIT, 'plan', 'corrections', PLAN),
    as(UNIT, 'plan', 'assign', DRAFT, '--xlsx', join(home, '分工.xlsx')),
  ]);
  expect([seen, mine]).toMatchObject([{ to: { unit: LEAD } }, { id: MINE }]);
  expect(unseen).toEqual([
    [2, 'unknown-letter'],
    [2, 'unknown-task'],
    [2, 'unknown-task'],
    [2, 'unknown-task'],
    [2, 'unknown-unit'],
    [2, 'unknown-plan'],
    [1, 'not-your-role'],
  ]);
  expect(existsSync(join(home, '分工.xlsx'))).toBe(false);
});

test('a round and a verification take their rights; what serves and what copies everything takes no other name', async () => {
  const [round, whole, plan, copied, nobody, verified] = await Promise.all([
    as(UNIT, 'round', 'run'),
    as(UNIT, 'audit', 'verify'),
    as(UNIT, 'audit', 'verify', PLAN),
    as(UNIT, 'backup', join(home, 'copy.tar.gz')),
    as('查无此人', 'plan', 'list'),
    as(personOf('zhuzhou:市优化营商环境协调事务中心'), 'audit', 'verify', PLAN),
  ]);
  expect([round, whole, plan]).toEqual(Array(3).fill([1, 'not-your-role']));
  expect([copied, nobody]).toEqual([
    [2, 'operator-only'],
    [2, 'unknown-person'],
  ]);
  expect(verified).toMatchObject({ ok: true });
});
