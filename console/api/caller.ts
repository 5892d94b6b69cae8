/** Who calls the API: a bearer token becomes a user with his desk and the scopes of the token. Cookies count for nothing. */
import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Desk } from '../../client';
import { deskAs, type UserDesk } from '../../client/as-user';
import type { User } from '../../domain/rights';
import type { TokenScope } from '../../domain/token-scopes';
import { Problem } from './problems';

/** What a token stands for. */
export interface TokenBearer {
  user: User;
  scopes: readonly TokenScope[];
}

/** Asks what a token stands for; null: nobody's, expired or revoked. */
export type Authenticate = (bearer: string) => Promise<TokenBearer | null>;

export interface Caller {
  desk: UserDesk;
  scopes: readonly TokenScope[];
  /** The token's digest: whose requests are counted together. */
  token: string;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The scope that the route needs. */
    scope?: TokenScope;
  }
}

/** Guessing ends after so many wrong tokens of one address in a minute. */
const WRONG_TOKENS_PER_MINUTE = 30;

const callers = new WeakMap<FastifyRequest, Caller>();

/** Who calls; only behind {@link authenticateCallers}. */
export function callerOf(request: FastifyRequest): Caller {
  const caller = callers.get(request);
  if (!caller) throw new RangeError('nobody has called with a token');
  return caller;
}

/** The token's digest, or the address of who has none. */
export function countedAs(request: FastifyRequest): string {
  return callers.get(request)?.token ?? request.ip;
}

/** Every route of this part needs a token, and the scope of its `config`. */
export function authenticateCallers(api: FastifyInstance, desk: Desk, authenticate: Authenticate): void {
  const wrong = api.createRateLimit({
    max: WRONG_TOKENS_PER_MINUTE,
    timeWindow: 60_000,
    keyGenerator: (request) => `wrong ${request.ip}`,
  });
  api.addHook('onRequest', async (request, reply) => {
    const bearer = /^Bearer +([A-Za-z0-9._~+/-]{1,500}=*)$/i.exec(request.headers.authorization ?? '')?.[1];
    const found = bearer === undefined ? null : await authenticate(bearer);
    if (bearer === undefined || !found) {
      const { isAllowed, ...limit } = await wrong(request);
      if (!isAllowed && 'isExceeded' in limit && limit.isExceeded) {
        reply.header('retry-after', limit.ttlInSeconds);
        throw new Problem(
          429,
          'too-many-requests',
          '请求过于频繁，请稍后再试。',
          'too many wrong tokens; see Retry-After',
        );
      }
      // RFC 6750, 3.1: who sends no token is told how, and not that one is wrong.
      reply.header('www-authenticate', `Bearer realm="duban"${bearer === undefined ? '' : ', error="invalid_token"'}`);
      throw new Problem(
        401,
        'not-authenticated',
        '缺少令牌，或令牌无效、已过期。',
        'no token, or one that counts no more',
      );
    }
    const token = createHash('sha256').update(bearer).digest('base64url').slice(0, 22);
    callers.set(request, { desk: deskAs(desk, found.user), scopes: found.scopes, token });
    const needed = request.routeOptions.config.scope;
    if (needed !== undefined && !found.scopes.includes(needed)) {
      reply.header('www-authenticate', `Bearer realm="duban", error="insufficient_scope", scope="${needed}"`);
      throw new Problem(403, 'scope-missing', `令牌没有“${needed}”权限。`, `the token lacks the scope ${needed}`, {
        scope: needed,
      });
    }
  });
}
