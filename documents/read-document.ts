/** From blocks to tasks: tables if there are any, else running text; then units, dates and what the document states for all. */
import type { WorkCalendar } from '../domain/calendar';
import type { Day } from '../domain/days';
import type { Block, Paragraph } from './blocks';
import { isGarbled } from './characters';
import { type Doubt, diagnose, doubt, quoted } from './diagnostics';
import { assignmentsIn } from './grammar/brackets';
import { checkCounts, numberTasks, type PlacedDoubt } from './grammar/checks';
import { deadlineOf, distribute, unclearRules } from './grammar/dates-of-tasks';
import { type DocumentRules, firstLeadsRule, rulesIn } from './grammar/document-rules';
import { completeElided } from './grammar/elided';
import { readHeader } from './grammar/header';
import { fitTexts, MOST_BLOCKS, MOST_LETTERS, MOST_TASKS } from './grammar/limits';
import { readMeasures, readRemark } from './grammar/measures';
import { readParties } from './grammar/parties';
import { readProse } from './grammar/prose';
import type { RawDocument, RawTask } from './grammar/raw-task';
import { readTables } from './grammar/tables';
import type { Diagnostic, ReadPlan, ReadTask } from './result';

export interface ReadOptions {
  /** `--year`: the year of dates that have none. */
  year?: number;
  /** When it was issued, where the document does not say or says it wrongly. */
  issuedOn?: Day;
  /** To reckon 印发之日起…个工作日内, and limits that end on a day off (R2). */
  calendar?: WorkCalendar;
}

/** A title that promises tasks: without one, numbered text that names no unit is just text. */
const ACTION_PLAN = /方案|计划|分工|任务|清单|台账|措施|举措|要点|安排|意见|行动|规划|责任/;

/** The answer to a file that is not read. */
export function refusal(refused: Doubt): ReadPlan {
  const plan = { title: null, number: null, issuer: null, issuedOn: null, city: null };
  return { plan, tasks: [], diagnostics: [diagnose(refused, null, null)], reporting: null };
}

/** The doubt about a line that is none. */
export const tooLong = (letters: number): Doubt =>
  doubt('too-large', `文件有一行文字长达${letters}字，最多读取${MOST_LETTERS}字`);

/** Letters of the longest line. */
export const longestLine = (text: string): number =>
  text.split('\n').reduce((most, line) => Math.max(most, line.length), 0);

const longestText = (blocks: Block[]): number =>
  blocks.reduce((most, block) => {
    if (block.kind === 'paragraph') return Math.max(most, longestLine(block.text));
    return block.rows.reduce(
      (n, row) => row.cells.reduce((m, place) => Math.max(m, longestLine(place?.text ?? '')), n),
      most,
    );
  }, 0);

/** Reads the blocks of one document. `doubts` are those of decoding and format. */
export function readDocument(blocks: Block[], doubts: Doubt[], options: ReadOptions): ReadPlan {
  const size = blocks.reduce((n, block) => n + (block.kind === 'table' ? block.rows.length : 1), 0);
  if (size > MOST_BLOCKS) return refusal(doubt('too-large', `文件有${size}个段落和表格行，最多读取${MOST_BLOCKS}个`));
  const longest = longestText(blocks);
  if (longest > MOST_LETTERS) return refusal(tooLong(longest));
  const raw = rawDocument(blocks);
  if (raw.tasks.length > MOST_TASKS)
    return refusal(doubt('too-large', `文件有${raw.tasks.length}项任务，最多读取${MOST_TASKS}项`));
  fitTexts(raw);
  const around = paragraphsAround(blocks, raw);
  const head = readHeader(around, raw.startsAt ?? firstTableLine(blocks));
  head.header.issuedOn = options.issuedOn ?? head.header.issuedOn;
  const rules = documentRules(raw, around);
  const diagnostics: Diagnostic[] = doubts.map((d) => diagnose(d, null, null));
  const tell = ({ doubt: d, line }: { doubt: Doubt; line: number | null }, task: string | null = null) =>
    diagnostics.push(diagnose(d, line, task));
  for (const said of [...head.doubts, ...raw.doubts]) tell(said);
  const { numbers, doubts: sequence } = numberTasks(raw);
  const idOf = (task: RawTask) => `${task.part + 1}-${String(numbers.get(task) ?? 0).padStart(2, '0')}`;
  const stated = distribute(rules.deadlines, raw.parts, raw.tasks);
  const context = {
    yearGiven: options.year ?? null,
    yearStated: head.titleYear,
    issuedOn: head.header.issuedOn,
    calendar: options.calendar ?? null,
  };
  const placed: PlacedDoubt[] = [...sequence, ...checkCounts(raw, around), ...unclearRules(stated)];
  const read = raw.tasks.map((task) => {
    const parties = readParties(task, rules.firstLeads !== null);
    const deadline = deadlineOf(task, parties.time, stated, rules.deadlines, context);
    const measures = readMeasures(task.measures);
    const { rule } = deadline;
    const last = rule.dueOn ?? rule.notReadyOn;
    const early = last !== null && context.issuedOn !== null && last < context.issuedOn;
    const said = [...task.doubts, ...parties.doubts, ...deadline.doubts, ...measures.doubts];
    if (early) said.push(doubt('due-before-issue', `${quoted(rule.text)}即${last}，而文件于${context.issuedOn}印发`));
    for (const d of said) placed.push({ doubt: d, line: task.line, task });
    return {
      id: idOf(task),
      part: task.part + 1,
      no: numbers.get(task) ?? 0,
      category: task.category,
      title: task.title,
      content: task.content,
      measures: measures.measures,
      parties: parties.parties,
      leadBasis: parties.leadBasis,
      openEnded: parties.openEnded,
      deadline: rule,
      remark: readRemark(task.remark),
      line: task.line,
    } satisfies ReadTask;
  });
  for (const [task, said] of completeElided(read, textOf(blocks)))
    for (const d of said) tell({ doubt: d, line: task.line }, task.id);
  for (const said of [...placed, ...quotedRules(rules, read)]) tell(said, said.task ? idOf(said.task) : null);
  if (read.length === 0) tell({ doubt: doubt('no-tasks', '没有找到任务'), line: null });
  garbledLines(blocks).forEach((said) => {
    tell(said);
  });
  return { plan: head.header, tasks: read, diagnostics: inOrder(diagnostics), reporting: rules.reporting };
}

function rawDocument(blocks: Block[]): RawDocument {
  const tables = readTables(blocks);
  const paragraphs = blocks.filter((block): block is Paragraph => block.kind === 'paragraph');
  if (tables.tasks.length > 0) {
    const outside = paragraphs.filter((p) => assignmentsIn(p.text).length > 0);
    const says = `表格以外有${outside.length}段文字写有单位，第一处在第${outside[0]?.line}行，只读了表格`;
    if (outside.length > 0)
      tables.doubts.push({ doubt: doubt('assignments-outside-table', says), line: outside[0]?.line ?? 0 });
    return tables;
  }
  const body = paragraphs.slice(0, 40).map((p) => p.text);
  const prose = readProse(
    paragraphs,
    body.slice(0, 12).some((text) => text.length <= 80 && ACTION_PLAN.test(text) && !/[。；;]/.test(text)),
  );
  return { ...prose, doubts: [...tables.doubts, ...prose.doubts] };
}

/** Paragraphs that are no task, and single cells above a table's column names (the title of a sheet). */
function paragraphsAround(blocks: Block[], raw: RawDocument): Paragraph[] {
  return blocks.flatMap((block): Paragraph[] => {
    if (block.kind === 'paragraph') return [block];
    return block.rows.flatMap((row): Paragraph[] => {
      const texts = row.cells.flatMap((c) => (c && !c.fromAbove && c.text.trim() !== '' ? [c.text.trim()] : []));
      const alone = texts.length === 1 && row.line < (raw.startsAt ?? 0);
      return alone ? texts.map((text) => ({ kind: 'paragraph', text, line: row.line })) : [];
    });
  });
}

const firstTableLine = (blocks: Block[]): number =>
  blocks.find((block) => block.kind === 'table')?.line ?? Number.MAX_SAFE_INTEGER;

function documentRules(raw: RawDocument, around: Paragraph[]): DocumentRules {
  const outside = around.filter((p) => p.line < (raw.startsAt ?? 0) || raw.tasks.every((task) => task.line !== p.line));
  const cells = raw.tasks.flatMap(({ line, assignment, remark }) =>
    [assignment.lead, assignment.responsible, assignment.co, remark].map((text) => ({ text, line })),
  );
  const places = [...outside, ...raw.notes, ...cells];
  const first = places
    .map(({ text, line }) => ({ text: firstLeadsRule(text), line }))
    .find(({ text }) => text !== null);
  const before = outside.filter((p) => p.line < (raw.startsAt ?? 0));
  return {
    firstLeads: first?.text ? { text: first.text, line: first.line } : null,
    ...rulesIn([...before, ...raw.notes.map((n) => ({ kind: 'paragraph' as const, ...n }))]),
  };
}

/** Each stated rule once, with the number of tasks it was applied to. */
function quotedRules(rules: DocumentRules, tasks: ReadTask[]): { doubt: Doubt; line: number; task?: RawTask }[] {
  const said: { doubt: Doubt; line: number }[] = [];
  if (rules.firstLeads) {
    const n = tasks.filter((task) => task.leadBasis === 'first').length;
    said.push({
      doubt: doubt('rule-quoted', `已按“${rules.firstLeads.text}”确定${n}项任务的牵头单位`),
      line: rules.firstLeads.line,
    });
  }
  for (const { text, line } of rules.deadlines) {
    const n = tasks.filter((task) => task.deadline.text === text).length;
    if (n > 0) said.push({ doubt: doubt('rule-quoted', `已按“${text}”确定${n}项任务的时限`), line });
  }
  if (rules.reporting)
    said.push({
      doubt: doubt(
        'reporting-duty',
        `文件要求定期反馈整个方案的进展：${quoted(rules.reporting.text.replace(/。$/, ''), 80)}`,
      ),
      line: rules.reporting.line,
    });
  return said;
}

const textOf = (blocks: Block[]): string =>
  blocks
    .map((b) =>
      b.kind === 'paragraph' ? b.text : b.rows.map((r) => r.cells.map((c) => c?.text ?? '').join('\t')).join('\n'),
    )
    .join('\n');

function garbledLines(blocks: Block[]): { doubt: Doubt; line: number }[] {
  const lines = blocks.flatMap((b) =>
    b.kind === 'paragraph'
      ? [{ text: b.text, line: b.line }]
      : b.rows.map((r) => ({ text: r.cells.map((c) => c?.text ?? '').join(' '), line: r.line })),
  );
  return lines
    .filter(({ text }) => isGarbled(text))
    .map(({ text, line }) => ({ doubt: doubt('garbled-text', `${quoted(text, 20)}有乱码`), line }));
}

/** By line; what concerns the whole document first. */
const inOrder = (diagnostics: Diagnostic[]): Diagnostic[] =>
  diagnostics
    .map((d, i) => ({ d, i }))
    .sort((a, b) => (a.d.line ?? 0) - (b.d.line ?? 0) || a.i - b.i)
    .map(({ d }) => d);
