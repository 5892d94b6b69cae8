/**
 * Figures of evidence beside the best values of the library. A figure names a sub-indicator by its number (1.2) or its
 * name; numbers are compared only where the units agree, and whether more is better nobody here claims to know.
 */

import type { UnitId } from '../plan';
import type { EvidenceItem } from '../task';
import type { BestValue, Indicator, IndicatorName, Library, SubIndicator } from './entries';
import { type Measure, measureOf, sameUnit } from './measures';

/** A best value beside a figure. */
export interface Beside extends Pick<BestValue, 'of' | 'text' | 'measure'> {
  /** Figure less best value; null where they cannot be compared. */
  difference: number | null;
  /** In Chinese: how they differ, or why they are not compared. */
  says: string;
}

export interface FigureBeside {
  /** Id of the evidence item; null for one that is only being offered. */
  item: string | null;
  unit: UnitId | null;
  on: string | null;
  /** Before and behind the sign of equality, as given. */
  name: string;
  value: string;
  measure: Measure;
  /** Where it belongs; null: a free figure. */
  subIndicator: { id: string; indicator: string; name: string } | null;
  /** Why it is a free figure. */
  why: 'unknown' | 'ambiguous' | null;
  best: Beside[];
}

/** A task's figures in the order in which they were added. */
export function figuresBeside(
  evidence: readonly EvidenceItem[],
  library: Library,
  linked: IndicatorName | null,
): FigureBeside[] {
  return evidence
    .filter(({ kind }) => kind === 'figure')
    .map(({ id, unit, on, value }) => ({ ...figureBeside(value, library, linked), item: id, unit, on }));
}

/**
 * One figure.
 * @param given `<sub-indicator>=<value>`
 * @param linked the indicator of its task: names mean its sub-indicators first
 */
export function figureBeside(given: string, library: Library, linked: IndicatorName | null): FigureBeside {
  const at = given.search(/[=＝]/);
  const name = (at < 0 ? given : given.slice(0, at)).trim();
  const value = at < 0 ? '' : given.slice(at + 1).trim();
  const measure = measureOf(value);
  const found = named(name, placesOf(library), linked);
  const [place] = found;
  const figure = { item: null, unit: null, on: null, name, value, measure };
  if (!place || found.length !== 1) {
    return { ...figure, subIndicator: null, why: found.length > 1 ? 'ambiguous' : 'unknown', best: [] };
  }
  const { source, indicator, sub } = place;
  return {
    ...figure,
    subIndicator: { id: `${source}/${sub.id}`, indicator: indicator.name, name: sub.name },
    why: null,
    best: sub.best.map(({ of, text, measure: best }) => ({ of, text, measure: best, ...comparison(measure, best) })),
  };
}

interface Place {
  source: string;
  indicator: Indicator;
  sub: SubIndicator;
}

function placesOf({ sources }: Library): Place[] {
  return sources.flatMap(({ id, content }) =>
    content.indicators.flatMap((indicator) => indicator.subIndicators.map((sub) => ({ source: id, indicator, sub }))),
  );
}

function named(name: string, places: readonly Place[], linked: IndicatorName | null): Place[] {
  const plain = name.normalize('NFKC').replace(/\s/g, '');
  const [, source, number] = /^(?:([a-z0-9-]+)\/)?(\d{1,3}\.\d{1,3})$/.exec(plain) ?? [];
  if (number !== undefined) {
    return places.filter((place) => place.sub.id === number && (source === undefined || place.source === source));
  }
  const own = places.filter((place) => place.source === linked?.source && place.indicator.no === linked.no);
  const inOwn = own.filter((place) => isCalled(place, plain));
  return inOwn.length > 0 ? inOwn : places.filter((place) => isCalled(place, plain));
}

/** 时间, 企业开办时间, 企业开办·时间, or as its best value calls it: 办理时间. */
function isCalled({ indicator, sub }: Place, name: string): boolean {
  const own = sub.name.normalize('NFKC');
  const whole = indicator.name.normalize('NFKC');
  const inBest = sub.best.map(({ text }) => text.normalize('NFKC').replace(/[-−]?\d.*$/, ''));
  return [own, `${whole}${own}`, `${whole}·${own}`, `${whole}的${own}`, ...inBest].includes(name);
}

function comparison(figure: Measure, best: Measure): Pick<Beside, 'difference' | 'says'> {
  if (figure.value === null || best.value === null) return { difference: null, says: '不是带单位的单一数值，不作比较' };
  if (!sameUnit(figure.unit, best.unit)) return { difference: null, says: '单位不同，不作比较' };
  // Decimal fractions do not subtract exactly: 1.2 - 0.5.
  const difference = Number((figure.value - best.value).toPrecision(12));
  if (difference === 0) return { difference, says: '与最佳值相同' };
  return { difference, says: `比最佳值${difference > 0 ? '高' : '低'}${Math.abs(difference)}${best.unit ?? ''}` };
}

/** One line for people: `1.2 企业开办·时间 1个工作日（最佳值0.5个工作日，比最佳值高0.5个工作日）`. */
export function figureText({ name, value, subIndicator, why, best }: FigureBeside): string {
  if (!subIndicator) return `${name} ${value}${why === 'ambiguous' ? '（不止一个二级指标叫这个名称，请写编号）' : ''}`;
  const number = subIndicator.id.slice(subIndicator.id.indexOf('/') + 1);
  const said = best.map(({ of, measure, text, says }) => {
    const shown = measure.value === null ? text : `${measure.value}${measure.unit ?? ''}`;
    return `最佳值${of === null ? '' : `（${of}）`}${shown}，${says}`;
  });
  const beside = said.length > 0 ? `（${said.join('；')}）` : '（资料库没有最佳值）';
  return `${number} ${subIndicator.indicator}·${subIndicator.name} ${value}${beside}`;
}
