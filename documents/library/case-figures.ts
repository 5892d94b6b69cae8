/** Numbers that a case's results state, with their units and the clause that says what they count. */
import type { CaseFigure } from '../../domain/library/entries';
import { type Measure, measureOf } from '../../domain/library/measures';
import { MARK } from './lost-signs';

/** What is counted in results. */
const UNITS =
  '个百分点|个工作日|个工作小时|工作日|小时|分钟|个月|平方米|㎡|元|美元|千伏安|千瓦|人次|人|件|笔|户|份|条|次|家|套|项|处|张|枚|天|倍|年|日|%|％|名|起|例|位|面|趟|公里|台|座|部|个(?!半)';
/** A number and what it counts: 1.6万余家 is 1.6 of 万家; that it is not exact, the clause says. */
const NUMBER = new RegExp(
  `([\\d０-９]+(?:[,，]\\d{3})*(?:[.．]\\d+)?)\\s*(千万|百万|万|亿)?\\s*(?:余|多)?\\s*(万|亿)?(${UNITS})`,
  'g',
);
/** Dates, numbers of documents and ordinals count nothing. */
const NO_FIGURE =
  /\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?|\d{1,2}月\d{1,2}日|\d{1,2}月份?|[〔（([]\d{4}[〕）)\]]\d*号?|第\d+[届期批号次条]|“\d+”|\d+×\d+(?:小时)?/g;

/**
 * The clauses of a paragraph that state a number with a unit.
 * @param line of the file
 */
export function figuresIn(paragraph: string, line: number): CaseFigure[] {
  return paragraph.split(/[。；;！]/).flatMap((sentence) =>
    sentence.split(/，|(?<!\d),|,(?!\d{3}(?!\d))/).flatMap((clause): CaseFigure[] => {
      const text = clause.trim();
      const measures = measuresIn(text);
      return measures.length === 0 ? [] : [{ text, measures, line }];
    }),
  );
}

function measuresIn(clause: string): Measure[] {
  // A number beside a lost sign may have lost a digit.
  const plain = clause
    .replace(NO_FIGURE, (all) => '　'.repeat(all.length))
    .replace(new RegExp(`${MARK}\\d+|\\d+${MARK}`, 'g'), '');
  return [...plain.matchAll(NUMBER)].map(([, number = '', scale = '', more = '', unit = '']) => ({
    ...measureOf(number),
    unit: scale + more + unit,
  }));
}
