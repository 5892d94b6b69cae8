/** `/sign-in` and what belongs to it: pages for who is not signed in, and how he becomes so. */
import fastifyCookie from '@fastify/cookie';
import type { FastifyInstance } from 'fastify';
import { byPassword } from './by-password';
import { byProvider } from './by-provider';
import { firstLinks } from './first-links';
import type { SignInParts } from './parts';
import { secondStep } from './second-step';

export async function door(app: FastifyInstance, parts: SignInParts): Promise<void> {
  await app.register(async (outside) => {
    await outside.register(fastifyCookie);
    outside.addHook('onRequest', async (_request, reply) => {
      reply.header('cache-control', 'no-store');
    });
    byPassword(outside, parts);
    secondStep(outside, parts);
    byProvider(outside, parts);
    firstLinks(outside, parts);
  });
}
