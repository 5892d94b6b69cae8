/** `/`: where the signed-in user begins. */
import type { FastifyInstance } from 'fastify';
import { homeOf } from './pages/navigation';

export function home(app: FastifyInstance): void {
  app.get('/', async ({ signedIn }, reply) => reply.redirect(homeOf(signedIn.user), 303));
}
