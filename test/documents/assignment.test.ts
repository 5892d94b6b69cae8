/** The workbook in which a coordinator assigns units and dates: as it is written, filled in by hand, and read back. */
import ExcelJS from 'exceljs';
import { writeAssignment } from '../../documents/assignment/write';
import type { Plan, PlanTask } from '../../domain/plan';
import { launchProblems } from '../../domain/rules/issue';
import type { Unit } from '../../domain/unit';

const unit = (name: string, aliases: string[] = []): Unit => ({
  id: `haicheng:${name}`,
  city: 'haicheng',
  name,
  aliases,
  members: null,
  liaison: { name: '王莉', mail: null },
  head: null,
  leader: null,
  substitutes: [],
});
const units = [unit('市财政局'), unit('市税务局', ['税务局']), unit('市商务局'), unit('各县、区人民政府')];

const task = (no: number, fields: Partial<PlanTask> = {}): PlanTask => ({
  id: `haicheng-2026/1-0${no}`,
  part: 1,
  no,
  category: '企业开办',
  title: `任务${no}`,
  content: `任务${no}。`,
  measures: [],
  parties: [],
  leadBasis: 'unstated',
  openEnded: false,
  deadline: {
    type: 'none',
    dueOn: null,
    readyOn: null,
    notReadyOn: null,
    condition: null,
    inPrinciple: false,
    text: '',
  },
  remark: null,
  line: no,
  ...fields,
});
const rule = task(1).deadline;

const plan: Plan = {
  id: 'haicheng-2026',
  title: '海城市行动方案',
  number: null,
  issuer: '海城市人民政府办公室',
  issuedOn: '2026-01-05',
  city: 'haicheng',
  office: 'haicheng:市财政局',
  reporting: null,
  tasks: [
    task(1, { title: '=HYPERLINK("http://x","点我")', content: '+1，@SUM，_x0041_' }),
    task(2, { deadline: { ...rule, text: '市级平台2026年6月前上线' }, openEnded: true }),
    task(3, {
      parties: [
        { unit: 'haicheng:市税务局', role: 'lead' },
        ...['市财政局', '市商务局', '市档案局', '市气象局'].map((name) => ({
          unit: `haicheng:${name}`,
          role: 'co' as const,
        })),
      ],
      leadBasis: 'explicit',
      deadline: { ...rule, type: 'two-track', readyOn: '2026-06-30', notReadyOn: '2026-12-31' },
    }),
    task(4, { deadline: { ...rule, type: 'fixed', dueOn: '2025-12-31', inPrinciple: true, text: '原则上2025年底' } }),
  ],
};

async function written(of: Plan = plan, directory: Unit[] = units): Promise<ExcelJS.Workbook> {
  const known = new Set(directory.map(({ id }) => id));
  const problems = launchProblems(of, '2026-01-10', { liaison: true, head: true, leader: true }, (id) => known.has(id));
  const workbook = new ExcelJS.Workbook();
  const bytes = await writeAssignment({ plan: of, revision: 3, units: directory, problems, on: '2026-01-10' });
  await workbook.xlsx.load(bytes.buffer as ArrayBuffer);
  return workbook;
}

/** The cell of a task under a column's name. */
function place(workbook: ExcelJS.Workbook, id: string, header: string): ExcelJS.Cell {
  const sheet = workbook.getWorksheet('任务');
  const columns = sheet?.getRow(3).values as string[];
  const row = sheet?.getColumn(columns.indexOf('编号')).values.indexOf(id) ?? -1;
  const cell = sheet?.getRow(row).getCell(columns.indexOf(header));
  if (!cell || row < 0) throw new Error(`no ${header} of ${id}`);
  return cell;
}

describe('the workbook as written', () => {
  test('units are picked from the directory, dates are dates, kinds are five; several units are only warned of', async () => {
    const workbook = await written();
    for (const header of ['牵头单位', '牵头单位2', '配合单位', '配合单位3', '支持单位', '县市区'])
      expect(place(workbook, '1-04', header).dataValidation).toMatchObject({
        type: 'list',
        formulae: ["'单位'!$A$3:$A$6"],
        errorStyle: 'warning',
      });
    expect(place(workbook, '1-01', '时限种类').dataValidation).toMatchObject({ type: 'list', errorStyle: 'stop' });
    expect(place(workbook, '1-01', '办理时限').dataValidation).toMatchObject({ type: 'date', errorStyle: 'warning' });
    expect(workbook.getWorksheet('单位')?.getColumn(1).values.slice(3)).toEqual(units.map(({ name }) => name));
  });

  test('what the draft has stands in its cells; more units than columns stand in the last one', async () => {
    const workbook = await written();
    const texts = ['牵头单位', '配合单位', '配合单位2', '配合单位3', '时限种类'].map(
      (h) => place(workbook, '1-03', h).value,
    );
    expect(texts).toEqual(['市税务局', '市财政局', '市商务局', '市档案局、市气象局', '两轨']);
    expect(place(workbook, '1-03', '具备条件时限').value).toEqual(new Date('2026-06-30T00:00:00Z'));
    expect(place(workbook, '1-03', '办理时限').value).toEqual(new Date('2026-12-31T00:00:00Z'));
  });

  test('the doubts stand beside the row: what blocks launch, what the document leaves open', async () => {
    const workbook = await written();
    const doubts = (id: string) => String(place(workbook, id, '疑点与缺项').value);
    expect(doubts('1-02')).toMatch(/没有牵头单位[\s\S]*没有时限[\s\S]*“?2026年6月前[\s\S]*等有关单位/);
    expect(doubts('1-03')).toMatch(/市档案局[\s\S]*市气象局/);
    expect(doubts('1-04')).toMatch(/早于下达日[\s\S]*早于印发日[\s\S]*原则上/);
  });

  test('a text that begins like a formula is text, only what is filled in is open, and the origin is hidden', async () => {
    const workbook = await written();
    const title = place(workbook, '1-01', '任务');
    expect([title.type, title.numFmt]).toEqual([ExcelJS.ValueType.String, '@']);
    expect(place(workbook, '1-01', '编号').protection?.locked).not.toBe(false);
    expect(place(workbook, '1-01', '牵头单位').protection?.locked).toBe(false);
    expect(workbook.worksheets.map(({ name, state }) => [name, state])).toEqual([
      ['任务', 'visible'],
      ['单位', 'visible'],
      ['填写说明', 'visible'],
      ['_duban', 'veryHidden'],
    ]);
  });

  test('without units in the directory there are no pick-lists, and the workbook says why', async () => {
    const workbook = await written(plan, []);
    expect(place(workbook, '1-01', '牵头单位').dataValidation).toBeUndefined();
    expect(String(workbook.getWorksheet('单位')?.getCell('A1').value)).toContain('还没有haicheng的单位');
  });
});
