/** Garbled lines: what their own bytes prove is restored, everything else is marked, and clean text is left alone. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Converter } from 'opencc-js/cn2t';
import { CITY_NAMES } from '../../../documents/library/city-names';
import { repairGarbled } from '../../../documents/library/repair';

const text = (name: string) => readFileSync(join(__dirname, '../../seeds/documents', `${name}.txt`), 'utf8');
const names = CITY_NAMES.map(Converter({ from: 'cn', to: 't' }));
const nanjing = repairGarbled(text('nanjing-2021'), names);
const lines = nanjing.text.split('\n');
const line = (no: number) => lines[no - 1]?.trim() ?? '';

test('each of the 78 garbled lines is repaired or marked, and no other line is touched', () => {
  const told = nanjing.doubts.map((said) => said.line);
  expect(told).toHaveLength(78);
  expect(new Set(told).size).toBe(78);
  const was = text('nanjing-2021').split('\n');
  expect(lines.flatMap((now, i) => (now === was[i] ? [] : [i + 1]))).toEqual(told);
  const of = (code: string) => nanjing.doubts.filter(({ doubt }) => doubt.code === code).length;
  expect({ repaired: of('garbled-repaired'), marked: of('garbled-text') }).toEqual({ repaired: 50, marked: 28 });
  // Nothing of the garbling is left: no private-use sign, no zhuyin; one ? stays where nothing shows what it was.
  expect(nanjing.text).not.toMatch(/[\ue000-\uf8ff\u3105-\u3129]/);
  expect(lines.flatMap((now, i) => (now.includes('?') ? [i + 1] : []))).toEqual([473]);
});

test.each([
  [19, '（一）知識產權資產數字化。平臺以版權為突破口'],
  [115, '（一）聚焦準入準營,形成制度保障'],
  [131, '（四）線上線下融合,提供多端服務'],
  [183, '（二）人員前移,業務前置'],
  [339, '（二）銀行在企業信貸方面顧慮'],
  [393, '（二）從“擴供給”到“優服務”,致力用戶體驗“極致化”提升'],
  [429, '（三）啟動一事一議程序,部門聯合推進'],
  [679, '（四）進一步完善新業態監管服務體系。'],
])('line %i is moved back into step', (no, begins) => {
  expect(line(no).startsWith(begins)).toBe(true);
});

test('the numbers of repaired headings go on one by one, as they must', () => {
  const heads = nanjing.doubts
    .map((said) => /^（([一二三四五])）/.exec(line(said.line))?.[1])
    .filter((no) => no !== undefined);
  const order = '一二三四五';
  const wrong = heads.filter((no, i) => no !== '一' && order.indexOf(no) !== order.indexOf(heads[i - 1] ?? '') + 1);
  expect(heads).toHaveLength(53);
  expect(wrong).toEqual([]);
});

describe('a sign that lost a byte', () => {
  test('is taken where the document itself has the words and nothing else fits', () => {
    expect(line(119)).toContain('創新服務模式,再造審批流程');
    expect(line(277)).toContain('企業和政府間的信息暢通是落實惠企政策的重要保障。“及時雨”');
    expect(line(549)).toContain('讓數據多跑路,就能讓群眾少跑腿');
  });

  test('is marked where it could be another one, however likely one seems', () => {
    // 危化品: the words 辦理。 stand elsewhere, and would be wrong here.
    expect(line(417)).toContain('是否需要辦理□化品經營許可證');
    // 制度共創, and 共享 and 共建 stand elsewhere.
    expect(line(359)).toContain('（三）制度共□,讓企業需求');
    expect(line(431)).toContain('加氫站項目推進會□考慮到');
  });

  test('is marked where it may have taken a digit along: 電商9810', () => {
    expect(line(663)).toContain('跨境電商□810業務');
  });
});

test('a city is restored where one name and no other fits: 海口', () => {
  const benchmarks = repairGarbled(text('benchmarks'), names);
  const read = benchmarks.text.split('\n');
  expect(benchmarks.doubts.map((said) => said.line)).toEqual([303, 355, 1269, 1329, 1343]);
  expect(read[1268]).toBe('武漢、海口、南昌、拉薩');
  expect(read[1328]).toContain('海口市—主動服務“跑”上門,供水報裝流程簡、提速快');
  expect(read[302]).toContain('服務規□□');
  // Without a list of cities nothing says that it is one.
  expect(repairGarbled(text('benchmarks'), []).text.split('\n')[1268]).toBe('武漢、□□、南昌、拉薩');
});

test.each(['zhuzhou-2020', 'zhuhai-2020'])('%s has nothing to repair', (name) => {
  expect(repairGarbled(text(name), names)).toEqual({ text: text(name), doubts: [] });
});

test('a question is a question', () => {
  const asked = '为什么办不成?谁来负责?\n企业办事难不难?三个工作日够不够?';
  expect(repairGarbled(asked, [])).toEqual({ text: asked, doubts: [] });
});
