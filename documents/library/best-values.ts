/** 最佳指标: 办理环节2个；办理时间0.5个工作日. Which city holds a value is not stated, and nobody guesses it here. */
import type { BestValue, SubIndicator } from '../../domain/library/entries';
import { measureOf } from '../../domain/library/measures';
import { doubt, quoted } from '../diagnostics';
import type { Line, PlacedDoubt } from './lines';

export interface BestRead {
  subs: SubIndicator[];
  /** Values that fit no single sub-indicator. */
  other: BestValue[];
  doubts: PlacedDoubt[];
}

/** Puts each value to the sub-indicator that its name fits, and to no other. */
export function withBestValues(indicator: number, found: readonly SubIndicator[], lines: readonly Line[]): BestRead {
  const subs = found.map((sub) => ({ ...sub, best: [...sub.best] }));
  const other: BestValue[] = [];
  const doubts: PlacedDoubt[] = [];
  for (const { text, line } of lines) {
    const [, of = null, values = text] = /^([^，。；;—]{2,12})—+(.+)$/.exec(text) ?? [];
    for (const part of values
      .split(/[；;，,。]/)
      .map((words) => words.trim())
      .filter((words) => words !== '')) {
      const { name, measure } = namedMeasure(part);
      const value: BestValue = { of, text: part, measure, line };
      const [sub, ...more] = subs.filter((one) => fits(one.name, name));
      if (sub && more.length === 0) sub.best.push(value);
      else {
        other.push(value);
        const says = `第${indicator}项指标的最佳指标${quoted(part)}不能对应到唯一的二级指标`;
        doubts.push({ doubt: doubt('best-value-unmatched', says), line });
      }
      if (measure.value === null) {
        doubts.push({ doubt: doubt('best-value-unread', `最佳指标${quoted(part)}没有读出数值`), line });
      }
    }
  }
  return { subs, other, doubts };
}

/** 办理时间0.5个工作日: the name up to the first digit, then the number with its unit. */
function namedMeasure(part: string): Pick<BestValue, 'measure'> & { name: string } {
  const at = part.search(/[-−]?[\d０-９]/);
  return at < 0
    ? { name: part, measure: { value: null, unit: null } }
    : { name: part.slice(0, at), measure: measureOf(part.slice(at)) };
}

/**
 * 办理时间 is 时间 or 收回债务所需的时间; 出口边境审核耗时 is 出口边境耗时; 回收率 is 债权人回收率; 耗时 is 解决商业纠纷的耗时.
 */
function fits(subIndicator: string, name: string): boolean {
  const plain = name.replace(/^办理|审核/g, '');
  return plain !== '' && (subIndicator === plain || subIndicator.endsWith(plain));
}
