/** How a vendor's error codes are read: one table per vendor, one meaning for codes that nobody listed. */
import type { ChatHanding } from './channel';
import type { HttpAnswer } from './http';
import type { Refused } from './tokens';

/** limited: we ask too often; the channel is left alone for a while. token: only the token is refused. */
export type Meaning = 'temporary' | 'limited' | 'permanent' | 'misconfigured' | 'token';

export type ErrorTable = Readonly<Record<string, Meaning>>;

/** A limit per minute is over by then; vendors that count by the day answer the same again. */
const PAUSE_MS = 60_000;

/**
 * @param said the code and the vendor's words, kept (words.ts)
 * @param meaning undefined: the table does not know the code. Then it is temporary: tried for minutes, then handed on
 */
export function verdictOf(
  meaning: Meaning | undefined,
  said: string,
  retryAfterMs: number | null,
): ChatHanding | Refused {
  switch (meaning) {
    case 'token':
      return { renew: said };
    case 'limited':
      return { outcome: 'temporary', answer: said, pauseMs: retryAfterMs ?? PAUSE_MS };
    case 'permanent':
    case 'misconfigured':
      return { outcome: meaning, answer: said };
    case 'temporary':
    case undefined:
      return { outcome: 'temporary', answer: said };
  }
}

/** An answer that is not the vendor's own (a proxy's page, a gateway's): what its status alone says. */
export function verdictOfStatus({ status, retryAfterMs }: HttpAnswer): ChatHanding {
  const answer = `HTTP ${status}`;
  if (status === 429) return { outcome: 'temporary', answer, pauseMs: retryAfterMs ?? PAUSE_MS };
  // A gateway lost the answer of the server behind it, which may have taken the letter.
  if (status === 502 || status === 504 || (status >= 200 && status < 300)) return { outcome: 'unsure', answer };
  if (status >= 500) return { outcome: 'temporary', answer };
  return { outcome: 'misconfigured', answer };
}
