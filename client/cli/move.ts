/** One move on one task, from what was typed to what came of it: the same for every command that moves. */
import { eventName } from '../../domain/event-words';
import type { Actor } from '../../domain/events';
import type { Move, MoveName } from '../../domain/intents';
import { type Light, lightOf } from '../../domain/light';
import { MOVES, type MoveRow } from '../../domain/moves';
import type { Plan, PlanTask, TaskId } from '../../domain/plan';
import { DEFAULT_POLICY } from '../../domain/policy';
import { isRefusal, type Refusal } from '../../domain/refusals';
import type { Task } from '../../domain/task';
import { loadCalendar } from '../../ledger/calendars';
import { type StoredPlan, showPlan } from '../../ledger/plans';
import { deskAs } from '../as-user';
import { type UnitNames, unitNames } from '../drafts/unit-names';
import type { Answer } from './call';
import { type FailureExit, refused, wrongCall } from './failure';
import { asTask, asText } from './inputs';
import { userOf } from './people';
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
export async function groundOf(session: Session, id: string): Promise<Ground & { stored: StoredPlan }> {
  const task = asTask(id);
  const db = await session.db();
  const stored = await showPlan(db, task.slice(0, task.indexOf('/')));
  const planTask = stored.plan.tasks.find((one) => one.id === task);
  if (!planTask) {
    const { id: plan } = stored.plan;
    throw wrongCall('unknown-task', `方案${plan}没有任务${task}。`, `the plan ${plan} has no task ${task}`, {
      next: `duban tasks --plan ${plan}`,
    });
  }
  return { task, planTask, plan: stored.plan, unit: await unitNames(db, stored.plan.city), stored };
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
  const { stored, ...ground } = await groundOf(session, id);
  const { task, plan } = ground;
  const move = await build(ground);
  const user = await userOf(session);
  const desk = deskAs(await session.desk(), user);
  const actor = desk.whoMoves(move, plan.office);
  if (isRefusal(actor)) throw refused(actor);
  const outcome = await desk.move(task, move, { moveId });
  // Without `seenSeq` nobody is told of others.
  if (outcome.outcome === 'changed') throw new RangeError('a command says nothing of what it saw');
  const after = await desk.task(task);
  if (outcome.outcome === 'refused') throw refused(outcome.refusal, exitOf?.(outcome.refusal, after));
  const light =
    after && lightOf(after, await loadCalendar(await session.db()), stored.policy ?? DEFAULT_POLICY, session.today());
  return answerOf({ move, actor, outcome, after, light });
}

interface Made {
  move: Move;
  actor: Actor;
  outcome: { moveId: string; events: { seq: number; at: string; type: string }[] };
  after: Task | null;
  light: Light | null;
}

function answerOf({ move, actor, outcome, after, light }: Made): Answer {
  const { moveId, events } = outcome;
  const next = after?.alarms[0] ?? null;
  const json = {
    task: after?.id ?? null,
    move,
    moveId,
    actor,
    events,
    status: after?.status ?? null,
    light,
    dueOn: after?.dueOn ?? null,
    originalDueOn: after?.originalDueOn ?? null,
    nextAlarm: next && { on: next.on, kind: next.kind, rung: next.rung, provisional: next.provisional },
  };
  const lines = [
    `${MOVES[move.move].zh}：已记录（${after?.id ?? ''} ${after?.title ?? ''}）`,
    ...events.map(({ seq, at, type }) => `  ${seq}. ${eventName(type)} ${timeText(at)}`),
    `  ${[light && `灯: ${lightText(light)}`, `时限: ${after?.dueOn ?? '无'}`, next && `下次提醒: ${next.on}`].filter(Boolean).join('   ')}`,
  ];
  return { json, text: lines.join('\n') };
}
