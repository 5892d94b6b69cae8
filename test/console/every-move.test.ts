/**
 * Every move of the table through the form of its page: whoever may fills what the page offers and sends it, and both the
 * task and its page say so; whoever may not finds it greyed with the reason, and is refused when he sends it all the same.
 */
import { load } from 'cheerio';
import type { MoveName } from '../../domain/intents';
import { moveLabel } from '../../domain/move-labels';
import { MOVES, type MoveRow } from '../../domain/moves';
import type { Task } from '../../domain/task';
import type { UserRole } from '../../domain/user-roles';
import { CO, LEAD, type Life, OFFICE, OTHER } from '../workflows/town';
import { filled, type Typed } from './filled';
import { formOf } from './form-of';
import { type Browser, type Shown, signedInAs } from './people';
import { openPostOffice, type PostOffice } from './post-office';

jest.setTimeout(180_000);

const PEOPLE = {
  coordinator: ['岳素问', 'coordinator', OFFICE],
  head: ['周衡', 'office-head', OFFICE],
  supervisor: ['殷望舒', 'supervisor', OFFICE],
  auditor: ['审计员', 'auditor', null],
  lead: ['王莉', 'unit', LEAD],
  co: ['李明', 'unit', CO],
  other: ['赵六', 'unit', OTHER],
  district: ['区协调员', 'coordinator', 'zhuzhou:天元区优化营商环境办公室'],
} as const satisfies Record<string, readonly [string, UserRole, string | null]>;
type Who = keyof typeof PEOPLE;

/** `overdue`: its date passed before the people came. `undated`, `track`: a conditional and a two-track deadline. */
type Where = 'task' | 'overdue' | 'undated' | 'track';

interface Made {
  move: MoveName;
  by: Who;
  typed: Typed;
  on?: Where;
  /** What is so in the task afterwards. */
  effect: (task: Task) => unknown;
  is: unknown;
  /** What its page says afterwards. */
  shown: RegExp;
}

interface Closed {
  no: MoveName;
  by: Who;
  on?: Where;
  /** Why, on the page, in its form and in the answer. */
  why: string;
  /** The answer, where it says more of what was sent. */
  answer?: string;
  /** What he sends without being offered it. */
  sends: Typed;
}

const W: Record<string, string> = {};
const day = (n: number) => `W${n}`;
const PDF = Buffer.from('%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n');
const REASON = { reason: '另有安排' };
const CO_PLACE = `co ${CO}`;

/** One life after the other, in this order. */
const STORY: readonly (Made | Closed)[] = [
  {
    move: 'acknowledge',
    by: 'lead',
    typed: { handler: '王莉' },
    effect: (task) => task.acknowledgements[LEAD]?.handler,
    is: '王莉',
    shown: /市税务局[\s\S]*王莉/,
  },
  { no: 'acknowledge', by: 'lead', why: '已经签收', sends: { unit: LEAD } },
  {
    move: 'acknowledge',
    by: 'coordinator',
    typed: {},
    effect: (task) => task.acknowledgements[CO]?.byPhone,
    is: true,
    shown: /电话确认/,
  },
  {
    move: 'report',
    by: 'co',
    typed: { text: '接口已经开发', percent: '40' },
    effect: (task) => task.reports.last?.percent,
    is: 40,
    shown: /接口已经开发/,
  },
  {
    no: 'askContribution',
    by: 'co',
    why: '不是本任务的牵头单位',
    sends: { unit: CO, of: CO, text: '请', dueOn: day(9) },
  },
  {
    no: 'completeContribution',
    by: 'co',
    why: '没有请市市场监管局办理',
    answer: '没有编号为c1',
    sends: { unit: CO, contribution: 'c1', text: '好' },
  },
  {
    move: 'askContribution',
    by: 'lead',
    typed: { of: '市市场监管局', text: '请提供接口', dueOn: day(9) },
    effect: (task) => task.contributions.map(({ unit, text }) => [unit, text]),
    is: [[CO, '请提供接口']],
    shown: /请提供接口/,
  },
  {
    move: 'completeContribution',
    by: 'co',
    typed: { contribution: 'c1', text: '接口已提供' },
    effect: (task) => task.contributions[0]?.answer,
    is: '接口已提供',
    shown: /已办/,
  },
  {
    no: 'requestExtension',
    by: 'co',
    why: '不是本任务的牵头单位',
    sends: { unit: CO, to: day(40), reason: '难', progress: '慢' },
  },
  { no: 'refuseExtension', by: 'coordinator', why: '没有待批的延期申请', sends: REASON },
  {
    move: 'requestExtension',
    by: 'lead',
    typed: { to: day(40), reason: '系统未上线', progress: '已完成一半' },
    effect: (task) => task.extension?.to,
    is: day(40),
    shown: /系统未上线/,
  },
  { no: 'suspend', by: 'coordinator', why: '延期申请尚未批复', sends: REASON },
  {
    move: 'refuseExtension',
    by: 'coordinator',
    typed: { reason: '应当按期' },
    effect: (task) => [task.extension, task.dueOn],
    is: [null, day(30)],
    shown: /应当按期/,
  },
  { no: 'approveExtension', by: 'head', why: '没有待批的延期申请', sends: { to: day(40) } },
  {
    move: 'requestExtension',
    by: 'lead',
    typed: { to: day(40), reason: '系统仍未上线', progress: '已完成七成' },
    effect: (task) => task.extension?.progress,
    is: '已完成七成',
    shown: /已完成七成/,
  },
  {
    move: 'approveExtension',
    by: 'head',
    typed: { to: day(35) },
    effect: (task) => [task.dueOn, task.originalDueOn],
    is: [day(35), day(30)],
    shown: /同意延期/,
  },
  { no: 'grantExtension', by: 'supervisor', on: 'undated', why: '没有办理时限', sends: { to: day(50), ...REASON } },
  {
    move: 'grantExtension',
    by: 'supervisor',
    typed: { to: day(50), reason: '国家系统推迟' },
    effect: (task) => task.dueOn,
    is: day(50),
    shown: /国家系统推迟/,
  },
  {
    no: 'redate',
    by: 'supervisor',
    on: 'undated',
    why: '没有办理时限',
    sends: { dueOn: day(45), basis: '文', ...REASON },
  },
  {
    move: 'redate',
    by: 'supervisor',
    typed: { dueOn: day(45), reason: '上级提前', basis: '湘政办〔2027〕1号' },
    effect: (task) => task.dueOn,
    is: day(45),
    shown: /湘政办〔2027〕1号/,
  },
  { no: 'resume', by: 'coordinator', why: '任务处于“办理中”状态', sends: {} },
  {
    move: 'suspend',
    by: 'coordinator',
    typed: { reason: '等待上级部署' },
    effect: (task) => task.status,
    is: 'suspended',
    shown: /等待上级部署/,
  },
  { no: 'report', by: 'lead', why: '任务处于“中止”状态', sends: { unit: LEAD, text: '有进展' } },
  { no: 'urge', by: 'supervisor', why: '任务处于“中止”状态', sends: { text: '快' } },
  { no: 'instruct', by: 'supervisor', why: '任务处于“中止”状态', sends: { text: '快' } },
  { no: 'addParty', by: 'coordinator', why: '任务处于“中止”状态', sends: { unit: '市自然资源和规划局', role: 'co' } },
  { no: 'issueSlip', by: 'coordinator', why: '任务处于“中止”状态', sends: { colour: 'blue', ...REASON } },
  {
    move: 'resume',
    by: 'coordinator',
    typed: {},
    effect: (task) => task.status,
    is: 'open',
    shown: /恢复/,
  },
  {
    move: 'urge',
    by: 'coordinator',
    typed: { unit: '市市场监管局', text: '请抓紧办理' },
    effect: (task) => task.status,
    is: 'open',
    shown: /请抓紧办理/,
  },
  { no: 'liftListing', by: 'supervisor', why: '没有挂牌督办', sends: REASON },
  {
    move: 'issueSlip',
    by: 'coordinator',
    typed: { colour: 'blue', reason: '进展缓慢' },
    effect: (task) => task.ladder.slips.map(({ colour }) => colour),
    is: ['blue'],
    shown: /进展缓慢/,
  },
  {
    move: 'issueSlip',
    by: 'supervisor',
    typed: { colour: 'red', reason: '影响全局' },
    effect: (task) => task.ladder.slips.map(({ colour }) => colour),
    is: ['blue', 'red'],
    shown: /影响全局/,
  },
  {
    move: 'liftListing',
    by: 'supervisor',
    typed: { reason: '整改到位' },
    effect: (task) => task.ladder.slips.find(({ colour }) => colour === 'red')?.ended,
    is: true,
    shown: /整改到位/,
  },
  {
    move: 'instruct',
    by: 'supervisor',
    typed: { text: '请尽快办结' },
    effect: (task) => task.instructions.map(({ text }) => text),
    is: ['请尽快办结'],
    shown: /批示[\s\S]*请尽快办结/,
  },
  {
    move: 'addParty',
    by: 'coordinator',
    typed: { unit: '市自然资源和规划局', role: '支持' },
    effect: (task) => task.parties.find(({ unit }) => unit === OTHER)?.role,
    is: 'support',
    shown: /市自然资源和规划局/,
  },
  { no: 'submitEvidence', by: 'lead', why: '尚未添加任何佐证材料', sends: { unit: LEAD } },
  {
    move: 'addEvidence',
    by: 'lead',
    typed: { number: '株税发〔2027〕3号' },
    effect: (task) => task.evidence.map(({ kind }) => kind),
    is: ['file', 'number'],
    shown: /株税发〔2027〕3号/,
  },
  { no: 'returnEvidence', by: 'coordinator', why: '没有待审核的佐证材料', sends: { version: '1', ...REASON } },
  { no: 'acceptEvidence', by: 'head', why: '没有待审核的佐证材料', sends: { version: '1' } },
  {
    move: 'submitEvidence',
    by: 'lead',
    typed: {},
    effect: (task) => task.review?.version,
    is: 1,
    shown: /待审/,
  },
  { no: 'reassign', by: 'coordinator', why: '佐证材料正在审核', sends: { from: CO_PLACE, to: '市公安局', ...REASON } },
  {
    move: 'returnEvidence',
    by: 'coordinator',
    typed: { reason: '缺少盖章' },
    effect: (task) => [task.review, task.versions.map(({ outcome }) => outcome)],
    is: [null, ['returned']],
    shown: /缺少盖章/,
  },
  {
    move: 'reassign',
    by: 'coordinator',
    typed: { from: CO_PLACE, to: '市公安局', reason: '职责调整' },
    effect: (task) => task.parties.map(({ unit }) => unit).includes('zhuzhou:市公安局') && task.formerUnits,
    is: [CO],
    shown: /职责调整/,
  },
  {
    move: 'submitEvidence',
    by: 'lead',
    typed: {},
    effect: (task) => task.review?.version,
    is: 2,
    shown: /待审/,
  },
  { no: 'reopen', by: 'supervisor', why: '任务处于“办理中”状态', sends: { dueOn: day(60), ...REASON } },
  {
    move: 'acceptEvidence',
    by: 'head',
    typed: {},
    effect: (task) => task.status,
    is: 'completed',
    shown: /办结/,
  },
  { no: 'addEvidence', by: 'lead', why: '任务处于“已办结”状态', sends: { unit: LEAD, number: '迟到的文号' } },
  {
    move: 'reopen',
    by: 'supervisor',
    typed: { dueOn: day(60), reason: '抽查不实' },
    effect: (task) => [task.status, task.reopenings, task.dueOn],
    is: ['open', 1, day(60)],
    shown: /抽查不实/,
  },
  {
    move: 'cancel',
    by: 'coordinator',
    typed: { reason: '政策调整', document: '株政办〔2027〕9号' },
    effect: (task) => task.status,
    is: 'cancelled',
    shown: /株政办〔2027〕9号/,
  },
  { no: 'cancel', by: 'coordinator', why: '任务处于“已撤销”状态', sends: { document: '文', ...REASON } },
  { no: 'annulBreach', by: 'supervisor', why: '没有可撤销的逾期记录', sends: REASON },
  {
    move: 'annulBreach',
    by: 'supervisor',
    on: 'overdue',
    typed: { reason: '系统故障误记' },
    effect: (task) => task.breaches.map(({ annulled }) => annulled?.reason),
    is: ['系统故障误记'],
    shown: /已撤销: 系统故障误记/,
  },
  { no: 'declare', by: 'co', on: 'track', why: '不是本任务的牵头单位', sends: { unit: CO, ready: 'yes' } },
  {
    move: 'declare',
    by: 'lead',
    on: 'track',
    typed: { ready: '暂不具备条件', reason: '先行试点' },
    effect: (task) => [task.declaration?.state, task.declaration?.measures],
    is: ['not-ready', '先行试点'],
    shown: /已申报暂不具备/,
  },
  {
    move: 'openCondition',
    by: 'coordinator',
    on: 'undated',
    typed: { dueOn: day(45), reason: '国家系统已上线' },
    effect: (task) => task.originalDueOn,
    is: day(45),
    shown: /国家系统已上线/,
  },
  { no: 'openCondition', by: 'coordinator', on: 'undated', why: '已有办理时限', sends: { dueOn: day(46), ...REASON } },
];

let post: PostOffice;
const lives = {} as Record<Where, Life>;
const people = {} as Record<Who, Browser>;

beforeAll(async () => {
  post = await openPostOffice();
  const { town } = post;
  await post.until(await town.workingDay(1), '08:00');
  lives.overdue = await town.issue({ type: 'fixed', dueOn: await town.workingDay(1) });
  await post.until(await town.workingDay(2), '08:00');
  for (const n of [9, 30, 35, 40, 45, 46, 50, 60, 80]) W[day(n)] = await town.workingDay(n);
  lives.task = await town.issue({ type: 'fixed', dueOn: on(day(30)) });
  lives.undated = await town.issue({ type: 'conditional', condition: '国家系统上线后' });
  lives.track = await town.issue({ type: 'two-track', readyOn: on(day(60)), notReadyOn: on(day(80)) });
  const who = { app: post.app, db: town.ledger.db, now: await town.now() };
  for (const [name, [title, role, unit]] of Object.entries(PEOPLE))
    people[name as Who] = await signedInAs(who, title, [{ role, unit }]);
});
afterAll(() => post?.close());

const placeOf = (where: Where) => `/plans/${lives[where].plan}/tasks/1-01`;
/** Days of the story are counted from its beginning. */
const on = (text: string) => W[text] ?? text;
const meant = (is: unknown) => (typeof is === 'string' ? on(is) : is);
const dated = (typed: Typed): Typed =>
  Object.fromEntries(Object.entries(typed).map(([name, text]) => [name, on(text)]));

/** The buttons of a task's page by their label: where each leads, or why it is greyed. */
function buttonsOf(body: string): Record<string, string> {
  const $ = load(body);
  const items = $('.move-list li').toArray();
  return Object.fromEntries(
    items.map((one) => {
      const label = $(one).find('a, button').text().replace(' (代单位办理)', '');
      return [label, $(one).find('a').attr('href') ?? $(one).find('button[disabled] + .why').text()];
    }),
  );
}

/** What stands in the notice of a page. */
const saidIn = ({ body }: Shown) => load(body)('.notice').text();

async function sends(who: Browser, path: string, move: MoveName, fields: Typed): Promise<Shown> {
  const { csrf = filled((await who.get('/account')).body, '/sign-out').csrf ?? '', ...others } = fields;
  if (move !== 'addEvidence') return who.post(path, others, csrf);
  const { type, body } = formOf({ csrf, ...others }, [{ field: 'files', name: '证明.pdf', bytes: PDF }]);
  return who.send(path, type, body);
}

test.each(STORY.map((step) => ['no' in step ? `no ${step.no}` : step.move, step.by, step] as const))(
  '%s by %s',
  async (_, __, step) => {
    const where = step.on ?? 'task';
    const at = placeOf(where);
    const who = people[step.by];
    const move = 'no' in step ? step.no : step.move;
    const path = `${at}/moves/${move}`;
    const label = moveLabel(move, 'zh-CN');
    const buttons = buttonsOf((await who.get(at)).body);
    if ('no' in step) {
      expect(buttons[label]).toContain(step.why);
      const form = await who.get(path);
      expect(form.body).toContain(step.why);
      expect(form.body).not.toContain(`action="${path}"`);
      const { seq } = await lives[where].task();
      const refused = await sends(who, path, move, dated(step.sends));
      expect([refused.status, saidIn(refused)]).toEqual([422, expect.stringContaining(step.answer ?? step.why)]);
      expect((await lives[where].task()).seq).toBe(seq);
      return;
    }
    expect(buttons[label]).toBe(path);
    const form = await who.get(path);
    const made = await sends(who, path, move, filled(form.body, path, dated(step.typed)));
    if (made.status !== 303) throw new Error(`${made.status} ${saidIn(made)}`);
    expect(made.location).toBe(`${at}?done=${move}`);
    const is = Array.isArray(step.is) ? step.is.map(meant) : meant(step.is);
    expect(step.effect(await lives[where].task())).toEqual(is);
    const after = await who.get(made.location ?? '');
    expect(after.body).toContain(`已记录：${label}`);
    expect(after.body).toMatch(step.shown);
  },
);

test('every move of the table was made here, and refused here', () => {
  const all = Object.keys(MOVES).sort();
  const names = (of: (step: Made | Closed) => MoveName | null) =>
    [...new Set(STORY.flatMap((step) => of(step) ?? []))].sort();
  expect(names((step) => ('move' in step ? step.move : null))).toEqual(all);
  expect(names((step) => ('no' in step ? step.no : null))).toEqual(all);
});

test.each(Object.keys(MOVES) as MoveName[])(
  '%s is no button and no address for other roles and other people',
  async (move) => {
    const row: MoveRow = MOVES[move];
    const at = placeOf('track');
    const path = `${at}/moves/${move}`;
    const { seq } = await lives.track.task();
    for (const [name, [, role, unit]] of Object.entries(PEOPLE)) {
      const who = people[name as Who];
      const isOutside = name === 'other' || name === 'district';
      if (!isOutside && row.by.some((by) => by === role)) continue;
      const page = await who.get(at);
      expect([name, page.status]).toEqual([name, isOutside ? 404 : 200]);
      expect(buttonsOf(page.body)).not.toHaveProperty(moveLabel(move, 'zh-CN'));
      expect((await who.get(path)).status).toBe(404);
      const fields = { unit: unit ?? LEAD, reason: '我要', text: '我要', version: '1', ready: 'yes', colour: 'red' };
      expect((await sends(who, path, move, fields)).status).toBe(404);
    }
    expect((await lives.track.task()).seq).toBe(seq);
  },
);

test('what a form offers is what its sender may: a coordinator lists nobody, and no unit acts for another', async () => {
  const at = placeOf('track');
  const slip = `${at}/moves/issueSlip`;
  const offered = await people.coordinator.get(slip);
  expect(() => filled(offered.body, slip, { colour: 'red', reason: '挂牌' })).toThrow('offers no red');
  const forced = await people.coordinator.post(slip, { colour: 'red', reason: '挂牌' });
  expect([forced.status, saidIn(forced)]).toEqual([422, expect.stringContaining('督查领导')]);
  const blue = await people.supervisor.post(slip, { colour: 'blue', reason: '提醒' });
  expect([blue.status, saidIn(blue)]).toEqual([422, expect.stringContaining('协调员')]);
  const forged = await people.co.post(`${at}/moves/report`, { unit: LEAD, text: '冒名' });
  expect([forged.status, saidIn(forged)]).toEqual([422, expect.stringContaining('不能代其操作')]);
  expect(await lives.track.story('slipIssued', 'reported')).toEqual([]);
});
