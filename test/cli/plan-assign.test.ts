/** A plan without units becomes one that can be launched: the workbook written, filled in by hand, read back. */
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { launchProblemsOf } from '../../client/launch-problems';
import type { Unit } from '../../domain/unit';
import { acceptLaunch, showPlan, storeDraft } from '../../ledger/plans';
import { putUnits } from '../../ledger/units';
import units from '../../seeds/units/zhuzhou.json';
import { place } from '../documents/assignment-plan';
import { type DraftLedger, draftLedger } from './draft-ledger';

const ID = 'shanghai-2021';
const DOCUMENT = join(__dirname, '..', 'documents', 'real', 'shanghai-2021.txt');
/** No list of Shanghai's units is at hand; offices of these names exist in every city. */
const directory = (units as Unit[]).map((unit) => ({
  ...unit,
  id: `shanghai:${unit.name}`,
  city: 'shanghai',
  members: null,
}));
const office = directory.find(({ leader }) => leader !== null) ?? directory[0];
const year = new Date().getUTCFullYear() + 1;

let ledger: DraftLedger;
let file: string;

jest.setTimeout(120_000);

beforeAll(async () => {
  ledger = await draftLedger();
  file = join(ledger.home, '分工.xlsx');
  await putUnits(ledger.db, directory);
  const given = ['--city', 'shanghai', '--office', office?.name ?? '', '--issuer', '上海市人民政府办公厅'];
  await ledger.ok('plan', 'import', DOCUMENT, '--id', ID, ...given, '--allow-warnings');
});
afterAll(() => ledger.drop());

const assign = (...args: string[]) => ledger.ok('plan', 'assign', ID, ...args);
const refused = (path: string) => ledger.no('plan', 'assign', ID, '--read', path);

/** Saves the workbook under another name, changed as a person would in Excel. */
async function saved(name: string, change: (workbook: ExcelJS.Workbook) => void, from = file): Promise<string> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.readFile(from);
  change(workbook);
  const path = join(ledger.home, name);
  await workbook.xlsx.writeFile(path);
  return path;
}

test('the workbook is written once, and never over one that somebody may have filled in', async () => {
  expect(await assign('--xlsx', file)).toMatchObject({ plan: ID, revision: 1, tasks: 207, blocked: 207 });
  expect(await ledger.no('plan', 'assign', ID, '--xlsx', file)).toEqual([2, 'file-exists']);
  expect(await ledger.no('plan', 'assign', ID)).toEqual([2, 'xlsx-or-read']);
  expect(await assign('--read', file)).toMatchObject({ revision: 1, changed: 0, changes: [] });
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.readFile(file);
  const doubts = (id: string) => String(place(workbook, id, '疑点与缺项').value);
  expect(doubts('4-01')).toMatch(/没有牵头单位[\s\S]*没有时限[\s\S]*第373行：.*2021年6月前/);
  expect(doubts('2-57')).toMatch(/早于印发日/);
});

test('with one cell that cannot be read nothing is stored, and the cell is named with the nearest names', async () => {
  const path = await saved('错.xlsx', (workbook) => {
    place(workbook, '1-01', '牵头单位').value = '市财政局';
    place(workbook, '1-02', '牵头单位').value = '市财正局';
    place(workbook, '4-01', '办理时限').value = `${year}年6月前`;
  });
  const { code, stderr } = await ledger.run('plan', 'assign', ID, '--read', path);
  expect(code).toBe(1);
  expect(stderr).toMatch(/2处读不懂.*\n.*第5行“牵头单位”：.*市财正局.*市财政局[\s\S]*第\d+行“办理时限”：.*6月前/);
  expect(await showPlan(ledger.db, ID)).toMatchObject({ revision: 1, corrections: [] });
});

test('a part of it is read back, what is left is listed; read again it changes nothing', async () => {
  const half = await saved('一半.xlsx', (workbook) => {
    for (let no = 1; no <= 16; no++) {
      const id = `1-${String(no).padStart(2, '0')}`;
      place(workbook, id, '牵头单位').value = '市市场监管局';
      place(workbook, id, '时限种类').value = '持续';
    }
    place(workbook, '1-01', '说明').value = '按会议纪要';
  });
  expect(await assign('--read', half)).toMatchObject({ revision: 2, changed: 16, blocked: 191 });
  expect((await showPlan(ledger.db, ID)).corrections).toMatchObject([
    { note: '读回工作簿一半.xlsx；1-01 按会议纪要', changes: expect.any(Array) },
  ]);
  expect(await assign('--read', half)).toMatchObject({ revision: 2, changed: 0 });
});

test('somebody else’s change of the same task stops it, of another task it does not', async () => {
  const other = String(directory.find(({ id }) => id === office?.id)?.head?.name);
  await ledger.ok('plan', 'edit', ID, '2-01', '--due', `${year}-03-31`, '--actor', other);
  const both = await saved('两人.xlsx', (workbook) => {
    place(workbook, '2-01', '牵头单位').value = '市财政局';
  });
  expect(await refused(both)).toEqual([4, 'plan-changed']);
  const apart = await saved('各改.xlsx', (workbook) => {
    place(workbook, '2-02', '牵头单位').value = '市财政局';
  });
  expect(await assign('--read', apart)).toMatchObject({ changed: 1, left: expect.arrayContaining(['1-16', '2-01']) });
  const { plan } = await showPlan(ledger.db, ID);
  expect(plan.tasks.find(({ id }) => id === `${ID}/2-01`)).toMatchObject({
    parties: [],
    deadline: { dueOn: `${year}-03-31` },
  });
});

test('every row filled in, it can be rehearsed and launched; then the workbook is too late', async () => {
  const fresh = join(ledger.home, '新.xlsx');
  await assign('--xlsx', fresh);
  const leads = directory.map(({ name }) => name);
  const all = await saved(
    '填好.xlsx',
    (workbook) => {
      const sheet = workbook.getWorksheet('任务');
      for (let row = 4; row <= 210; row++) {
        const id = String(sheet?.getRow(row).getCell(1).value);
        place(workbook, id, '牵头单位').value = leads[row % leads.length] ?? null;
        place(workbook, id, '配合单位').value =
          `${leads[(row + 1) % leads.length]}、${leads[(row + 2) % leads.length]}`;
        place(workbook, id, '时限种类').value = null;
        place(workbook, id, '办理时限').value =
          row % 3 === 0 ? `${year}年9月底前` : new Date(Date.UTC(year, row % 12, 1 + (row % 28)));
      }
    },
    fresh,
  );
  expect(await assign('--read', all)).toMatchObject({ changed: 207, blocked: 0, problems: [] });
  const { plan } = await showPlan(ledger.db, ID);
  expect(plan.tasks.map(({ leadBasis }) => leadBasis)).toEqual(plan.tasks.map(() => 'explicit'));
  // What the document left open about a date is settled by the date.
  expect(plan.tasks.flatMap(({ doubts = [] }) => doubts)).toEqual([]);
  const rehearsal = await ledger.ok('plan', 'rehearse', ID, '--from', `${year - 1}-12-31`);
  expect(rehearsal.letters?.length).toBeGreaterThan(0);
  expect(await launchProblemsOf(ledger.db, plan, `${year - 1}-12-31`)).toEqual([]);

  const elsewhere = {
    ...plan,
    id: 'elsewhere-2021',
    tasks: plan.tasks.map((t) => ({ ...t, id: t.id.replace(ID, 'elsewhere-2021') })),
  };
  await storeDraft(ledger.db, elsewhere);
  expect(await ledger.no('plan', 'assign', 'elsewhere-2021', '--read', all)).toEqual([2, 'wrong-workbook']);
  const launch = { launchOn: `${year - 1}-12-31`, signedBy: '殷望舒', at: `${year - 1}-12-31T00:00:00.000Z` };
  await acceptLaunch(ledger.db, ID, launch);
  expect(await refused(all)).toEqual([1, 'plan-launched']);
  expect(await ledger.no('plan', 'assign', ID, '--xlsx', join(ledger.home, '晚.xlsx'))).toEqual([1, 'plan-launched']);
});
