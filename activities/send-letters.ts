/** Sends what is stored, as it is stored, and records what the mail server said (D19 to D21). */
import type { Slot } from '../domain/rounds';
import { loadCalendar } from '../ledger/calendars';
import { withLedgerErrors } from '../ledger/errors';
import { type Handing, leaseLetter, lettersLeft, settleAttempt } from '../ledger/letter-fate';
import { beat, isCancelled } from './beat';
import type { MailParts } from './mail';

export interface Sent {
  handed: number;
  /** Refused for good. */
  failed: number;
  /** The server had the letter and did not answer: same bytes in the next slot. */
  unsure: number;
  /** Letters of this slot that are still to be tried; 0 when they have been tried long enough (D21). */
  left: number;
  /** How long to wait before asking again; null when nothing is left. */
  retryInSeconds: number | null;
}

export interface SendActivities {
  /** One pass over what is to be sent. Ask again while `left` is above 0: attempts end by themselves (D21). */
  sendLetters(slot: Slot): Promise<Sent>;
}

/** Leaves room for one more attempt (connect, greeting, answer) within the activity's 90 s (D20). */
const NO_NEW_LETTER_AFTER_MS = 45_000;
/** A server that said "not now" (greylisting) or was away is asked again after a minute, some 20 times in a slot. */
const RETRY_SECONDS = 60;
/** Connections at once: few enough for any server, enough for some hundred letters in a pass. */
const SENDERS = 3;

export function createSendLetters({ db, post, clock, from }: MailParts): SendActivities {
  return {
    sendLetters: (slot) =>
      withLedgerErrors(async () => {
        const calendar = await loadCalendar(db);
        const count = { handed: 0, permanent: 0, unsure: 0, temporary: 0, unreachable: 0, misconfigured: 0 };
        const tried: string[] = [];
        const began = performance.now();
        const goesOn = () =>
          count.unreachable === 0 && !isCancelled() && performance.now() - began < NO_NEW_LETTER_AFTER_MS;

        const sender = async () => {
          while (goesOn()) {
            const letter = await leaseLetter(db, slot, clock(), tried);
            if (!letter) return;
            tried.push(letter.id);
            const handing: Handing = await post.send({ from: from.address, to: letter.address, bytes: letter.bytes });
            await settleAttempt(db, { slot, letter, handing, now: clock(), calendar });
            count[handing.outcome] += 1;
            beat(tried.length);
          }
        };
        await Promise.all(Array.from({ length: SENDERS }, sender));

        const left = await lettersLeft(db, slot, clock());
        const untried = count.unreachable + count.temporary === 0 && tried.length > 0;
        const retryInSeconds = left === 0 ? null : untried && !goesOn() ? 1 : RETRY_SECONDS;
        return { handed: count.handed, failed: count.permanent, unsure: count.unsure, left, retryInSeconds };
      }),
  };
}
