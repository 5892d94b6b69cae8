/**
 * A benchmark guide: numbered indicators, each with its sub-indicators, 最佳实践城市, 最佳指标, 创新做法 and 典型案例.
 */
import type { CaseSection, Indicator, LibraryCase, LibraryContent, PracticeGroup } from '../../domain/library/entries';
import { doubt, quoted } from '../diagnostics';
import { headingOf } from '../grammar/headings';
import { numberOf } from '../number-words';
import { withBestValues } from './best-values';
import { checkSequence, type Line, numbered, type PlacedDoubt } from './lines';
import { subIndicatorsOf } from './sub-indicators';

const PARTS = {
  cities: /最佳实践城市|最佳城市/,
  best: /最佳指标|最优指标/,
  practices: /创新做法|创新举措/,
  cases: /典型案例/,
} as const;
type Part = keyof typeof PARTS;

/** An indicator as the document lays it out. */
interface Chapter {
  no: number;
  name: string;
  line: number;
  intro: Line[];
  parts: Record<Part, Line[]>;
}

/** Whether the lines are such a guide: an indicator that says which sub-indicators it has. */
export const isBenchmarks = (lines: readonly Line[]): boolean =>
  lines.some(({ text }) => /二级指标/.test(text)) &&
  lines.some(({ text }) => PARTS.cases.test(text) || PARTS.cities.test(text));

export function readBenchmarks(lines: readonly Line[]): LibraryContent & { doubts: PlacedDoubt[] } {
  const doubts: PlacedDoubt[] = [];
  const chapters = chaptersOf(lines, doubts);
  doubts.push(
    ...checkSequence(
      chapters.map(({ no, name, line }) => ({ no, text: name, line })),
      '指标',
    ),
  );
  const cases: LibraryCase[] = [];
  const indicators = chapters.map((chapter) => {
    const { indicator, own, said } = indicatorOf(chapter);
    cases.push(...own);
    doubts.push(...said);
    return indicator;
  });
  return { kind: 'benchmarks', indicators, cases, doubts };
}

function chaptersOf(lines: readonly Line[], doubts: PlacedDoubt[]): Chapter[] {
  const chapters: Chapter[] = [];
  let into: Line[] | null = null;
  for (let i = 0; i < lines.length; i++) {
    const current = lines[i];
    if (!current) continue;
    const begun = chapterAt(lines, i);
    const chapter = chapters.at(-1);
    const part = partOf(current.text);
    if (begun) {
      chapters.push({ ...begun, intro: [], parts: { cities: [], best: [], practices: [], cases: [] } });
      into = chapters.at(-1)?.intro ?? null;
      i = begun.last;
    } else if (chapter && part) into = chapter.parts[part];
    else if (into) into.push(current);
    else
      doubts.push({
        doubt: doubt('library-line-unread', `${quoted(current.text)}在第一项指标之前`),
        line: current.line,
      });
  }
  return chapters;
}

/** 一、 with the name beside it or on the next line, before the paragraph that says what it looks at. */
function chapterAt(lines: readonly Line[], i: number): { no: number; name: string; line: number; last: number } | null {
  const { text = '', line = 0 } = lines[i] ?? {};
  const alone = /^([一二三四五六七八九十]{1,4})\s*、$/.exec(text)?.[1];
  const heading = alone === undefined ? headingOf(text) : null;
  const no = alone === undefined ? (heading?.level === 1 ? heading.no : null) : numberOf(alone);
  if (no === null || partOf(text)) return null;
  const last = alone === undefined ? i : i + 1;
  const name = alone === undefined ? (heading?.text ?? '') : (lines[last]?.text ?? '');
  return /^(?:本|该)指标/.test(lines[last + 1]?.text ?? '') ? { no, name, line, last } : null;
}

function partOf(text: string): Part | null {
  const heading = headingOf(text);
  if (heading?.level !== 1 || heading.text.length > 12) return null;
  return (Object.keys(PARTS) as Part[]).find((part) => PARTS[part].test(heading.text)) ?? null;
}

function indicatorOf({ no, name, line, intro, parts }: Chapter): {
  indicator: Indicator;
  own: LibraryCase[];
  said: PlacedDoubt[];
} {
  const about = intro.map(({ text }) => text).join('\n');
  const { subs, doubts: counted } = subIndicatorsOf(no, { text: about, line: intro[0]?.line ?? line });
  const best = withBestValues(no, subs, parts.best);
  const bestCities = parts.cities.flatMap(({ text }) => text.split(/[、，,；;\s]+/)).filter((city) => city !== '');
  const groups = practiceGroups(parts.practices);
  const cases = casesOf(no, parts.cases);
  const unlisted = cases.cases.filter(({ place }) => place && !bestCities.includes(place.name.replace(/市$/, '')));
  return {
    indicator: {
      no,
      name,
      about,
      subIndicators: best.subs,
      bestCities,
      otherBest: best.other,
      practiceGroups: groups.groups,
      line,
    },
    own: cases.cases,
    said: [
      ...counted,
      ...best.doubts,
      ...groups.doubts,
      ...cases.doubts,
      ...unlisted.map(({ place, line: at }) => ({
        doubt: doubt('case-city-unlisted', `第${no}项指标的案例城市${quoted(place?.name ?? '')}不在其最佳实践城市之列`),
        line: at,
      })),
    ],
  };
}

function practiceGroups(lines: readonly Line[]): { groups: PracticeGroup[]; doubts: PlacedDoubt[] } {
  const groups: PracticeGroup[] = [];
  const doubts: PlacedDoubt[] = [];
  for (const { text, line } of lines) {
    const group = numbered(text, 'comma');
    const practice = numbered(text, 'brackets');
    if (group) groups.push({ no: group.no, title: group.text, practices: [], line });
    else if (practice && groups.length > 0) groups.at(-1)?.practices.push(practice.text);
    else doubts.push({ doubt: doubt('library-line-unread', `创新做法中的${quoted(text)}没有编号`), line });
  }
  doubts.push(
    ...checkSequence(
      groups.map(({ no, title, line }) => ({ no, text: title, line })),
      '创新做法',
    ),
  );
  return { groups, doubts };
}

/** 1、 银川市—…, its (1) points and their ● lines. A case of the same city may go on without a number. */
function casesOf(indicator: number, lines: readonly Line[]): { cases: LibraryCase[]; doubts: PlacedDoubt[] } {
  const cases: LibraryCase[] = [];
  const sequence: { no: number; text: string; line: number }[] = [];
  const doubts: PlacedDoubt[] = [];
  for (const { text, line } of lines) {
    const head = numbered(text, 'comma');
    const point = numbered(text, 'brackets');
    const title = head?.text ?? text;
    const place = /^([^—●(（]{2,12}?[市州盟县区])—+/.exec(title)?.[1];
    if (head || (place !== undefined && !point)) {
      if (head) sequence.push({ ...head, line });
      const rest = place === undefined ? title : title.slice(place.length).replace(/^—+/, '');
      cases.push({
        id: `${indicator}-${cases.length + 1}`,
        title: rest,
        place: place === undefined ? null : { name: place, kind: 'city' },
        indicator,
        summary: [],
        sections: [],
        figures: [],
        line,
      });
    } else if (!addTo(cases.at(-1), text, point?.text ?? null, line)) {
      doubts.push({ doubt: doubt('library-line-unread', `典型案例中的${quoted(text)}不属于任何案例`), line });
    }
  }
  doubts.push(...checkSequence(sequence, '典型案例'));
  return { cases, doubts };
}

function addTo(open: LibraryCase | undefined, text: string, point: string | null, line: number): boolean {
  if (!open) return false;
  const section: CaseSection | undefined = open.sections.at(-1);
  if (point !== null) open.sections.push({ kind: 'practice', title: point, paragraphs: [], line });
  else if (section) section.paragraphs.push(text.replace(/^●\s*/, '').replace(/[；;]$/, ''));
  else open.summary.push(text);
  return true;
}
