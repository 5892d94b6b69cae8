/** What every rule is given beside the task: the context, the actor, the instant and its day. */

import type { Day } from '../days';
import type { Context } from '../decider';
import type { Actor, EventDraft } from '../events';
import type { Move, MoveName } from '../intents';
import type { Refusal } from '../refusals';
import type { Alarm, Task } from '../task';

export interface Turn {
  context: Context;
  actor: Actor;
  at: string;
  on: Day;
}

/** What one person's move does to a task that {@link permits} allowed: events, or a refusal over dates. */
export type MoveRule<N extends MoveName> = (
  task: Task,
  move: Extract<Move, { move: N }>,
  turn: Turn,
) => EventDraft[] | Refusal;

/** The alarms that a rule wants to come, whether or not they were done already. */
export type AgendaRule = (task: Task, context: Context) => Alarm[];

/** What a rule does when one of its alarms counts. `missed`: a later alarm of the same chain is due already (R12). */
export type RingRule = (task: Task, alarm: Alarm, turn: Turn, missed: boolean) => EventDraft[];
