/** What stands behind a link: whose it is, what it is about, and whether there is still something to answer. */

import type { Desk } from '../../client';
import { storedAnswer } from '../../client/stored';
import { ANSWERS, type AnswerLink } from '../../domain/answers/answers';
import { isExpired, lostPlace, standingOf } from '../../domain/answers/standing';
import { dayOf } from '../../domain/days';
import type { TaskEvent } from '../../domain/events';
import { nameOf } from '../../domain/notices';
import type { Task } from '../../domain/task';
import { fullDayText, instantText } from '../../domain/wording';
import { eventsAfter } from '../../ledger/head';
import { answerTo, type LinkAnswer, settleAnswer } from '../../ledger/letters/link-answers';
import { type LinkedLetter, linkedLetter } from '../../ledger/letters/links';
import { streamId } from '../../ledger/rules';
import { openAnswer } from '../../links/answer-link';
import type { LinkKeys } from '../../links/keys';
import { planStanding } from './plan-standing';

/** A link that is ours. */
export interface Visit {
  link: AnswerLink;
  digest: string;
  letter: LinkedLetter;
  /** Null for a report on a plan as a whole. */
  task: Task | null;
}

export type Opened =
  /** None of ours: nothing is said about any task. */
  | { state: 'unknown' }
  /** Ours once. `isRevoked`: a reply to its letter counts no more either. */
  | { state: 'void'; said: string; isRevoked: boolean }
  | { state: 'done'; visit: Visit; answer: LinkAnswer }
  | { state: 'over'; visit: Visit; said: string }
  /** `pending`: somebody's answer whose outcome nobody knows yet. */
  | { state: 'open'; visit: Visit; pending: LinkAnswer | null };

/** The most events of one task that are looked through; a task has some dozens a year. */
const EVENTS = 100_000;

/** Reads what a link means now; changes nothing but the note of an answer that the ledger knows already. */
export async function openLink(desk: Desk, keys: LinkKeys, token: string, now: string): Promise<Opened> {
  const { db } = desk;
  const opened = openAnswer(keys, token);
  if (!opened) return { state: 'unknown' };
  const { link, digest } = opened;
  const letter = await linkedLetter(db, link.letter);
  if (!letter || letter.unit !== link.unit) return { state: 'unknown' };
  if (letter.revokedAt)
    return { state: 'void', said: '这封信已被协调员收回，链接和对它的回信都不再有效。', isRevoked: true };
  const ofPlan = ANSWERS[link.answer].move === null;
  const task = ofPlan ? null : await desk.task(link.about);
  if (!ofPlan && !task) return { state: 'unknown' };
  const visit = { link, digest, letter, task };

  // Before the ledger is asked for the answer: an answer that it does not know then is not what ended the asking.
  const standing = task ? standingOf(task, link) : await planStanding(db, link);
  const held = await heldAnswer(desk, visit, now);
  const lapsed = await lapsedBy(desk, visit, now);
  if (held?.outcome === 'recorded') {
    // Whose link it was may know what he answered, and sees nothing new of the task.
    return lapsed ? gone(`${doneText(link, held)}${lapsed}`) : { state: 'done', visit, answer: held };
  }
  if (lapsed) return gone(lapsed);
  // Also where an answer is on its way: made now, it would be an answer to something else.
  if (standing.state === 'over') return { state: 'over', visit, said: standing.said };
  return { state: 'open', visit, pending: held };
}

function gone(said: string): Opened {
  return { state: 'void', said, isRevoked: false };
}

/** Why the link has ended by itself; null: it has not. */
async function lapsedBy(desk: Desk, { link, task }: Visit, now: string): Promise<string | null> {
  if (isExpired(link, dayOf(now))) return `链接的有效期到${fullDayText(link.until)}为止。`;
  return task && (await wasReassigned(desk, task, link)) ? '此项任务已调整责任单位，这个链接随之失效。' : null;
}

/** What was answered, by whom and when. */
export function doneText(link: AnswerLink, { who, at }: LinkAnswer): string {
  return `已经办过了：${whoseText(link, who)}，${instantText(at)}。`;
}

/** 市税务局 王莉 签收. */
export function whoseText({ unit, answer }: AnswerLink, who: string): string {
  return `${nameOf(unit)} ${who} ${ANSWERS[answer].label}`;
}

/** The answer that holds the link's place; what the ledger knows of it is noted. */
async function heldAnswer({ db }: Desk, { link, digest, task }: Visit, now: string): Promise<LinkAnswer | null> {
  const held = await answerTo(db, digest);
  if (held?.outcome !== 'pending') return held;
  const stored = await storedAnswer(db, task ? 'task' : 'plan', link.about, held.moveId);
  if (!stored) return held;
  const refusal = stored.outcome === 'refused' ? stored.refusal : null;
  await settleAnswer(db, held.moveId, refusal, now);
  return refusal ? null : { ...held, outcome: 'recorded' };
}

async function wasReassigned({ db }: Desk, task: Task, { unit, seq }: AnswerLink): Promise<boolean> {
  if (task.seq === seq) return false;
  // The stream's kind says whose events these are.
  const events = (await eventsAfter(db, streamId('task', task.id), 0, EVENTS)) as TaskEvent[];
  return lostPlace(events, unit, seq);
}
