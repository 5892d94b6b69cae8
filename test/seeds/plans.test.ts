/** The shipped plans and directories against the documents they were taken from, row by row. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plan, PlanTask } from '../../domain/plan';
import { planSchema, unitSchema } from '../../domain/schemas';
import type { Unit } from '../../domain/unit';

const root = join(__dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const json = (path: string): unknown => JSON.parse(read(path));

interface Seed {
  plan: Plan;
  units: Unit[];
  document: string;
}

const seed = (city: string): Seed => ({
  plan: planSchema.parse(json(`seeds/plans/${city}-2020.json`)),
  units: unitSchema.array().parse(json(`seeds/units/${city}.json`)),
  document: read(`test/seeds/documents/${city}-2020.txt`),
});
const zhuzhou = seed('zhuzhou');
const zhuhai = seed('zhuhai');
const both: [string, Seed][] = [
  ['zhuzhou', zhuzhou],
  ['zhuhai', zhuhai],
];

/** Text without markup and white space: what "verbatim" is measured by. */
const squeeze = (text: string) => text.replace(/<[^>]*>/g, '').replace(/\s+/g, '');
/** The same without the number printed before a measure. */
const unnumbered = (text: string) => squeeze(text.replace(/^(\t?)\d+\.(?!\d)/gm, '$1'));
const nameOf = (unit: string) => unit.slice(unit.indexOf(':') + 1);
const headings = /^\s*[（(][一二三四五六七八九十]+[）)]\s*([^（(]+?)\s*(?:[（(]\s*(\d+)\s*项\s*[）)])?\s*$/;

/** The cells of the row that begins on the task's line, read from the document alone. */
function cellsOf(document: string, task: PlanTask): string[] {
  const lines = document.split('\n');
  const first = lines[(task.line ?? 0) - 1] ?? '';
  if (/^\d+\t/.test(first)) return first.split('\t');
  const rest = lines.slice(task.line ?? 0);
  const end = rest.findIndex((line) => /^\t\d+$/.test(line) || headings.test(line) || /^二、/.test(line));
  const row = [first, ...(end < 0 ? rest : rest.slice(0, end))].join('\n');
  return row.split(/^\t/m).slice(1);
}

/** 责任单位 re-read: units in order, and which of them the row or the document's rule makes lead. */
function responsible(cell: string): { unit: string; lead: boolean }[] {
  const parts = cell
    .replace(/（有2个以上责任单位的.*）$/, '')
    .split(/[、，,]\s*/)
    .filter((part) => !/^(根据|其他单位)/.test(part));
  const marked = parts.findIndex((part) => /(牵头|统筹)$/.test(part.trim()));
  return parts.map((part, i) => ({
    unit: part.trim().replace(/(牵头统筹|统筹|牵头|配合)$/, ''),
    lead: i <= Math.max(marked, 0),
  }));
}

/** Everything in a plan that its document or its directory does not bear out. */
function discrepancies({ plan, units, document }: Seed): string[] {
  const found: string[] = [];
  const expect = (holds: boolean, where: string, what: string) => holds || found.push(`${where}: ${what}`);
  const directory = new Set(units.map((unit) => unit.id));
  const whole = squeeze(document);

  expect(whole.includes(squeeze(plan.title)), plan.id, 'title');
  if (plan.reporting) expect(document.includes(plan.reporting.text), plan.id, 'reporting text');
  for (const unit of [plan.office, ...(plan.reporting?.addressees ?? [])])
    expect(directory.has(unit), plan.id, `${unit} is not in the directory`);

  for (const task of plan.tasks) {
    const [no = '', title = '', content = '', cell = '', ...rest] = cellsOf(document, task);
    const { deadline, measures, remark } = task;
    expect(task.id === `${plan.id}/${task.part}-${String(task.no).padStart(2, '0')}`, task.id, 'id');
    expect(no.trim() === String(task.no), task.id, 'number');
    expect(title.trim() === task.title, task.id, 'title');
    expect(squeeze(content) === squeeze(task.content), task.id, 'content');

    const above = document.split('\n').slice(0, (task.line ?? 1) - 1);
    const heading = headings.exec(above.reverse().find((line) => headings.test(line)) ?? '');
    expect(heading?.[1] === task.category, task.id, 'category');

    const parties = responsible(cell);
    expect(
      JSON.stringify(task.parties.map((p) => [p.unit, p.role === 'lead'])) ===
        JSON.stringify(parties.map((p) => [`${plan.city}:${p.unit}`, p.lead])),
      task.id,
      'parties',
    );
    for (const party of task.parties) {
      expect(whole.includes(nameOf(party.unit)), task.id, `${party.unit} is not in the document`);
      expect(directory.has(party.unit), task.id, `${party.unit} is not in the directory`);
    }
    expect((task.leadBasis === 'sole') === (parties.length === 1), task.id, 'sole lead');
    expect((task.leadBasis === 'explicit') === /牵头|统筹/.test(cell.replace(/（.*/, '')), task.id, 'explicit lead');
    expect(task.openEnded === cell.includes('其他单位'), task.id, 'open-ended');

    expect(document.includes(deadline.text), task.id, 'deadline text');
    expect(!deadline.condition || document.includes(deadline.condition), task.id, 'condition');
    expect((deadline.type === 'conditional') === cell.includes('根据国际贸易'), task.id, 'conditional');
    expect(deadline.inPrinciple === deadline.text.includes('原则上'), task.id, 'in principle');

    // Where the table has no further columns (Zhuzhou), there is nothing to tell.
    const told = [measures.join(''), rest.length > 0 ? deadline.text : '', remark?.text ?? ''];
    expect(unnumbered(rest.join('\n\t')) === squeeze(told.join('')), task.id, 'measures, deadline and remark');
    for (const [, number, text = ''] of (rest[0] ?? '').matchAll(/^(\d+)\.(?!\d)(.+)$/gm))
      expect(!!measures[Number(number) - 1]?.includes(text.trim()), task.id, `measure ${number}`);
    const status = /已完成/.test(remark?.text ?? '')
      ? 'done'
      : /正在推进/.test(remark?.text ?? '')
        ? 'in-progress'
        : null;
    expect((remark?.status ?? null) === status, task.id, 'remark status');
  }
  return found;
}

const count = (plan: Plan, holds: (task: PlanTask) => boolean) => plan.tasks.filter(holds).length;
const leads = (plan: Plan) => plan.tasks.flatMap((task) => task.parties.filter((party) => party.role === 'lead'));

describe.each(both)('%s', (city, { plan, units, document }) => {
  test('every row says what its document says', () => {
    expect(discrepancies({ plan, units, document })).toEqual([]);
  });

  test('every row of the document is there, once and in order', () => {
    const rows = document.split('\n').flatMap((line, i) => (/^\t?\d+(\t|$)/.test(line) ? [i + 1] : []));
    expect(plan.tasks.map((task) => task.line)).toEqual(rows);
  });

  test('a changed row is found', () => {
    const twin = (change: (task: PlanTask) => PlanTask) =>
      discrepancies({ plan: { ...plan, tasks: plan.tasks.map((t, i) => (i === 0 ? change(t) : t)) }, units, document });
    const [first] = plan.tasks;
    const id = first?.id;
    expect(twin((task) => task)).toEqual([]);
    expect(twin((task) => ({ ...task, title: `${task.title}。` }))).toEqual([`${id}: title`]);
    expect(twin((task) => ({ ...task, content: task.content.slice(1) }))).toEqual([`${id}: content`]);
    expect(twin((task) => ({ ...task, openEnded: true }))).toEqual([`${id}: open-ended`]);
    expect(twin((task) => ({ ...task, line: (task.line ?? 0) + 1 }))).toContain(`${id}: number`);
    const invented = `${city}:市魔法局`;
    expect(twin((task) => ({ ...task, parties: [...task.parties, { unit: invented, role: 'co' }] }))).toEqual([
      `${id}: parties`,
      `${id}: ${invented} is not in the document`,
      `${id}: ${invented} is not in the directory`,
    ]);
    expect(twin((task) => ({ ...task, deadline: { ...task.deadline, text: '年底前' } }))).toContain(
      `${id}: deadline text`,
    );
    expect(twin((task) => ({ ...task, remark: { status: 'done', text: '已完成' } }))).toEqual([
      `${id}: measures, deadline and remark`,
    ]);
    expect(twin((task) => ({ ...task, measures: [...task.measures, '另行安排'] }))).toEqual([
      `${id}: measures, deadline and remark`,
    ]);
  });

  test('the directory names its people once, and nobody real can be written to', () => {
    const ids = units.map((unit) => unit.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const unit of units) {
      expect([unit.city, unit.id]).toEqual([city, `${city}:${unit.name}`]);
      const people = [unit.liaison, unit.head, unit.leader];
      if (unit.members)
        expect([people, unit.members.filter((id) => !ids.includes(id))]).toEqual([[null, null, null], []]);
      else expect(people).not.toContain(null);
    }
    const people = units.flatMap((unit) => [unit.liaison, unit.head, unit.leader].filter((person) => person !== null));
    expect(new Set(people.map((person) => person.name)).size).toBe(people.length);
    expect(new Set(people.map((person) => person.mail)).size).toBe(people.length);
    for (const { mail } of people) expect(mail).toMatch(/^(liaison|head|leader)\.[a-z-]+@[a-z]+\.example$/);
    const wanted = new Set([
      plan.office,
      ...plan.tasks.flatMap((task) => task.parties.map((party) => party.unit)),
      ...(plan.reporting?.addressees ?? []),
      ...units.flatMap((unit) => unit.members ?? []),
    ]);
    expect(ids.filter((id) => !wanted.has(id))).toEqual([]);
  });
});

test('a heading counts the rows below it, but for one slip of the Zhuhai document', () => {
  const slips = both.flatMap(([, { plan, document }]) => {
    const lines = document.split('\n').map((line) => headings.exec(line));
    const rows = plan.tasks.map((task) => task.line ?? 0);
    return lines.flatMap((heading, i) => {
      if (!heading?.[2]) return [];
      const next = lines.findIndex((other, k) => k > i && other !== null);
      const below = rows.filter((row) => row > i + 1 && (next < 0 || row <= next)).length;
      return below === Number(heading[2])
        ? []
        : [`${plan.id} line ${i + 1}: ${heading[1]} says ${heading[2]}, has ${below}`];
    });
  });
  expect(slips).toEqual(['zhuhai-2020 line 15: 开办企业 says 5, has 1']);
});

describe('zhuzhou 株优办〔2020〕2号', () => {
  const { plan, units, document } = zhuzhou;

  test('counts', () => {
    expect([1, 2].map((part) => count(plan, (task) => task.part === part))).toEqual([13, 23]);
    expect(leads(plan)).toHaveLength(37);
    expect(
      ['fixed', 'two-track', 'conditional', 'ongoing', 'none'].map((type) =>
        count(plan, (t) => t.deadline.type === type),
      ),
    ).toEqual([12, 20, 4, 0, 0]);
    expect(count(plan, (task) => task.openEnded)).toBe(1);
    expect(count(plan, (task) => task.measures.length > 0 || task.remark !== null)).toBe(0);
  });

  test('the dates are the covering letter’s', () => {
    for (const line of [plan.number, plan.issuer, '2020年3月13日']) expect(document).toContain(line);
    expect(plan.issuedOn).toBe('2020-03-13');
    const kinds = new Set(
      plan.tasks.map(({ part, deadline: d }) =>
        [d.type, d.type === 'conditional' ? '-' : part, d.dueOn, d.readyOn, d.notReadyOn].join(),
      ),
    );
    expect([...kinds].sort()).toEqual([
      'conditional,-,,,',
      'fixed,1,2020-06-30,,',
      'two-track,2,,2020-06-30,2020-09-30',
    ]);
    const letter = document.split('\n')[16] ?? '';
    for (const { deadline } of plan.tasks.filter((task) => task.deadline.type !== 'conditional')) {
      expect(letter).toContain(deadline.text);
      const [, year, month, day] = /(\d+) 年 (\d+) 月 (\d+) 日/.exec(deadline.text) ?? [];
      expect(deadline.dueOn ?? deadline.notReadyOn).toBe(`${year}-${month?.padStart(2, '0')}-${day}`);
    }
  });

  test('the whole plan is reported on by the districts and by each unit written with 市', () => {
    const parties = [...new Set(plan.tasks.flatMap((task) => task.parties.map((party) => party.unit)))];
    expect(plan.reporting?.addressees).toEqual([
      'zhuzhou:各县市区',
      'zhuzhou:株洲经开区管委会',
      ...parties.filter((unit) => nameOf(unit).startsWith('市')),
    ]);
    expect(parties.filter((unit) => !nameOf(unit).startsWith('市')).map(nameOf)).toEqual([
      '人民银行株洲中心支行',
      '国网株洲供电公司',
      '株洲海关',
    ]);
    expect(units.find((unit) => unit.name === '市行政审批局')?.aliases).toEqual(['市行政审批服务局']);
    expect(document).toContain('市行政审批服务局');
  });
});

describe('zhuhai 任务分工表', () => {
  const { plan } = zhuhai;

  test('counts', () => {
    expect([1, 2].map((part) => count(plan, (task) => task.part === part))).toEqual([11, 11]);
    expect(leads(plan)).toHaveLength(22);
    expect(plan.tasks.flatMap((task) => task.measures)).toHaveLength(51);
    expect(['fixed', 'ongoing'].map((type) => count(plan, (task) => task.deadline.type === type))).toEqual([19, 3]);
    expect(
      ['done', 'in-progress', null, undefined].map((s) => count(plan, (task) => task.remark?.status === s)),
    ).toEqual([2, 14, 1, 5]);
    expect(plan.tasks.flatMap((task) => task.parties.filter((party) => party.role === 'district'))).toEqual([
      { unit: 'zhuhai:各区（功能区）', role: 'district' },
    ]);
    expect([plan.number, plan.reporting]).toEqual([null, null]);
  });

  test('a month is its last day', () => {
    for (const { id, deadline } of plan.tasks) {
      const [, year, month] = /^(\d{4})年(\d+)月$/.exec(deadline.text) ?? [];
      const last = year ? new Date(Date.UTC(Number(year), Number(month), 0)).toISOString().slice(0, 10) : null;
      expect([id, deadline.dueOn, deadline.readyOn, deadline.notReadyOn]).toEqual([id, last, null, null]);
    }
  });
});

test('the same name in two cities is two units', () => {
  const [ours, theirs] = [zhuzhou, zhuhai].map(({ units }) => new Set(units.map((unit) => unit.id)));
  expect([...(ours ?? [])].filter((id) => theirs?.has(id))).toEqual([]);
  const named = (s: Seed) => s.units.map((unit) => unit.name);
  expect(named(zhuzhou).filter((name) => named(zhuhai).includes(name))).toContain('市市场监管局');
});
