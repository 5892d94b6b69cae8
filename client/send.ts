/**
 * A move on its way to a durable process and back. Its id is made here, is the update's id, and is kept in the ledger,
 * so the same move sent twice happens once (D4, D15).
 */
import { randomUUID } from 'node:crypto';
import {
  type Client,
  WithStartWorkflowOperation,
  WorkflowNotFoundError,
  type WorkflowStartOptions,
  WorkflowUpdateFailedError,
} from '@temporalio/client';
import { ApplicationFailure, type UpdateDefinition, type WorkflowIdConflictPolicy } from '@temporalio/common';
import { isRefusal, type Refusal, refuse } from '../domain/refusals';
import { isStorable } from '../domain/storable';
import { type MoveAnswer, type MoveRequest, REFUSED } from '../workflows/messages';
import { UnknownOutcome } from './errors';

/** How long a sender waits before he asks the ledger instead (D15): most moves are answered in a tenth of a second. */
const WAIT_MS = 10_000;

/** Far longer than any id of ours, and below what Temporal takes (1,000 bytes). */
const LONGEST_ID = 300;

export type MoveOutcome = MoveAnswer & { moveId: string };

/** A move, or a report on a plan, and where it goes. */
export interface Sending<M> {
  update: UpdateDefinition<MoveAnswer, [MoveRequest<M>]>;
  workflowId: string;
  request: MoveRequest<M>;
  /** Of the move whose outcome was unknown and that is repeated; a new one when left out. */
  moveId?: string;
}

/** What a sender finds in the ledger when the process does not answer. */
export interface Recourse {
  /** The stored outcome of a move, or null. */
  answerTo(moveId: string): Promise<MoveAnswer | null>;
  /** How the process is started again from the ledger, or why the answer is no without it. */
  resumption(): Promise<Refusal | Resumption>;
}

export interface Resumption {
  workflow: string;
  options: WorkflowStartOptions & { workflowIdConflictPolicy: WorkflowIdConflictPolicy };
}

/** No answer: `closed`, nobody runs who could give one; `unknown`, somebody may. */
type Silence = { silence: 'closed' | 'unknown'; cause: unknown };

/**
 * Sends a move and waits for its answer.
 * @throws UnknownOutcome when neither the process nor the ledger can say
 */
export async function send<M>(temporal: Client, sending: Sending<M>, recourse: Recourse): Promise<MoveOutcome> {
  const moveId = sending.moveId ?? randomUUID();
  const { update, workflowId, request } = sending;
  // Neither server takes such an id, and neither says so in a way that could be told from silence (D8).
  if (![moveId, workflowId].every((id) => isStorable(id) && id.length <= LONGEST_ID)) {
    return { outcome: 'refused', refusal: refuse('text-unstorable', { field: '编号' }), moveId };
  }
  const handle = temporal.workflow.getHandle(workflowId);
  const options = { updateId: moveId, args: [request] satisfies [MoveRequest<M>] } as const;

  const first = await within(temporal, () => handle.executeUpdate(update, options));
  // A process remembers its newest events only: what it refuses a repeated move may be that move's own effect (D4).
  const isFinal = 'outcome' in first && (first.outcome === 'recorded' || sending.moveId === undefined);
  if (isFinal) return { ...first, moveId };
  const stored = await orUnknown(moveId, first, () => recourse.answerTo(moveId));
  if (stored) return { ...stored, moveId };
  if ('outcome' in first) return { ...first, moveId };
  if (first.silence === 'unknown') throw new UnknownOutcome(moveId, { cause: first.cause });

  // A closed task costs nothing until somebody moves it: then it runs again, from the ledger.
  const resumption = await orUnknown(moveId, first, () => recourse.resumption());
  if (isRefusal(resumption)) return { outcome: 'refused', refusal: resumption, moveId };
  const start = new WithStartWorkflowOperation(resumption.workflow, resumption.options);
  const again = await within(temporal, () =>
    temporal.workflow.executeUpdateWithStart(update, { ...options, startWorkflowOperation: start }),
  );
  if ('outcome' in again) return { ...again, moveId };
  throw new UnknownOutcome(moveId, { cause: again.cause });
}

async function within(temporal: Client, ask: () => Promise<MoveAnswer>): Promise<MoveAnswer | Silence> {
  try {
    return await temporal.connection.withDeadline(Date.now() + WAIT_MS, ask);
  } catch (cause) {
    if (cause instanceof WorkflowNotFoundError) return { silence: 'closed', cause };
    if (!(cause instanceof WorkflowUpdateFailedError)) return { silence: 'unknown', cause };
    const refusal = refusalIn(cause);
    // Failed without a refusal: the process ended while the move was on its way.
    return refusal ? { outcome: 'refused', refusal } : { silence: 'closed', cause };
  }
}

function refusalIn({ cause }: WorkflowUpdateFailedError): Refusal | null {
  if (!(cause instanceof ApplicationFailure) || cause.type !== REFUSED) return null;
  const detail: unknown = cause.details?.[0];
  return typeof detail === 'object' && detail !== null && isRefusal(detail) ? detail : null;
}

/** Who cannot ask the ledger either knows nothing. */
async function orUnknown<T>(moveId: string, first: MoveAnswer | Silence, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    const causes = 'cause' in first ? [first.cause, error] : [error];
    throw new UnknownOutcome(moveId, { cause: new AggregateError(causes) });
  }
}
