/** The codes are promised: each is listed in the documentation as it is, and each can really happen. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DIAGNOSTICS, diagnose, doubt } from '../../documents/diagnostics';
import { checkUnits } from '../../documents/known-units';
import { readPlan } from '../../documents/read-plan';

const root = join(__dirname, '../..');
const page = readFileSync(join(root, 'docs/diagnostics.md'), 'utf8');
const listed = [...page.matchAll(/^\| `([^`]+)` \| (\w+) \| (.+?) \| (.+?) \| (.+?) \|$/gm)].map(
  ([, code, severity, means, remedy, zh]) => [code, severity, means, remedy, zh],
);

test('docs/diagnostics.md lists every code with its severity, meaning and remedy in both languages, and no other', () => {
  const known = Object.entries(DIAGNOSTICS).map(([code, { severity, means, remedy, zh }]) => [
    code,
    severity,
    means,
    remedy,
    `${zh.means}${zh.remedy}`,
  ]);
  expect([...listed].sort()).toEqual([...known].sort());
});

test('codes are lowercase words with hyphens', () => {
  for (const code of Object.keys(DIAGNOSTICS)) expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
});

test('every code is raised somewhere, and nothing raises another', () => {
  const sources = readdirSync(join(root, 'documents'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('-codes.ts'))
    .map((name) => readFileSync(join(root, 'documents', name), 'utf8'))
    .join('\n');
  const unused = Object.keys(DIAGNOSTICS).filter((code) => !sources.includes(`'${code}'`));
  expect(unused).toEqual([]);
});

test('a message says what was read and what to do', () => {
  expect(diagnose(doubt('no-unit', '“推行网办”没有写明单位'), 41, '1-07')).toEqual({
    severity: 'warning',
    code: 'no-unit',
    line: 41,
    task: '1-07',
    message: '“推行网办”没有写明单位。请在下达前指定牵头单位。',
  });
});

describe('the directory of units', () => {
  const directory = [
    { name: '市行政审批局', aliases: ['市行政审批服务局'] },
    { name: '市市场监管局', aliases: ['市市场监督管理局'] },
    { name: '市财政局', aliases: [] },
  ];
  const tasks = async (unit: string) =>
    (await readPlan(Buffer.from(`任务分工表\n序号\t任务\t责任单位\n1\t推行网办\t${unit}`), 'plan.txt')).tasks;

  test('a known name is silent, an alias a note', async () => {
    expect(checkUnits(await tasks('市财政局'), directory)).toEqual([]);
    expect(checkUnits(await tasks('市行政审批服务局'), directory)).toMatchObject([
      {
        severity: 'note',
        code: 'known-by-alias',
        line: 3,
        task: '1-01',
        message: expect.stringContaining('市行政审批局'),
      },
    ]);
  });

  test('an unknown name is a warning and the nearest known ones are offered', async () => {
    const [said, ...more] = checkUnits(await tasks('市市场监督局'), directory);
    expect(more).toEqual([]);
    expect(said).toMatchObject({ severity: 'warning', code: 'unknown-unit', line: 3 });
    expect(said?.message).toContain('市市场监管局');
    expect(said?.message).not.toContain('市财政局');
  });
});
