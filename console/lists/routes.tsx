/** The reading side of the console: `/cockpit`, `/plans`, a plan, `/supervision`, `/wall`. Every list in the user's sight. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { addDays, dayOf, timeOf } from '../../domain/days';
import type { PlanId, UnitId } from '../../domain/plan';
import { planId } from '../../domain/schemas';
import { turnBoard } from '../../ledger/board-day';
import { loadCalendar } from '../../ledger/calendars';
import type { Db } from '../../ledger/database';
import type { LightCount, Lights } from '../../ledger/lists/counts';
import type { Scope } from '../../ledger/lists/kept';
import { KeptCounts } from '../../ledger/lists/kept-counts';
import { planInSight, plansInSight } from '../../ledger/lists/plans';
import { type TaskFilters, type TaskPage, type TaskPageRequest, taskPage } from '../../ledger/lists/tasks';
import { triedWith } from '../../ledger/lists/tried';
import { waitingFor } from '../../ledger/lists/waiting';
import type { PlanRow } from '../../ledger/plans';
import { unitsById } from '../../ledger/units';
import type { ConsoleParts } from '../app';
import { sendPage } from '../pages/send-page';
import type { SignedIn } from '../session/signed-in';
import { noSuchPage } from '../sorry';
import { CockpitPage, mondayOf } from './cockpit-page';
import { addLights, totalOf } from './light-counts';
import { filtersOf, type ListAddress, listAddress, orderOf, viewOf } from './list-address';
import { PlanPage } from './plan-page';
import { CategoriesView, ListView, SilentView, TimelineView, UnitsView, worstFirst } from './plan-views';
import { PlansPage, withLights } from './plans-page';
import { SupervisionPage } from './supervision-page';
import { WallPage } from './wall-page';
import { words } from './words';

/** A page of a list: what fits into some 40 kB, and what one looks through before one filters. */
const ROWS = 50;
const LATE_ROWS = 10;
const FEW = 10;
const SILENT_ROWS = 100;
const WALL_UNITS = 40;
const WALL_PLANS = 12;
/** A browser offers so many names while one types; of more it offers none. */
const OFFERED_UNITS = 80;
/** The board is looked at so often, so that a new day's lights are there before somebody asks for them. */
const TURN_EVERY_MS = 60_000;

export function listPages(app: FastifyInstance, { desk: { db }, now }: Pick<ConsoleParts, 'desk' | 'now'>): void {
  const turning = setInterval(() => {
    const on = dayOf(now());
    // A database that is away is the next reader's error, not the server's end.
    turnBoard(db, on).catch((error: unknown) => app.log.warn({ err: error }, 'the board was not turned'));
  }, TURN_EVERY_MS);
  turning.unref();
  app.addHook('onClose', async () => clearInterval(turning));

  /**
   * What a page asks, on one connection, one question after the other: more at once would make no page faster on a
   * database that is busy, and fifty readers would hold every connection that there is.
   */
  const asking = <T,>(ask: (one: Db) => Promise<T>): Promise<T> => db.connection().execute(ask);

  const kept = new KeptCounts();

  app.get('/plans', async ({ signedIn }, reply) => {
    await turnBoard(db, signedIn.today);
    const scope = scopeOf(signedIn);
    const { plans, counts } = await asking(async (one) => ({
      plans: await plansInSight(one, scope.sight),
      counts: await kept.lightsByPlan(one, scope),
    }));
    return sendPage(reply, <PlansPage signedIn={signedIn} plans={withLights(plans, byPlan(counts))} />);
  });

  app.get<OfPlan>('/plans/:plan', async (request, reply) => {
    const { signedIn } = request;
    const { plan: id } = request.params;
    const plan = planId.safeParse(id).success ? await planInSight(db, signedIn.desk.sight, id) : null;
    if (!plan) return noSuchPage(reply);
    await turnBoard(db, signedIn.today);
    const address = addressOf(request);
    const isDraft = plan.status === 'draft';
    const { counts, view, said } = await asking(async (one) => ({
      counts: isDraft ? [] : await kept.lightsByPlan(one, ofPlan(signedIn, plan)),
      ...(isDraft ? NO_VIEW : await planView(one, signedIn, plan, address)),
    }));
    return sendPage(
      reply,
      <PlanPage
        signedIn={signedIn}
        plan={plan}
        counts={counts}
        address={address}
        said={[...ignoredIn(address, signedIn), ...said]}
      >
        {view}
      </PlanPage>,
    );
  });

  async function planView(one: Db, signedIn: SignedIn, plan: PlanRow, address: ListAddress) {
    const of = { signedIn, plan };
    const scope = ofPlan(signedIn, plan);
    switch (viewOf(address)) {
      case 'timeline': {
        const due = await kept.due(one, scope);
        const calendar = await loadCalendar(one);
        return { view: <TimelineView {...of} due={due} calendar={calendar} />, said: [] };
      }
      case 'units':
        return { view: <UnitsView {...of} leads={await kept.lightsByLead(one, scope)} />, said: [] };
      case 'categories':
        return { view: <CategoriesView {...of} categories={await kept.lightsByCategory(one, scope)} />, said: [] };
      case 'silent': {
        const silent = await kept.silentUnits(one, scope, SILENT_ROWS);
        return { view: <SilentView {...of} silent={silent} />, said: [] };
      }
      case 'list':
        return listView(one, signedIn, plan, address);
    }
  }

  async function listView(one: Db, signedIn: SignedIn, plan: PlanRow, address: ListAddress) {
    const scope = ofPlan(signedIn, plan);
    const { unit, isUnknown } = await unitNamed(one, plan, address.given.unit);
    const page = await pageOf(one, scope, filtersOf(address, unit), {
      order: orderOf(address),
      size: ROWS,
      ...placeOf(address),
    });
    const categories = await kept.lightsByCategory(one, scope);
    const leads = await fewLeads(one, plan, signedIn);
    const view = (
      <ListView
        signedIn={signedIn}
        plan={plan}
        address={address}
        page={page}
        categories={categories.map(({ category }) => category)}
        units={leads}
      />
    );
    const w = words[signedIn.language];
    return { view, said: isUnknown ? [w.unknownUnit(address.given.unit ?? '')] : [] };
  }

  /** A page of tasks, with their number as others may have asked for it already. */
  function pageOf(one: Db, scope: Scope, filters: Omit<TaskFilters, 'plan'>, list: ListedHow): Promise<TaskPage> {
    const { sight, plan } = scope;
    const request = { ...filters, ...list, ...(plan !== undefined && { plan }) };
    return taskPage(one, sight, request, () => kept.tasks(one, scope, filters));
  }

  /** A unit by its id, or by its name in the plan's city. */
  async function unitNamed(
    one: Db,
    plan: PlanRow,
    named: string | undefined,
  ): Promise<{ unit: UnitId | null; isUnknown: boolean }> {
    if (named === undefined) return { unit: null, isUnknown: false };
    const ids = [named.trim(), `${plan.city}:${named.trim()}`];
    const known = await unitsById(one, ids);
    const unit = ids.find((id) => known.has(id)) ?? null;
    return { unit, isUnknown: unit === null };
  }

  async function fewLeads(one: Db, plan: PlanRow, signedIn: SignedIn): Promise<UnitId[]> {
    // Of a plan of thousands of tasks the names are not worth their counting.
    if (plan.tasks > 1_000) return [];
    const leads = await kept.lightsByLead(one, ofPlan(signedIn, plan));
    return leads.length > OFFERED_UNITS ? [] : leads.map(({ unit }) => unit).sort();
  }

  app.get('/cockpit', async ({ signedIn }, reply) => {
    const { today } = signedIn;
    const scope = scopeOf(signedIn);
    await turnBoard(db, today);
    const from = mondayOf(today);
    const to = addDays(from, 13);
    const soon: TaskFilters = { status: 'open', dueFrom: from, dueTo: to };
    const { plans, counts, ...shown } = await asking(async (one) => ({
      plans: await plansInSight(one, scope.sight),
      counts: await kept.lightsByPlan(one, scope),
      due: await kept.due(one, scope, { from, to }),
      nearest: await pageOf(one, scope, soon, { order: 'urgency', size: FEW }),
      silent: await kept.silentUnits(one, scope, FEW),
      waiting: await waitingFor(one, scope.sight, { on: today, limit: FEW / 2 }),
      calendar: await loadCalendar(one),
    }));
    const seen = withLights(plans, byPlan(counts)).sort((a, b) => worstFirst(a.lights, b.lights));
    return sendPage(
      reply,
      <CockpitPage signedIn={signedIn} plans={seen.slice(0, FEW)} planCount={plans.length} {...shown} />,
    );
  });

  app.get('/supervision', async (request, reply) => {
    const { signedIn } = request;
    const scope = scopeOf(signedIn);
    await turnBoard(db, signedIn.today);
    const address = addressOf(request);
    const red = (slip: TaskFilters['slip']): TaskFilters => ({ colour: 'red', slip });
    const first = { order: 'urgency', size: LATE_ROWS } as const;
    const shown = await asking(async (one) => {
      const pages = {
        red: await pageOf(one, scope, red('red'), { ...first, ...placeOf(address) }),
        orange: await pageOf(one, scope, red('orange'), first),
        others: await pageOf(one, scope, red('below-orange'), { ...first, size: FEW }),
      };
      const ids = Object.values(pages).flatMap(({ rows }) => rows.map(({ id }) => id));
      return { ...pages, tried: await triedWith(one, ids), calendar: await loadCalendar(one) };
    });
    return sendPage(
      reply,
      <SupervisionPage signedIn={signedIn} address={address} said={ignoredIn(address, signedIn)} {...shown} />,
    );
  });

  app.get('/wall', async ({ signedIn }, reply) => {
    const scope = scopeOf(signedIn);
    await turnBoard(db, signedIn.today);
    const { plans, counts, leads } = await asking(async (one) => ({
      plans: await plansInSight(one, scope.sight),
      counts: await kept.lightsByPlan(one, scope),
      leads: await kept.lightsByLead(one, scope),
    }));
    const seen = withLights(plans, byPlan(counts)).filter(({ lights }) => totalOf(lights) > 0);
    return sendPage(
      reply,
      <WallPage
        signedIn={signedIn}
        time={timeOf(now())}
        plans={seen.sort((a, b) => worstFirst(a.lights, b.lights)).slice(0, WALL_PLANS)}
        units={leads.toSorted(worstFirst).slice(0, WALL_UNITS)}
      />,
    );
  });
}

type ListedHow = Omit<TaskPageRequest, keyof TaskFilters>;

function scopeOf({ desk: { sight }, today }: SignedIn): Scope {
  return { sight, on: today };
}

function ofPlan(signedIn: SignedIn, { id }: PlanRow): Scope & { plan: PlanId } {
  return { ...scopeOf(signedIn), plan: id };
}

/** Where in a list the address is. */
function placeOf({ given: { after, before } }: ListAddress): Pick<TaskPageRequest, 'after' | 'before'> {
  return { ...(after !== undefined && { after }), ...(before !== undefined && { before }) };
}

const NO_VIEW = { view: null, said: [] };

interface OfPlan {
  Params: { plan: PlanId };
}

function addressOf(request: FastifyRequest): ListAddress {
  return listAddress(request.url.split('?')[0] ?? '', request.query);
}

function ignoredIn({ ignored }: ListAddress, { language }: SignedIn): string[] {
  return ignored.length === 0 ? [] : [words[language].ignored(ignored.join('、'))];
}

function byPlan(counts: readonly LightCount[]): Map<PlanId, Lights> {
  const plans = new Map<PlanId, LightCount[]>();
  for (const count of counts) plans.set(count.plan, [...(plans.get(count.plan) ?? []), count]);
  return new Map([...plans].map(([plan, rows]) => [plan, addLights(rows)]));
}
