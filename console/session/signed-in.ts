/** Who asks: a cookie becomes a user with his desk, for every page behind the sign-in. */
import fastifyCookie from '@fastify/cookie';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Desk } from '../../client';
import { deskAs, type UserDesk } from '../../client/as-user';
import { NotAllowed } from '../../client/errors';
import { type Day, dayOf } from '../../domain/days';
import type { Language } from '../../domain/language';
import type { User } from '../../domain/rights';
import { findSession } from '../../ledger/sessions';
import { notAllowedPage } from '../sorry';
import { sessionCookie } from './cookie';
import { checkCsrf, ForeignForm, isFromElsewhere } from './csrf';
import { mailAlarm } from './mail-alarm';

export interface SignedIn {
  user: User;
  desk: UserDesk;
  /** For every form. */
  csrf: string;
  /** Of the session, to end it. */
  session: string;
  language: Language;
  today: Day;
  /** Since when no letter leaves, for who can mend it; null while they do. */
  lettersStuckSince: string | null;
  /** The address of the page, for links that change only a part of it. */
  url: string;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Only behind the sign-in; elsewhere reading it is an error of ours. */
    signedIn: SignedIn;
  }
}

export interface SignInParts {
  desk: Desk;
  baseUrl: string | null;
  /** The instant now, ISO. */
  now: () => string;
}

/**
 * A part of the console for who is signed in.
 * @param pages puts routes on the part; each finds `request.signedIn`
 */
export async function behindSignIn(
  app: FastifyInstance,
  { desk, baseUrl, now }: SignInParts,
  pages: (inner: FastifyInstance) => Promise<void> | void,
): Promise<void> {
  const { name } = sessionCookie(baseUrl);
  const alarm = mailAlarm(desk.db, now);
  const known = new WeakMap<FastifyRequest, SignedIn>();
  await app.register(async (inner) => {
    await inner.register(fastifyCookie);
    inner.decorateRequest('signedIn', {
      getter(this: FastifyRequest) {
        const found = known.get(this);
        if (!found) throw new RangeError('nobody is signed in here');
        return found;
      },
    });
    inner.addHook('onRequest', async (request, reply) => {
      const id = request.cookies[name];
      const session = id === undefined ? null : await findSession(desk.db, id, now());
      if (!session) return askToSignIn(request, reply);
      const { user, csrf, digest } = session;
      known.set(request, {
        user,
        desk: deskAs(desk, user),
        csrf,
        session: digest,
        language: user.language,
        today: dayOf(now()),
        lettersStuckSince: isOfOffice(user) ? await alarm.stuckSince() : null,
        url: request.url,
      });
    });
    inner.addHook('preHandler', async (request) => {
      if (request.method === 'GET' || request.method === 'HEAD') return;
      if (isFromElsewhere(request)) throw new ForeignForm('another site sent the form');
      // A form with files is read by its route, which checks the field itself.
      if (!request.isMultipart()) checkCsrf(request, fieldOf(request.body, 'csrf'));
    });
    const otherwise = inner.errorHandler;
    inner.setErrorHandler((error, request, reply) => {
      if (error instanceof NotAllowed) return notAllowedPage(reply, error.refusal);
      return otherwise.call(inner, error, request, reply);
    });
    await pages(inner);
  });
}

/** Who can have the mail server mended. */
function isOfOffice({ capacities }: User): boolean {
  return capacities === 'operator' || capacities.some(({ role }) => role !== 'unit' && role !== 'auditor');
}

function fieldOf(body: unknown, field: string): unknown {
  return typeof body === 'object' && body !== null ? Reflect.get(body, field) : undefined;
}

function askToSignIn(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const next = request.method === 'GET' ? `?next=${encodeURIComponent(request.url)}` : '';
  return reply.header('cache-control', 'no-store').redirect(`/sign-in${next}`, 303);
}
