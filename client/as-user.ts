/**
 * The desk as one user may use it. Rights are enforced here and nowhere above, so that console, HTTP API and command
 * line cannot differ: every act asks the one table (domain/rights.ts), every read has the user's sight.
 */
import type { Actor, TaskEvent } from '../domain/events';
import type { Move } from '../domain/intents';
import { MOVES, type MoveRow } from '../domain/moves';
import type { PlanId, TaskId, UnitId } from '../domain/plan';
import { isRefusal, type Refusal, refuse } from '../domain/refusals';
import { actorOf, type Capacity, capacityFor, capacityForMove, type User } from '../domain/rights';
import type { Task } from '../domain/task';
import { eventsBetween } from '../ledger/head';
import { planRow } from '../ledger/plans';
import { streamId } from '../ledger/rules';
import type { LaunchProgress, PlanReport } from '../workflows/messages';
import type { Desk, LaunchRequest } from '.';
import { authorise, type Reader, readerAs } from './reader';
import type { MoveOutcome } from './send';
import { storedAnswer } from './stored';

export interface UserMoveOptions {
  /** Repeats a move whose outcome was unknown (D15). */
  moveId?: string;
  /** When it was received, where that was not now (D5). ISO instant. */
  receivedAt?: string;
  /** The number of the last event that the user saw: with a newer one by a person the move is not made, but told. */
  seenSeq?: number;
}

/** Another person moved the task after the user looked at it: nothing was done, and this is what the other did. */
export interface Changed {
  outcome: 'changed';
  since: TaskEvent[];
}

export interface UserDesk extends Reader {
  /** For reading, and for what no right limits. */
  readonly desk: Desk;
  /** The task as it stands; null before its launch and out of sight. */
  task(id: TaskId): Promise<Task | null>;
  /** Makes a move in the capacity that fits. A refusal is an answer. Throws UnknownOutcome. */
  move(id: TaskId, move: Move, options?: UserMoveOptions): Promise<MoveOutcome | Changed>;
  /** A unit's report on a plan as a whole (R18). Throws UnknownOutcome, and LedgerRefusal `unknown-plan`. */
  reportOnPlan(plan: PlanId, report: PlanReport, options?: UserMoveOptions): Promise<MoveOutcome>;
  /** Launches a plan (R11). Throws NotAllowed, LaunchRefused, LedgerRefusal. */
  launch(request: Omit<LaunchRequest, 'actor'>): Promise<LaunchProgress>;
  /** In which capacity the user would make this move on a task of that office, or why he may not. */
  whoMoves(move: Move, office: UnitId): Actor | Refusal;
}

/** The desk for this user. Closing the desk is its owner's. */
export function deskAs(desk: Desk, user: User): UserDesk {
  const reader = readerAs(desk.db, user);

  async function task(id: TaskId): Promise<Task | null> {
    const found = await desk.task(id);
    return found && reader.sees(found) ? found : null;
  }

  function whoMoves(move: Move, office: UnitId): Actor | Refusal {
    const row: MoveRow | undefined = Object.hasOwn(MOVES, move.move) ? MOVES[move.move] : undefined;
    if (!row) return refuse('unknown-move', { move: '' });
    const capacity = capacityForMove(user, move, { office, unit: actingUnit(row, move) });
    return isRefusal(capacity) ? capacity : acting(user, capacity);
  }

  return {
    ...reader,
    desk,
    task,
    whoMoves,

    async move(id, move, { moveId, receivedAt, seenSeq } = {}) {
      const refused = (refusal: Refusal): MoveOutcome => ({ outcome: 'refused', refusal, moveId: moveId ?? '' });
      if (moveId !== undefined && isEngineId(moveId)) return refused(refuse('bad-field', { field: 'moveId' }));
      const before = await task(id);
      if (!before) return refused(refuse('not-launched'));
      const actor = whoMoves(move, before.office);
      if (isRefusal(actor)) return refused(actor);
      if (seenSeq !== undefined && before.seq > seenSeq) {
        const isKnown = moveId !== undefined && (await storedAnswer(desk.db, 'task', id, moveId)) !== null;
        const since = isKnown ? [] : await peopleSince(desk, id, seenSeq, before.seq);
        if (since.length > 0) return { outcome: 'changed', since };
      }
      return desk.move(id, move, { actor, moveId, receivedAt });
    },

    async reportOnPlan(plan, report, options = {}) {
      const { moveId } = options;
      if (moveId !== undefined && isEngineId(moveId))
        return { outcome: 'refused', refusal: refuse('bad-field', { field: 'moveId' }), moveId };
      const { office } = await planRow(desk.db, plan);
      const capacity = capacityFor(user, 'reportOnPlan', { office, unit: report.unit });
      if (isRefusal(capacity)) return { outcome: 'refused', refusal: capacity, moveId: options.moveId ?? '' };
      return desk.reportOnPlan(plan, report, { actor: acting(user, capacity), ...options });
    },

    async launch(request) {
      const { office } = await planRow(desk.db, request.plan);
      const capacity = authorise(user, 'launch', { office });
      return desk.launch({ ...request, actor: acting(user, capacity) });
    },
  };
}

function acting(user: User, capacity: Capacity): Actor {
  const actor = actorOf(user.name, capacity);
  // The table gives an auditor no move, no launch and no report.
  if (!actor) throw new RangeError('an auditor acts on nothing');
  return actor;
}

/** Ids of what happens by itself. Whoever could take one for a move of his own would keep that alarm from ringing (D4). */
function isEngineId(moveId: string): boolean {
  return /^(?:ring|issue|letter|delivery|calendar|relaunch)\b/.test(moveId);
}

/** The unit that acts in the move, where a unit may. */
function actingUnit(row: MoveRow, move: Move): UnitId | undefined {
  return row.as !== null && 'unit' in move ? move.unit : undefined;
}

/** What people did in the task after an event; alarms and letters of the engine change nobody's mind. */
async function peopleSince(desk: Desk, id: TaskId, seen: number, head: number): Promise<TaskEvent[]> {
  const events = (await eventsBetween(desk.db, streamId('task', id), seen + 1, head)) as TaskEvent[];
  return events.filter(({ actor }) => actor.role !== 'system');
}
