/** From a proven password, or a provider's word, to a session: by the second factor where one is owed. */

import type { FastifyReply, FastifyRequest } from 'fastify';
import { digestOf, newSecret } from '../../accounts/random-token';
import { mustHaveFactor, newFactor } from '../../accounts/second-factor';
import { instantAfter } from '../../domain/days';
import { factorOf } from '../../ledger/accounts/credentials';
import { beginHalf, endHalf, findHalf, type HalfSignIn } from '../../ledger/accounts/half-sign-ins';
import { beginSession, endSession } from '../../ledger/accounts/sessions';
import { findUser } from '../../ledger/accounts/users';
import { doorCookie, sessionCookie } from './cookie';
import type { SignInParts } from './parts';
import { type Errand, withErrand } from './stranger';

/** Long enough to find the telephone and to set it up. */
const HALF_LASTS_MINUTES = 10;

interface Arrival {
  login: string;
  errand: Errand;
  /** How he came, for the log. */
  by: 'password' | 'provider' | 'link';
  /** The identity provider asked for two already. */
  hasTwoFactors?: boolean;
}

/** The next step of a sign-in: the code, setting it up, or in. */
export async function proceed(
  parts: SignInParts,
  request: FastifyRequest,
  reply: FastifyReply,
  { login, errand, by, hasTwoFactors = false }: Arrival,
): Promise<FastifyReply> {
  const { db } = parts.desk;
  const user = await findUser(db, login);
  const factor = hasTwoFactors ? null : await factorOf(db, login);
  const mustSetUp = !factor && !hasTwoFactors && user !== null && mustHaveFactor(user, parts.accounts.factorRule);
  if (!factor && !mustSetUp) return enter(parts, request, reply, { login, to: afterSignIn(errand), by });
  const secret = factor ? null : newFactor(parts.accounts.keys, login);
  const id = newSecret();
  const now = parts.now();
  const endsAt = instantAfter(now, HALF_LASTS_MINUTES * 60_000);
  await beginHalf(db, { digest: digestOf(id), login, secret, endsAt, now });
  const { name, options } = doorCookie('half', parts.baseUrl);
  reply.setCookie(name, id, options);
  return reply.redirect(withErrand(factor ? '/sign-in/code' : '/sign-in/set-up', errand), 303);
}

/** Whom this browser has half signed in. */
export async function halfOf(
  { desk, baseUrl, now }: SignInParts,
  request: FastifyRequest,
): Promise<(HalfSignIn & { digest: string }) | null> {
  const id = request.cookies[doorCookie('half', baseUrl).name];
  if (id === undefined) return null;
  const digest = digestOf(id);
  const half = await findHalf(desk.db, digest, now());
  return half && { ...half, digest };
}

/** Both factors were shown: the half sign-in ends, a session begins. Null if another was first. */
export async function enterFromHalf(
  parts: SignInParts,
  request: FastifyRequest,
  reply: FastifyReply,
  { login, digest }: { login: string; digest: string },
): Promise<boolean> {
  if (!(await endHalf(parts.desk.db, digest))) return false;
  await begin(parts, request, reply, { login, by: 'second factor' });
  return true;
}

/** What was typed before comes first; from there it goes on to where it belongs. */
export function afterSignIn({ next, kept }: Errand): string {
  return kept === '' ? next : `/kept/${kept}`;
}

async function enter(
  parts: SignInParts,
  request: FastifyRequest,
  reply: FastifyReply,
  { login, to, by }: { login: string; to: string; by: string },
): Promise<FastifyReply> {
  await begin(parts, request, reply, { login, by });
  return reply.redirect(to, 303);
}

/** A session under a new id; the one that this browser had before ends (session fixation). */
async function begin(
  { desk, baseUrl, now }: SignInParts,
  request: FastifyRequest,
  reply: FastifyReply,
  { login, by }: { login: string; by: string },
): Promise<void> {
  const { name, options } = sessionCookie(baseUrl);
  const old = request.cookies[name];
  if (old !== undefined) await endSession(desk.db, digestOf(old), now());
  const id = await beginSession(desk.db, login, placeOf(request), now());
  reply.setCookie(name, id, options);
  const half = doorCookie('half', baseUrl);
  reply.clearCookie(half.name, half.options);
  request.log.info({ login, by }, 'signed in');
}

function placeOf(request: FastifyRequest): { address: string; userAgent: string | null } {
  const agent = request.headers['user-agent']?.replace(/\p{Cc}/gu, ' ').slice(0, 300);
  return { address: request.ip, userAgent: agent ?? null };
}
