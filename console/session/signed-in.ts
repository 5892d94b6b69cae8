/** Who asks: a cookie becomes a user with his desk, for every page behind the sign-in. */
import fastifyCookie from '@fastify/cookie';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { deskAs, type UserDesk } from '../../client/as-user';
import { NotAllowed } from '../../client/errors';
import { type Day, dayOf } from '../../domain/days';
import type { Language } from '../../domain/language';
import type { User } from '../../domain/rights';
import { findSession } from '../../ledger/accounts/sessions';
import { END_OF_EVENTS, EVENT_STREAM } from '../events/stream';
import { notAllowedPage } from '../sorry';
import { sessionCookie } from './cookie';
import { checkCsrf, ForeignForm, isFromElsewhere } from './csrf';
import { keepOfEarlier, keepOver } from './kept';
import { mailAlarm } from './mail-alarm';
import type { SignInParts } from './parts';

export interface SignedIn {
  user: User;
  desk: UserDesk;
  /** For every form. */
  csrf: string;
  /** Of the session, to end it. */
  session: string;
  /** When the session began. ISO instant. */
  since: string;
  language: Language;
  today: Day;
  /** The ledger's moment before anything was read for the page: what changed later, the page is told. */
  snapshot: string;
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

/**
 * A part of the console for who is signed in.
 * @param pages puts routes on the part; each finds `request.signedIn`
 */
export async function behindSignIn(
  app: FastifyInstance,
  parts: SignInParts,
  pages: (inner: FastifyInstance) => Promise<void> | void,
): Promise<void> {
  const { desk, baseUrl, now } = parts;
  const { name } = sessionCookie(baseUrl);
  const alarm = mailAlarm(desk.db, now);
  const known = new WeakMap<FastifyRequest, SignedIn>();
  await app.register(async (inner) => {
    await inner.register(fastifyCookie);
    const strangersFiles = inner.createRateLimit({ max: STRANGERS_FILES_PER_MINUTE, timeWindow: 60_000 });
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
      // What a stranger sends is read first, so that nothing of it is lost.
      if (!session) return isRead(request) ? askToSignIn(request, reply) : undefined;
      const { user, csrf, digest, madeAt, snapshot } = session;
      known.set(request, {
        user,
        desk: deskAs(desk, user),
        csrf,
        session: digest,
        snapshot,
        since: madeAt,
        language: user.language,
        today: dayOf(now()),
        lettersStuckSince: isOfOffice(user) ? await alarm.stuckSince() : null,
        url: request.url,
      });
    });
    inner.addHook('preHandler', async (request, reply) => {
      if (isRead(request)) return;
      if (!known.has(request)) {
        // Files of who may be anybody are read for the words beside them, and not without end.
        if (request.isMultipart()) await refuseMany(strangersFiles, request);
        return keepOver(parts, request, reply);
      }
      if (isFromElsewhere(request)) throw new ForeignForm('another site sent the form');
      // A form with files is read by its route, which checks the field itself.
      if (request.isMultipart()) return;
      try {
        checkCsrf(request, fieldOf(request.body, 'csrf'));
      } catch (error) {
        const place = await keepOfEarlier(parts, request, request.signedIn.user.login);
        if (place === null) throw error;
        return reply.redirect(place, 303);
      }
    });
    const otherwise = inner.errorHandler;
    inner.setErrorHandler((error, request, reply) => {
      if (error instanceof NotAllowed) return notAllowedPage(reply, error.refusal);
      return otherwise.call(inner, error, request, reply);
    });
    await pages(inner);
  });
}

/** By address: an office has few forms with files open when its sessions end. */
const STRANGERS_FILES_PER_MINUTE = 20;

/** The server says 429 before it reads on. */
class TooManyForms extends Error {
  readonly statusCode = 429;
}

async function refuseMany(
  limit: ReturnType<FastifyInstance['createRateLimit']>,
  request: FastifyRequest,
): Promise<void> {
  const { isAllowed, ...counted } = await limit(request);
  if (!isAllowed && 'isExceeded' in counted && counted.isExceeded) throw new TooManyForms('too many forms with files');
}

/** Who can have the mail server mended. */
function isOfOffice({ capacities }: User): boolean {
  return capacities === 'operator' || capacities.some(({ role }) => role !== 'unit' && role !== 'auditor');
}

function fieldOf(body: unknown, field: string): unknown {
  return typeof body === 'object' && body !== null ? Reflect.get(body, field) : undefined;
}

function isRead({ method }: FastifyRequest): boolean {
  return method === 'GET' || method === 'HEAD';
}

function askToSignIn(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply.header('cache-control', 'no-store');
  // A page's own script can show no sign-in: it is told so, and who listens is told that nothing more comes.
  if (request.headers.accept?.includes('text/event-stream')) return reply.type(EVENT_STREAM).send(END_OF_EVENTS);
  const isPart = request.headers['hx-request'] === 'true';
  const address = `/sign-in?next=${encodeURIComponent(isPart ? pageOf(request) : request.url)}`;
  return isPart ? reply.header('hx-redirect', address).code(401).send() : reply.redirect(address, 303);
}

/** The page whose script asked; the answer to the script alone would be a part of one. */
function pageOf(request: FastifyRequest): string {
  const shown = request.headers['hx-current-url'];
  if (typeof shown !== 'string' || !URL.canParse(shown)) return '/';
  const { pathname, search } = new URL(shown);
  return pathname + search;
}
