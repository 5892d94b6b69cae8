/** Who is not signed in: his language, where he wants to go, and a token for his forms. */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { digestOf } from '../../accounts/random-token';
import type { Language } from '../../domain/language';
import { doorCookie } from './cookie';
import { isFromElsewhere } from './csrf';

/** Carried through every step of a sign-in. */
export interface Errand {
  /** A page of ours. */
  next: string;
  /** The id of what was typed before, or ''. */
  kept: string;
}

const errandSchema = z.object({ next: z.string().max(2_000).catch('/'), kept: z.string().max(64).catch('') });

/** Where somebody wants to go: never to another site, whatever is asked for. */
export function errandOf(given: unknown): Errand {
  const read = errandSchema.safeParse(given ?? {});
  const { next, kept } = read.success ? read.data : { next: '/', kept: '' };
  return { next: isOurs(next) ? next : '/', kept: /^[\w-]{43}$/.test(kept) ? kept : '' };
}

/** Browsers take a backslash for a slash, and leave control characters out. */
function isOurs(next: string): boolean {
  return /^\/(?![/\\])[^\\\p{Cc}\s]*$/u.test(next);
}

export function withErrand(path: string, { next, kept }: Errand): string {
  const query = new URLSearchParams({ ...(next !== '/' && { next }), ...(kept !== '' && { kept }) }).toString();
  return query === '' ? path : `${path}?${query}`;
}

/** What a stranger reads: what he chose, else Chinese. */
export function languageOf(request: FastifyRequest, reply: FastifyReply, baseUrl: string | null): Language {
  const { name, options } = doorCookie('language', baseUrl);
  const asked = z.object({ language: z.enum(['zh-CN', 'en']) }).safeParse(request.query);
  if (!asked.success) return request.cookies[name] === 'en' ? 'en' : 'zh-CN';
  reply.setCookie(name, asked.data.language, { ...options, maxAge: 31_536_000 });
  return asked.data.language;
}

/** The token for the forms of this browser; its cookie is set where it has none. */
export function doorToken(request: FastifyRequest, reply: FastifyReply, baseUrl: string | null): string {
  const { name, options } = doorCookie('door', baseUrl);
  const known = request.cookies[name];
  if (known !== undefined && /^[\w-]{43}$/.test(known)) return tokenOf(known);
  const made = randomBytes(32).toString('base64url');
  reply.setCookie(name, made, options);
  return tokenOf(made);
}

/** Whether a form of the door was sent by the browser that it was made for. */
export function isDoorForm(request: FastifyRequest, given: string, baseUrl: string | null): boolean {
  const known = request.cookies[doorCookie('door', baseUrl).name];
  if (known === undefined || isFromElsewhere(request)) return false;
  const [right, other] = [Buffer.from(tokenOf(known)), Buffer.from(given)];
  return right.length === other.length && timingSafeEqual(right, other);
}

function tokenOf(cookie: string): string {
  return digestOf(`form of ${cookie}`);
}
