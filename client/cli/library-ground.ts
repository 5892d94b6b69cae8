/** An indicator of the library as a person types it. */
import { type IndicatorName, indicatorNames, type Library } from '../../domain/library/entries';
import { wrongCall } from './failure';
import { shown } from './inputs';

/**
 * The indicator that somebody typed: `8`, or `benchmarks/8` where two guides have a number 8.
 * Throws a wrong call where there is none, or more than one.
 */
export function indicatorTyped(library: Library, typed: string): IndicatorName {
  const [, source, number] = /^(?:([a-z0-9-]{1,64})\/)?(\d{1,3})$/.exec(typed.trim()) ?? [];
  const found = indicatorNames(library).filter(
    (one) => one.no === Number(number) && (source === undefined || one.source === source),
  );
  const [only] = found;
  if (number !== undefined && only && found.length === 1) return only;
  if (found.length > 1) {
    const ids = found.map((one) => `${one.source}/${one.no}`);
    throw wrongCall(
      'ambiguous-indicator',
      `不止一份资料有第${number}项指标：${ids.join('、')}。`,
      'several documents have this number',
      {
        next: `write one of: ${ids.join(', ')}`,
        details: { candidates: ids },
      },
    );
  }
  throw wrongCall(
    'unknown-indicator',
    `资料库中没有指标“${shown(typed)}”。`,
    `the library has no indicator "${shown(typed)}"`,
    {
      next: 'duban library list',
    },
  );
}
