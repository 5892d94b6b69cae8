/** The workbook in which a coordinator assigns units and dates, as it is written. */
import ExcelJS from 'exceljs';
import { place, plan, units, written } from './assignment-plan';

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
