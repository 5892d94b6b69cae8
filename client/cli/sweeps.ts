/** What a worker does while a person waits for it: mail rounds, a changed calendar, a relaunch. */
import type { WorkCalendar } from '../../domain/calendar';
import { isWorkingDay } from '../../domain/calendar';
import { dayOf, instantOf } from '../../domain/days';
import { OFFICE_CLOSES, ROUTINE_ROUNDS, type RoundKind, type Slot } from '../../domain/rounds';
import type { RoundOutcome } from '../../workflows/messages';
import type { Session } from './session';
import { whileServed } from './workers';

/** Holds a round for the latest slot that is not past (D18); null when there is none. */
export async function runRound(session: Session, kind: RoundKind): Promise<RoundOutcome | null> {
  const desk = await session.desk();
  return whileServed(session, () => desk.runRound(kind));
}

/** Holds the day's next routine round without waiting for it. */
export async function runEarly(session: Session, slot: Slot): Promise<RoundOutcome | null> {
  const { temporal } = await session.desk();
  const { taskQueue } = session.config.temporal;
  type Round = (kind: RoundKind, early: Slot) => Promise<RoundOutcome | null>;
  const options = {
    taskQueue,
    workflowId: `round/routine/early/${slot.at}`,
    workflowIdConflictPolicy: 'USE_EXISTING',
    args: ['routine', slot] as [RoundKind, Slot],
  } as const;
  return whileServed(session, () => temporal.workflow.execute<Round>('mailRound', options));
}

/** The routine slot of today that is still to come; null on a day off, and when the day's last one has passed. */
export function nextSlot(calendar: WorkCalendar, instant: string): Slot | null {
  const on = dayOf(instant);
  if (!isWorkingDay(calendar, on) || instant >= instantOf(on, OFFICE_CLOSES)) return null;
  const round = ROUTINE_ROUNDS.find((time) => instantOf(on, time) > instant);
  return round ? { on, round, at: instantOf(on, round) } : null;
}

/** Tells every open task and plan that the calendar changed (R6). */
export async function tellCalendar(session: Session, version: string): Promise<{ told: number; missing: string[] }> {
  const desk = await session.desk();
  return whileServed(session, () => desk.tellCalendar(version));
}

/** Starts everything that is open anew from the ledger (D9). */
export async function relaunchAll(session: Session): Promise<{ relaunched: number }> {
  const desk = await session.desk();
  return whileServed(session, () => desk.relaunch());
}
