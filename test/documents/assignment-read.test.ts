/** The workbook filled in by hand and read back: what becomes a correction, what is refused, and what is nobody's change. */
import type ExcelJS from 'exceljs';
import { type FilledWorkbook, openAssignment } from '../../documents/assignment/open';
import { type PastCorrection, type ReadBack, readBack } from '../../documents/assignment/read-back';
import { correct, isCorrectionProblem } from '../../domain/drafts/corrections';
import type { Plan } from '../../domain/plan';
import { place, plan, units, written } from './assignment-plan';

const resolve = (name: string) => {
  const found = units.find((unit) => unit.name === name || unit.aliases.includes(name));
  return found ? { unit: found.id } : { says: `单位目录中没有“${name}”` };
};

async function bytesOf(workbook: ExcelJS.Workbook): Promise<Uint8Array> {
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

async function opened(workbook: ExcelJS.Workbook): Promise<FilledWorkbook> {
  const filled = await openAssignment(await bytesOf(workbook), '分工.xlsx');
  if ('refused' in filled) throw new Error(filled.refused.says);
  return filled;
}

/** What is asked of the draft; `revision` 3 has two corrections, made before the workbook was written. */
function asked(filled: FilledWorkbook, of: Plan = plan, since: PastCorrection[] = []): ReadBack {
  const before = [{ by: '甲' }, { by: '甲' }];
  const draft = { plan: of, revision: 3 + since.length, corrections: [...before, ...since] };
  return readBack(filled, draft, '王莉', { resolve, calendar: null });
}

type Cells = Record<string, ExcelJS.CellValue>;
const day = (text: string) => new Date(`${text}T00:00:00Z`);

/** Fills in the cells of tasks, and reads back. */
async function filledIn(cells: Record<string, Cells>): Promise<ReadBack> {
  const workbook = await written();
  for (const [id, row] of Object.entries(cells))
    for (const [header, value] of Object.entries(row)) place(workbook, id, header).value = value;
  return asked(await opened(workbook));
}
const told = ({ problems }: ReadBack) => problems.map(({ line, header, says }) => `第${line}行“${header}”：${says}`);

test('a workbook that nobody filled in asks for nothing', async () => {
  const back = asked(await opened(await written()));
  expect(back).toEqual({ edits: [], notes: [], problems: [], told: [], conflicts: [], left: [], absent: [] });
});

describe('what is filled in becomes corrections of those fields and no others', () => {
  test('units from several columns, from one cell, by alias, and with a 、 in their name', async () => {
    const { edits, notes, problems } = await filledIn({
      '1-01': { 牵头单位: '市财政局', 配合单位: '税务局，市商务局', 县市区: '各县、区人民政府', 说明: '按会议纪要' },
      '1-02': { 牵头单位: '市财政局', 牵头单位2: '市商务局', 配合单位3: '市税务局' },
    });
    expect(problems).toEqual([]);
    expect(edits).toEqual([
      {
        task: '1-01',
        parties: [
          { unit: 'haicheng:市财政局', role: 'lead' },
          { unit: 'haicheng:市税务局', role: 'co' },
          { unit: 'haicheng:市商务局', role: 'co' },
          { unit: 'haicheng:各县、区人民政府', role: 'district' },
        ],
      },
      {
        task: '1-02',
        parties: [
          { unit: 'haicheng:市财政局', role: 'lead' },
          { unit: 'haicheng:市商务局', role: 'lead' },
          { unit: 'haicheng:市税务局', role: 'co' },
        ],
      },
    ]);
    expect(notes).toEqual([{ task: '1-01', text: '按会议纪要' }]);
  });

  test('a unit that the directory does not know may stay where it is, and not come in', async () => {
    const stays = await filledIn({ '1-03': { 支持单位: '市财政局', 配合单位: null } });
    expect(stays.problems).toEqual([]);
    expect(stays.edits[0]?.parties?.map(({ unit, role }) => `${unit}=${role}`)).toEqual([
      'haicheng:市税务局=lead',
      'haicheng:市商务局=co',
      'haicheng:市档案局=co',
      'haicheng:市气象局=co',
      'haicheng:市财政局=support',
    ]);
    expect(told(await filledIn({ '1-02': { 支持单位: '市档案局' } }))).toEqual([
      '第5行“支持单位”：单位目录中没有“市档案局”',
    ]);
  });

  test.each<[string, Cells, unknown]>([
    ['a date alone is fixed', { 办理时限: day('2026-06-30') }, { type: 'fixed', dueOn: '2026-06-30' }],
    ['a date written out', { 时限种类: '固定', 办理时限: '2026-06-30' }, { type: 'fixed', dueOn: '2026-06-30' }],
    ['in the words of documents', { 办理时限: '2026年6月底前' }, { type: 'fixed', dueOn: '2026-06-30' }],
    [
      'the result of a formula',
      { 办理时限: { formula: 'A1', result: day('2026-06-30') } },
      { type: 'fixed', dueOn: '2026-06-30' },
    ],
    [
      'rich text',
      { 办理时限: { richText: [{ text: '2026年' }, { text: '6月30日' }] } },
      { type: 'fixed', dueOn: '2026-06-30' },
    ],
    ['an hour of the day', { 办理时限: new Date('2026-06-30T15:00:00Z') }, { type: 'fixed', dueOn: '2026-06-30' }],
    [
      'two tracks',
      { 时限种类: '两轨', 具备条件时限: day('2026-06-30'), 办理时限: day('2026-12-31') },
      { type: 'two-track', readyOn: '2026-06-30', notReadyOn: '2026-12-31' },
    ],
    ['a condition', { 时限种类: '条件', 条件: '待省平台上线' }, { type: 'conditional', condition: '待省平台上线' }],
    ['ongoing', { 时限种类: '持续' }, { type: 'ongoing' }],
    ['no date, confirmed', { 时限种类: '无时限' }, { type: 'none' }],
  ])('deadline: %s', async (_, cells, deadline) => {
    const { edits, problems } = await filledIn({ '1-01': cells });
    expect([problems, edits]).toEqual([[], [{ task: '1-01', deadline }]]);
  });

  test('a year that was supplied is told', async () => {
    const { edits, told: said } = await filledIn({ '1-01': { 办理时限: '6月底前' } });
    expect(edits).toEqual([{ task: '1-01', deadline: { type: 'fixed', dueOn: '2026-06-30' } }]);
    expect(said).toMatchObject([{ line: 4, header: '办理时限', says: expect.stringContaining('2026') }]);
  });

  test('what it asks for can be corrected, and blocks launch no more', async () => {
    const { edits } = await filledIn({
      '1-01': { 牵头单位: '市财政局', 时限种类: '持续', 任务: '=新名称', 类别: null },
    });
    const corrected = correct(plan, edits);
    if (isCorrectionProblem(corrected)) throw new Error(corrected.problem);
    expect(corrected.plan.tasks[0]).toMatchObject({ title: '=新名称', category: null, leadBasis: 'explicit' });
  });
});

describe('what cannot be read names its cell, and nothing is guessed', () => {
  test.each<[string, Cells, string]>([
    ['an unknown unit', { 牵头单位: '市财正局' }, '第4行“牵头单位”：单位目录中没有“市财正局”'],
    [
      'one unit of two roles',
      { 牵头单位: '市财政局', 配合单位2: '市财政局' },
      '第4行“配合单位2”：市财政局已在“牵头单位”中',
    ],
    ['words that allow two days', { 办理时限: '2026年6月前' }, '第4行“办理时限”：“2026年6月前”'],
    ['no day', { 办理时限: '尽快' }, '第4行“办理时限”：“尽快”'],
    ['a day that is none', { 办理时限: '2026-02-30' }, '第4行“办理时限”：'],
    [
      'a kind in the place of a date',
      { 办理时限: '持续推进' },
      '第4行“办理时限”：“持续推进”不是日期，请在“时限种类”选择',
    ],
    ['a number', { 办理时限: '46203' }, '第4行“办理时限”：46203是数字'],
    ['a year nobody means', { 办理时限: day('1926-06-30') }, '第4行“办理时限”：1926-06-30不在'],
    ['fixed without a date', { 时限种类: '固定' }, '第4行“办理时限”：选了“固定”，请填日期'],
    ['ongoing with a date', { 时限种类: '持续', 办理时限: day('2026-06-30') }, '第4行“办理时限”：时限种类是“持续”'],
    ['a condition without its kind', { 条件: '待上线' }, '第4行“时限种类”：填了“条件”'],
    ['a ready date without its kind', { 具备条件时限: day('2026-06-30') }, '第4行“时限种类”：填了“具备条件时限”'],
    [
      'dates reversed',
      { 时限种类: '两轨', 具备条件时限: day('2026-12-31'), 办理时限: day('2026-06-30') },
      '第4行“办理时限”：2026-06-30早于',
    ],
    ['another kind', { 时限种类: '大概' }, '第4行“时限种类”：“大概”不是时限种类'],
    ['an error', { 牵头单位: { error: '#N/A' } }, '第4行“牵头单位”：显示为#N/A'],
    [
      'a formula without value',
      { 牵头单位: { formula: 'B1' } as ExcelJS.CellFormulaValue },
      '第4行“牵头单位”：是没有结果的公式',
    ],
    ['a task without a name', { 任务: '  ' }, '第4行“任务”：任务名称是空的'],
    ['a title that is a book', { 任务: '长'.repeat(501) }, '第4行“任务”：有501字'],
  ])('%s', async (_, cells, says) => {
    const back = await filledIn({ '1-01': cells });
    expect(told(back)).toHaveLength(1);
    expect(told(back)[0]?.startsWith(says)).toBe(true);
  });

  test('a date that is taken away is asked about', async () => {
    expect(told(await filledIn({ '1-04': { 办理时限: null } }))).toEqual(['第7行“办理时限”：选了“固定”，请填日期']);
    expect(told(await filledIn({ '1-04': { 时限种类: null, 办理时限: null } }))[0]).toContain('时限被清空');
  });
});

describe('a workbook that people worked in', () => {
  test('the sheet renamed, columns and rows moved, columns of their own, a role’s column more', async () => {
    const workbook = await written();
    const sheet = workbook.getWorksheet('任务');
    if (!sheet) throw new Error('no sheet');
    sheet.name = '分工表（王莉）';
    sheet.spliceColumns(2, 0, ['', '', '本人备注', '甲', '乙']);
    const head = sheet.getRow(3);
    head.getCell(20).value = '配合单位4';
    const [fourth, seventh] = [4, 7].map((n) => sheet.getRow(n).values as ExcelJS.CellValue[]);
    sheet.getRow(4).values = seventh ?? [];
    sheet.getRow(7).values = fourth ?? [];
    sheet.getRow(7).getCell(20).value = '市商务局';
    const { edits, problems } = asked(await opened(workbook));
    expect(problems).toEqual([]);
    expect(edits).toEqual([{ task: '1-01', parties: [{ unit: 'haicheng:市商务局', role: 'co' }] }]);
  });

  test('a row that is gone leaves its task, a column that is gone its field', async () => {
    const workbook = await written();
    const sheet = workbook.getWorksheet('任务');
    sheet?.spliceRows(6, 1);
    sheet?.spliceColumns(8, 5);
    const back = asked(await opened(workbook));
    expect([back.edits, back.problems, back.absent]).toEqual([[], [], ['1-03']]);
  });

  test('one column of a role that is gone takes no unit out, and what the others say is read', async () => {
    const workbook = await written();
    workbook.getWorksheet('任务')?.spliceColumns(9, 1);
    expect(asked(await opened(workbook)).edits).toEqual([]);
    place(workbook, '1-03', '配合单位').value = null;
    const [edit] = asked(await opened(workbook)).edits;
    expect(edit?.parties?.map(({ unit }) => unit)).toEqual([
      'haicheng:市税务局',
      'haicheng:市商务局',
      'haicheng:市档案局',
      'haicheng:市气象局',
    ]);
  });

  test('cells merged over several tasks hold for each', async () => {
    const workbook = await written();
    const sheet = workbook.getWorksheet('任务');
    place(workbook, '1-01', '牵头单位').value = '市财政局';
    sheet?.mergeCells('F4:F5');
    const { edits } = asked(await opened(workbook));
    expect(edits.map(({ task, parties }) => [task, parties?.[0]?.unit])).toEqual([
      ['1-01', 'haicheng:市财政局'],
      ['1-02', 'haicheng:市财政局'],
    ]);
  });

  test('rows added, copied or of another plan are refused', async () => {
    const workbook = await written();
    const sheet = workbook.getWorksheet('任务');
    sheet?.addRow(['', '', '新任务']);
    sheet?.addRow(['1-01', '', '抄来的']);
    sheet?.addRow(['9-99', '', '别处的']);
    expect(told(asked(await opened(workbook)))).toEqual([
      '第8行“null”：没有编号：不能在这里增加任务，请删去这一行',
      '第9行“编号”：1-01已在第4行，请删去其中一行',
      '第10行“编号”：“9-99”不是本方案的任务编号',
    ]);
  });

  test.each<[string, (workbook: ExcelJS.Workbook) => void, string]>([
    ['the hidden sheet gone', (workbook) => workbook.removeWorksheet('_duban'), 'not-an-assignment'],
    ['the table gone', (workbook) => workbook.removeWorksheet('任务'), 'no-task-table'],
    [
      'a copy of the table beside it',
      (workbook) => {
        workbook.addWorksheet('任务 (2)').addRow(['编号', '牵头单位']);
      },
      'several-task-tables',
    ],
    [
      'a column twice',
      (workbook) => {
        const head = workbook.getWorksheet('任务')?.getRow(3);
        if (head) head.getCell(30).value = '办理时限';
      },
      'column-twice',
    ],
  ])('%s: refused as a whole', async (_, spoil, code) => {
    const workbook = await written();
    spoil(workbook);
    expect(await openAssignment(await bytesOf(workbook), '分工.xlsx')).toMatchObject({ refused: { code } });
  });

  test('what is no workbook is refused as every document is', async () => {
    expect(await openAssignment(new TextEncoder().encode('编号,牵头单位'), '分工.csv')).toMatchObject({
      refused: { code: 'wrong-extension' },
    });
    expect(await openAssignment(new Uint8Array([0x50, 0x4b, 3, 4, 0, 0]), '分工.xlsx')).toMatchObject({
      refused: { code: 'damaged-file' },
    });
  });
});

describe('what others changed meanwhile', () => {
  const retitled: Plan = {
    ...plan,
    tasks: plan.tasks.map((t) => (t.id.endsWith('1-02') ? { ...t, title: '新名' } : t)),
  };
  const byOther = [{ by: '李明', changes: [{ task: '1-02' }] }];

  test('stays, where this workbook left the task alone', async () => {
    const workbook = await written();
    place(workbook, '1-01', '时限种类').value = '持续';
    const back = asked(await opened(workbook), retitled, byOther);
    expect([back.edits.map(({ task }) => task), back.conflicts, back.left]).toEqual([['1-01'], [], ['1-02']]);
  });

  test('is a conflict, where this workbook changes the same task', async () => {
    const workbook = await written();
    place(workbook, '1-02', '牵头单位').value = '市财政局';
    expect(asked(await opened(workbook), retitled, byOther).conflicts).toEqual(['1-02']);
    // The same made by the reader, but not by this workbook.
    const byHand = [{ by: '王莉', changes: [{ task: '1-02' }] }];
    expect(asked(await opened(workbook), retitled, byHand).conflicts).toEqual(['1-02']);
  });

  test('is none, where the reader goes on with the workbook that he read back before', async () => {
    const workbook = await written();
    place(workbook, '1-02', '牵头单位').value = '市财政局';
    const first = asked(await opened(workbook));
    const after = correct(plan, first.edits);
    if (isCorrectionProblem(after)) throw new Error(after.problem);
    const { workbook: id } = await opened(workbook);
    const own = [{ by: '王莉', workbook: id, changes: [{ task: '1-02' }] }];
    expect(asked(await opened(workbook), after.plan, own)).toMatchObject({ edits: [], conflicts: [] });
    place(workbook, '1-02', '牵头单位').value = '市商务局';
    expect(asked(await opened(workbook), after.plan, own)).toMatchObject({
      edits: [{ parties: [{ unit: 'haicheng:市商务局' }] }],
      conflicts: [],
    });
    // What the import made again before the first revision is no change since.
    const imported = [{ by: '王莉', changes: [{ task: '1-02' }] }, ...own];
    const draft = { plan: after.plan, revision: 2, corrections: imported };
    const again = readBack({ ...(await opened(workbook)), revision: 1 }, draft, '王莉', { resolve, calendar: null });
    expect(again).toMatchObject({ edits: [{ task: '1-02' }], conflicts: [] });
    // The same file in another's hands is another's word.
    const others = own.map((past) => ({ ...past, by: '李明' }));
    place(workbook, '1-02', '牵头单位').value = '市税务局';
    expect(asked(await opened(workbook), after.plan, others).conflicts).toEqual(['1-02']);
  });

  test('is a conflict, where another copy of the same workbook says otherwise, and stays where the copy says nothing', async () => {
    const copy = await written();
    place(copy, '1-01', '牵头单位').value = '市财政局';
    place(copy, '1-02', '牵头单位').value = '市财政局';
    const filled = await opened(copy);
    const after = correct(plan, asked(filled).edits);
    if (isCorrectionProblem(after)) throw new Error(after.problem);
    const own = [{ by: '王莉', workbook: filled.workbook, changes: [{ task: '1-01' }, { task: '1-02' }] }];
    place(copy, '1-01', '牵头单位').value = null;
    place(copy, '1-02', '牵头单位').value = null;
    expect(asked(await opened(copy), after.plan, own)).toMatchObject({
      edits: [],
      conflicts: [],
      left: ['1-01', '1-02'],
    });
    place(copy, '1-02', '牵头单位').value = '市税务局';
    expect(asked(await opened(copy), after.plan, own).conflicts).toEqual(['1-02']);
  });
});
