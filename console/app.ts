/** The console, put together from its parts; `listen` is its caller's. */
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import fastify, { type FastifyInstance, LogController } from 'fastify';
import { tokenUser } from '../accounts/api-tokens';
import { Verifications } from '../client/verifications';
import { accountPages } from './accounts/account';
import { userPages } from './accounts/users';
import { type AnswerParts, answers } from './answers/routes';
import { httpApi } from './api/api';
import type { Authenticate } from './api/caller';
import { notFound, sendProblem } from './api/problems';
import { bulkPages } from './bulk/routes';
import { calendarPages } from './calendar/routes';
import { calendarFeed, type FeedParts } from './calendar-feed';
import { draftPages } from './drafting/draft-routes';
import { importPages } from './drafting/import-routes';
import { draftPolicyPages } from './drafting/policy-routes';
import { events } from './events/routes';
import { harden } from './harden';
import { health } from './health';
import { home } from './home';
import { inboxPages } from './inbox/routes';
import { launchPages } from './launching/launch-routes';
import { letterPages } from './letters/routes';
import { libraryPages } from './library/routes';
import { listPages } from './lists/routes';
import { logRequests } from './log';
import { metrics } from './metrics';
import { owedPages } from './owed/routes';
import { paperPages } from './papers/paper-routes';
import { policyPages } from './policy/routes';
import { recordPages } from './record/routes';
import { rehearsalPages } from './rehearsing/rehearsal-routes';
import { door } from './session/door';
import { keptForms } from './session/kept-page';
import type { AccountParts } from './session/parts';
import { signOut } from './session/sign-out';
import { behindSignIn } from './session/signed-in';
import { noSuchPage, saySorry } from './sorry';
import { taskPages } from './tasks/routes';
import { unitPages } from './units/routes';
import { vendor } from './vendor';

export interface ConsoleParts extends AnswerParts, Omit<FeedParts, 'desk'> {
  /** Where people open it from; null: its own address. */
  baseUrl: string | null;
  logLevel: string;
  /** Proxies that are believed about who asks; null: none. */
  trustProxy: string | null;
  /** Whose token a program shows (`/api/v1`); left out: that of a user (`duban token`, `/account`). */
  authenticate?: Authenticate;
  /** Opens `/metrics` to other machines; null: it stays closed. */
  metricsToken: string | null;
  /** How people prove who they are. */
  accounts: AccountParts;
}

/** A name or a form field is never longer; files have their own bound. */
const LARGEST_BODY_BYTES = 256 * 1024;

/** Twenty files over a slow line; who is not done by then gives nothing, and keeps nobody waiting. */
const LONGEST_REQUEST_MS = 30 * 60_000;

/** The console as a server that listens nowhere yet. */
export async function buildConsole(parts: ConsoleParts): Promise<FastifyInstance> {
  const app = fastify({
    // Stdout belongs to the answer of the command that serves.
    logger: { level: parts.logLevel, stream: process.stderr },
    // Addresses of links are secrets, and Fastify's own lines would print them.
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: parts.trustProxy ?? false,
    bodyLimit: LARGEST_BODY_BYTES,
    requestTimeout: LONGEST_REQUEST_MS,
    frameworkErrors: (_error, request, reply) =>
      request.url.startsWith('/api/') ? sendProblem(request, reply, notFound('这个地址')) : noSuchPage(reply),
    // A link may be longer than the router's usual 100 characters.
    routerOptions: { maxParamLength: 2_000 },
    // Ctrl-C waits for answers that are on their way, not for browsers that keep a connection open.
    forceCloseConnections: 'idle',
  });
  const verifications = new Verifications({ evidenceDir: parts.evidence.folder, now: parts.now });
  app.addHook('onClose', () => verifications.settled());
  logRequests(app);
  saySorry(app);
  await harden(app, parts.baseUrl);
  await app.register(fastifyStatic, { root: join(__dirname, 'assets'), prefix: '/assets/', index: false });
  vendor(app);
  health(app, parts.desk);
  metrics(app, parts.desk, parts.metricsToken);
  await answers(app, parts);
  calendarFeed(app, parts);
  await httpApi(app, { ...parts, authenticate: parts.authenticate ?? bearers(parts), verifications });
  await door(app, parts);
  await behindSignIn(app, parts, (inner) => {
    home(inner);
    listPages(inner, parts);
    signOut(inner, parts);
    unitPages(inner, parts);
    letterPages(inner);
    inboxPages(inner, parts);
    calendarPages(inner);
    policyPages(inner);
    libraryPages(inner);
    recordPages(inner, { verifications });
    importPages(inner, parts);
    draftPages(inner, parts);
    draftPolicyPages(inner, parts);
    taskPages(inner, parts);
    owedPages(inner);
    bulkPages(inner, parts);
    events(inner, parts);
    rehearsalPages(inner);
    launchPages(inner, parts);
    paperPages(inner, parts);
    keptForms(inner, parts);
    accountPages(inner, parts);
    userPages(inner, parts);
  });
  return app;
}

/** Tokens as users make them. */
function bearers({ desk, now, accounts }: ConsoleParts): Authenticate {
  const vouchedWithinDays = accounts.provider?.tokenDays ?? null;
  return async (bearer) => {
    const found = await tokenUser(desk.db, bearer, now(), vouchedWithinDays);
    return found && { user: found.user, scopes: found.scope };
  };
}
