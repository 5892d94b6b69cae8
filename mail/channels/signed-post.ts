/**
 * A signed POST to a program of somebody's own, as Standard Webhooks describes it: an id that stays the same however
 * often it is repeated, a timestamp, and an HMAC over both and the body. https://www.standardwebhooks.com
 */
import { createHmac } from 'node:crypto';
import type { ChatHanding } from './channel';
import { type HttpAnswer, isAnswer, request } from './http';
import { kept } from './words';

export interface SignedPost {
  url: string;
  /** `whsec_` and base64. */
  secret: string;
  id: string;
  body: string;
}

/** Hands the body over and reads the answer by its status, which is all that is asked of the other side. */
export async function signedPost({ url, secret, id, body }: SignedPost, now = Date.now): Promise<ChatHanding> {
  const timestamp = Math.floor(now() / 1000).toString();
  const got = await request({
    method: 'POST',
    url: new URL(url),
    headers: {
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': `v1,${signatureOf(secret, `${id}.${timestamp}.${body}`)}`,
      'user-agent': 'Duban',
    },
    body,
  });
  return isAnswer(got) ? judged(got, secret) : got;
}

function signatureOf(secret: string, signed: string): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  return createHmac('sha256', key).update(signed, 'utf8').digest('base64');
}

/** The way of the errors of HTTP (RFC 9110), and of Standard Webhooks for 410: the endpoint is gone. */
function judged({ status, json, retryAfterMs }: HttpAnswer, secret: string): ChatHanding {
  const words = typeof json?.error === 'string' ? ` ${json.error}` : '';
  const answer = kept(`HTTP ${status}${words}`, [secret]);
  if (status >= 200 && status < 300) return { outcome: 'handed', answer };
  if ([400, 413, 415, 422].includes(status)) return { outcome: 'permanent', answer };
  if (status === 429 || status === 503) {
    return { outcome: 'temporary', answer, ...(retryAfterMs !== null && { pauseMs: retryAfterMs }) };
  }
  if (status === 502 || status === 504) return { outcome: 'unsure', answer };
  if (status >= 500 || status === 408 || status === 425) return { outcome: 'temporary', answer };
  return { outcome: 'misconfigured', answer };
}

/** Whether anything answers there; nothing is delivered by asking. Null: it does. */
export async function silence(url: string): Promise<string | null> {
  const got = await request({ method: 'OPTIONS', url: new URL(url) });
  return isAnswer(got) ? null : got.answer;
}
