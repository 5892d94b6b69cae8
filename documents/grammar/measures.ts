/** Work measures 工作措施 of one cell, and the remark's status. */
import type { Remark } from '../../domain/plan';
import { type Doubt, doubt, quoted } from '../diagnostics';
import { headingOf } from './headings';

/**
 * A paragraph is a measure, whether its number was printed or lost. An unnumbered paragraph before item 1 introduces
 * the items and stays with the first, so that every printed number equals the measure's place.
 */
export function readMeasures(cell: string): { measures: string[]; doubts: Doubt[] } {
  const measures: string[] = [];
  const doubts: Doubt[] = [];
  let introduction = '';
  for (const paragraph of cell
    .split('\n')
    .map((text) => text.trim())
    .filter((text) => text !== '')) {
    const heading = headingOf(paragraph);
    const item = heading !== null && heading.level >= 3 && /^[\d（(①-⑳]/.test(paragraph) ? heading : null;
    if (item?.no === 1 && measures.length === 1) introduction = measures.pop() ?? '';
    const place = measures.length + 1;
    if (item && item.no !== place) {
      doubts.push(doubt('measure-number-differs', `${quoted(paragraph, 20)}排在第${place}，编号却是${item.no}`));
    }
    const text = item
      ? paragraph.replace(/^(?:\d{1,3}\s*[、．.)）]|[（(]\s*\d{1,2}\s*[）)]|[①-⑳])\s*[、.]?\s*/, '')
      : paragraph;
    measures.push(introduction === '' ? text : `${introduction}\n${text}`);
    introduction = '';
  }
  return { measures, doubts };
}

/** 备注: a status only where it says so in so many words (R17). */
export function readRemark(cell: string): Remark | null {
  const text = cell.trim();
  if (text === '' || /^[-—–/无]$/.test(text)) return null;
  const done = /(?<![未没尚])(?:已(?:经|全部|基本)?(?:完成|办结)|^完成$)/.test(text) && !/已基本/.test(text);
  if (done) return { status: 'done', text };
  return { status: /正在(?:推进|实施|进行|办理|落实)|推进中|进行中/.test(text) ? 'in-progress' : null, text };
}
