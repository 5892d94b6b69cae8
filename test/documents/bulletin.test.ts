/** A bulletin as words and as a Word document: read back as its readers' programs would read it. */
import JSZip from 'jszip';
import mammoth from 'mammoth';
import { demonstration } from '../../client/demo/habits';
import { bulletinDocx } from '../../documents/bulletin/docx';
import { titleLines } from '../../documents/bulletin/title-lines';
import { type Issue, paperOf } from '../../documents/bulletin/write';
import type { BulletinFacts } from '../../domain/bulletin/bulletin';
import type { BulletinSource } from '../../domain/bulletin/source';
import type { Plan } from '../../domain/plan';
import { DEFAULT_POLICY } from '../../domain/policy';
import { play } from '../../domain/rehearsal-play';
import type { Unit } from '../../domain/unit';
import zhuzhouPlan from '../../seeds/plans/zhuzhou-2020.json';
import zhuzhouUnits from '../../seeds/units/zhuzhou.json';
import { sourceOf, written } from '../support/bulletins';
import { COORDINATOR, fixed, LEAD, Life, planTask, SUPERVISOR, seedCalendar, unit } from '../support/lives';

const ISSUE: Issue = {
  datedOn: '2020-08-03',
  scoring: DEFAULT_POLICY.scoring,
  seal: { on: '2020-07-31', hash: 'ab'.repeat(32) },
};

/** The demonstration's year: silence, lateness, an extension, a return, a declaration. */
function played(): BulletinSource {
  const plan = zhuzhouPlan as Plan;
  const [calendar, from] = [seedCalendar(), '2020-03-16'];
  const script = { plan, units: zhuzhouUnits as Unit[], calendar, policy: DEFAULT_POLICY, from, to: '2020-08-31' };
  const { taskEvents, planEvents } = play({ ...script, signedBy: '王某', behaviour: demonstration });
  const tasks = plan.tasks.map(({ id }) => ({
    id,
    events: taskEvents.flatMap(({ task, event }) => (task === id ? [event] : [])),
  }));
  const own = planEvents.map(({ event }) => event);
  return { plan, launchOn: from, calendar, policy: DEFAULT_POLICY, tasks, planEvents: own };
}

const source = played();
const july = written(source, '2020-07', '2020-08-03');
const docxOf = (facts: BulletinFacts, issue = ISSUE) => bulletinDocx(paperOf(facts, issue));
const partOf = async (docx: Buffer, name: string) =>
  (await (await JSZip.loadAsync(docx)).file(name)?.async('text')) ?? '';

test('R36 D11: read back, it has the form, every section and the seal with how to verify it', async () => {
  const docx = await docxOf(july);
  const { value: html } = await mammoth.convertToHtml({ buffer: docx });
  const value = html.replace(/<[^>]*>/g, '').replaceAll('&amp;', '&');
  const order = [
    '市优化营商环境协调事务中心',
    '〔2020〕　　号',
    '各牵头单位、配合单位：',
    '截至2020年7月31日24时',
    '一、总体情况',
    '二、各单位进展情况',
    '、逾期任务',
    '附件：1. 得分计算明细',
    '2020年8月3日',
    '附件2',
    `2020年7月31日封存值：${'ab'.repeat(32)}`,
    'duban audit verify zhuzhou-2020 --seal',
  ];
  const places = order.map((words) => value.indexOf(words));
  expect(places).not.toContain(-1);
  expect(places).toEqual([...places].sort((a, b) => a - b));
  // The title is broken into lines, whole words each.
  expect(value.replace(/\s/g, '')).toContain(
    '关于《株洲市复制推广借鉴京沪两地优化营商环境改革举措责任分工方案》任务2020年7月份进展情况的通报',
  );
  expect(july.overdue.length).toBeGreaterThan(0);
  for (const { title, rung } of july.overdue) {
    expect(value).toContain(title);
    expect(value).toContain(rung?.number);
  }
});

test('the page is that of GB/T 9704, heads are repeated, no row is torn', async () => {
  const xml = await partOf(await docxOf(july), 'word/document.xml');
  expect(xml).toMatch(/<w:pgSz w:w="11906" w:h="16838"/);
  expect(xml).toContain('w:top="2098" w:right="1474" w:bottom="1984" w:left="1587"');
  expect(xml).toContain('w:orient="landscape"');
  const count = (pattern: RegExp) => xml.match(pattern)?.length ?? 0;
  expect(count(/<w:tblHeader\/>/g)).toBe(count(/<w:tbl>/g));
  expect(count(/<w:cantSplit\/>/g)).toBe(count(/<w:tr>/g));
  expect(xml).toContain('w:line="560"');
  const fonts = await partOf(await docxOf(july), 'word/fontTable.xml');
  expect(fonts).toMatch(/方正小标宋简体"><w:altName w:val="[^"]*宋体/);
});

test('the same facts are the same bytes, other facts are not', async () => {
  const docx = await docxOf(july);
  expect((await docxOf(written(source, '2020-07', '2020-12-31'))).equals(docx)).toBe(true);
  expect((await docxOf(july, { ...ISSUE, number: '株营商办〔2020〕7号' })).equals(docx)).toBe(false);
});

test('lights are said beside their colour; a score is shown with every line of it', () => {
  const paper = paperOf(july, ISSUE);
  const cells = [...paper.sections, ...paper.annexes].flatMap(({ blocks }) =>
    blocks.flatMap((block) => (block.kind === 'grid' ? block.rows.flat() : [])),
  );
  const lit = cells.filter(({ light, text }) => light && !/^\d+$/.test(text));
  expect(lit.length).toBeGreaterThan(36);
  for (const { text } of lit) expect(text).toMatch(/灯·/);
  const [scores] = paper.annexes;
  const silent = july.units.find(({ unit }) => unit === 'zhuzhou:市税务局');
  const rows = scores?.blocks.flatMap((block) => (block.kind === 'grid' ? block.rows : [])) ?? [];
  const from = rows.slice(rows.findIndex(([name]) => name?.text === `市税务局（${silent?.score}分）`));
  const own = [...from.slice(0, 1), ...from.slice(1, 1 + countWhile(from.slice(1), ([name]) => name?.text === ''))];
  const said = own.map((cell) => Number((cell[4]?.text.split('=').at(-1) ?? '').replace('−', '-')));
  expect(100 + said.reduce((sum, points) => sum + points, 0)).toBe(silent?.score);
});

function countWhile<T>(items: T[], holds: (item: T) => boolean): number {
  const end = items.findIndex((item) => !holds(item));
  return end < 0 ? items.length : end;
}

test('R18: the plan’s own report that a unit owes is listed with the tasks’', () => {
  const june = written(source, '2020-06', '2020-08-03');
  expect(june.missingReports).toContainEqual(expect.objectContaining({ task: null, units: ['zhuzhou:市税务局'] }));
  expect(JSON.stringify(paperOf(june, ISSUE))).toContain('方案整体进展');
});

test('nothing to say is left out, except that nothing is overdue', async () => {
  const life = Life.launch(planTask(fixed('2020-12-31')), '2020-03-13').acknowledgeAll('2020-03-16');
  const quiet = paperOf(written(sourceOf([life]), '2020-04', '2020-05-01'), { ...ISSUE, seal: null });
  expect(quiet.sections.map(({ heading }) => heading)).toEqual(['总体情况', '各单位进展情况', '逾期任务']);
  expect(quiet.sections.at(2)?.blocks).toEqual([{ kind: 'paragraph', text: '无。' }]);
  expect(quiet.footnote).toContain('尚无封存');
  life.do('2020-04-02', COORDINATOR, { move: 'cancel', reason: '并入', document: '文' });
  const empty = paperOf(written(sourceOf([life]), '2020-04', '2020-05-01'), ISSUE);
  expect(empty.sections[0]?.blocks[0]).toMatchObject({ text: expect.stringMatching(/^方案共有任务0项.*占—/) });
  await expect(bulletinDocx(empty)).resolves.toBeInstanceOf(Buffer);
});

test('R24: late evidence that waits has its own light, also where the breach was annulled', () => {
  const late = () => Life.launch(planTask(fixed('2020-06-30')), '2020-03-13').until('2020-07-02');
  const said = (life: Life) => {
    const { sections } = paperOf(written(sourceOf([life]), '2020-07', '2020-08-03'), ISSUE);
    const block = sections.find(({ heading }) => heading === '逾期任务')?.blocks[0];
    return block?.kind === 'grid' ? block.rows[0]?.at(-1) : null;
  };
  expect(said(late().handIn('2020-07-30'))).toEqual({ text: '黄灯·逾期已报送，待审', light: 'yellow' });
  const annulled = late().do('2020-07-03', SUPERVISOR, { move: 'annulBreach', reason: '系统误记' });
  expect(said(annulled.handIn('2020-07-30'))).toEqual({
    text: '蓝灯·已报送，待审；逾期记录已撤销误记',
    light: 'blue',
  });
});

test('R27: who is praised is measured by the original date, and it is shown', () => {
  const life = Life.launch(planTask(fixed('2020-06-30')), '2020-03-13').acknowledgeAll('2020-03-16');
  const request = { move: 'requestExtension', unit: LEAD, to: '2020-08-31', reason: '接口', progress: '五成' } as const;
  life.do('2020-05-06', unit(LEAD), request).do('2020-05-07', COORDINATOR, { move: 'approveExtension' });
  life.handIn('2020-06-10').accept('2020-06-11');
  const { sections } = paperOf(written(sourceOf([life]), '2020-06', '2020-07-01'), ISSUE);
  const table = sections.find(({ heading }) => heading === '提前办结情况')?.blocks[1];
  expect(table?.kind === 'grid' && table.rows[0]?.slice(3).map(({ text }) => text)).toEqual([
    '8月31日（原定6月30日）',
    '6月11日',
    '13',
  ]);
});

test('names that two cities have, quotation marks in a title, characters that XML cannot hold', async () => {
  const lead = (unit: string, no: number) =>
    Life.launch(
      planTask(fixed('2020-12-31'), {
        id: `test-plan/1-0${no}`,
        title: '任务\u0007\u000b<甲>\u202e&乙',
        parties: [{ unit, role: 'lead' }],
      }),
      '2020-03-13',
    );
  const lives = [lead('one:市税务局', 1), lead('two:市税务局', 2), lead('one:市公安局', 3)];
  const two = sourceOf(lives);
  const facts = written(
    { ...two, plan: { ...two.plan, title: '贯彻落实《清单》任务分工表' } },
    '2020-04',
    '2020-05-01',
  );
  const paper = paperOf(facts, ISSUE);
  expect(paper.title).toBe('关于《贯彻落实〈清单〉任务分工表》任务2020年4月份进展情况的通报');
  const { value } = await mammoth.extractRawText({ buffer: await bulletinDocx(paper) });
  for (const words of ['市税务局（one）', '市税务局（two）', '任务 <甲>&乙']) expect(value).toContain(words);
  expect(value).not.toContain('市公安局（one）');
});

test('long lists move into an annex, and figures stand beside the best values where there are any', () => {
  const lives = Array.from({ length: 20 }, (_, i) =>
    Life.launch(
      planTask(fixed('2020-05-29'), { id: `test-plan/1-${String(i + 1).padStart(2, '0')}` }),
      '2020-03-13',
    ).until('2020-06-10'),
  );
  const figure = {
    task: 'test-plan/1-01',
    indicator: '开办企业',
    subIndicator: '办理时间',
    unit: 'test:市一局',
    value: '1.5天',
    best: null,
    bestCities: ['北京'],
  };
  const facts = written(sourceOf(lives, { figures: [figure] }), '2020-06', '2020-06-10');
  const paper = paperOf(facts, ISSUE);
  expect(paper.annexes.map(({ title }) => title)).toEqual(['得分计算明细', '任务进展一览表', '逾期任务']);
  expect(paper.sections.find(({ heading }) => heading === '逾期任务')?.blocks).toEqual([
    { kind: 'paragraph', text: '清单见附件3（20项）。' },
  ]);
  expect(paper.sections.at(-1)).toMatchObject({
    heading: '指标对标',
    blocks: [{}, { rows: [expect.arrayContaining([{ text: '1.5天' }, { text: '未载明' }])] }],
  });
  expect(paper.opening).toContain('2020年6月10日（非月末）');
});

test.each([
  ['关于测试的通报', 20, ['关于测试的通报']],
  ['', 20, ['']],
  ['甲乙丙丁'.repeat(30), 20, null],
])('a title keeps to its lines: %s', (title, room, expected) => {
  const lines = titleLines(title, room);
  expect(lines.join('')).toBe(title);
  for (const line of lines) expect([...line].length).toBeLessThanOrEqual(room);
  if (expected) expect(lines).toEqual(expected);
});
