/** `/healthz`: whether this process can do its work, for whoever watches it. */

import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import type { Desk } from '../client';
import { mailStandstill } from '../ledger/mail-health';

export function health(app: FastifyInstance, { db, temporal }: Desk): void {
  app.get('/healthz', async (_request, reply) => {
    const [ledger, server, lettersLeave] = await Promise.all([
      isWell(sql`SELECT 1`.execute(db)),
      isWell(temporal.connection.withDeadline(Date.now() + 3_000, () => temporal.workflowService.getSystemInfo({}))),
      mailStandstill(db, new Date().toISOString()).then(
        ({ stuckOn }) => stuckOn === null,
        () => null,
      ),
    ]);
    return reply
      .code(ledger && server ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({ ok: ledger && server, ledger, temporal: server, lettersLeave });
  });
}

function isWell(asked: Promise<unknown>): Promise<boolean> {
  return asked.then(
    () => true,
    () => false,
  );
}
