/** What the document states about itself against what was found: counts, numbers that repeat or skip. */
import { type Doubt, doubt, quoted } from '../diagnostics';
import { plainDates } from '../number-words';
import type { RawDocument, RawTask } from './raw-task';

export interface PlacedDoubt {
  doubt: Doubt;
  line: number;
  task?: RawTask;
}

/** Stated counts of parts, sections and the whole against the tasks found. */
export function checkCounts(document: RawDocument, texts: { text: string; line: number }[]): PlacedDoubt[] {
  const found: PlacedDoubt[] = [];
  const say = (what: string, stated: number, has: number, line: number) => {
    if (stated !== has)
      found.push({ doubt: doubt('count-differs', `${quoted(what)}写明${stated}项，实有${has}项`), line });
  };
  const inPart = document.parts.map((_, i) => document.tasks.filter((task) => task.part === i));
  document.parts.forEach((part, i) => {
    if (part.stated !== null) say(part.heading, part.stated, inPart[i]?.length ?? 0, part.line);
  });
  document.sections.forEach((section, i) => {
    const next = document.sections[i + 1];
    const until = next && next.part === section.part ? next.line : Number.POSITIVE_INFINITY;
    const has = (inPart[section.part] ?? []).filter(
      (t) => t.line >= section.line && t.line < until && t.category === section.name,
    ).length;
    say(section.name, section.stated, has, section.line);
  });
  for (const { text, line } of texts) {
    const total =
      /(?:共|共计|合计|总计|提出|确定的?|明确的?|部署的?|细化为?|分解为?)\s*(?:有)?(\d+)\s*(?:项|条|个)(?:重点|具体|主要)?(?:任务|举措|措施|改革|工作|事项)/.exec(
        plainDates(text),
      );
    if (total?.[1] !== undefined && document.tasks.length > 0)
      say(total[0], Number(total[1]), document.tasks.length, line);
  }
  return found;
}

/**
 * Numbers for the tasks of each part: the printed ones where each stands once, else counted on. Measures that begin
 * anew in every section are numbered through.
 */
export function numberTasks(document: RawDocument): { numbers: Map<RawTask, number>; doubts: PlacedDoubt[] } {
  const numbers = new Map<RawTask, number>();
  const doubts: PlacedDoubt[] = [];
  let above = 0;
  document.parts.forEach((_, i) => {
    const tasks = document.tasks.filter((task) => task.part === i);
    const perSection = restartsBySection(tasks);
    checkSequence(tasks, perSection, above, doubts);
    above = tasks.findLast((task) => task.printedNo !== null)?.printedNo ?? above;
    const taken = new Set<number>();
    let highest = 0;
    for (const task of tasks) {
      const free =
        !perSection &&
        task.printedNo !== null &&
        task.printedNo > 0 &&
        task.printedNo <= 9999 &&
        !taken.has(task.printedNo);
      const no = free && task.printedNo !== null ? task.printedNo : highest + 1;
      taken.add(no);
      highest = Math.max(highest, no);
      numbers.set(task, no);
    }
  });
  return { numbers, doubts };
}

/** Whether the numbers of a part begin with 1 under each of its sections. */
function restartsBySection(tasks: RawTask[]): boolean {
  const sections = new Set(tasks.map((task) => task.category));
  return (
    sections.size > 1 &&
    tasks.filter((task) => task.printedNo === 1).length > 1 &&
    firstNumbers(tasks).every((no) => no === 1)
  );
}

/** The first number printed under each section. */
function firstNumbers(tasks: RawTask[]): number[] {
  const first = new Map<string | null, number>();
  for (const { category, printedNo } of tasks) {
    if (printedNo !== null && !first.has(category)) first.set(category, printedNo);
  }
  return [...first.values()];
}

/** @param above the last number of the part above: numbers may run on through all parts */
function checkSequence(tasks: RawTask[], perSection: boolean, above: number, doubts: PlacedDoubt[]): void {
  let last: RawTask | null = null;
  const seen = new Set<string>();
  for (const task of tasks) {
    if (task.printedNo === null) continue;
    const section = perSection ? (task.category ?? '') : '';
    const before = last !== null && (!perSection || last.category === task.category) ? (last.printedNo ?? 0) : 0;
    const key = `${section}|${task.printedNo}`;
    if (seen.has(key)) {
      doubts.push({
        doubt: doubt('number-repeats', `编号${task.printedNo}重复，又用在${quoted(task.title)}上，已顺延编号`),
        line: task.line,
        task,
      });
    } else if (
      task.printedNo !== before + 1 &&
      (last !== null || (task.printedNo !== 1 && task.printedNo !== above + 1))
    ) {
      const says = before === 0 ? `第一个编号是${task.printedNo}` : `编号${before}之后是${task.printedNo}`;
      doubts.push({ doubt: doubt('number-skips', says), line: task.line, task });
    }
    seen.add(key);
    last = task;
  }
}
