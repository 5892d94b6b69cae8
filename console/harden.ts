/** Headers that keep a page from doing what it is not for: no script but our own files, no frame, no address told to others. */
import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';

/** @param baseUrl browsers are told to come back by HTTPS only where that is how they came */
export async function harden(app: FastifyInstance, baseUrl: string | null): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        // Scripts are files of ours; none stands in a page.
        scriptSrc: ["'self'"],
        connectSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: baseUrl?.startsWith('https:') ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    // The address of a page may be a key.
    referrerPolicy: { policy: 'no-referrer' },
  });
  app.addHook('onRequest', async (_request, reply) => {
    reply.header('x-robots-tag', 'noindex, nofollow');
  });
}
