/**
 * The task desk: how people's programs speak to Duban. The command line and the console use nothing else.
 *
 * @example
 * const desk = await openDesk(places);
 * const actor = { name: '张三', role: 'unit', unit: 'zhuzhou:市税务局' } as const;
 * const outcome = await desk.move('zhuzhou-2020/1-07', { move: 'acknowledge', unit: actor.unit }, { actor });
 * if (outcome.outcome === 'refused') console.error(sentenceOf(outcome.refusal, 'zh'));
 * await desk.close();
 */
import { Client, Connection, type ConnectionOptions } from '@temporalio/client';
import type { Actor } from '../domain/events';
import type { Move } from '../domain/intents';
import { checkMove } from '../domain/move-check';
import type { PlanId, TaskId } from '../domain/plan';
import { refuse } from '../domain/refusals';
import type { RoundKind } from '../domain/rounds';
import { isStorable } from '../domain/storable';
import { CLOSED, type Task } from '../domain/task';
import { type Db, openDatabase } from '../ledger/database';
import { LedgerRefusal } from '../ledger/errors';
import { openStreams } from '../ledger/relaunch';
import {
  type LaunchProgress,
  moveUpdate,
  type PlanReport,
  planWorkflowId,
  type RoundOutcome,
  reportUpdate,
  taskWorkflowId,
} from '../workflows/messages';
import { errandStart, type Installation, resumePlanReports, resumeTask } from '../workflows/messages/starts';
import { Unreachable } from './errors';
import { type LaunchRequest, launch } from './launch';
import { type MoveOutcome, send } from './send';
import { storedAnswer, storedTask } from './stored';

export { LaunchRefused, UnknownOutcome, Unreachable } from './errors';
export type { LaunchRequest } from './launch';
export type { MoveOutcome } from './send';

export interface DeskConfig {
  databaseUrl: string;
  temporal: { connection: ConnectionOptions; namespace: string; taskQueue: string };
  alarmSpreadMinutes: number;
  /** How many connections to the ledger, and how long to wait for a free one; few and short when left out. */
  pool?: { connections: number; waitMs: number };
}

export interface MoveOptions {
  actor: Actor;
  /** Repeats a move whose outcome was unknown (D15). */
  moveId?: string;
  /** When it was received, where that was not now: a form that was sent and is forwarded (D5). ISO instant. */
  receivedAt?: string;
}

export interface Desk {
  /**
   * Makes a move on a task. A refusal is an answer, not an error.
   * @throws UnknownOutcome after ten seconds without an answer; repeat with its `moveId`
   */
  move(task: TaskId, move: Move, options: MoveOptions): Promise<MoveOutcome>;
  /** A unit's report on a plan as a whole (R18). Throws UnknownOutcome. */
  reportOnPlan(plan: PlanId, report: PlanReport, options: MoveOptions): Promise<MoveOutcome>;
  /** Launches a plan (R11, D14); safe to repeat. Throws LaunchRefused, and LedgerRefusal `unknown-plan`, `not-storable`. */
  launch(request: LaunchRequest): Promise<LaunchProgress>;
  /** Holds a mail round now (R34); null when this is no time for one (D18). */
  runRound(kind: RoundKind): Promise<RoundOutcome | null>;
  /** Tells every open task and plan that the working calendar is another one (R6): after `calendar import`. */
  tellCalendar(version: string): Promise<{ told: number; missing: string[] }>;
  /** Starts everything that is open anew from the ledger, in a new epoch (D9): all plans, or one. */
  relaunch(plan?: PlanId): Promise<{ relaunched: number }>;
  /** The task as the ledger has it, or null before its launch. */
  task(id: TaskId): Promise<Task | null>;
  /** For reading: lists, histories, letters (ledger/). */
  readonly db: Db;
  /** For what only Temporal can say. */
  readonly temporal: Client;
  close(): Promise<void>;
}

/**
 * Opens the desk.
 * @param now the clock by which moves are stamped (D5); only a test has another than the machine's
 * @throws Unreachable when Temporal cannot be reached
 */
export async function openDesk(config: DeskConfig, now: () => Promise<string> = machineClock): Promise<Desk> {
  const { connection: options, namespace, taskQueue } = config.temporal;
  const connection = await Connection.connect(options).catch((cause) => {
    throw new Unreachable('Temporal', { cause });
  });
  const database = openDatabase(config.databaseUrl, config.pool?.connections, 'application', config.pool?.waitMs);
  const temporal = new Client({ connection, namespace });
  const desk = deskOf(temporal, database.db, { taskQueue, alarmSpreadMinutes: config.alarmSpreadMinutes }, now);
  return {
    ...desk,
    async close() {
      await Promise.all([connection.close(), database.close()]);
    },
  };
}

async function machineClock(): Promise<string> {
  return new Date().toISOString();
}

function deskOf(temporal: Client, db: Db, installation: Installation, now: () => Promise<string>): Omit<Desk, 'close'> {
  function errand<Arg, Result>(workflow: string, id: string, arg: Arg): Promise<Result> {
    return temporal.workflow.execute<(arg: Arg) => Promise<Result>>(workflow, errandStart(id, arg, installation));
  }

  return {
    db,
    temporal,
    task: (id) => storedTask(db, id),
    async launch(request) {
      const { plan, signedBy, actor } = request;
      if (![plan, signedBy, actor.name, actor.unit ?? ''].every(isStorable)) {
        // The ledger would refuse every task of the plan, one by one (D8).
        throw new LedgerRefusal('not-storable', 'a name or an id has characters that cannot be stored');
      }
      return launch({ temporal, db, installation }, request, await now());
    },

    runRound: (kind) => errand('mailRound', `round/${kind}/by-hand`, kind),
    tellCalendar: (version) => errand('tellCalendar', `calendar/${version}`, version),
    relaunch: (plan) => errand('relaunchAll', `relaunch/${plan ?? 'all'}`, { plan: plan ?? null }),

    async move(id, move, { actor, moveId, receivedAt = '' }) {
      const request = { actor, receivedAt: receivedAt || (await now()), move };
      return send(
        temporal,
        { update: moveUpdate, workflowId: taskWorkflowId(id), request, moveId },
        {
          answerTo: (moved) => storedAnswer(db, 'task', id, moved),
          async resumption() {
            const task = await storedTask(db, id);
            if (!task) return refuse('not-launched');
            // An open one has its process elsewhere, or lost it: a second one beside it is an operator's decision (D9).
            if (!CLOSED.includes(task.status)) return refuse('no-process');
            // Asked here first, so that a refused move on a closed task starts nothing.
            const refusal = checkMove(task, move, actor);
            return refusal ?? { workflow: 'reformTask', options: resumeTask(task, false, installation) };
          },
        },
      );
    },

    async reportOnPlan(plan, report, { actor, moveId, receivedAt = '' }) {
      const request = { actor, receivedAt: receivedAt || (await now()), move: report };
      return send(
        temporal,
        { update: reportUpdate, workflowId: planWorkflowId(plan), request, moveId },
        {
          answerTo: (moved) => storedAnswer(db, 'plan', plan, moved),
          async resumption() {
            const open = await openStreams(db, plan);
            if (open.some(({ kind }) => kind === 'plan')) return refuse('no-process');
            return { workflow: 'planReports', options: resumePlanReports(plan, false, installation) };
          },
        },
      );
    },
  };
}
