/** `/users` and its forms. Who may manage whom is asked of client/manage-users.ts. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { FirstLink } from '../../accounts/first-link';
import { AccountRefused, accountSentence } from '../../accounts/refusals';
import {
  addUserBy,
  changeUserBy,
  dropFactorBy,
  linkUserBy,
  managed,
  signOutUserBy,
  unitTyped,
  usersKnownTo,
} from '../../client/manage-users';
import type { Capacity } from '../../domain/rights';
import { USER_ROLES } from '../../domain/user-roles';
import { userStandings } from '../../ledger/accounts/users';
import { sendPage } from '../pages/send-page';
import { statusOf } from '../session/by-password';
import type { SignInParts } from '../session/parts';
import { showOnce, takeShownOnce } from '../session/shown-once';
import { noSuchPage } from '../sorry';
import type { Told } from './account-page';
import { type MadeLink, seenText, UserPage, UsersPage } from './users-pages';
import { words } from './words';

const text = (most: number) => z.string().max(most).catch('');
const capacityForm = z.object({
  role: z.enum(USER_ROLES).catch('unit'),
  unit: text(200),
  take: text(300),
  seen: text(10_000),
});
const newForm = capacityForm.extend({ login: text(200), name: text(200) });
const madeLink = z.object({ login: z.string(), address: z.string(), endsAt: z.string() });
const NOTHING_TYPED = { login: '', name: '', role: 'unit', unit: '' };

interface OfUser {
  Params: { login: string };
}

interface Outcome extends Told {
  link?: FirstLink;
}

export function userPages(app: FastifyInstance, parts: SignInParts): void {
  const { desk, baseUrl, now } = parts;
  app.get('/users', (request, reply) => list(request, reply, {}, NOTHING_TYPED));

  app.post('/users', async (request, reply) => {
    const { login, name, ...capacity } = newForm.parse(request.body);
    const { signedIn } = request;
    try {
      const capacities = [await capacityOf(request, capacity)];
      const link = await addUserBy(signedIn.desk, { login, name, capacities, language: 'zh-CN' }, now());
      request.log.info({ login, by: signedIn.user.login }, 'user added');
      const made = linkShown(request, login, link);
      showOnce(parts, request, reply, '/users', JSON.stringify(made));
      return reply.redirect('/users', 303);
    } catch (error) {
      return list(request, reply, refusal(error, request, reply), { login, name, ...capacity });
    }
  });

  app.get<OfUser>('/users/:login', (request, reply) => one(request, reply, {}));

  app.post<OfUser>('/users/:login/capacities', (request, reply) =>
    act(request, reply, async ({ login, capacities }) => {
      const { take, seen, ...given } = capacityForm.parse(request.body);
      if (seen !== '' && seen !== seenText(capacities)) throw new AccountRefused('user-changed');
      const kept = capacities.filter(({ role, unit }) => `${role} ${unit}` !== take);
      const next = take === '' ? [...kept, await capacityOf(request, given)] : kept;
      await changeUserBy(request.signedIn.desk, login, { capacities: next }, now(), capacities);
      return {};
    }),
  );

  app.post<OfUser>('/users/:login/link', (request, reply) =>
    act(request, reply, async ({ login }) => ({ link: await linkUserBy(request.signedIn.desk, login, now()) })),
  );

  for (const [what, work] of Object.entries(ACTS)) {
    app.post<OfUser>(`/users/:login/${what}`, (request, reply) =>
      act(request, reply, async ({ login }) => {
        await work(request.signedIn.desk, login, now());
        return {};
      }),
    );
  }

  /** Does what a form asks for on a user, and shows him with what came of it. */
  async function act(
    request: FastifyRequest<OfUser>,
    reply: FastifyReply,
    work: (user: Awaited<ReturnType<typeof managed>>) => Promise<Outcome>,
  ): Promise<FastifyReply> {
    const { signedIn, params, routeOptions } = request;
    try {
      const outcome = await work(await managed(signedIn.desk, params.login));
      request.log.info({ login: params.login, by: signedIn.user.login, act: routeOptions.url }, 'user changed');
      if (!outcome.link) return await one(request, reply, { done: words[signedIn.language].done });
      const path = `/users/${params.login}`;
      showOnce(parts, request, reply, path, JSON.stringify(linkShown(request, params.login, outcome.link)));
      return reply.redirect(path, 303);
    } catch (error) {
      return one(request, reply, refusal(error, request, reply));
    }
  }

  async function one(request: FastifyRequest<OfUser>, reply: FastifyReply, outcome: Outcome): Promise<FastifyReply> {
    const { signedIn, params } = request;
    const user = await managed(signedIn.desk, params.login).catch((error: unknown) => {
      if (error instanceof AccountRefused) return null;
      throw error;
    });
    // Another office's user is answered like none.
    if (!user) return noSuchPage(reply);
    const [facts] = await userStandings(desk.db, [user]);
    const made = linkKept(request, reply, `/users/${user.login}`);
    return sendPage(
      reply,
      <UserPage
        signedIn={signedIn}
        user={facts ?? { ...user, hasPassword: false, seenAt: null }}
        told={outcome}
        made={made}
      />,
    );
  }

  async function list(
    request: FastifyRequest,
    reply: FastifyReply,
    outcome: Outcome,
    typed: typeof NOTHING_TYPED,
  ): Promise<FastifyReply> {
    const { signedIn } = request;
    const { users: known, his } = await usersKnownTo(signedIn.desk);
    const users = await userStandings(desk.db, known);
    const made = linkKept(request, reply, '/users');
    return sendPage(reply, <UsersPage {...{ signedIn, users, his, made, typed }} told={outcome} />);
  }

  function linkShown(request: FastifyRequest, login: string, link: FirstLink): MadeLink {
    const base = baseUrl ?? `${request.protocol}://${request.host}`;
    return { login, address: `${base}${link.path}`, endsAt: link.endsAt };
  }

  function linkKept(request: FastifyRequest, reply: FastifyReply, path: string): MadeLink | null {
    const kept = takeShownOnce(parts, request, reply, path);
    return kept === null ? null : madeLink.parse(JSON.parse(kept));
  }

  async function capacityOf(request: FastifyRequest, { role, unit }: { role: Capacity['role']; unit: string }) {
    return { role, unit: await unitTyped(request.signedIn.desk, role, unit) };
  }
}

/** What is done to a user by one button. */
const ACTS = {
  'sign-out': signOutUserBy,
  'reset-factor': dropFactorBy,
  disable: (by, login, now) => changeUserBy(by, login, { disabledAt: now }, now),
  enable: (by, login, now) => changeUserBy(by, login, { disabledAt: null }, now),
} satisfies Record<string, typeof signOutUserBy>;

function refusal(error: unknown, { signedIn }: FastifyRequest, reply: FastifyReply): Outcome {
  if (!(error instanceof AccountRefused)) throw error;
  reply.code(statusOf(error));
  return { problem: accountSentence(error.code, error.details, signedIn.language) };
}
