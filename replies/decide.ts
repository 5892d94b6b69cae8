/**
 * From what a unit said to the moves that it asks for. Pure. Whatever is not certain becomes a doubt, a sentence for the
 * coordinator's inbox, and no move: a wrong act in a unit's name is worse than a question (docs/replies.md).
 */
import type { EvidenceOffer, Move } from '../domain/intents';
import { MOVES } from '../domain/moves';
import type { NoticeKind } from '../domain/notices';
import type { TaskId, UnitId } from '../domain/plan';
import { answerersOf, isLead, type Task } from '../domain/task';
import { numberOf } from '../domain/task-ids';
import type { Statement } from './statements';

/** A task that the letter spoke of to this unit. */
export interface Spoken {
  task: Task;
  kinds: readonly NoticeKind[];
}

export interface Ground {
  unit: UnitId;
  tasks: readonly Spoken[];
  /** The mail's files, stored already. */
  files: readonly EvidenceOffer[];
}

export interface Decision {
  moves: { task: TaskId; move: Move }[];
  doubts: string[];
}

/** What the statements ask for, in their order. */
export function decideReply(statements: readonly Statement[], ground: Ground): Decision {
  const own = ground.tasks.filter(({ task }) => answerersOf(task).includes(ground.unit));
  if (statements.length === 0 && ground.files.length === 0) return { moves: [], doubts: ['回信没有写明办理意见。'] };
  if (own.length === 0) {
    return {
      moves: [],
      doubts: ['所回的信件没有本单位承办的任务；审核、批复、批示请用链接或命令办理，回信不能代替。'],
    };
  }
  const asked = statements.map((statement) => askedBy(statement, { ...ground, tasks: own }));
  const { moves, doubts } = withoutContradictions(asked.flatMap(({ moves }) => moves));
  const unused = ground.files.filter(({ value }) => !moves.some(({ move }) => isAdded(move, value)));
  const left =
    unused.length > 0 ? [`附件未作为佐证材料报送：${unused.map(({ name }) => name ?? '').join('、')}。`] : [];
  return { moves, doubts: [...asked.flatMap((one) => one.doubts), ...doubts, ...left] };
}

function isAdded(move: Move, digest: string): boolean {
  return move.move === 'addEvidence' && move.items.some(({ value }) => value === digest);
}

const NOTHING: Decision = { moves: [], doubts: [] };
const doubt = (sentence: string): Decision => ({ moves: [], doubts: [sentence] });
const moveOn = ({ task }: Spoken, ...moves: Move[]): Decision => ({
  moves: moves.map((move) => ({ task: task.id, move })),
  doubts: [],
});

function askedBy(statement: Statement, ground: Ground): Decision {
  const { numbers } = statement;
  const named = numbers === null ? [] : numbers.map((no) => withNumber(no, ground.tasks));
  const unclear = named.filter((one) => typeof one === 'string');
  if (unclear.length > 0) return { moves: [], doubts: unclear };
  const targets = named.filter((one) => typeof one !== 'string');
  switch (statement.says) {
    case 'sign':
      return sign(statement.handler, numbers === null ? null : targets, ground);
    case 'text':
      return report(statement.text, numbers === null ? null : targets, ground);
    case 'done':
    case 'extend':
    case 'ready': {
      const [only, ...others] = numbers === null ? ground.tasks : targets;
      if (!only || others.length > 0) return doubt(manyTasks(statement, ground.tasks.length));
      return onOne(statement, only, ground);
    }
  }
}

function withNumber(no: string, tasks: readonly Spoken[]): Spoken | string {
  const [only, ...others] = tasks.filter(({ task }) => numberOf(task.id) === no);
  if (!only) return `所回的信件没有任务${no}。`;
  return others.length > 0 ? `所回的信件有几个方案的任务${no}，不知指哪一个。` : only;
}

function manyTasks({ says }: Statement, count: number): string {
  const what = says === 'done' ? '办结' : says === 'extend' ? '延期' : '是否具备条件';
  return `信件涉及${count}项任务，回信说的${what}没有写明是哪一项（应逐项写编号，如“1-07 …”）。`;
}

/** R13. Without numbers: everything that the letter asked to be signed and that is not signed yet. */
function sign(handler: string | null, targets: readonly Spoken[] | null, { unit, tasks }: Ground): Decision {
  const isUnsigned = ({ task }: Spoken) => task.acknowledgements[unit]?.acknowledgedOn === null;
  const asks = ({ kinds }: Spoken) => kinds.includes('issue') || kinds.includes('acknowledgement');
  const meant = targets ?? (tasks.length === 1 ? tasks : tasks.filter(asks));
  const moves = meant
    .filter(isUnsigned)
    .map(({ task }) => ({ task: task.id, move: { move: 'acknowledge', unit, ...(handler && { handler }) } as const }));
  return { moves, doubts: [] };
}

type OfOne = Extract<Statement, { says: 'done' | 'extend' | 'ready' }>;

function onOne(statement: OfOne, target: Spoken, ground: Ground): Decision {
  switch (statement.says) {
    case 'done':
      return done(statement.text, target, ground);
    case 'extend':
      return extend(statement, target, ground.unit);
    case 'ready':
      return ready(statement, target, ground.unit);
  }
}

/** R7, R19: a word is no completion. A lead hands in what is attached; a co-unit completes what was asked of it. */
function done(text: string, target: Spoken, { unit, files }: Ground): Decision {
  const { task } = target;
  const add: Move[] = files.length > 0 ? [{ move: 'addEvidence', unit, items: [...files] }] : [];
  if (isLead(task, unit)) {
    if (files.length === 0)
      return doubt(`${numberOf(task.id)} 回信称办结，但没有附佐证材料；办结以审核通过的佐证材料为准。`);
    return moveOn(target, ...add, { move: 'submitEvidence', unit });
  }
  const [open, ...others] = task.contributions.filter((one) => one.unit === unit && one.doneOn === null);
  if (!open) return doubt(`${numberOf(task.id)} 回信称办结，但本单位不是牵头单位，也没有待办的配合事项。`);
  if (others.length > 0) return doubt(`${numberOf(task.id)} 本单位有几件待办的配合事项，不知办结的是哪一件。`);
  if (text.length > MOVES.completeContribution.texts.text.max) return tooLong(task);
  return moveOn(target, ...add, { move: 'completeContribution', unit, contribution: open.id, text });
}

/** R27. The progress is told to whoever decides; that none was written is told him too. */
function extend({ to, reason, progress }: Extract<OfOne, { says: 'extend' }>, target: Spoken, unit: UnitId): Decision {
  const no = numberOf(target.task.id);
  if (to === null) return doubt(`${no} 申请延期，但没有写明延至哪年哪月哪日。`);
  if (reason === '') return doubt(`${no} 申请延期至${to}，但没有写原因。`);
  const { texts } = MOVES.requestExtension;
  if (reason.length > texts.reason.max || progress.length > texts.progress.max) return tooLong(target.task);
  const told = progress === '' ? '（回信未写进展）' : progress;
  return moveOn(target, { move: 'requestExtension', unit, to, reason, progress: told });
}

/** R15; R16 for a conditional task, whose report carries the question. */
function ready({ ready, text }: Extract<OfOne, { says: 'ready' }>, target: Spoken, unit: UnitId): Decision {
  const { task } = target;
  if (text.length > MOVES.declare.texts.reason.max) return tooLong(task);
  if (task.declaration) {
    if (!ready && text === '') return doubt(`${numberOf(task.id)} 回信称不具备条件，但没有写创造条件的措施。`);
    return moveOn(target, { move: 'declare', unit, ready, ...(text !== '' && { reason: text }) });
  }
  if (task.type === 'conditional' && task.dueOn === null) {
    const said = ready ? '具备条件' : '不具备条件';
    return moveOn(target, { move: 'report', unit, text: text === '' ? said : `${said}：${text}`, condition: ready });
  }
  return doubt(`${numberOf(task.id)} 不是两轨或条件任务，无须申报是否具备条件。`);
}

/** Shorter than any account of progress. */
const SHORTEST_REPORT = 6;
const QUESTION = /[?？]|请问|请教|怎么|如何|能否|可否|是否可以|打不开|不清楚|不明白/;

/** R18. Without numbers only where the letter asks one task for its report. */
function report(text: string, targets: readonly Spoken[] | null, { unit, tasks }: Ground): Decision {
  const meant = targets ?? tasks.filter(({ kinds }) => kinds.includes('report'));
  const [only, ...others] = meant;
  if (QUESTION.test(text)) return doubt('回信像是提问，请答复。');
  if (!only) return doubt('回信是一段文字，但信件没有请求反馈进展。');
  if (targets === null && others.length > 0) {
    return doubt(`信件请求反馈${meant.length}项任务的进展，回信没有写明是哪一项（应逐项写编号，如“1-07 …”）。`);
  }
  if (text.length < SHORTEST_REPORT) return doubt(`回信“${text}”太短，不能作为进展反馈。`);
  if (text.length > MOVES.report.texts.text.max) return tooLong(only.task);
  return { moves: meant.map(({ task }) => ({ task: task.id, move: { move: 'report', unit, text } })), doubts: [] };
}

function tooLong(task: Task): Decision {
  return doubt(`${numberOf(task.id)} 回信文字过长，请摘要后代为录入。`);
}

/** One mail that says two things of one task which exclude each other has said neither. */
function withoutContradictions(moves: Decision['moves']): Decision {
  const different = new Map(moves.map((one) => [JSON.stringify(one), one]));
  const unique = [...different.values()];
  const stances = (task: TaskId) => unique.filter((one) => one.task === task && STANCES.includes(one.move.move)).length;
  const torn = [...new Set(unique.map(({ task }) => task))].filter((task) => stances(task) > 1);
  if (torn.length === 0) return { ...NOTHING, moves: unique };
  const numbers = torn.map(numberOf).join('、');
  return {
    moves: unique.filter(({ task }) => !torn.includes(task)),
    doubts: [`${numbers} 回信前后说法不一，请核实。`],
  };
}

const STANCES: readonly string[] = ['submitEvidence', 'requestExtension', 'declare', 'completeContribution'];
