/**
 * The one write of every step, as activities: what is asked stands in history before it runs, so a retry asks the
 * same (D2). Errors are sorted here into those worth another try and those that are answered no for ever (D8).
 */
import { ApplicationFailure } from '@temporalio/common';
import type { RecordAnswer, RecordRequest, StreamKind } from '../ledger/contract';
import { LedgerRefusal } from '../ledger/errors';
import { type Carried, NOT_STORABLE } from '../workflows/messages';

type Asked = Pick<RecordRequest, 'kind' | 'stream' | 'epoch'>;

export interface StepRequest<Intent> extends Asked {
  expectedSeq: number;
  intent: Intent;
}

/** ledger/contract.ts for a stream of one kind. */
export type StepOutcome<Event> =
  | Exclude<RecordAnswer, { events: unknown }>
  | { outcome: 'recorded'; events: Event[] }
  | { outcome: 'ahead'; events: Event[] };

export interface FillRequest<Event> extends Asked {
  /** The events after the ledger's head, oldest first (D12). */
  events: Event[];
}

export interface LoadRequest {
  kind: StreamKind;
  stream: string;
}

/** What a stream of one kind asks of the ledger. */
export interface StreamActivities<State, Event, Intent> {
  /** D3. Never fails for good except with type `NotStorable`. */
  record(request: StepRequest<Intent>): Promise<StepOutcome<Event>>;
  /** Gives an older ledger back what this stream was told (D12). */
  fill(request: FillRequest<Event>): Promise<void>;
  /** State, epoch and the newest events; null when the ledger has no such stream. */
  loadStream(request: LoadRequest): Promise<Carried<State, Event> | null>;
}

/** The ledger's activities, with its errors in Temporal's words. */
export function createRecord<State, Event, Intent>(
  ledger: StreamActivities<State, Event, Intent>,
): StreamActivities<State, Event, Intent> {
  return {
    record: (request) => inTemporalsWords(() => ledger.record(request)),
    fill: (request) => inTemporalsWords(() => ledger.fill(request)),
    loadStream: (request) => inTemporalsWords(() => ledger.loadStream(request)),
  };
}

async function inTemporalsWords<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const code = codeOf(error);
    if (code === null || !(error instanceof Error)) throw error;
    const { message } = error;
    throw ApplicationFailure.create({ type: NOT_STORABLE, message, nonRetryable: true, details: [code], cause: error });
  }
}

/**
 * What another try would meet again: a refusal of the ledger, and a mistake in the rules, which would otherwise hold
 * the task's queue for ever. Either way that one step fails and the task lives on.
 */
function codeOf(error: unknown): string | null {
  if (error instanceof LedgerRefusal) return error.code;
  return error instanceof TypeError || error instanceof RangeError ? 'rules-failed' : null;
}
