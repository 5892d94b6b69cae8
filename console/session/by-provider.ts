/** `/sign-in/oidc`: to the identity provider and back; what must come back lies sealed in the browser's own cookie. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { userOfIdentity } from '../../accounts/oidc-user';
import { AccountRefused } from '../../accounts/refusals';
import { seal, unseal } from '../../accounts/secret-box';
import { DOOR_LIMIT, signInPage, statusOf } from './by-password';
import { doorCookie } from './cookie';
import { proceed } from './enter';
import type { SignInParts } from './parts';
import { errandOf } from './stranger';

const PURPOSE = 'oidc flow';

/** Whoever needs longer at the provider begins again. */
const FLOW_LASTS_MS = 10 * 60_000;

const flowSchema = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  until: z.number(),
  errand: z.object({ next: z.string(), kept: z.string() }),
});

export function byProvider(app: FastifyInstance, parts: SignInParts): void {
  const { accounts, baseUrl, desk, now } = parts;
  if (!accounts.provider) return;
  const { by, redirectUri } = accounts.provider;
  const { name, options } = doorCookie('oidc', baseUrl);

  app.get('/sign-in/oidc', { config: DOOR_LIMIT }, async (request, reply) => {
    const errand = errandOf(request.query);
    try {
      const { address, flow } = await by.begin(redirectUri);
      const said = JSON.stringify({ ...flow, errand, until: Date.parse(now()) + FLOW_LASTS_MS });
      reply.setCookie(name, seal(accounts.keys, PURPOSE, said), options);
      return reply.redirect(address, 303);
    } catch (error) {
      request.log.error({ reason: reasonOf(error) }, 'identity provider not reached');
      return signInPage(parts, request, reply.code(503), { errand, refused: new AccountRefused('oidc-failed') });
    }
  });

  app.get('/sign-in/oidc/callback', { config: DOOR_LIMIT }, async (request, reply) => {
    const sealed = request.cookies[name];
    // It counts once, whatever comes of it.
    reply.clearCookie(name, options);
    const flow = flowSchema.safeParse(parsed(sealed === undefined ? null : unseal(accounts.keys, PURPOSE, sealed)));
    const errand = errandOf(flow.success ? flow.data.errand : {});
    try {
      if (!flow.success || flow.data.until < Date.parse(now())) throw new AccountRefused('oidc-failed');
      const query = request.url.slice(request.url.indexOf('?') + 1);
      const identity = await by.finish(redirectUri, query, flow.data);
      const login = await userOfIdentity(desk.db, identity, now());
      const { hasTwoFactors } = identity;
      return await proceed(parts, request, reply, { login, errand, by: 'provider', hasTwoFactors });
    } catch (error) {
      const refused = error instanceof AccountRefused ? error : new AccountRefused('oidc-failed');
      request.log.warn({ code: refused.code, reason: reasonOf(error) }, 'not signed in by the identity provider');
      return signInPage(parts, request, reply.code(statusOf(refused)), { errand, refused });
    }
  });
}

function parsed(text: string | null): unknown {
  return text === null ? null : JSON.parse(text);
}

/** What the library says names no token; its cause may hold the provider's whole answer and stays out of the log. */
function reasonOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 200) : 'unknown';
}
