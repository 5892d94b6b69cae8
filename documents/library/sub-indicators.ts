/** The list of 二级指标 in the sentence that introduces an indicator: 指标下设4个二级指标，分别为……。 */
import type { SubIndicator } from '../../domain/library/entries';
import { doubt } from '../diagnostics';
import { numberOf } from '../number-words';
import type { Line, PlacedDoubt } from './lines';

const STATED =
  /指标(?:下设|下有|有|包括|包含)\s*([\d０-９一二三四五六七八九十]+)\s*个二级指标\s*[，,：:]\s*(?:分别(?:为|是)|包括)?\s*[：:]?\s*([^。]+)/;

/** @returns the sub-indicators in the document's order; none where the sentence has no such list */
export function subIndicatorsOf(
  indicator: number,
  { text, line }: Line,
): { subs: SubIndicator[]; doubts: PlacedDoubt[] } {
  const match = STATED.exec(text);
  if (!match?.[1] || !match[2]) {
    return {
      subs: [],
      doubts: [{ doubt: doubt('sub-indicators-missing', `第${indicator}项指标的说明中没有读到二级指标`), line }],
    };
  }
  const stated = numberOf(match[1]) ?? 0;
  const names = withoutSharedPrefix(namesIn(match[2], stated));
  const subs = names.map((name, i) => ({ id: `${indicator}.${i + 1}`, name, about: aboutOf(name, text), best: [] }));
  if (subs.length === stated) return { subs, doubts: [] };
  const says = `第${indicator}项指标写明下设${stated}个二级指标，读到${subs.length}个`;
  return { subs, doubts: [{ doubt: doubt('count-differs', says), line }] };
}

/** 和, 及 join the last two names, or stand inside one: the stated number decides. */
function namesIn(list: string, stated: number): string[] {
  const names = outsideQuotes(list);
  const last = names.at(-1) ?? '';
  if (names.length !== stated - 1) return names;
  // 投标和履约担保、外地企业中标率和建立…机制: only the last name can end the list.
  const joints = [...last.matchAll(/以及|及|和|与/g)].filter(({ index }) => index > 1);
  const joint = joints.length === 1 ? joints[0] : joints.find(({ 0: word }) => word === '及' || word === '以及');
  if (!joint) return names;
  return [...names.slice(0, -1), last.slice(0, joint.index), last.slice(joint.index + joint[0].length)];
}

/** Split at 、 but not inside quotation marks (“双随机、一公开”监管). */
function outsideQuotes(list: string): string[] {
  const names = [''];
  let depth = 0;
  for (const sign of list) {
    if (sign === '“' || sign === '（' || sign === '(') depth++;
    if (sign === '”' || sign === '）' || sign === ')') depth = Math.max(0, depth - 1);
    if (sign === '、' && depth === 0) names.push('');
    else names[names.length - 1] += sign;
  }
  return names.map((name) => name.trim()).filter((name) => name !== '');
}

/** 开办企业的环节、时间、成本: what stands before 的 belongs to all of them, and is the indicator's own name. */
function withoutSharedPrefix([first = '', ...others]: string[]): string[] {
  const match = /^(.{2,12})的(.+)$/.exec(first);
  if (!match?.[1] || !match[2] || others.length === 0) return first === '' ? [] : [first, ...others];
  const prefix = `${match[1]}的`;
  return others.some((name) => name.startsWith(prefix) || name.includes('的'))
    ? [first, ...others]
    : [match[2], ...others];
}

/** 聘用情况考察固定期限合同……; 其中，征信机构覆盖面为观察指标. */
function aboutOf(name: string, text: string): string | null {
  const sentences = text.split('。').map((sentence) => sentence.trim());
  const starts = [`${name}考察`, `${name}衡量`, `其中，${name}`, `其中,${name}`];
  return sentences.find((sentence) => starts.some((start) => sentence.startsWith(start))) ?? null;
}
