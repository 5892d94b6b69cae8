/** Corrections outlive the draft: saved as a file, made again on the document read anew, told where it reads otherwise. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Unit } from '../../domain/unit';
import { putUnits } from '../../ledger/units';
import units from '../../seeds/units/zhuzhou.json';
import { type DraftLedger, draftLedger } from './draft-ledger';

let ledger: DraftLedger;
let corrections: string;
beforeAll(async () => {
  ledger = await draftLedger();
  await putUnits(ledger.db, units as Unit[]);
  corrections = join(ledger.home, 'corrections.json');
});
afterAll(() => ledger.drop());

const HEAD = ['2026年重点改革任务分工表', '序号\t任务\t牵头单位\t责任单位\t完成时限'];
const GIVEN = [
  '--city',
  'zhuzhou',
  '--office',
  '市优化营商环境协调事务中心',
  '--issuer',
  '某办',
  '--issued-on',
  '2026-01-05',
];
const ROWS = [
  '推行网办\t市行政审批服务局\t市司法局\t2026年6月底前',
  '公开清单\t市财政局\t\t2026年9月底前',
  '压缩环节\t市公安局\t\t2026年9月底前',
];
const document = (name: string, rows: string[]) => {
  const path = join(ledger.home, name);
  writeFileSync(path, [...HEAD, ...rows.map((row, i) => `${i + 1}\t${row}`)].join('\n'));
  return path;
};
const importing = (path: string, ...options: string[]) => ledger.ok('plan', 'import', path, ...GIVEN, ...options);
const staleOf = (json: object) =>
  (json as { diagnostics: { code: string; task: string; message: string }[] }).diagnostics
    .filter(({ code }) => code === 'correction-stale')
    .map(({ task, message }) => [task, message]);

test('a draft is corrected and its corrections are saved, once', async () => {
  await importing(document('a.txt', ROWS), '--id', 'first');
  await ledger.ok('plan', 'edit', 'first', '1-01', '--party', '市司法局=lead', '--note', '会议');
  await ledger.ok('plan', 'edit', 'first', '1-02', '--due', '2026-10-31');
  expect(await ledger.ok('plan', 'corrections', 'first', '--save', corrections)).toMatchObject({
    format: 'duban-corrections',
    version: 1,
    document: { file: 'a.txt' },
    units: { 'zhuzhou:市行政审批局': ['市行政审批局', '市行政审批服务局'] },
    corrections: [{ note: '会议', titles: { '1-01': '推行网办' } }, { titles: { '1-02': '公开清单' } }],
  });
  expect(await ledger.no('plan', 'corrections', 'first', '--save', corrections)).toEqual([2, 'file-exists']);
});

test('on the same document all are made again; the draft is the same and says who corrected it first', async () => {
  const answer = await importing(join(ledger.home, 'a.txt'), '--id', 'second', '--corrections', corrections);
  expect(answer).toMatchObject({ counts: { corrections: 2, warnings: 0 } });
  const [first, second] = [await ledger.ok('plan', 'show', 'first'), await ledger.ok('plan', 'show', 'second')];
  expect(JSON.stringify(second.tasks)).toBe(JSON.stringify(first.tasks).replaceAll('first/', 'second/'));
  expect(second).toMatchObject({
    corrections: [{ note: expect.stringMatching(/^会议（.*更正，导入时重新套用）$/) }, {}],
  });
});

test('where rows moved or read otherwise nothing is overwritten, and a warning says so; a check says the same', async () => {
  const [one = '', two = '', three = ''] = ROWS;
  const moved = document('b.txt', [one, three, two]);
  const path = ['plan', 'import', moved, ...GIVEN, '--id', 'third', '--corrections', corrections];
  expect(await ledger.no(...path)).toEqual([1, 'document-warnings']);
  const answer = await ledger.ok(...path, '--allow-warnings');
  expect(staleOf(answer)).toEqual([['1-02', expect.stringContaining('1-02现为“压缩环节”，同名任务现为1-03')]]);
  const { tasks } = await ledger.ok('plan', 'show', 'third');
  expect(tasks?.map((task) => (task as unknown as { deadline: { dueOn: string } }).deadline.dueOn)).toEqual([
    '2026-06-30',
    '2026-09-30',
    '2026-09-30',
  ]);
  const checked = await ledger.ok('plan', 'check', moved, '--corrections', corrections);
  expect(staleOf(checked)).toEqual(staleOf(answer));
  expect(Object.keys(checked).sort()).toEqual(['diagnostics', 'plan', 'tasks']);
  expect(checked.tasks?.[0]).toMatchObject({
    id: '1-01',
    leadBasis: 'explicit',
    parties: [
      { unit: '市行政审批服务局', role: 'lead' },
      { unit: '市司法局', role: 'lead' },
    ],
  });
});

test('a file that is none, or of another version, is refused', async () => {
  const bad = join(ledger.home, 'bad.json');
  const given = ['plan', 'import', join(ledger.home, 'a.txt'), ...GIVEN, '--id', 'x', '--corrections', bad];
  writeFileSync(bad, '{}');
  expect(await ledger.no(...given)).toEqual([2, 'bad-corrections']);
  writeFileSync(bad, readFileSync(corrections, 'utf8').replace('"version": 1', '"version": 2'));
  expect(await ledger.no(...given)).toEqual([2, 'bad-corrections']);
});

test('corrections of one city are not made in another, and a unit that they name twice is no party', async () => {
  const path = document('c.txt', ['推行网办\t\t\t2026年6月底前']);
  await importing(path, '--id', 'c', '--allow-warnings');
  await ledger.ok('plan', 'edit', 'c', '1-01', '--party', '市财政局=lead');
  const saved = join(ledger.home, 'c.json');
  await ledger.ok('plan', 'corrections', 'c', '--save', saved);
  await ledger.ok('unit', 'add', '市营商办', '--city', 'changsha');
  const there = ['--city', 'changsha', '--office', '市营商办', '--issuer', '某办', '--issued-on', '2026-01-05'];
  const elsewhere = ['plan', 'import', path, ...there, '--allow-warnings', '--corrections', saved];
  expect(await ledger.no(...elsewhere)).toEqual([2, 'other-city']);
  const file = JSON.parse(readFileSync(saved, 'utf8'));
  const parties = file.corrections[0].changes.find(({ field }: { field: string }) => field === 'parties');
  parties.after.push({ unit: 'zhuzhou:市财政局', role: 'co' });
  writeFileSync(saved, JSON.stringify(file));
  const twice = ['plan', 'import', path, ...GIVEN, '--id', 'd', '--allow-warnings', '--corrections', saved];
  expect(await ledger.no(...twice)).toEqual([1, 'not-a-plan']);
});
