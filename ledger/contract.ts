/** What `record` is asked and answers: the one write of every step (D2, D3). Plain JSON: it crosses Temporal. */

import type { TaskEvent } from '../domain/events';
import type { Intent } from '../domain/intents';
import type { PlanEvent, PlanIntent } from '../domain/plan-reports';
import type { Refusal } from '../domain/refusals';

/** A stream of events: a task's, or a plan's own. */
export type StreamKind = 'task' | 'plan';
export type AnyEvent = TaskEvent | PlanEvent;

export interface RecordRequest {
  kind: StreamKind;
  /** Task id or plan id. */
  stream: string;
  /** D9: an older epoch is superseded. */
  epoch: number;
  /** Number of the last event the asker knows; 0 before the first. */
  expectedSeq: number;
  intent: Intent | PlanIntent;
}

export type RecordAnswer =
  /** The events of this intent, now or from an earlier try (D3, D4). Empty: there was nothing to do. */
  | { outcome: 'recorded'; events: AnyEvent[] }
  | { outcome: 'refused'; refusal: Refusal }
  /** A newer epoch owns the stream: end silently (D9). */
  | { outcome: 'superseded' }
  /** The ledger is older than the asker: send the events after `head` with `fill` (D12). */
  | { outcome: 'behind'; head: number }
  /** The ledger is newer than the asker and does not know the intent: take these first, then ask again. */
  | { outcome: 'ahead'; events: AnyEvent[] };
