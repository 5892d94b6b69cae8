/**
 * `/events`: tells an open page that something it shows has changed. Only that it did, and of what is in the user's
 * sight; the page fetches the rest itself. It ends with the session.
 */
import { PassThrough } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { isInSight, type Sight } from '../../domain/rights';
import { planId, taskId } from '../../domain/schemas';
import { livingSessions } from '../../ledger/accounts/sessions';
import { type Change, changeReader, changesSince, hasSeen } from '../../ledger/changes';
import type { ConsoleParts } from '../app';
import { noSuchPage } from '../sorry';
import { Feed } from './feed';
import { END_OF_EVENTS, EVENT_STREAM } from './stream';

/** Below the minute after which proxies give up a silent connection. */
const HEARTBEAT_MS = 15_000;
/** A browser has six connections to one server and needs some for pages; what a user opens beyond this ends the oldest. */
const MOST_PER_USER = 4;

/** A page of many tasks is fetched anew at most so often, however much happens: at a deadline that is every second. */
const MANY_MS = 5_000;

/** Of more changes that a page may have missed nobody looks which concern it: it is fetched anew. */
const MOST_MISSED = 500;

/** What a page listens to. */
type Subject = { task: string } | { plan: string } | 'everything';

interface Open {
  login: string;
  session: string;
  sight: Sight;
  subject: Subject;
  /** The snapshot of the ledger that the page was read at; what it saw is not told. */
  seen: string;
  stream: PassThrough;
  /** A word that waits until the page may be told again. */
  later: NodeJS.Timeout | null;
  /** `performance.now()` of the last word. */
  toldAt: number;
}

export function events(app: FastifyInstance, { desk, now }: Pick<ConsoleParts, 'desk' | 'now'>): void {
  const feed = new Feed(() => changeReader(desk.db));
  const open = new Set<Open>();

  app.get<{ Querystring: Record<string, unknown> }>('/events', async (request, reply) => {
    const subject = subjectOf(request.query);
    const { desk: own, user, session } = request.signedIn;
    if (!subject) return noSuchPage(reply);
    // A task that is not his any more: he need not come back.
    if (isOfTask(subject) && !(await own.task(subject.task))) return reply.type(EVENT_STREAM).send(END_OF_EVENTS);
    const one: Open = {
      login: user.login,
      session,
      sight: own.sight,
      subject,
      seen: typeof request.query.seen === 'string' ? request.query.seen : '',
      stream: new PassThrough(),
      later: null,
      toldAt: -MANY_MS,
    };
    const stop = await feed.listen((changes) => void tell(one, changes));
    open.add(one);
    one.stream.once('close', () => {
      open.delete(one);
      if (one.later) clearTimeout(one.later);
      stop();
    });
    request.raw.once('close', () => one.stream.destroy());
    for (const oldest of [...open].filter(({ login }) => login === user.login).slice(0, -MOST_PER_USER)) end(oldest);
    one.stream.write(`retry: 3000\n\n`);
    // What happened between the page and its listening, or while nobody looked at it, is told at once.
    if (one.seen !== '' && (await hasMissed(one))) say(one, null);
    return reply
      .header('content-type', EVENT_STREAM)
      .header('cache-control', 'no-store')
      .header('x-accel-buffering', 'no')
      .send(one.stream);
  });

  async function tell(one: Open, changes: readonly Change[]): Promise<void> {
    const own = changes.filter((change) => concerns(one, change) && !hasSeen(one.seen, change));
    const [first, ...others] = own;
    if (!first || one.later) return;
    if (await isOver(one)) return end(one);
    const wait = isOfTask(one.subject) ? 0 : one.toldAt + MANY_MS - performance.now();
    if (wait <= 0) return say(one, others.length === 0 ? first : null);
    one.later ??= setTimeout(() => {
      one.later = null;
      say(one, null);
    }, wait);
  }

  async function hasMissed(one: Open): Promise<boolean> {
    const { subject, sight, seen } = one;
    const of = subject === 'everything' ? { sight } : { sight, ...subject };
    const missed = await changesSince(desk.db, seen, of, MOST_MISSED);
    return missed === null || missed.some((change) => concerns(one, change));
  }

  async function isOver({ session }: Open): Promise<boolean> {
    // A database that is away ends nobody's session.
    const living = await livingSessions(desk.db, [session], now()).catch(() => new Set([session]));
    return !living.has(session);
  }

  async function beat(): Promise<void> {
    const sessions = [...new Set([...open].map(({ session }) => session))];
    if (sessions.length === 0) return;
    const living = await livingSessions(desk.db, sessions, now()).catch(() => new Set(sessions));
    for (const one of [...open]) {
      if (living.has(one.session)) one.stream.write(': here\n\n');
      else end(one);
    }
  }

  const heart = setInterval(() => void beat(), HEARTBEAT_MS);
  heart.unref();
  // Before the server waits for its answers to end: these would not.
  app.addHook('preClose', async () => {
    clearInterval(heart);
    feed.stop();
    for (const one of [...open]) one.stream.end();
  });
}

/** @param change the only one; null: several, or nobody knows how many */
function say(one: Open, change: Change | null): void {
  // A page that does not read is dropped, not waited for.
  if (one.stream.writableLength > 64 * 1024) return void one.stream.destroy();
  one.toldAt = performance.now();
  const data = change ? { kind: change.kind, id: change.id, seq: change.seq } : {};
  one.stream.write(`event: change\ndata: ${JSON.stringify(data)}\n\n`);
}

function end({ stream }: Open): void {
  stream.end(END_OF_EVENTS);
}

function concerns({ sight, subject }: Open, { kind, id, plan, office, units }: Change): boolean {
  if (!isInSight(sight, office, units)) return false;
  if (subject === 'everything') return true;
  return 'plan' in subject ? plan === subject.plan : kind === 'task' && id === subject.task;
}

function isOfTask(subject: Subject): subject is { task: string } {
  return subject !== 'everything' && 'task' in subject;
}

function subjectOf({ task, plan }: Record<string, unknown>): Subject | null {
  if (task !== undefined) return typeof task === 'string' && taskId.safeParse(task).success ? { task } : null;
  if (plan === undefined) return 'everything';
  return typeof plan === 'string' && planId.safeParse(plan).success ? { plan } : null;
}
