/** `Idempotency-Key`: a program that lost an answer asks again, and what it asked for happens once. */
import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { freeRequest, type KeyedRequest, reserveRequest, settleRequest } from '../../ledger/api-requests';
import type { Db } from '../../ledger/database';
import { callerOf } from './caller';
import { Problem } from './problems';

/** As a move's id is written everywhere (D4); long enough that two programs do not choose the same. */
const idempotencyKey = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._:-]{7,99}$/, 'a key has 8 to 100 letters, digits and . _ : -');

/** Headers of a write. */
export const writeHeaders = z.looseObject({
  'idempotency-key': idempotencyKey.optional().meta({ description: 'repeats a request whose answer was lost' }),
});

/** The key of a request whose headers were checked. */
export function keyOf(request: FastifyRequest): string | null {
  const key = request.headers['idempotency-key'];
  return typeof key === 'string' ? key : null;
}

function keyedRequest(request: FastifyRequest, key: string, content: unknown): KeyedRequest {
  return {
    address: `${request.method} ${request.url.split('?')[0] ?? ''}`,
    key,
    login: callerOf(request).desk.user.login,
    digest: createHash('sha256')
      .update(JSON.stringify(content) ?? '')
      .digest('hex'),
  };
}

/**
 * Binds a key to what is asked, where the ledger itself keeps the answer: a move.
 * @throws Problem 422 if something else was asked under this key
 */
export async function bindKey(request: FastifyRequest, db: Db, content: unknown, now: string): Promise<void> {
  const key = keyOf(request);
  if (key === null) return;
  const { state } = await reserveRequest(db, keyedRequest(request, key, content), now);
  if (state === 'other') throw keyReused();
}

export interface Written {
  status: number;
  body: unknown;
}

/**
 * Does a write once for its key.
 * @throws Problem 422 for a key that was used for something else, 409 while the same request is being worked on
 */
export async function once(
  request: FastifyRequest,
  { db, content, now }: { db: Db; content: unknown; now: string },
  work: () => Promise<Written>,
): Promise<Written> {
  const key = keyOf(request);
  if (key === null) return work();
  const keyed = keyedRequest(request, key, content);
  const held = await reserveRequest(db, keyed, now);
  if (held.state === 'other') throw keyReused();
  if (held.state === 'answered') return { status: held.status, body: JSON.parse(held.body) };
  if (held.state === 'running') {
    throw new Problem(409, 'in-progress', '同一请求正在办理，请稍后再试。', 'the same request is being worked on');
  }
  try {
    const written = await work();
    await settleRequest(db, keyed, { status: written.status, body: JSON.stringify(written.body) });
    return written;
  } catch (error) {
    await freeRequest(db, keyed).catch(() => undefined);
    throw error;
  }
}

function keyReused(): Problem {
  const zh = '此Idempotency-Key已用于内容不同的请求，请换一个。';
  return new Problem(422, 'key-reused', zh, 'this Idempotency-Key was used for another request; choose a new one');
}
