/** One move on one task, from what was typed to what came of it: the same for every command that moves. */
import { eventName } from '../../domain/event-words';
import type { Move, MoveName } from '../../domain/intents';
import { MOVES, type MoveRow } from '../../domain/moves';
import type { Plan, PlanTask, TaskId } from '../../domain/plan';
import { isRefusal, type Refusal } from '../../domain/refusals';
import type { Task } from '../../domain/task';
import { planIdOf } from '../../domain/task-ids';
import { showPlan } from '../../ledger/plans';
import { deskAs } from '../as-user';
import { type UnitNames, unitNames } from '../drafts/unit-names';
import { type MoveJson, moveJson } from '../reading/move-json';
import type { Answer } from './call';
import { type FailureExit, refused } from './failure';
import { asTask, asText } from './inputs';
import { userOf } from './people';
import { unknownTask } from './reading';
import type { Session } from './session';
import { lightText, timeText } from './table';

/** Where a move lands, for whoever builds it. */
export interface Ground {
  task: TaskId;
  planTask: PlanTask;
  plan: Plan;
  /** Units as people write them, in the plan's city. */
  unit: UnitNames;
}

export interface MoveCall {
  moveId?: string;
  /** The exit code of a refusal, where that depends on more than its code. */
  exitOf?: (refusal: Refusal, task: Task | null) => FailureExit | undefined;
}

/** Reads a text that the move needs, with the length that the table of moves allows. */
export function moveText(name: MoveName, field: string): (text: string) => string {
  const row: MoveRow = MOVES[name];
  const rule = row.texts[field];
  if (!rule) throw new RangeError(`${name} has no text ${field}`);
  return asText(rule.name, rule.max);
}

/** Where a task stands in its plan. Throws a wrong call when there is none. */
export async function groundOf(session: Session, id: string): Promise<Ground> {
  const task = asTask(id);
  const db = await session.db();
  const stored = await showPlan(db, planIdOf(task));
  const planTask = stored.plan.tasks.find((one) => one.id === task);
  if (!planTask) {
    throw unknownTask(stored.plan.id, task);
  }
  return { task, planTask, plan: stored.plan, unit: await unitNames(db, stored.plan.city) };
}

/**
 * Makes a move.
 * @param build makes it of what was typed; everything in it is checked before anything is sent
 */
export async function makeMove(
  session: Session,
  id: string,
  { moveId, exitOf }: MoveCall,
  build: (ground: Ground) => Move | Promise<Move>,
): Promise<Answer> {
  const ground = await groundOf(session, id);
  const { task, plan } = ground;
  const move = await build(ground);
  const user = await userOf(session);
  const desk = deskAs(await session.desk(), user);
  const actor = desk.whoMoves(move, plan.office);
  if (isRefusal(actor)) throw refused(actor);
  const outcome = await desk.move(task, move, { moveId });
  // Without `seenSeq` nobody is told of others.
  if (outcome.outcome === 'changed') throw new RangeError('a command says nothing of what it saw');
  // Who moved a task may see what came of it, also when he has no part in it any longer.
  const after = await desk.desk.task(task);
  if (outcome.outcome === 'refused') throw refused(outcome.refusal, exitOf?.(outcome.refusal, after));
  if (!after) throw new RangeError(`${task} was moved and is not there`);
  const made = await moveJson(await session.db(), { move, outcome, after, today: session.today() });
  return { json: { ...made, actor }, text: textOf(move, made, after) };
}

function textOf({ move }: Move, { events, light, nextAlarm }: MoveJson, after: Task): string {
  return [
    `${MOVES[move].zh}：已记录（${after.id} ${after.title}）`,
    ...events.map(({ seq, at, type }) => `  ${seq}. ${eventName(type)} ${timeText(at)}`),
    `  ${[`灯: ${lightText(light)}`, `时限: ${after.dueOn ?? '无'}`, nextAlarm && `下次提醒: ${nextAlarm.on}`].filter(Boolean).join('   ')}`,
  ].join('\n');
}
