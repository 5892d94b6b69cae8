/** Sends what is stored, as it is stored, and records what the mail server said (D19 to D21). */
import { setTimeout as pause } from 'node:timers/promises';
import type { Slot } from '../domain/rounds';
import { loadCalendar } from '../ledger/calendars';
import { withLedgerErrors } from '../ledger/errors';
import { handOnTiredLetters } from '../ledger/letters/closing';
import { giveBack, type Leased, leaseLetters, lettersLeft, queueOf } from '../ledger/letters/fate';
import type { Channel, ChatHanding } from '../mail/channels/channel';
import { beat, isCancelled } from './beat';
import { createHand } from './letters-in-hand';
import type { MailParts } from './mail';
import { createSettler } from './settle-letters';

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
/** So many letters in a row that never came to a server are its absence, not the one connection that it closed. */
const AWAY_AFTER = 3;
/** Letters of one sender that a server has answered and the ledger has not recorded yet (D20). */
const RECORDED_BEHIND = 8;
/** A mail server that takes a letter and is silent for so long is as good as away: each would keep a sender from others. */
const SILENT_MS = 5_000;
/** So long a sender waits with a leased letter for its turn in the pace (D20); what must wait longer is given back. */
export const PACE_PATIENCE_MS = 25_000;

export function createSendLetters({ db, post, clock, from, channels = {} }: MailParts): SendActivities {
  const pauses = createPauses();
  return {
    sendLetters: (slot) =>
      withLedgerErrors(async () => {
        const calendar = await loadCalendar(db);
        const count = { handed: 0, permanent: 0, unsure: 0, temporary: 0, unreachable: 0, misconfigured: 0 };
        let begun = 0;
        const tried = new Set<string>();
        /** Queues whose server is away or refuses us: the next letter would fare alike. */
        const away = new Set<string>();
        const failing = new Map<string, number>();
        const began = performance.now();
        let isRecording = true;
        const inTime = () => isRecording && !isCancelled() && performance.now() - began < NO_NEW_LETTER_AFTER_MS;
        const paused = () => [...away, ...pauses.now()];
        await handOnTiredLetters(db, clock());
        const hand = createHand(db, post.connections, {
          lease: (most) => leaseLetters(db, slot, clock(), { tried, paused }, most),
          isPaused: (letter) => paused().includes(queueOf(letter)),
        });
        const settler = createSettler(db);

        const sendOne = (letter: Leased): Promise<ChatHanding> =>
          letter.channel === 'mail'
            ? post.send({ from: from.address, to: letter.address, bytes: letter.bytes })
            : sendOver(channels[letter.channel], { letter: letter.id, to: letter.address, body: letter.body });

        /** @returns false if the server is to be left alone for longer than a sender waits */
        const isItsTurn = async (letter: Leased) => {
          const until = performance.now() + PACE_PATIENCE_MS;
          for (let ms = pace(letter); ms > 0; ms = pace(letter)) {
            if (performance.now() + ms > until) {
              pauses.set(queueOf(letter), ms);
              return false;
            }
            await pause(ms);
          }
          return true;
        };
        const pace = ({ channel }: Leased) => (channel === 'mail' ? post.pace.take() : 0);

        const note = (letter: Leased, { outcome, pauseMs }: ChatHanding, tookMs: number) => {
          const queue = queueOf(letter);
          // Chats are asked for the same letters again within the slot: three without an answer, and they wait for it.
          const isSilent = outcome === 'unsure' && (letter.channel !== 'mail' || tookMs >= SILENT_MS);
          const isAway = outcome === 'unreachable' || isSilent;
          const inARow = isAway ? (failing.get(queue) ?? 0) + 1 : 0;
          failing.set(queue, inARow);
          if (outcome === 'misconfigured' || inARow >= AWAY_AFTER) away.add(queue);
          pauses.set(queue, pauseMs);
          count[outcome] += 1;
        };

        const recorded = (letter: Leased, handing: ChatHanding): Promise<void> => {
          const done = settler.settle({ slot, letter, handing, now: clock(), calendar }).then((handedOn) => {
            if (handedOn || handing.outcome === 'handed') tried.delete(letter.id);
            beat(begun);
          });
          // Whoever waits for it is told; nobody begins with another letter before.
          done.catch(() => {
            isRecording = false;
          });
          return done;
        };

        const sender = async () => {
          const recording: Promise<void>[] = [];
          while (inTime()) {
            let letter = await hand.next();
            if (!letter) {
              // The last ones may have been handed on to their next channel.
              await Promise.all(recording.splice(0));
              letter = await hand.next();
            }
            if (!letter) break;
            if (!(await isItsTurn(letter))) {
              await giveBack(db, [letter]);
              continue;
            }
            begun += 1;
            tried.add(letter.id);
            const since = performance.now();
            const handing = await sendOne(letter);
            note(letter, handing, performance.now() - since);
            recording.push(recorded(letter, handing));
            if (recording.length >= RECORDED_BEHIND) await recording.shift();
          }
          await Promise.all(recording);
        };
        try {
          await allEnd(Array.from({ length: post.connections }, sender));
        } finally {
          await hand.close();
        }

        const left = await lettersLeft(db, slot, clock());
        const retryInSeconds = left === 0 ? null : begun > 0 && !inTime() ? 1 : RETRY_SECONDS;
        return { handed: count.handed, failed: count.permanent, unsure: count.unsure, left, retryInSeconds };
      }),
  };
}

/** All of them to their end, then the first error: nothing goes on behind the activity's back. */
async function allEnd(works: Promise<void>[]): Promise<void> {
  const ended = await Promise.allSettled(works);
  for (const end of ended) if (end.status === 'rejected') throw end.reason;
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
