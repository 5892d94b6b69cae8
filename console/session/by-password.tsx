/** `/sign-in`: login and password. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { digestOf } from '../../accounts/random-token';
import { AccountRefused, accountSentence } from '../../accounts/refusals';
import { checkPassword } from '../../accounts/sign-in';
import { findSession } from '../../ledger/accounts/sessions';
import { sendPage } from '../pages/send-page';
import { sessionCookie } from './cookie';
import { SignInPage } from './door-pages';
import { afterSignIn, proceed } from './enter';
import type { SignInParts } from './parts';
import { doorToken, type Errand, errandOf, isDoorForm, languageOf, withErrand } from './stranger';
import { words } from './words';

/** Beside the waits of whoever types wrong passwords: a program that only asks is stopped too. */
export const DOOR_LIMIT = { rateLimit: { max: 120, timeWindow: 60_000 } };

const typedSchema = z.object({
  login: z.string().max(1_000).catch(''),
  password: z.string().max(10_000).catch(''),
  csrf: z.string().max(200).catch(''),
});

export function byPassword(app: FastifyInstance, parts: SignInParts): void {
  const { desk, baseUrl, now } = parts;

  app.get('/sign-in', { config: DOOR_LIMIT }, async (request, reply) => {
    const errand = errandOf(request.query);
    const id = request.cookies[sessionCookie(baseUrl).name];
    const isIn = id !== undefined && (await findSession(desk.db, id, now())) !== null;
    if (isIn) return reply.redirect(afterSignIn(errand), 303);
    return signInPage(parts, request, reply, { errand });
  });

  app.post('/sign-in', { config: DOOR_LIMIT }, async (request, reply) => {
    const { login, password, csrf } = typedSchema.parse(request.body ?? {});
    const errand = errandOf(request.body);
    if (!isDoorForm(request, csrf, baseUrl)) {
      return signInPage(parts, request, reply.code(403), { errand, login, refused: new AccountRefused('form-stale') });
    }
    try {
      const found = await checkPassword(desk.db, { login, password, address: request.ip, now: now() });
      return await proceed(parts, request, reply, { login: found, errand, by: 'password' });
    } catch (error) {
      if (!(error instanceof AccountRefused)) throw error;
      // By a digest: people type passwords into the wrong field.
      request.log.warn({ code: error.code, tried: digestOf(login).slice(0, 12), address: request.ip }, 'not signed in');
      return signInPage(parts, request, reply.code(statusOf(error)), { errand, login, refused: error });
    }
  });
}

interface Standing {
  errand: Errand;
  login?: string;
  refused?: AccountRefused;
  notes?: ('expired' | 'kept' | 'notKept' | 'filesLost')[];
}

/** The page of the sign-in, with what is to be said on it. */
export function signInPage(
  { accounts, baseUrl }: SignInParts,
  request: FastifyRequest,
  reply: FastifyReply,
  { errand, login = '', refused, notes = [] }: Standing,
): FastifyReply {
  const language = languageOf(request, reply, baseUrl);
  const csrf = doorToken(request, reply, baseUrl);
  const provider = accounts.provider && {
    label: accounts.provider.label,
    address: withErrand('/sign-in/oidc', errand),
  };
  return sendPage(
    reply,
    <SignInPage
      language={language}
      csrf={csrf}
      errand={errand}
      here={withErrand('/sign-in', errand)}
      login={login.slice(0, 100)}
      problem={refused ? accountSentence(refused.code, refused.details, language) : null}
      notes={notes.map((note) => words[language][note])}
      provider={provider}
    />,
  );
}

/** 429 and 503 are for programs; people read the sentence. */
export function statusOf({ code }: AccountRefused): number {
  if (code === 'too-many-attempts') return 429;
  if (code === 'user-changed' || code === 'factor-set-up') return 409;
  return code === 'busy' ? 503 : 422;
}
