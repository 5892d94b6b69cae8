/** From lines to moves: what is certain becomes a move of that unit, everything else a doubt. */
import type { Task } from '../../domain/task';
import { decideReply, type Spoken } from '../../replies/decide';
import { statementsIn } from '../../replies/statements';
import { Asker, LEAD, launchPlan } from '../ledger/asker';
import { seededLedger, type TestLedger } from '../ledger/test-ledger';

const CO = 'zhuzhou:市公安局';
const FILE = { kind: 'file', value: 'a'.repeat(64), name: '办结报告.pdf', bytes: 15 } as const;

let ledger: TestLedger;
/** 1-01: led by LEAD, with 市公安局. 1-02: led by LEAD alone. */
let first: Task;
let second: Task;
beforeAll(async () => {
  ledger = await seededLedger();
  await launchPlan(ledger);
  [first, second] = [await issued('zhuzhou-2020/1-01'), await issued('zhuzhou-2020/1-02')];
});
afterAll(() => ledger.drop());

async function issued(id: string): Promise<Task> {
  await Asker.on(ledger, id).issue();
  const row = await ledger.db
    .selectFrom('streams')
    .select('state')
    .where('id', '=', `task/${id}`)
    .executeTakeFirstOrThrow();
  return row.state as Task;
}

const spoken = (task: Task, ...kinds: Spoken['kinds'][number][]): Spoken => ({ task, kinds });
const decide = (text: string, tasks: Spoken[], { unit = LEAD, files = [] as (typeof FILE)[] } = {}) => {
  const { moves, doubts } = decideReply(statementsIn(text.split('\n')), { unit, tasks, files });
  return { moves: moves.map(({ task, move }) => [task.slice(task.indexOf('/') + 1), move]), doubts };
};
const nothing = (doubt: RegExp) => ({ moves: [], doubts: [expect.stringMatching(doubt)] });

test.each([['签收'], ['已签收。'], ['收到，谢谢！'], ['收悉'], ['我局已收到，将尽快办理。'], ['您好：\n签收\n谢谢']])(
  '%s signs for everything that the letter asked to be signed',
  (text) => {
    const tasks = [spoken(first, 'issue'), spoken(second, 'issue'), spoken(second, 'reminder')];
    expect(decide(text, tasks)).toEqual({
      moves: [
        ['1-01', { move: 'acknowledge', unit: LEAD }],
        ['1-02', { move: 'acknowledge', unit: LEAD }],
      ],
      doubts: [],
    });
  },
);

test('by number only for that one; for what is signed or not in the letter for nothing', () => {
  const both = [spoken(first, 'issue'), spoken(second, 'issue')];
  expect(decide('1-02 签收，经办人：王莉', both).moves).toEqual([
    ['1-02', { move: 'acknowledge', unit: LEAD, handler: '王莉' }],
  ]);
  expect(decide('１－０２、1-01：签收', both).moves).toHaveLength(2);
  expect(decide('1-07 签收', both)).toEqual(nothing(/没有任务1-07/));
  const acknowledgements = { [LEAD]: { ...second.acknowledgements[LEAD], acknowledgedOn: '2020-03-16' } };
  const signed = { ...second, acknowledgements } as Task;
  expect(decide('签收', [spoken(signed, 'issue')])).toEqual({ moves: [], doubts: [] });
  const elsewhere = { ...second, id: 'other-2020/1-02' };
  expect(decide('1-02 签收', [...both, spoken(elsewhere, 'issue')])).toEqual(nothing(/几个方案/));
});

test.each([
  ['尚未收到附件', /太短|文字/],
  ['怎么签收？', /提问/],
  ['签收吗', /太短|文字/],
  ['不签收', /文字/],
  ['请问什么时候截止', /提问/],
])('%s signs for nothing', (text, why) => {
  expect(decide(text, [spoken(first, 'issue')])).toEqual(nothing(why));
});

test('text is a report only where one task was asked for it, or where it says its number', () => {
  const text = '已完成一窗通系统升级，正在组织测试。';
  expect(decide(text, [spoken(first, 'report'), spoken(second, 'reminder')]).moves).toEqual([
    ['1-01', { move: 'report', unit: LEAD, text }],
  ]);
  expect(decide(text, [spoken(first, 'reminder')])).toEqual(nothing(/没有请求反馈进展/));
  const both = [spoken(first, 'report'), spoken(second, 'report')];
  expect(decide(text, both)).toEqual(nothing(/没有写明是哪一项/));
  expect(decide(`1-01：${text}\n下月上线。\n1-02 办理流程已经修订完毕。`, both).moves).toEqual([
    ['1-01', { move: 'report', unit: LEAD, text: `${text}\n下月上线。` }],
    ['1-02', { move: 'report', unit: LEAD, text: '办理流程已经修订完毕。' }],
  ]);
  expect(decide('推进中', [spoken(first, 'report')])).toEqual(nothing(/太短/));
  expect(decide('好的，谢谢！', [spoken(first, 'report')])).toEqual({ moves: [], doubts: [expect.any(String)] });
});

test('已办结 is a hand-in with files, and nothing without', () => {
  const one = [spoken(first, 'reminder')];
  expect(decide('已办结。', one)).toEqual(nothing(/没有附佐证材料/));
  expect(decide('已办结，材料见附件。', one, { files: [FILE] }).moves).toEqual([
    ['1-01', { move: 'addEvidence', unit: LEAD, items: [FILE] }],
    ['1-01', { move: 'submitEvidence', unit: LEAD }],
  ]);
  expect(decide('已办结', [...one, spoken(second, 'reminder')], { files: [FILE] }).moves).toEqual([]);
  // A file alone, or beside a signature, proves nothing by itself.
  expect(decide('签收', one, { files: [FILE] })).toMatchObject({
    moves: [['1-01', {}]],
    doubts: [/附件/].map(() => expect.any(String)),
  });
  expect(decide('已完成系统升级', one)).toEqual(nothing(/没有请求反馈进展/));
});

test('of a co-unit 已办结 completes what was asked of it, if that is one thing', () => {
  const asked = {
    id: 'c1',
    lead: LEAD,
    unit: CO,
    text: '数据',
    dueOn: '2020-05-01',
    coveredOn: '2020-03-13',
    doneOn: null,
    answer: null,
  };
  const task = { ...first, contributions: [asked] };
  expect(decide('已办结，数据已推送。', [spoken(task, 'contribution')], { unit: CO }).moves).toEqual([
    ['1-01', { move: 'completeContribution', unit: CO, contribution: 'c1', text: '已办结，数据已推送。' }],
  ]);
  expect(decide('已办结', [spoken(first, 'issue')], { unit: CO })).toEqual(nothing(/没有待办的配合事项/));
  const two = { ...first, contributions: [asked, { ...asked, id: 'c2' }] };
  expect(decide('已办结', [spoken(two, 'contribution')], { unit: CO })).toEqual(nothing(/几件/));
});

test('an extension needs its day with the year, and its reason', () => {
  const one = [spoken(second, 'reminder')];
  expect(decide('申请延期至2026年9月30日，原因：系统对接未完成；进展：需求已确认', one).moves).toEqual([
    [
      '1-02',
      { move: 'requestExtension', unit: LEAD, to: '2026-09-30', reason: '系统对接未完成', progress: '需求已确认' },
    ],
  ]);
  expect(decide('申请延期到2026-09-30，因省平台改造。', one).moves).toEqual([
    [
      '1-02',
      {
        move: 'requestExtension',
        unit: LEAD,
        to: '2026-09-30',
        reason: '因省平台改造。',
        progress: '（回信未写进展）',
      },
    ],
  ]);
  expect(decide('申请延期至9月30日，原因：系统对接', one)).toEqual(nothing(/哪年哪月哪日/));
  expect(decide('申请延期至2026年2月30日，原因：系统对接', one)).toEqual(nothing(/哪年哪月哪日/));
  expect(decide('申请延期至2026年9月30日', one)).toEqual(nothing(/没有写原因/));
});

test('ready or not: two-track declares, conditional reports, others need none; not ready says its measures', () => {
  const declaration = { askOn: '2020-06-01', deemedOn: '2020-06-08', state: 'undecided', measures: null } as const;
  const twoTrack = [spoken({ ...first, declaration }, 'declaration')];
  expect(decide('具备条件', twoTrack).moves).toEqual([['1-01', { move: 'declare', unit: LEAD, ready: true }]]);
  expect(decide('暂不具备条件，措施：与省平台对接', twoTrack).moves).toEqual([
    ['1-01', { move: 'declare', unit: LEAD, ready: false, reason: '与省平台对接' }],
  ]);
  expect(decide('不具备条件', twoTrack)).toEqual(nothing(/措施/));
  expect(decide('具备条件\n不具备条件，措施：再议', twoTrack)).toEqual(nothing(/前后说法不一/));
  const conditional = { ...first, type: 'conditional', dueOn: null } as Task;
  expect(decide('条件说明如下\n1-01 具备条件', [spoken(conditional, 'reminder')]).moves).toEqual([
    ['1-01', { move: 'report', unit: LEAD, text: '具备条件', condition: true }],
  ]);
  expect(decide('具备条件', [spoken(first, 'issue')])).toEqual(nothing(/无须申报/));
});

test('what a letter says of tasks of others is not this unit’s to answer, and a coordinator decides by no mail', () => {
  expect(decide('同意', [spoken(second, 'review')], { unit: CO })).toEqual(nothing(/审核、批复/));
  expect(decide('签收', [], { unit: LEAD })).toEqual(nothing(/审核、批复/));
});
