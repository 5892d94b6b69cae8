/** `/sign-out`: ends the session here and in the database. */
import type { FastifyInstance } from 'fastify';
import { endSession } from '../../ledger/accounts/sessions';
import { sessionCookie } from './cookie';
import type { SignInParts } from './parts';

export function signOut(app: FastifyInstance, { desk, baseUrl, now }: SignInParts): void {
  const { name, options } = sessionCookie(baseUrl);
  app.post('/sign-out', async ({ signedIn }, reply) => {
    await endSession(desk.db, signedIn.session, now());
    return reply.clearCookie(name, options).redirect('/sign-in', 303);
  });
}
