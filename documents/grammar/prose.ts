/**
 * Tasks in running text: items closed by an assignment in brackets or by labelled lines, and numbered measures of
 * action plans that name no unit.
 */
import type { Paragraph } from '../blocks';
import { doubt, quoted } from '../diagnostics';
import { headingName, headline, isTitleLine } from './headings';
import { type Labelled, labelledParts } from './labels';
import { type Chunk, chunkAssigned, familyOf, type Line, type Outline, outline } from './prose-chunks';
import { type Assignment, nothingAssigned, type RawDocument, type RawTask } from './raw-task';

/** Parts that say why and how, never who does what: without an assignment they hold no tasks. */
const FRAME =
  /总体要求|指导思想|基本原则|(?:工作|主要|总体|发展)目标|工作要求|组织(?:领导|保障|实施)|保障措施|有关要求|附则/;

/** Reads the tasks of a text. Units are never invented: an item without an assignment is a task without a unit. */
export function readProse(paragraphs: Paragraph[], isActionPlan: boolean): RawDocument {
  const outlined = outline(paragraphs);
  const { chunks, parts } = outlined;
  const document: RawDocument = { tasks: [], parts: [], sections: [], notes: [], doubts: [], startsAt: null };
  const assigned = chunks.some(chunkAssigned);
  if (!assigned && !isActionPlan) return document;
  const sectionTasks = assigned && closesSections(outlined);
  const candidates = { ...outlined, assigned, sectionTasks, ...numbersOf(chunks) };
  const partOf = new Map<number, number>();
  // 一、二、 that are tasks themselves are one part together.
  let wholePart: number | null = null;
  for (const [i, chunk] of chunks.entries()) {
    const children = outlined.children.get(i) ?? [];
    const tasks =
      sectionTasks && children.length > 0
        ? [wholeSection(chunk, children)]
        : tasksOf(chunk, children.length > 0, candidates);
    for (const task of tasks) {
      const known: number =
        partOf.get(chunk.part) ?? (chunk.heading?.level === 1 ? wholePart : null) ?? document.parts.length;
      if (chunk.heading?.level === 1) wholePart = known;
      if (!partOf.has(chunk.part)) partOf.set(chunk.part, known);
      if (known === document.parts.length) {
        const heads = chunk.heading?.level === 1 ? undefined : parts[chunk.part];
        document.parts.push(heads ?? { heading: '', line: task.line, stated: null });
      }
      const section = chunk.section === null ? null : chunks[chunk.section];
      const category = section?.heading ? headingName(section.heading) : null;
      document.tasks.push({ ...task, part: known, category });
    }
    const { heading } = chunk;
    if (heading?.level === 2 && heading.stated !== null) {
      document.sections.push({
        part: partOf.get(chunk.part) ?? document.parts.length,
        name: headingName(heading),
        line: chunk.lines[0]?.line ?? 0,
        stated: heading.stated,
      });
    }
  }
  for (const [i, part] of parts.entries()) {
    if (document.tasks.length > 0 && !partOf.has(i)) {
      document.doubts.push({
        doubt: doubt('part-without-tasks', `${quoted(part.heading)}没有读出任务`),
        line: part.line,
      });
    }
  }
  const first = document.parts[0]?.line;
  document.startsAt =
    document.tasks.length === 0 ? null : Math.min(first ?? Number.MAX_SAFE_INTEGER, document.tasks[0]?.line ?? 0);
  return document;
}

interface Candidates extends Outline {
  assigned: boolean;
  sectionTasks: boolean;
  /** Items of level 3 anywhere, and the parts that have them below sections. */
  numbered: boolean;
  numberedParts: Set<number>;
}

function numbersOf(chunks: Chunk[]): { numbered: boolean; numberedParts: Set<number> } {
  const items = chunks.filter((chunk) => chunk.heading?.level === 3);
  const below = items.filter((chunk) => chunk.section !== null);
  return { numbered: items.length > 0, numberedParts: new Set(below.map((chunk) => chunk.part)) };
}

/** Which chunks are tasks: assigned ones; among numbered siblings of assigned ones also those nobody is named for. */
function tasksOf(chunk: Chunk, hasChildren: boolean, all: Candidates): RawTask[] {
  if (all.sectionTasks && chunk.section !== null && chunk.heading !== null) return [];
  if (chunkAssigned(chunk)) return split(chunk);
  const { heading } = chunk;
  if (!heading || heading.level === 1 || hasChildren || all.sectionTasks) return [];
  if (all.assigned) return all.assignedFamilies.has(familyOf(chunk)) ? split(chunk) : [];
  const inFrame = FRAME.test(all.parts[chunk.part]?.heading ?? '');
  if (inFrame && !all.numberedParts.has(chunk.part)) return [];
  return (all.numbered ? heading.level === 3 : heading.level === 2 && !inFrame) ? split(chunk) : [];
}

/** Sections that close with one assignment for all their items: the section is the task and its items are measures. */
function closesSections({ chunks, children }: Outline): boolean {
  const families = [...children].flatMap(([i, family]) => {
    const section = chunks[i];
    return section && !chunkAssigned(section) && family.some(chunkAssigned) ? [family] : [];
  });
  const closedByLast = families.every((family) => {
    const last = family.at(-1);
    const closing = last?.lines.at(-1);
    // A paragraph of its own: behind an item's own text it would be that item's.
    const apart = closing !== undefined && last?.lines.length !== 1 && restOf(closing) === '';
    return family.slice(0, -1).every((child) => !chunkAssigned(child)) && apart;
  });
  return families.length > 0 && closedByLast && families.some((family) => family.length > 1);
}

const restOf = (line: Line): string => {
  if (line.labelled) return line.labelled.before;
  return line.brackets
    .reduceRight((text, b) => text.slice(0, b.start) + text.slice(b.end), line.body)
    .replace(/[。；;\s]/g, '');
};

function wholeSection(chunk: Chunk, children: Chunk[]): RawTask {
  const lines = [...chunk.lines, ...children.flatMap((child) => child.lines)];
  const [task] = split({ ...chunk, lines }, true);
  const measures = children.map((child) => child.lines.map(restWithStops).join('\n').trim());
  return {
    ...(task ?? blank(chunk)),
    measures: measures.join('\n'),
    content: chunk.lines.map(restWithStops).join('\n').trim(),
  };
}

const restWithStops = (line: Line): string =>
  line.labelled
    ? line.labelled.before
    : line.brackets.reduceRight((text, b) => text.slice(0, b.start) + text.slice(b.end), line.body);

function blank(chunk: Chunk): RawTask {
  const line = chunk.lines[0]?.line ?? 0;
  return {
    line,
    part: 0,
    category: null,
    printedNo: chunk.heading?.no ?? null,
    title: '',
    content: '',
    measures: '',
    assignment: nothingAssigned(),
    slashDivides: false,
    yearStated: null,
    remark: '',
    dateInText: true,
    doubts: [],
  };
}

/** The tasks of a chunk: one, or one for each assignment that closes a stretch of its text. */
function split(chunk: Chunk, keepWhole = false): RawTask[] {
  const tasks: RawTask[] = [];
  let task = blank(chunk);
  let texts: string[] = [];
  const close = () => {
    const content = texts.join('\n').trim();
    const heading = tasks.length === 0 && chunk.heading && isTitleLine(chunk.heading) ? ownName(chunk) : null;
    const title = task.title !== '' ? task.title : (heading ?? headline(content));
    if (title !== '')
      tasks.push({
        ...task,
        title,
        content: content === '' ? task.content : content,
        dateInText: task.assignment.deadline === '',
      });
    texts = [];
    task = { ...blank(chunk), printedNo: null };
  };
  for (const line of chunk.lines) {
    let from = 0;
    if (texts.length === 0) task.line = line.line;
    for (const bracket of line.brackets) {
      const text = line.body.slice(from, bracket.start).trim();
      const more = tasks.length > 0 && text === '' && texts.length === 0;
      if (text !== '') texts.push(text);
      from = bracket.end;
      // Two brackets one behind the other, units and date: one assignment.
      const into = more ? tasks.at(-1) : task;
      if (into) assign(into.assignment, bracket.text);
      if (!more && !keepWhole) close();
    }
    const rest = line.labelled ? line.labelled.before : line.body.slice(from).replace(/^[。；;\s]+/, '');
    if (rest !== '') texts.push(rest);
    if (line.labelled) for (const part of line.labelled.parts) label(task, part);
  }
  if (texts.join('') !== '' || task.title !== '' || tasks.length === 0) {
    const trailing = tasks.at(-1);
    const isTask = trailing === undefined || Object.values(task.assignment).some((text) => text !== '');
    if (isTask) close();
    else if (trailing) trailing.content = `${trailing.content}\n${texts.join('\n')}`.trim();
  }
  return tasks;
}

/** What the chunk's heading names, without an assignment that stands behind it. */
function ownName({ heading, lines }: Chunk): string | null {
  const bracket = lines[0]?.brackets[0];
  return heading && headingName(bracket ? { ...heading, text: heading.text.slice(0, bracket.start) } : heading);
}

/** A bracket's text under its labels, or as a list of units whose verbs say the roles. */
function assign(assignment: Assignment, text: string): void {
  const labelled = labelledParts(text);
  const before = labelled ? labelled.before : text;
  assignment.responsible = [assignment.responsible, before].filter((part) => part !== '').join('；');
  for (const part of labelled?.parts ?? []) place(assignment, part);
}

function label(task: RawTask, part: Labelled): void {
  if (part.kind === 'title') task.title = part.text;
  else if (part.kind === 'content') task.content = part.text;
  else if (part.kind === 'measures')
    task.measures = [task.measures, part.text].filter((text) => text !== '').join('\n');
  else if (part.kind === 'remark') task.remark = part.text;
  else place(task.assignment, part);
}

function place(assignment: Assignment, { kind, text }: Labelled): void {
  const key = (Object.keys(assignment) as (keyof Assignment)[]).find(
    (known) => known === (kind === 'office' ? 'responsible' : kind),
  );
  if (key)
    assignment[key] = [assignment[key], text].filter((part) => part !== '').join(key === 'deadline' ? '；' : '、');
}
