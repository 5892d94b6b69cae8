/**
 * One mail round (R34): started by a schedule or by hand, gone in minutes. Its nominal time is nobody's business: it is
 * held for the latest slot that is not past, or not at all (D18).
 */
import { log, sleep } from '@temporalio/workflow';
import { type RoundKind, relievedAt, type Slot } from '../domain/rounds';
import type { RoundOutcome } from './messages';
import { roundActivities, sendingActivities } from './proxies';

/** D22: letters wait for alarms that are still ringing, but an office does not wait for its mail for ever. */
const WAIT_FOR_ALARMS_MS = 20 * 60_000;
/** Alarms of a morning have rung for hours by 09:00: a rare wait, looked at twice a minute. */
const LOOK_AGAIN_MS = 30_000;
/** A pass of sending takes seconds, a minute at a slow server: what begins later would keep the next urgent round away. */
const LAST_PASS_BEFORE_RELIEF_MS = 60_000;
/** Fates are read 500 at a time; what cannot be passed on now is owed to the next round. */
const FEEDBACK_PASSES = 20;

/**
 * @param early the day's next slot, for a round by hand that does not wait for it
 * @returns what became of the round; null when this is no time for one
 */
export async function mailRound(kind: RoundKind, early?: Slot): Promise<RoundOutcome | null> {
  const slot = early ?? (await roundActivities.openSlot(kind));
  if (!slot) return null;
  const waitedInVain = kind === 'routine' ? await waitForAlarms(slot) : 0;
  const { letters, undeliverable, unwritten } = await roundActivities.writeLetters(slot);
  // Undefined in histories from before it was counted.
  if (unwritten?.length) log.error('letters could not be written', { slot, unwritten });
  const sent = await sendAll(slot);
  const owed = await feedBack();
  return { slot, letters, undeliverable, ...sent, waitedInVain, owed };
}

/** @returns how many streams still had to ring when the round went on without them */
async function waitForAlarms(slot: Slot): Promise<number> {
  const until = Date.now() + WAIT_FOR_ALARMS_MS;
  for (;;) {
    const { waiting } = await roundActivities.awaitAlarms(slot);
    if (waiting === 0) return 0;
    if (Date.now() >= until) {
      log.warn('the round goes on without alarms that have not rung', { waiting, slot });
      return waiting;
    }
    await sleep(LOOK_AGAIN_MS, { summary: `${waiting} alarms to ring` });
  }
}

/**
 * Until nothing is left or it was tried long enough, which the activity knows (D21). An urgent round makes room for the
 * next one, which tries what is left: one address that says "not now" must not hold up everybody's urgent letters.
 */
async function sendAll(slot: Slot): Promise<Pick<RoundOutcome, 'handed' | 'failed' | 'unsure'>> {
  const sum = { handed: 0, failed: 0, unsure: 0 };
  const relief = relievedAt(slot);
  for (;;) {
    const pass = await sendingActivities.sendLetters(slot);
    sum.handed += pass.handed;
    sum.failed += pass.failed;
    sum.unsure += pass.unsure;
    if (pass.retryInSeconds === null) return sum;
    const pauseMs = pass.retryInSeconds * 1_000;
    if (relief !== null && Date.now() + pauseMs > relief - LAST_PASS_BEFORE_RELIEF_MS) return sum;
    await sleep(pauseMs, { summary: `${pass.left} letters to try again` });
  }
}

/** @returns how many fates no task could take now (D23) */
async function feedBack(): Promise<number> {
  for (let pass = 1; ; pass += 1) {
    const { fed, owed } = await roundActivities.feedBack();
    if (fed === 0 || pass === FEEDBACK_PASSES) return owed;
  }
}
