/**
 * The reference library 资料库: indicators with the best values known, practices and cases, as documents state them.
 * What a document does not state is null or empty; which city holds which best value is never stated, so it stands
 * nowhere here.
 */
import type { Measure } from './measures';

/** 最佳指标 of a sub-indicator, or of an indicator where it fits none of its sub-indicators. */
export interface BestValue {
  /** What it is the value of where an indicator gives several: 获得用水; null where it gives one. */
  of: string | null;
  /** The document's own words, `办理时间0.5个工作日`. */
  text: string;
  measure: Measure;
  line: number;
}

/** 二级指标. */
export interface SubIndicator {
  /** `<indicator>.<place in the document's list>`, `1.2`. */
  id: string;
  name: string;
  /** The sentence that says what it looks at. */
  about: string | null;
  best: BestValue[];
}

/** A group of 创新做法. */
export interface PracticeGroup {
  no: number;
  title: string;
  practices: string[];
  line: number;
}

/** 指标. */
export interface Indicator {
  no: number;
  name: string;
  /** What it looks at, in the document's words. */
  about: string;
  subIndicators: SubIndicator[];
  /** 最佳实践城市 of the indicator as a whole. */
  bestCities: string[];
  /** Values that fit no single sub-indicator. */
  otherBest: BestValue[];
  practiceGroups: PracticeGroup[];
  line: number;
}

export type SectionKind = 'background' | 'practice' | 'results' | 'lessons' | 'outlook';

export interface CaseSection {
  kind: SectionKind;
  title: string;
  paragraphs: string[];
  line: number;
}

/** A clause of a case's results that states numbers. */
export interface CaseFigure {
  text: string;
  measures: Measure[];
  line: number;
}

/** 典型案例. */
export interface LibraryCase {
  /** `<indicator>-<no>` under an indicator, else two digits: `1-3`, `05`. */
  id: string;
  title: string;
  /** Whose case it is, as the document writes it. */
  place: { name: string; kind: 'city' | 'district' | 'city-unit' } | null;
  /** Number of the indicator under which the document has it. */
  indicator: number | null;
  summary: string[];
  sections: CaseSection[];
  figures: CaseFigure[];
  line: number;
}

/** What one document brings. */
export interface LibraryContent {
  kind: 'benchmarks' | 'cases';
  indicators: Indicator[];
  cases: LibraryCase[];
}

/** One document in the library. */
export interface LibrarySource {
  /** `benchmarks`, `nanjing-2021`: what a coordinator calls it. */
  id: string;
  /** Its name in lists and letters, without 《》. */
  name: string;
}

/** Everything that is known of the library where tasks are shown: by source, in the order of their ids. */
export interface Library {
  sources: (LibrarySource & { content: LibraryContent })[];
}

/** An indicator by its place: what links and letters need of it. */
export interface IndicatorName {
  source: string;
  no: number;
  name: string;
}

/** A case without what it says. */
export interface CaseTitle {
  /** `<source>/<case>`, `nanjing-2021/05`. */
  id: string;
  source: string;
  sourceName: string;
  title: string;
  place: string | null;
  /** Number of the indicator of the same source under which it stands. */
  indicator: number | null;
}

export function indicatorNames({ sources }: Library): IndicatorName[] {
  return sources.flatMap(({ id, content }) => content.indicators.map(({ no, name }) => ({ source: id, no, name })));
}
