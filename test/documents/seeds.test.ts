/** The two documents whose plans were checked by hand: reading them must give those plans, field by field. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPlan } from '../../documents/read-plan';
import type { Plan } from '../../domain/plan';
import { planSchema } from '../../domain/schemas';

const root = join(__dirname, '../..');
const seed = (name: string): Plan =>
  planSchema.parse(JSON.parse(readFileSync(join(root, `seeds/plans/${name}.json`), 'utf8')));
const read = (name: string) => readPlan(readFileSync(join(root, `test/seeds/documents/${name}.txt`)), `${name}.txt`);

/** A task as an import would store it: the plan's id before its own, the city's before each unit. */
async function imported(name: string, city: string) {
  const { tasks } = await read(name);
  return tasks.map((task) => ({
    ...task,
    id: `${name}/${task.id}`,
    parties: task.parties.map(({ unit, role }) => ({ unit: `${city}:${unit}`, role })),
  }));
}

describe('zhuzhou 株优办〔2020〕2号', () => {
  const plan = seed('zhuzhou-2020');

  test('all 36 tasks equal the hand-checked ones', async () => {
    expect(await imported('zhuzhou-2020', 'zhuzhou')).toEqual(plan.tasks);
  });

  test('the letter says who, when and which number', async () => {
    const { plan: header, reporting } = await read('zhuzhou-2020');
    const { title, number, issuer, issuedOn } = plan;
    expect(header).toEqual({ title, number, issuer, issuedOn, city: '株洲市' });
    expect(reporting?.text).toBe(plan.reporting?.text);
  });

  test('the rules for many tasks are quoted once each, with the number of tasks they decide', async () => {
    const { diagnostics } = await read('zhuzhou-2020');
    const quotes = diagnostics.filter(({ code }) => code === 'rule-quoted').map(({ line, message }) => [line, message]);
    expect(quotes).toEqual([
      [17, expect.stringContaining('各项对标改革任务原则上 2020 年 6 月 30 日前完成”确定12项任务的时限')],
      [17, expect.stringContaining('9 月 30 日前完成”确定20项任务的时限')],
      [39, expect.stringContaining('排在第一位的为牵头部门，下同”确定18项任务的牵头单位')],
    ]);
    expect(diagnostics.filter(({ severity }) => severity !== 'note')).toEqual([]);
  });
});

describe('zhuhai 任务分工表', () => {
  const plan = seed('zhuhai-2020');

  test('all 22 tasks and 51 measures equal the hand-checked ones', async () => {
    const tasks = await imported('zhuhai-2020', 'zhuhai');
    expect(tasks).toEqual(plan.tasks);
    expect(tasks.flatMap((task) => task.measures)).toHaveLength(51);
  });

  test('what the annex does not say is null, and its one slip is told', async () => {
    const { plan: header, diagnostics } = await read('zhuhai-2020');
    expect(header).toEqual({ title: plan.title, number: null, issuer: null, issuedOn: null, city: null });
    const warnings = diagnostics.filter(({ severity }) => severity !== 'note');
    expect(warnings).toEqual([
      {
        severity: 'warning',
        code: 'count-differs',
        line: 15,
        task: null,
        message: expect.stringContaining('“开办企业”写明5项，实有1项'),
      },
    ]);
  });
});

test.each(['zhuzhou-2020', 'zhuhai-2020'])('%s: what is said is Chinese', async (name) => {
  const { diagnostics } = await read(name);
  expect(diagnostics.length).toBeGreaterThan(0);
  for (const { message } of diagnostics) expect(message.replace(/“[^”]*”|--year/g, '')).toMatch(/^[^a-zA-Z]+。$/);
});
