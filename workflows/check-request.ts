/**
 * What an update's validator says at once, without waiting for a turn (D1): a refusal here leaves no trace in history.
 * It must be synchronous: an async validator never refuses.
 */
import { ApplicationFailure } from '@temporalio/workflow';
import { type Refusal, refuse, sentenceOf } from '../domain/refusals';
import { isStorable } from '../domain/storable';
import { type MoveRequest, REFUSED } from './messages';

/** Clocks kept by NTP differ by less; a move from further ahead is a wrong clock (D5). */
const CLOCK_TOLERANCE_MS = 5_000;
/** D5: an older one has lain somewhere for so long that its sender must look again. */
const OLDEST_MS = 24 * 3_600_000;
/**
 * D8: more than the longest texts of any move together, and small enough that a history of a thousand moves stays far
 * below Temporal's 50 MB.
 */
const LARGEST_CHARACTERS = 30_000;

/** Form, size, storable text (D8) and age (D5) of a request; null when there is nothing against it. */
export function checkRequest(request: MoveRequest<object>, nowMs: number): Refusal | null {
  const text = JSON.stringify(request);
  if (text.length > LARGEST_CHARACTERS) {
    return refuse('text-too-long', { field: '内容', max: String(LARGEST_CHARACTERS) });
  }
  if (!everyText(request, isStorable)) return refuse('text-unstorable', { field: '内容' });
  const receivedMs = Date.parse(request.receivedAt);
  if (!(receivedMs <= nowMs + CLOCK_TOLERANCE_MS)) return refuse('in-the-future');
  return receivedMs < nowMs - OLDEST_MS ? refuse('too-old') : null;
}

/** Rejects the update; the refusal travels as the failure's detail. */
export function rejectWith(refusal: Refusal | null): void {
  if (refusal) throw ApplicationFailure.nonRetryable(sentenceOf(refusal, 'en'), REFUSED, refusal);
}

/** Names of fields count too: they are stored just the same. */
function everyText(value: unknown, fits: (text: string) => boolean): boolean {
  if (typeof value === 'string') return fits(value);
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([name, inner]) => fits(name) && everyText(inner, fits));
}
