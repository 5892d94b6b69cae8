/** Short processes that a worker carries out and a person waits for: a mail round, a changed calendar, a relaunch. */
import { randomUUID } from 'node:crypto';
import type { RoundKind } from '../../domain/rounds';
import type { RoundOutcome } from '../../workflows/messages';
import type { Session } from './session';
import { requireWorker } from './workers';

/** Holds a round now; null when this is no time for one (D18). */
export function runRound(session: Session, kind: RoundKind): Promise<RoundOutcome | null> {
  return sweep<RoundOutcome | null>(session, 'mailRound', `round/${kind}/by-hand/${randomUUID()}`, kind);
}

/** Tells every open task and plan that the calendar changed (R6). */
export function tellCalendar(session: Session, version: string): Promise<{ told: number; missing: string[] }> {
  return sweep(session, 'tellCalendar', `calendar/${version}/${randomUUID()}`, version);
}

/** Starts everything that is open anew from the ledger (D9). */
export function relaunchAll(session: Session, plan: string | null): Promise<{ relaunched: number }> {
  return sweep(session, 'relaunchAll', `relaunch/${randomUUID()}`, { plan });
}

async function sweep<T>(session: Session, workflow: string, workflowId: string, argument: unknown): Promise<T> {
  await requireWorker(session);
  const { temporal } = await session.desk();
  const { taskQueue } = session.config.temporal;
  return temporal.workflow.execute<(argument: unknown) => Promise<T>>(workflow, {
    taskQueue,
    workflowId,
    args: [argument],
  });
}
