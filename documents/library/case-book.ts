/** A case book 案例汇编: numbered cases of districts and city units, each with background, practice and results. */
import type { CaseFigure, LibraryCase, LibraryContent, SectionKind } from '../../domain/library/entries';
import { doubt, quoted } from '../diagnostics';
import { type Heading, headingOf, isTitleLine } from '../grammar/headings';
import { figuresIn } from './case-figures';
import { checkSequence, type Line, type PlacedDoubt } from './lines';

/** What the sections of a case are called; the first that fits. Any other heading is one of the practice. */
const SECTIONS: [SectionKind, RegExp][] = [
  ['outlook', /下一步|未来计划|工作打算|工作思路|展望/],
  ['background', /背景|缘由|起因/],
  ['lessons', /启示|体会|思考/],
  ['practice', /做法|举措|措施/],
  ['results', /成效|效果|成果|成绩/],
];

/** A title may be broken over two lines; what is longer, or a sentence, is text. */
const LONGEST_TITLE_LINE = 40;

/** Whether the lines are such a book: more than one case, and sections of two kinds that cases have. */
export function isCaseBook(lines: readonly Line[]): boolean {
  const names = lines.flatMap(({ text }) => {
    const heading = headingOf(text);
    return heading?.level === 1 && isTitleLine(heading) ? [heading.text] : [];
  });
  const known = (kind: SectionKind) => names.filter((name) => name.length <= 12 && sectionKind(name) === kind).length;
  return known('practice') >= 2 && known('background') + known('results') >= 2;
}

export function readCaseBook(lines: readonly Line[]): LibraryContent & { doubts: PlacedDoubt[] } {
  const doubts: PlacedDoubt[] = [];
  const cases: LibraryCase[] = [];
  const sequence: { no: number; text: string; line: number }[] = [];
  let section = 0;
  for (let i = 0; i < lines.length; i++) {
    const current = lines[i];
    if (!current) continue;
    const heading = headingOf(current.text);
    const open = cases.at(-1);
    if (heading?.level === 1 && isTitleLine(heading) && beginsCase(heading, sequence.at(-1)?.no ?? 0, section)) {
      const title = titleOf(heading, lines, i);
      i = title.last;
      section = 0;
      sequence.push({ no: heading.no, text: title.text, line: current.line });
      cases.push(caseOf(heading.no, title.text, current.line));
    } else if (open && heading?.level === 1 && isTitleLine(heading)) {
      section = heading.no;
      open.sections.push({ kind: sectionKind(heading.text), title: heading.text, paragraphs: [], line: current.line });
    } else if (open) {
      (open.sections.at(-1)?.paragraphs ?? open.summary).push(current.text);
    }
  }
  const places = new Map(lines.map(({ line }, i) => [line, i]));
  for (const one of cases) {
    one.figures = figuresOf(one, lines, places);
    doubts.push(...missingSections(one));
  }
  return { kind: 'cases', indicators: [], cases, doubts: [...doubts, ...checkSequence(sequence, '案例')] };
}

/**
 * Cases and their sections are both numbered 一、二、三. A heading goes on with the sections where it has the next
 * number of theirs; where it could be either, the name of a section or of a unit decides.
 */
function beginsCase(heading: Heading, cases: number, section: number): boolean {
  if (heading.no !== cases + 1) return false;
  if (heading.no !== section + 1) return true;
  if (cases === 0) return true;
  return !SECTIONS.some(([, name]) => name.test(heading.text)) && placeOf(heading.text) !== null;
}

function titleOf(heading: Heading, lines: readonly Line[], i: number): { text: string; last: number } {
  const next = lines[i + 1]?.text ?? '';
  const goesOn = next.length <= LONGEST_TITLE_LINE && !/[。；：]/.test(next) && headingOf(next) === null;
  return goesOn ? { text: heading.text + next, last: i + 1 } : { text: heading.text, last: i };
}

function caseOf(no: number, title: string, line: number): LibraryCase {
  const id = String(no).padStart(2, '0');
  return { id, title, place: placeOf(title), indicator: null, summary: [], sections: [], figures: [], line };
}

/** 江北新区打造…, 市市场监管局企业发展…, 南京供电公司…: the district or unit that the title begins with. */
function placeOf(title: string): LibraryCase['place'] {
  const name = /^.{1,10}?(?:新区|[区县]|局(?!面)|委(?!员)|政务办|办公室|法院|检察院|公司|海关|银行)/.exec(title)?.[0];
  if (name === undefined) return null;
  return { name, kind: /[区县]$/.test(name) ? 'district' : 'city-unit' };
}

function sectionKind(title: string): SectionKind {
  return SECTIONS.find(([, name]) => name.test(title))?.[0] ?? 'practice';
}

/** 主要做法和成效 holds both; so its figures count as the case's. */
function figuresOf(
  { sections }: LibraryCase,
  lines: readonly Line[],
  places: ReadonlyMap<number, number>,
): CaseFigure[] {
  return sections
    .filter(({ kind, title }) => kind === 'results' || /成效|效果/.test(title))
    .flatMap(({ line, paragraphs }) => {
      // A section's paragraphs are the lines behind its heading.
      const heading = places.get(line) ?? 0;
      return paragraphs.flatMap((text, i) => figuresIn(text, lines[heading + 1 + i]?.line ?? line));
    });
}

function missingSections({ title, sections, line }: LibraryCase): PlacedDoubt[] {
  const names: [SectionKind, string][] = [
    ['background', '案例背景'],
    ['practice', '做法'],
    ['results', '成效'],
  ];
  const missing = names.filter(
    ([kind]) => !sections.some((one) => one.kind === kind || (kind === 'results' && /成效|效果/.test(one.title))),
  );
  if (missing.length === 0) return [];
  const says = `案例${quoted(title, 24)}没有${missing.map(([, name]) => name).join('、')}一节`;
  return [{ doubt: doubt('case-section-missing', says), line }];
}
