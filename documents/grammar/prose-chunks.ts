/** Numbered paragraphs of a document as chunks: a heading or item with the paragraphs below it, up to the next number. */
import type { Paragraph } from '../blocks';
import { assignmentsIn, type BracketedAssignment } from './brackets';
import { type Heading, headingName, headingOf, isAnnexMark, isTitleLine } from './headings';
import { assigns, type Labelled, labelledParts } from './labels';
import type { Part } from './raw-task';

export interface Line {
  text: string;
  line: number;
  /** Without the number. */
  body: string;
  brackets: BracketedAssignment[];
  labelled: { before: string; parts: Labelled[] } | null;
}

export interface Chunk {
  heading: Heading | null;
  lines: Line[];
  /** Index into `parts`; -1 before the first level-1 heading. */
  part: number;
  /** The level-2 heading above, as an index into the chunks; null if there is none. */
  section: number | null;
}

export interface Outline {
  chunks: Chunk[];
  parts: Part[];
  /** Numbered chunks below a level-2 heading, by its index. */
  children: Map<number, Chunk[]>;
  /** `familyOf` of the chunks whose siblings have an assignment. */
  assignedFamilies: Set<string>;
}

/** Chunks of one level under one heading. */
export const familyOf = (chunk: Chunk): string => `${chunk.part} ${chunk.section} ${chunk.heading?.level}`;

/** Numbers and assignments of the paragraphs; where nothing is numbered, each assigned paragraph is a chunk. */
export function outline(paragraphs: Paragraph[]): Outline {
  const parts: Part[] = [];
  const chunks: Chunk[] = [];
  let section: number | null = null;
  const open = (heading: Heading | null, line: Line) => {
    chunks.push({ heading, lines: [line], part: parts.length - 1, section: heading?.level === 2 ? null : section });
    if (heading?.level === 2) section = chunks.length - 1;
  };
  for (const { text, line } of paragraphs) {
    const heading = headingOf(text);
    const read = readLine(text, line, heading);
    const last = chunks.at(-1);
    if (isAnnexMark(text)) section = null;
    if (heading?.level === 1 && (isTitleLine(heading) || read.brackets.length === 0)) {
      parts.push({ heading: headingName(heading), line, stated: heading.stated });
      section = null;
      open(heading, read);
    } else if (heading?.level === 1 || heading?.level === 2 || heading?.level === 3) open(heading, read);
    else if (heading?.level === 4 && isAssigned(read)) open(heading, read);
    else if (last && (last.heading !== null || !isClosed(last) || read.body === '')) last.lines.push(read);
    else open(null, read);
  }
  const children = new Map<number, Chunk[]>();
  for (const chunk of chunks) {
    if (chunk.section === null || chunk.heading === null) continue;
    const family = children.get(chunk.section);
    if (family) family.push(chunk);
    else children.set(chunk.section, [chunk]);
  }
  return { chunks, parts, children, assignedFamilies: new Set(chunks.filter(chunkAssigned).map(familyOf)) };
}

function readLine(text: string, line: number, heading: Heading | null): Line {
  const body = heading ? heading.text : text.trim();
  const labelled = labelledParts(body);
  // A bracket with labels inside is a bracket; a line with labels is one only outside of brackets.
  const brackets = assignmentsIn(body);
  return { text, line, brackets, labelled: brackets.length > 0 ? null : labelled, body };
}

const isAssigned = (line: Line): boolean => line.brackets.length > 0 || line.labelled !== null;

/** Whether a chunk without a number has its assignment, so that the next paragraph begins another one. */
function isClosed(chunk: Chunk): boolean {
  const last = chunk.lines.at(-1);
  if (!last) return false;
  const bracket = last.brackets.at(-1);
  return (
    (bracket !== undefined && last.body.slice(bracket.end).length <= 1) ||
    (last.labelled?.parts.some((part) => assigns(part.kind)) ?? false)
  );
}

export const chunkAssigned = (chunk: Chunk): boolean => chunk.lines.some(isAssigned);
