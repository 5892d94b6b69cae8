/** `/sign-in/code` and `/sign-in/set-up`: the second factor of whoever has shown his password. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AccountRefused, accountSentence } from '../../accounts/refusals';
import { checkCode, confirmFactor, shownSecret } from '../../accounts/second-factor';
import { sendPage } from '../pages/send-page';
import { DOOR_LIMIT, statusOf } from './by-password';
import { CodePage, RecoveryPage, SetUpPage } from './door-pages';
import { afterSignIn, enterFromHalf, halfOf } from './enter';
import type { SignInParts } from './parts';
import { doorToken, errandOf, isDoorForm, languageOf, withErrand } from './stranger';

const typedSchema = z.object({ code: z.string().max(200).catch(''), csrf: z.string().max(200).catch('') });

type Half = NonNullable<Awaited<ReturnType<typeof halfOf>>>;

export function secondStep(app: FastifyInstance, parts: SignInParts): void {
  const { desk, baseUrl, now, accounts } = parts;

  app.get('/sign-in/code', { config: DOOR_LIMIT }, async (request, reply) => {
    const half = await halfOf(parts, request);
    if (!half || half.secret !== null) return toTheBeginning(request, reply);
    return codePage(request, reply, null);
  });

  app.post('/sign-in/code', { config: DOOR_LIMIT }, async (request, reply) => {
    const { code, csrf } = typedSchema.parse(request.body ?? {});
    const half = await halfOf(parts, request);
    if (!half || half.secret !== null) return toTheBeginning(request, reply);
    try {
      if (!isDoorForm(request, csrf, baseUrl)) throw new AccountRefused('form-stale');
      await checkCode(desk.db, accounts.keys, { login: half.login, code, now: now() });
    } catch (error) {
      return codePage(request, reply, refusalIn(error, request, half));
    }
    if (!(await enterFromHalf(parts, request, reply, half))) return toTheBeginning(request, reply);
    return reply.redirect(afterSignIn(errandOf(request.body)), 303);
  });

  app.get('/sign-in/set-up', { config: DOOR_LIMIT }, async (request, reply) => {
    const half = await halfOf(parts, request);
    if (!half?.secret) return toTheBeginning(request, reply);
    return setUpPage(request, reply, { login: half.login, sealed: half.secret, refused: null });
  });

  app.post('/sign-in/set-up', { config: DOOR_LIMIT }, async (request, reply) => {
    const { code, csrf } = typedSchema.parse(request.body ?? {});
    const half = await halfOf(parts, request);
    if (!half?.secret) return toTheBeginning(request, reply);
    const { login, secret: sealed } = half;
    let codes: string[];
    try {
      if (!isDoorForm(request, csrf, baseUrl)) throw new AccountRefused('form-stale');
      codes = await confirmFactor(desk.db, accounts.keys, { login, code, now: now(), sealed, isFirst: true });
    } catch (error) {
      return setUpPage(request, reply, { login, sealed, refused: refusalIn(error, request, half) });
    }
    if (!(await enterFromHalf(parts, request, reply, half))) return toTheBeginning(request, reply);
    const language = languageOf(request, reply, baseUrl);
    const next = afterSignIn(errandOf(request.body));
    return sendPage(reply, <RecoveryPage language={language} codes={codes} next={next} />);
  });

  function codePage(request: FastifyRequest, reply: FastifyReply, refused: AccountRefused | null): FastifyReply {
    return sendPage(refused ? reply.code(statusOf(refused)) : reply, <CodePage {...shared(request, reply, refused)} />);
  }

  function setUpPage(
    request: FastifyRequest,
    reply: FastifyReply,
    { login, sealed, refused }: { login: string; sealed: string; refused: AccountRefused | null },
  ): FastifyReply {
    return sendPage(
      refused ? reply.code(statusOf(refused)) : reply,
      <SetUpPage
        {...shared(request, reply, refused)}
        login={login}
        secret={shownSecret(accounts.keys, login, sealed)}
      />,
    );
  }

  function shared(request: FastifyRequest, reply: FastifyReply, refused: AccountRefused | null) {
    const language = languageOf(request, reply, baseUrl);
    const errand = errandOf(request.method === 'GET' ? request.query : request.body);
    return {
      language,
      errand,
      csrf: doorToken(request, reply, baseUrl),
      here: withErrand(request.routeOptions.url ?? '/sign-in', errand),
      problem: refused && accountSentence(refused.code, refused.details, language),
    };
  }
}

/** Any other error is not the typist's. */
function refusalIn(error: unknown, request: FastifyRequest, { login }: Half): AccountRefused {
  if (!(error instanceof AccountRefused)) throw error;
  request.log.warn({ code: error.code, login, address: request.ip }, 'second factor not shown');
  return error;
}

function toTheBeginning(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const errand = errandOf(request.method === 'GET' ? request.query : request.body);
  return reply.redirect(withErrand('/sign-in', errand), 303);
}
