/**
 * `/metrics`: whether letters leave, for Prometheus. Read from the ledger at each scrape, so that every process gives
 * the same answer; to this machine, and to whoever knows the token.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Gauge, Registry } from 'prom-client';
import type { Desk } from '../client';
import { type MailHealth, mailHealth } from '../ledger/mail-health';

/** Name, meaning, and what it is reckoned from; seconds since 1970 for instants, as Prometheus has them. */
const GAUGES: readonly [string, string, (health: MailHealth) => number][] = [
  ['duban_notices_waiting', 'Notices that no letter holds yet', (h) => h.notices],
  ['duban_letters_waiting', 'Letters to be sent, in sending, or of unknown fate', (h) => h.waiting],
  ['duban_letters_unsure', 'Letters that a server had and did not answer', (h) => h.unsure],
  [
    'duban_letters_oldest_waiting_timestamp_seconds',
    'When the oldest of them was written; 0: none waits',
    (h) => secondsOf(h.oldestAt),
  ],
  ['duban_letters_failed_last_day', 'Letters refused for good or without an address, in 24 hours', (h) => h.failed],
  [
    'duban_letters_superseded_last_day',
    'Letters whose notices went into a later one, in 24 hours',
    (h) => h.superseded,
  ],
  [
    'duban_letters_last_handed_over_timestamp_seconds',
    'When a letter was handed over last; 0: never',
    (h) => secondsOf(h.lastHandedAt),
  ],
  [
    'duban_letters_stuck_since_timestamp_seconds',
    'The first round since which nothing left; 0: letters leave',
    (h) => secondsOf(h.stuckSince),
  ],
  [
    'duban_letters_stuck_for_a_working_day',
    '1: no letter left for a whole working day',
    (h) => (h.stuckOn === null ? 0 : 1),
  ],
  [
    'duban_tasks_standing_still',
    'Open tasks whose clocks stand still because letters did not arrive',
    (h) => h.standingStill,
  ],
];

/** @param token null: only this machine is answered */
export function metrics(app: FastifyInstance, { db }: Desk, token: string | null): void {
  const registry = new Registry();
  const gauges = GAUGES.map(([name, help, of]) => ({ gauge: new Gauge({ name, help, registers: [registry] }), of }));
  app.get('/metrics', async (request, reply) => {
    if (!isAllowed(request, token)) return reply.code(403).type('text/plain').send('forbidden\n');
    const health = await mailHealth(db, new Date().toISOString());
    for (const { gauge, of } of gauges) gauge.set(of(health));
    return reply
      .type(registry.contentType)
      .header('cache-control', 'no-store')
      .send(await registry.metrics());
  });
}

/** Any of these says that the asker is somebody else than the other end of the connection. */
const PASSED_ON = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip'];

/** A proxy on this machine speaks for anybody: what it passes on needs the token. */
function isAllowed({ headers, socket }: FastifyRequest, token: string | null): boolean {
  const shown = /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1];
  if (token !== null && shown !== undefined && same(shown, token)) return true;
  const isPassedOn = PASSED_ON.some((name) => headers[name] !== undefined);
  return !isPassedOn && /^(127\.|::1$|::ffff:127\.)/.test(socket.remoteAddress ?? '');
}

function same(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}

function secondsOf(instant: string | null): number {
  return instant === null ? 0 : Date.parse(instant) / 1_000;
}
