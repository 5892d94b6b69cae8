/** Sends what is stored, as it is stored, and records what the mail server said (D19 to D21). */
import type { Slot } from '../domain/rounds';
import { loadCalendar } from '../ledger/calendars';
import { withLedgerErrors } from '../ledger/errors';
import { handOnTiredLetters } from '../ledger/letter-closing';
import { leaseLetter, lettersLeft, queueOf, settleAttempt } from '../ledger/letter-fate';
import type { Channel, ChatHanding } from '../mail/channels/channel';
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

export function createSendLetters({ db, post, clock, from, channels = {} }: MailParts): SendActivities {
  const pauses = createPauses();
  return {
    sendLetters: (slot) =>
      withLedgerErrors(async () => {
        const calendar = await loadCalendar(db);
        const count = { handed: 0, permanent: 0, unsure: 0, temporary: 0, unreachable: 0, misconfigured: 0 };
        const tried = new Set<string>();
        /** Queues whose server is away or refuses us: the next letter would fare alike. */
        const away = new Set<string>();
        const began = performance.now();
        const inTime = () => !isCancelled() && performance.now() - began < NO_NEW_LETTER_AFTER_MS;
        const paused = () => [...away, ...pauses.now()];
        await handOnTiredLetters(db, clock());

        const sender = async () => {
          while (inTime()) {
            const letter = await leaseLetter(db, slot, clock(), { tried, paused });
            if (!letter) return;
            const { id, channel, address, bytes, body } = letter;
            tried.add(id);
            const handing: ChatHanding =
              channel === 'mail'
                ? await post.send({ from: from.address, to: address, bytes })
                : await sendOver(channels[channel], { letter: id, to: address, body });
            if (handing.outcome === 'unreachable' || handing.outcome === 'misconfigured') away.add(queueOf(letter));
            pauses.set(queueOf(letter), handing.pauseMs);
            const { handedOn } = await settleAttempt(db, { slot, letter, handing, now: clock(), calendar });
            // With its next channel it is tried in this very pass.
            if (handedOn) tried.delete(id);
            count[handing.outcome] += 1;
            beat(tried.size);
          }
        };
        await Promise.all(Array.from({ length: SENDERS }, sender));

        const left = await lettersLeft(db, slot, clock());
        const isTold = count.unreachable + count.temporary + count.misconfigured === 0 && tried.size > 0;
        const retryInSeconds = left === 0 ? null : isTold && !inTime() ? 1 : RETRY_SECONDS;
        return { handed: count.handed, failed: count.permanent, unsure: count.unsure, left, retryInSeconds };
      }),
  };
}

/** What was stored for a channel whose settings are gone meanwhile goes to the next one. */
async function sendOver(
  channel: Channel | undefined,
  { letter, to, body }: { letter: string; to: string; body: string | null },
): Promise<ChatHanding> {
  if (!channel || body === null) return { outcome: 'misconfigured', answer: '本系统没有配置该通道' };
  return channel.send({ letter, to, body });
}

/** Servers that asked to be left alone, until when; kept from pass to pass. */
function createPauses() {
  const until = new Map<string, number>();
  return {
    now: () => [...until].flatMap(([queue, end]) => (end > performance.now() ? [queue] : [])),
    set(queue: string, ms: number | undefined): void {
      if (ms !== undefined) until.set(queue, performance.now() + ms);
    },
  };
}
