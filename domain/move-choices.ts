/** Which moves a user can make on a task now, and why not the others: what greys a button, in every place that has buttons. */
import type { Day } from './days';
import type { Actor } from './events';
import type { MoveName } from './intents';
import { permits } from './move-check';
import { MOVES, type MoveRow } from './moves';
import type { UnitId } from './plan';
import { type Refusal, refuse } from './refusals';
import { actorOf, type Capacity, type User } from './rights';
import { answerersOf, isLead, leadUnits, type Task } from './task';

export interface MoveChoice {
  move: MoveName;
  /** Null: it can be made. */
  refusal: Refusal | null;
  /** The units that can act in it, where the move needs one; for an office those in whose place it may act. */
  units: UnitId[];
  /** Who would make it. */
  actor: Actor;
}

/**
 * Every move of the user's roles, in the order of the table.
 * @param on the day on which it would be made
 */
export function moveChoices(task: Task, user: User, on: Day): MoveChoice[] {
  const actors = actorsOf(user);
  const names = Object.keys(MOVES) as MoveName[];
  return names.flatMap((move) => choiceOf(task, move, actors, on) ?? []);
}

/** One of them; null where none of the user's roles has it. */
export function moveChoice(task: Task, user: User, move: MoveName, on: Day): MoveChoice | null {
  return choiceOf(task, move, actorsOf(user), on);
}

function actorsOf({ name, capacities }: User): Actor[] {
  if (capacities === 'operator') return [];
  return capacities.flatMap((capacity: Capacity) => actorOf(name, capacity) ?? []);
}

function choiceOf(task: Task, move: MoveName, actors: readonly Actor[], on: Day): MoveChoice | null {
  const row: MoveRow = MOVES[move];
  const able = actors.filter(({ role }) => row.by.some((by) => by === role));
  let closed: MoveChoice | null = null;
  for (const actor of able) {
    const asked = actingUnits(task, row, actor).map((unit) => ({
      unit,
      refusal: whyNot(task, move, actor, unit) ?? tooLate(task, move, on),
    }));
    const open = asked.filter(({ refusal }) => refusal === null);
    const units = open.flatMap(({ unit }) => unit ?? []);
    if (open.length > 0) return { move, refusal: null, units, actor };
    const refusal = asked[0]?.refusal ?? refuse('not-a-party', { unit: actor.unit ?? '' });
    // Who serves several offices is told why not by the one whose task it is.
    if (closed === null || closed.refusal?.refused === 'not-your-unit') closed = { move, refusal, units: [], actor };
  }
  return closed;
}

/** Undefined: no unit acts in the move. */
function actingUnits(task: Task, row: MoveRow, actor: Actor): (UnitId | undefined)[] {
  if (row.as === null) return [undefined];
  if (actor.role === 'unit') return actor.unit === null ? [] : [actor.unit];
  return row.as === 'lead' ? leadUnits(task) : answerersOf(task);
}

/** The table, and what the rules would say whatever is typed into the form. */
function whyNot(task: Task, move: MoveName, actor: Actor, unit: UnitId | undefined): Refusal | null {
  return (
    permits(task, move, actor, unit) ??
    (unit === undefined ? null : settled(task, move, unit)) ??
    own(task, move, actor)
  );
}

/** R27: an extension is asked for before its date. */
function tooLate({ dueOn }: Task, move: MoveName, on: Day): Refusal | null {
  return move === 'requestExtension' && dueOn !== null && on > dueOn ? refuse('due-date-passed', { dueOn }) : null;
}

function settled(task: Task, move: MoveName, unit: UnitId): Refusal | null {
  if (move === 'acknowledge') {
    const known = Object.hasOwn(task.acknowledgements, unit) ? task.acknowledgements[unit] : undefined;
    return known?.acknowledgedOn === null ? null : refuse(known ? 'already-acknowledged' : 'not-a-party', { unit });
  }
  if (move === 'completeContribution') {
    const asked = task.contributions.some((one) => one.unit === unit && one.doneOn === null);
    return asked ? null : refuse('nothing-asked', { unit });
  }
  return null;
}

/** R25: nobody reviews what his own unit leads, but the head of the office. */
function own(task: Task, move: MoveName, { role, unit }: Actor): Refusal | null {
  if (move !== 'acceptEvidence' && move !== 'returnEvidence') return null;
  return role !== 'office-head' && unit !== null && isLead(task, unit) ? refuse('own-task') : null;
}
