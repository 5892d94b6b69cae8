/** The evidence pack on the command line: whole or not at all, and not for everybody. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import JSZip from 'jszip';
import { planSchema } from '../../domain/schemas';
import type { Unit } from '../../domain/unit';
import { storeDraft } from '../../ledger/plans';
import { putUnits } from '../../ledger/units';
import zhuzhouPlan from '../../seeds/plans/zhuzhou-2020.json';
import zhuzhouUnits from '../../seeds/units/zhuzhou.json';
import { type DraftLedger, draftLedger } from './draft-ledger';

jest.setTimeout(120_000);

let ledger: DraftLedger;
beforeAll(async () => {
  ledger = await draftLedger();
  await putUnits(ledger.db, zhuzhouUnits as Unit[]);
  await storeDraft(ledger.db, planSchema.parse(zhuzhouPlan));
});
afterAll(() => ledger?.drop());

test('a plan without evidence gives a pack that says so', async () => {
  const file = join(ledger.home, '佐证.zip');
  const answer = await ledger.ok('evidence', 'pack', 'zhuzhou-2020', '--zip', file);
  expect(answer).toMatchObject({ plan: 'zhuzhou-2020', files: 0, missing: [], altered: [], file });
  const zip = await JSZip.loadAsync(readFileSync(file));
  expect(Object.keys(zip.files)).toEqual(['manifest.json', '清单.csv', 'manifest.sha256', 'SHA256SUMS']);
});

test('who may not take it gets no file', async () => {
  const file = join(ledger.home, '无.zip');
  expect(await ledger.no('evidence', 'pack', 'no-such-plan', '--zip', file)).toEqual([2, 'unknown-plan']);
  const liaison = (zhuzhouUnits as Unit[]).find(({ name }) => name === '市税务局')?.liaison?.name ?? '';
  const asUnit = ['evidence', 'pack', 'zhuzhou-2020', '--zip', file, '--actor', liaison];
  expect(await ledger.no(...asUnit)).toEqual([1, 'not-your-role']);
  expect(existsSync(file)).toBe(false);
});
