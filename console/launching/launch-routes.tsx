/** `/plans/:plan/launch`: accepted once, carried out by its own process; how far it is, the ledger says. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { LaunchRefused } from '../../client/errors';
import { launchProblemsOf } from '../../client/launch-problems';
import { planOfOffice } from '../../client/reading/plan-sight';
import { instantOf, isDay } from '../../domain/days';
import { checkText } from '../../domain/move-check';
import { sentenceOf } from '../../domain/refusals';
import { LedgerRefusal } from '../../ledger/errors';
import { issuedTasks } from '../../ledger/launch-progress';
import type { StoredPlan } from '../../ledger/plans';
import { unitsById } from '../../ledger/units';
import { sendPage } from '../pages/send-page';
import { noSuchPage } from '../sorry';
import { LaunchPage } from './launch-page';
import { words } from './words';

export interface LaunchParts {
  /** The instant now, ISO. */
  now: () => string;
}

type OnLaunch = { Params: { plan: string }; Querystring: { interrupted?: string } };
type Asked = FastifyRequest<OnLaunch>;

/** Often enough for a person who watches. */
const REFRESH_SECONDS = 3;

export function launchPages(app: FastifyInstance, { now }: LaunchParts): void {
  async function show(
    { signedIn }: Asked,
    reply: FastifyReply,
    stored: StoredPlan,
    { status = 200, said = [], typed }: { status?: number; said?: readonly string[]; typed?: Typed } = {},
  ) {
    const { desk, today, language } = signedIn;
    const { db } = desk.desk;
    const { plan } = stored;
    const isDraft = stored.status === 'draft';
    const refusal = desk.may('launch', { office: plan.office });
    const office = (await unitsById(db, [plan.office])).get(plan.office);
    // The browser asks again by itself: a progress needs no script, and no page that must stay open.
    if (stored.status === 'launching') reply.header('refresh', String(REFRESH_SECONDS));
    return sendPage(
      reply.code(status),
      <LaunchPage
        signedIn={signedIn}
        stored={stored}
        problems={isDraft ? await launchProblemsOf(db, plan, today) : []}
        typed={typed ?? { signedBy: office?.leader?.name ?? '', at: '' }}
        said={said}
        mayNot={refusal && sentenceOf(refusal, language === 'en' ? 'en' : 'zh')}
        done={isDraft ? 0 : await issuedTasks(db, plan.id)}
        now={now()}
      />,
    );
  }

  app.get<OnLaunch>('/plans/:plan/launch', async (request, reply) => {
    const { desk, language } = request.signedIn;
    const stored = await planOfOffice(desk, request.params.plan);
    if (!stored) return noSuchPage(reply);
    const isInterrupted = request.query.interrupted === 'yes' && stored.status === 'launching';
    return show(request, reply, stored, { said: isInterrupted ? [words[language].interrupted] : [] });
  });

  app.post<OnLaunch>('/plans/:plan/launch', async (request, reply) => {
    const { desk, language } = request.signedIn;
    const w = words[language];
    const stored = await planOfOffice(desk, request.params.plan);
    if (!stored) return noSuchPage(reply);
    desk.authorise('launch', { office: stored.plan.office });
    // A second click, or the back button: it is under way, and nothing is asked twice.
    if (stored.status !== 'draft') return reply.redirect(`/plans/${stored.plan.id}/launch`, 303);
    const { typed, revision, isConfirmed } = typedIn(request.body);
    const refuse = (said: readonly string[], status = 422) => show(request, reply, stored, { status, said, typed });
    if (!isConfirmed) return refuse([w.confirmFirst]);
    if (checkText(typed.signedBy, { max: 60, name: w.signedBy }) !== null) return refuse([w.signFirst]);
    const at = typed.at === '' ? undefined : instantIn(typed.at);
    if (at === null) return refuse([w.badInstant]);
    if (at !== undefined && at <= now()) return refuse([w.past]);
    if (revision !== stored.revision) return refuse([w.overtaken], 409);
    return launch(request, reply, stored, { signedBy: typed.signedBy, at, typed });
  });

  app.post<OnLaunch>('/plans/:plan/launch/resume', async (request, reply) => {
    const { desk } = request.signedIn;
    const stored = await planOfOffice(desk, request.params.plan);
    if (!stored) return noSuchPage(reply);
    desk.authorise('launch', { office: stored.plan.office });
    if (stored.status !== 'launching') return reply.redirect(`/plans/${stored.plan.id}/launch`, 303);
    const typed = { signedBy: stored.signedBy ?? '', at: '' };
    return launch(request, reply, stored, { signedBy: typed.signedBy, at: undefined, typed });
  });

  async function launch(
    request: Asked,
    reply: FastifyReply,
    stored: StoredPlan,
    { signedBy, at, typed }: { signedBy: string; at: string | undefined; typed: Typed },
  ): Promise<FastifyReply> {
    const { desk, language } = request.signedIn;
    const { id } = stored.plan;
    const here = `/plans/${id}/launch`;
    try {
      await desk.launch({ plan: id, signedBy, at, wait: false });
      return reply.redirect(here, 303);
    } catch (error) {
      const refuse = (said: readonly string[]) => show(request, reply, stored, { status: 409, said, typed });
      if (error instanceof LaunchRefused) return refuse([]);
      if (error instanceof LedgerRefusal && error.code === 'plan-changed') return refuse([words[language].overtaken]);
      const fresh = await planOfOffice(desk, id);
      // Accepted, and only its process is not there yet: whoever goes on repeats nothing.
      if (fresh?.status !== 'launching') throw error;
      request.log.error({ err: error, plan: id }, 'launch accepted, process not started');
      return reply.redirect(`${here}?interrupted=yes`, 303);
    }
  }
}

interface Typed {
  signedBy: string;
  at: string;
}

function typedIn(body: unknown): { typed: Typed; revision: number; isConfirmed: boolean } {
  const text = (name: string): string => {
    const value: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined;
    return typeof value === 'string' ? value.trim() : '';
  };
  return {
    typed: { signedBy: text('signedBy'), at: text('at') },
    revision: Number(text('revision')),
    isConfirmed: text('confirm') === 'yes',
  };
}

/** `2027-03-01T08:00`, Beijing time; null for what is no instant. */
function instantIn(text: string): string | null {
  const [, day, time] = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})/.exec(text) ?? [];
  if (day === undefined || time === undefined || !isDay(day) || !/^([01]\d|2[0-3]):[0-5]\d$/.test(time)) return null;
  return instantOf(day, time);
}
