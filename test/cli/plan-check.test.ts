/** `plan check` as people run it: every format through the real program, no server needed, nothing touched. */
import { readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newHome } from '../support/run';
import { dubanJson } from './duban';

const home = newHome('cli');
const settings = { DUBAN_HOME: join(home, 'never-made') };
const DOCUMENTS = join(__dirname, '..', 'seeds', 'documents');

test('the tasks of Zhuzhou, in the shape that programs rely on', async () => {
  const { code, json } = await dubanJson(settings, 'plan', 'check', join(DOCUMENTS, 'zhuzhou-2020.txt'));
  expect(code).toBe(0);
  expect(Object.keys(json).sort()).toEqual(['diagnostics', 'plan', 'tasks']);
  expect(json.tasks).toHaveLength(36);
  expect(readdirSync(home)).toEqual([]);
});

test('a web page is read; a list without tasks and a missing file are told apart by the exit code', async () => {
  const page = join(home, 'plan.html');
  const cells = (tag: string, ...texts: string[]) => `<tr>${texts.map((t) => `<${tag}>${t}</${tag}>`).join('')}</tr>`;
  const rows = [
    cells('th', '序号', '任务', '牵头单位', '完成时限'),
    cells('td', '1', '推行一网通办', '市数据局', '2026年6月底前'),
  ];
  writeFileSync(page, `<meta charset="utf-8"><h1>某市2026年重点任务分工方案</h1><table>${rows.join('')}</table>`);
  const read = await dubanJson(settings, 'plan', 'check', page);
  expect([read.code, read.json.tasks]).toMatchObject([
    0,
    [{ title: '推行一网通办', deadline: { dueOn: '2026-06-30' } }],
  ]);
  const empty = join(home, 'letter.txt');
  writeFileSync(empty, '各位同事：\n明天上午开会。\n');
  expect((await dubanJson(settings, 'plan', 'check', empty)).code).toBe(1);
  expect((await dubanJson(settings, 'plan', 'check', join(home, 'none.txt'))).code).toBe(2);
});

test.each([
  ['empty.docx', 0, 'empty-file'],
  ['large.txt', 60 * 1024 * 1024, 'too-large'],
])('%s is refused by its size: the answer is no, and nothing is written', async (name, bytes, code) => {
  const file = join(home, name);
  writeFileSync(file, '');
  truncateSync(file, bytes);
  const { code: exit, json } = await dubanJson(settings, 'plan', 'check', file);
  expect([exit, json]).toMatchObject([1, { tasks: [], diagnostics: [{ severity: 'error', code }] }]);
});
