/** `/account` and its forms. What changes how one proves who one is asks for the password again. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { makeToken } from '../../accounts/api-tokens';
import { wordsOf } from '../../accounts/first-password';
import { isFresh, proveHimself } from '../../accounts/himself';
import { checkNewPassword } from '../../accounts/new-password';
import { hashPassword } from '../../accounts/password-hash';
import { AccountRefused, accountSentence } from '../../accounts/refusals';
import { confirmFactor, mustHaveFactor, newFactor, shownSecret } from '../../accounts/second-factor';
import { checkPassword } from '../../accounts/sign-in';
import { LANGUAGES } from '../../domain/language';
import { listTokens, revokeToken } from '../../ledger/accounts/api-tokens';
import { dropFactor, factorOf, passwordOf, recoveryCodesLeft, setPassword } from '../../ledger/accounts/credentials';
import { endSession, endSessions, openSessions } from '../../ledger/accounts/sessions';
import { changeUser } from '../../ledger/accounts/users';
import { sendPage } from '../pages/send-page';
import { DOOR_LIMIT, statusOf } from '../session/by-password';
import { RecoveryPage } from '../session/door-pages';
import type { SignInParts } from '../session/parts';
import { showOnce, takeShownOnce } from '../session/shown-once';
import { errandOf } from '../session/stranger';
import { AccountPage, type Told } from './account-page';
import { FactorPage } from './factor-page';
import { words } from './words';

const text = (most: number) => z.string().max(most).catch('');
const passwords = z.object({ current: text(10_000), password: text(10_000), again: text(10_000) });
const factorForm = z.object({ sealed: text(500), code: text(200), current: text(10_000) });
const tokenForm = z.object({
  current: text(10_000),
  name: text(200),
  days: z.coerce.number().catch(0),
  scope: z.union([z.string().transform((one) => [one]), z.array(z.string()).max(50)]).catch([]),
});
const languageForm = z.object({ language: z.enum(LANGUAGES).catch('zh-CN'), back: text(2_000) });

/** Whoever is signed in has typed no login. */
function ownPassword(error: unknown): never {
  throw error instanceof AccountRefused && error.code === 'wrong-password'
    ? new AccountRefused('wrong-own-password')
    : error;
}

export function accountPages(app: FastifyInstance, parts: SignInParts): void {
  const { desk, accounts, now } = parts;
  const { db } = desk;
  const limited = { config: DOOR_LIMIT };

  app.get('/account', (request, reply) => page(request, reply));

  app.post('/account/language', async (request, reply) => {
    const { language, back } = languageForm.parse(request.body);
    await changeUser(db, request.signedIn.user.login, { language });
    return reply.redirect(errandOf({ next: back || '/account' }).next, 303);
  });

  app.post('/account/password', limited, (request, reply) =>
    told(request, reply, async () => {
      const { current, password, again } = passwords.parse(request.body);
      const { user, session, language } = request.signedIn;
      // Whoever has his password knows it, however lately he signed in.
      await checkPassword(db, { login: user.login, password: current, address: request.ip, now: now() }).catch(
        ownPassword,
      );
      checkNewPassword(password, wordsOf(user));
      if (password !== again) throw new AccountRefused('passwords-differ');
      await setPassword(db, user.login, await hashPassword(password));
      await endSessions(db, user.login, now(), session);
      request.log.info({ login: user.login }, 'password changed');
      return { done: words[language].passwordChanged };
    }),
  );

  app.get('/account/factor', (request, reply) => {
    const sealed = newFactor(accounts.keys, request.signedIn.user.login);
    return factorPage(request, reply, sealed, null);
  });

  app.post('/account/factor', limited, async (request, reply) => {
    const { sealed, code, current } = factorForm.parse(request.body);
    const { login } = request.signedIn.user;
    try {
      // A secret that we sealed for him; anything else that was sent is none.
      shownSecret(accounts.keys, login, sealed);
      await himself(request, current);
      const codes = await confirmFactor(db, accounts.keys, { login, code, now: now(), sealed });
      await endSessions(db, login, now(), request.signedIn.session);
      request.log.info({ login }, 'second factor set up');
      showOnce(parts, request, reply, '/account/codes', JSON.stringify(codes));
      return reply.redirect('/account/codes', 303);
    } catch (error) {
      if (!(error instanceof AccountRefused)) throw error;
      return factorPage(request, reply.code(statusOf(error)), readable(login, sealed), error);
    }
  });

  app.get('/account/codes', (request, reply) => {
    const kept = takeShownOnce(parts, request, reply, '/account/codes');
    if (kept === null) return reply.redirect('/account', 303);
    const codes = z.array(z.string()).parse(JSON.parse(kept));
    return sendPage(reply, <RecoveryPage language={request.signedIn.language} codes={codes} next="/account" />);
  });

  app.post('/account/factor/remove', limited, (request, reply) =>
    told(request, reply, async () => {
      const { current } = factorForm.parse(request.body);
      const { user, language } = request.signedIn;
      if (mustHaveFactor(user, accounts.factorRule)) throw new AccountRefused('second-factor-needed');
      await himself(request, current);
      await dropFactor(db, user.login);
      request.log.info({ login: user.login }, 'second factor removed');
      return { done: words[language].factorRemoved };
    }),
  );

  app.post('/account/sessions/end', (request, reply) =>
    told(request, reply, async () => {
      const { session } = z.object({ session: text(100) }).parse(request.body);
      const { user, session: own, language } = request.signedIn;
      const his = await openSessions(db, user.login, now());
      if (session === '') await endSessions(db, user.login, now(), own);
      else if (his.some(({ digest }) => digest === session)) await endSession(db, session, now());
      return { done: words[language].ended };
    }),
  );

  app.post('/account/tokens', limited, (request, reply) =>
    told(request, reply, async () => {
      const { user, desk: own } = request.signedIn;
      own.authorise('makeToken', {});
      const { current, ...asked } = tokenForm.parse(request.body);
      await himself(request, current);
      const { id, token } = await makeToken(db, user, { ...asked, now: now() });
      request.log.info({ login: user.login, token: id }, 'token made');
      showOnce(parts, request, reply, '/account', token);
      return '/account';
    }),
  );

  app.post('/account/tokens/revoke', (request, reply) =>
    told(request, reply, async () => {
      const { id } = z.object({ id: text(40) }).parse(request.body);
      const { user, language } = request.signedIn;
      if (!(await revokeToken(db, id, user.login, now()))) throw new AccountRefused('no-such-token', { id: '…' });
      request.log.info({ login: user.login, token: id }, 'token revoked');
      return { done: words[language].tokenRevoked };
    }),
  );

  /** Does what a form asks for, and shows the account with what came of it. */
  async function told(
    request: FastifyRequest,
    reply: FastifyReply,
    work: () => Promise<Told | string>,
  ): Promise<FastifyReply> {
    try {
      const outcome = await work();
      // What a reload would repeat is told by another page.
      if (typeof outcome === 'string') return reply.redirect(outcome, 303);
      return await page(request, reply, outcome);
    } catch (error) {
      if (!(error instanceof AccountRefused)) throw error;
      const problem = accountSentence(error.code, error.details, request.signedIn.language);
      const isToken = request.routeOptions.url === '/account/tokens';
      const asked = isToken ? { asked: tokenForm.parse(request.body) } : {};
      return page(request, reply.code(statusOf(error)), { problem, ...asked });
    }
  }

  async function himself({ signedIn, ip: address }: FastifyRequest, password: string): Promise<void> {
    const { user, since: signedInAt } = signedIn;
    await proveHimself(db, { login: user.login, password, signedInAt, address, now: now() }).catch(ownPassword);
  }

  async function page(request: FastifyRequest, reply: FastifyReply, outcome: Told = {}): Promise<FastifyReply> {
    const { signedIn } = request;
    const { user } = signedIn;
    const [password, factor, left, sessions, tokens] = await Promise.all([
      passwordOf(db, user.login),
      factorOf(db, user.login),
      recoveryCodesLeft(db, user.login),
      openSessions(db, user.login, now()),
      listTokens(db, user.login),
    ]);
    const facts = {
      hasPassword: password !== null,
      factor: factor && { madeAt: factor.madeAt, left },
      mustHaveFactor: mustHaveFactor(user, accounts.factorRule),
      sessions,
      tokens,
      asks: !isFresh(signedIn.since, now()),
      now: now(),
    };
    const token = takeShownOnce(parts, request, reply, '/account');
    const told = token === null ? outcome : { ...outcome, token };
    return sendPage(reply, <AccountPage signedIn={signedIn} facts={facts} told={told} />);
  }

  async function factorPage(
    request: FastifyRequest,
    reply: FastifyReply,
    sealed: string,
    refused: AccountRefused | null,
  ): Promise<FastifyReply> {
    const { signedIn } = request;
    const { login } = signedIn.user;
    return sendPage(
      reply,
      <FactorPage
        signedIn={signedIn}
        sealed={sealed}
        secret={shownSecret(accounts.keys, login, sealed)}
        asks={!isFresh(signedIn.since, now()) && (await passwordOf(db, login)) !== null}
        problem={refused && accountSentence(refused.code, refused.details, signedIn.language)}
      />,
    );
  }

  /** What was sent, if it can be shown again; else a new one. */
  function readable(login: string, sealed: string): string {
    try {
      shownSecret(accounts.keys, login, sealed);
      return sealed;
    } catch {
      return newFactor(accounts.keys, login);
    }
  }
}
