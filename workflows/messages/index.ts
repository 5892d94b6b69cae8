/**
 * The leaf that workflows and clients share: inputs, wire names, ids, search attributes. Wire names are plain
 * camelCase verbs and never change; nothing here runs.
 */
import { defineSearchAttributeKey, type SearchAttributePair } from '@temporalio/common';
import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { Actor, TaskEvent } from '../../domain/events';
import type { Intent, Move } from '../../domain/intents';
import type { PlanId, PlanTask, TaskId, UnitId } from '../../domain/plan';
import type { PlanEvent, PlanIntent, PlanReports } from '../../domain/plan-reports';
import type { Refusal } from '../../domain/refusals';
import type { Slot } from '../../domain/rounds';
import type { Status, Task } from '../../domain/task';

/**
 * How a stream's workflow gets its state: by issuing it, from the ledger (a closed task that is moved again, or a
 * relaunch, D9), or from the run before it (D16).
 */
export type Beginning<State, Event, Issue> =
  | { from: 'issue'; epoch: number; intent: Issue }
  | { from: 'ledger'; relaunch: boolean }
  | { from: 'run'; carried: Carried<State, Event> };

/** What continue-as-new hands on: plain JSON. */
export interface Carried<State, Event> {
  epoch: number;
  state: State;
  /** The events it was told, the newest last, so that an older ledger can be filled again (D12). */
  log: Event[];
}

interface StreamInput {
  /** Minutes after 05:00 at which this stream's alarms ring, so that a shared deadline is no storm (R4). */
  spreadMinutes: number;
  /** History length at which the run hands over to the next; 1,000 when left out (D16). */
  eventsPerRun?: number;
}

export interface ReformTaskInput extends StreamInput {
  id: TaskId;
  begin: Beginning<Task, TaskEvent, Extract<Intent, { type: 'issue' }>>;
}

export interface PlanReportsInput extends StreamInput {
  id: PlanId;
  begin: Beginning<PlanReports, PlanEvent, Extract<PlanIntent, { type: 'issue' }>>;
}

export interface LaunchPlanInput {
  plan: PlanId;
  actor: Actor;
  /** When the tasks are issued: the instant of acceptance, or a later one (`--at`). Its day is the launch day (R11). */
  launchAt: string;
  /** How far the run before came. */
  progress?: LaunchProgress;
}

export interface LaunchProgress {
  stage: 'waiting' | 'starting' | 'done';
  /** Tasks of the plan looked at so far. */
  done: number;
  /** Those of them that were started by this launch; the others were running or closed already. */
  started: number;
  total: number | null;
}

/** What a mail round did. */
export interface RoundOutcome {
  slot: Slot;
  letters: number;
  /** Addressees whom the directory gives no address (R33). */
  undeliverable: number;
  handed: number;
  failed: number;
  /** The mail server had the letter and did not answer (D21). */
  unsure: number;
  /** Streams whose alarms had not rung when the letters were written (D22). */
  waitedInVain: number;
  /** Fates of letters that the next round passes on (D23). */
  owed: number;
}

/** A move as it travels. Its id is the update's id (D4). */
export interface MoveRequest<M> {
  actor: Actor;
  /** Stamped by the client's process (D5). */
  receivedAt: string;
  move: M;
}

/** What the sender of a move learns: what happened, or why not. */
export type MoveAnswer =
  | { outcome: 'recorded'; events: { seq: number; at: string; type: string }[] }
  | { outcome: 'refused'; refusal: Refusal };

/** 单位对整个方案的进展反馈 (R18). */
export interface PlanReport {
  unit: UnitId;
  text: string;
}

/** What a stream's workflow shows of itself to whoever asks Temporal instead of the ledger. */
export interface StreamView<State> {
  epoch: number;
  state: State | null;
  /** Sequence numbers of the carried events. */
  log: { from: number; to: number } | null;
  /** The last step that could not be recorded, and when it will be tried again. */
  trouble: { what: string; retryAt: string } | null;
}

/** One update for all moves: several names would be answered in the order of registration after a cold start. */
export const moveUpdate = defineUpdate<MoveAnswer, [MoveRequest<Move>]>('move');
export const reportUpdate = defineUpdate<MoveAnswer, [MoveRequest<PlanReport>]>('report');
/** Fates of letters (D23); a signal, because the mail room waits for no answer. */
export const deliverSignal = defineSignal<[Extract<Intent, { type: 'delivery' }>[]]>('deliver');
/** The working calendar changed (R6); a signal for the same reason. The argument names the new calendar. */
export const recalendarSignal = defineSignal<[{ calendar: string }]>('recalendar');
export const stateQuery = defineQuery<StreamView<Task>>('state');
export const planStateQuery = defineQuery<StreamView<PlanReports>>('state');
export const progressQuery = defineQuery<LaunchProgress>('progress');

/** Failure types of refused updates and of steps that can never be recorded (D8). */
export const REFUSED = 'Refused';
export const NOT_STORABLE = 'NotStorable';

export const taskWorkflowId = (task: TaskId): string => `task/${task}`;
export const planWorkflowId = (plan: PlanId): string => `plan/${plan}`;
export const launchWorkflowId = (plan: PlanId): string => `launch/${plan}`;

export const DUBAN_PLAN = defineSearchAttributeKey('DubanPlan', 'KEYWORD');
const DUBAN_LEAD = defineSearchAttributeKey('DubanLead', 'KEYWORD_LIST');
const DUBAN_UNITS = defineSearchAttributeKey('DubanUnits', 'KEYWORD_LIST');
const DUBAN_STATUS = defineSearchAttributeKey('DubanStatus', 'KEYWORD');
/** A calendar day as text: compares and sorts as it reads, and no zone can move it. */
export const DUBAN_DUE_ON = defineSearchAttributeKey('DubanDueOn', 'KEYWORD');

/** What an operator can search by. No light: it changes by the calendar and is computed when read (D13). */
export const SEARCH_ATTRIBUTES = [DUBAN_PLAN, DUBAN_LEAD, DUBAN_UNITS, DUBAN_STATUS, DUBAN_DUE_ON];

type Parties = readonly { unit: UnitId; role: string }[];

/** The search attributes of a task that stands so; the same at its start and after each change, or each would cost. */
export function searchAttributesOf(task: {
  plan: PlanId;
  parties: Parties;
  status: Status;
  dueOn: string | null;
}): SearchAttributePair[] {
  const units = [...new Set(task.parties.map((p) => p.unit))];
  const leads = [...new Set(task.parties.filter((p) => p.role === 'lead').map((p) => p.unit))];
  return [
    { key: DUBAN_PLAN, value: task.plan },
    { key: DUBAN_LEAD, value: whatFits(leads) },
    { key: DUBAN_UNITS, value: whatFits(units) },
    { key: DUBAN_STATUS, value: task.status },
    ...(task.dueOn ? [{ key: DUBAN_DUE_ON, value: task.dueOn }] : []),
  ];
}

/** A server refuses to start, or to go on with, what has a larger attribute: 2,048 bytes unless it is told otherwise. */
const ATTRIBUTE_BYTES = 2_000;

/** The first of them that fit into one attribute: some eighty units. All of them are in the ledger. */
function whatFits(units: readonly UnitId[]): UnitId[] {
  let left = ATTRIBUTE_BYTES;
  return units.filter((unit) => {
    // Quotes and a comma stand round each in JSON.
    left -= utf8BytesOf(unit) + 3;
    return left >= 0;
  });
}

function utf8BytesOf(text: string): number {
  return [...text].reduce(
    (sum, sign) => sum + (sign < '\u0080' ? 1 : sign < '\u0800' ? 2 : sign.length > 1 ? 4 : 3),
    0,
  );
}

/** What Temporal's pages show of a task; in the memo, because a summary is lost at continue-as-new (D16). */
export function memoOf(task: Pick<PlanTask, 'title'> & { parties: Parties }): Record<string, string> {
  const leads = task.parties.filter((p) => p.role === 'lead').map((p) => p.unit);
  return { title: task.title.slice(0, 100), leads: leads.join('、') };
}
