/**
 * What is shown once after a form was sent: sealed in a cookie over the redirect, so that a reload repeats no act and no
 * secret stands in an address. Reading it ends it.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { seal, unseal } from '../../accounts/secret-box';
import { doorCookie } from './cookie';
import type { SignInParts } from './parts';

/** From one page to the next. */
const LASTS_SECONDS = 60;

type Parts = Pick<SignInParts, 'accounts' | 'baseUrl'>;

/** Keeps it for the next page of this user at that path. */
export function showOnce(parts: Parts, request: FastifyRequest, reply: FastifyReply, path: string, said: string): void {
  const { name, options } = doorCookie('once', parts.baseUrl);
  const sealed = seal(parts.accounts.keys, purposeOf(request, path), said);
  reply.setCookie(name, sealed, { ...options, sameSite: 'strict', maxAge: LASTS_SECONDS });
}

/** What was kept for this page, which is over with it; null: nothing, or not for it. */
export function takeShownOnce(parts: Parts, request: FastifyRequest, reply: FastifyReply, path: string): string | null {
  const { name, options } = doorCookie('once', parts.baseUrl);
  const sealed = request.cookies[name];
  if (sealed === undefined || request.method !== 'GET') return null;
  const said = unseal(parts.accounts.keys, purposeOf(request, path), sealed);
  if (said !== null) reply.clearCookie(name, { ...options, sameSite: 'strict' });
  return said;
}

/** It opens in the session that made it alone. */
function purposeOf({ signedIn }: FastifyRequest, path: string): string {
  return `shown once at ${path} in ${signedIn.session}`;
}
