/** The reading side of the console: `/cockpit`, `/plans`, a plan, `/supervision`, `/wall`. Every list in the user's sight. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { addDays, dayOf, timeOf } from '../../domain/days';
import type { PlanId, UnitId } from '../../domain/plan';
import { planId } from '../../domain/schemas';
import { turnBoard } from '../../ledger/board-day';
import { loadCalendar } from '../../ledger/calendars';
import type { Db } from '../../ledger/database';
import type { LightCount, Lights } from '../../ledger/lists/counts';
import type { Scope } from '../../ledger/lists/kept-answers';
import { planRowInSight, planRowsInSight } from '../../ledger/lists/plans';
import { type BoardFilters, type BoardPlace, type SeenBoard, SeenBoards } from '../../ledger/lists/seen-board';
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
  const boards = new SeenBoards();
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
  const asking = <T,>(scope: Scope, ask: (board: SeenBoard) => Promise<T>): Promise<T> =>
    db.connection().execute(async (one) => ask(await boards.at(one, scope)));

  app.get('/plans', async ({ signedIn }, reply) => {
    const scope = scopeOf(signedIn);
    const { plans, counts } = await asking(scope, async (board) => ({
      plans: await planRowsInSight(board.db, scope.sight),
      counts: await board.lightsByPlan(),
    }));
    return sendPage(reply, <PlansPage signedIn={signedIn} plans={withLights(plans, byPlan(counts))} />);
  });

  app.get<OfPlan>('/plans/:plan', async (request, reply) => {
    const { signedIn } = request;
    const { plan: id } = request.params;
    const plan = planId.safeParse(id).success ? await planRowInSight(db, signedIn.desk.sight, id) : null;
    if (!plan) return noSuchPage(reply);
    const address = addressOf(request);
    const ofPlan = { ...scopeOf(signedIn), plan: plan.id };
    const { counts, view, said } =
      plan.status === 'draft'
        ? NOTHING
        : await asking(ofPlan, async (board) => ({
            counts: await board.lightsByPlan(),
            ...(await planView(board, signedIn, plan, address)),
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

  async function planView(board: SeenBoard, signedIn: SignedIn, plan: PlanRow, address: ListAddress) {
    const of = { signedIn, plan };
    switch (viewOf(address)) {
      case 'timeline': {
        const due = await board.due();
        const calendar = await loadCalendar(board.db);
        return { view: <TimelineView {...of} due={due} calendar={calendar} />, said: [] };
      }
      case 'units':
        return { view: <UnitsView {...of} leads={await board.lightsByLead()} />, said: [] };
      case 'categories':
        return { view: <CategoriesView {...of} categories={await board.lightsByCategory()} />, said: [] };
      case 'silent': {
        const silent = await board.silentUnits(SILENT_ROWS);
        return { view: <SilentView {...of} silent={silent} />, said: [] };
      }
      case 'list':
        return listView(board, signedIn, plan, address);
    }
  }

  async function listView(board: SeenBoard, signedIn: SignedIn, plan: PlanRow, address: ListAddress) {
    const { unit, isUnknown } = await unitNamed(board.db, plan, address.given.unit);
    const place = { order: orderOf(address), size: ROWS, ...placeOf(address) };
    const page = await board.tasks(filtersOf(address, unit), place);
    const categories = await board.lightsByCategory();
    const leads = await fewLeads(board, plan);
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

  async function fewLeads(board: SeenBoard, plan: PlanRow): Promise<UnitId[]> {
    // Of a plan of thousands of tasks the names are not worth their counting.
    if (plan.tasks > 1_000) return [];
    const leads = await board.lightsByLead();
    return leads.length > OFFERED_UNITS ? [] : leads.map(({ unit }) => unit).sort();
  }

  app.get('/cockpit', async ({ signedIn }, reply) => {
    const { today } = signedIn;
    const scope = scopeOf(signedIn);
    const from = mondayOf(today);
    const to = addDays(from, 13);
    const soon: BoardFilters = { status: 'open', dueFrom: from, dueTo: to };
    const { plans, counts, ...shown } = await asking(scope, async (board) => ({
      plans: await planRowsInSight(board.db, scope.sight),
      counts: await board.lightsByPlan(),
      due: await board.due({ from, to }),
      nearest: await board.tasks(soon, { order: 'urgency', size: FEW }),
      silent: await board.silentUnits(FEW),
      waiting: await waitingFor(board.db, scope.sight, { on: today, limit: FEW / 2 }),
      calendar: await loadCalendar(board.db),
    }));
    const seen = withLights(plans, byPlan(counts)).sort((a, b) => worstFirst(a.lights, b.lights));
    return sendPage(
      reply,
      <CockpitPage signedIn={signedIn} plans={seen.slice(0, FEW)} planCount={plans.length} {...shown} />,
    );
  });

  app.get('/supervision', async (request, reply) => {
    const { signedIn } = request;
    const address = addressOf(request);
    const first = { order: 'urgency', size: LATE_ROWS } as const;
    const shown = await asking(scopeOf(signedIn), async (board) => {
      const pages = {
        red: await board.tasks({ colour: 'red', slip: 'red' }, { ...first, ...placeOf(address) }),
        orange: await board.tasks({ colour: 'red', slip: 'orange' }, first),
        others: await board.tasks({ colour: 'red', slip: 'below-orange' }, { ...first, size: FEW }),
      };
      const ids = Object.values(pages).flatMap(({ rows }) => rows.map(({ id }) => id));
      return { ...pages, tried: await triedWith(board.db, ids), calendar: await loadCalendar(board.db) };
    });
    return sendPage(
      reply,
      <SupervisionPage signedIn={signedIn} address={address} said={ignoredIn(address, signedIn)} {...shown} />,
    );
  });

  app.get('/wall', async ({ signedIn }, reply) => {
    const scope = scopeOf(signedIn);
    const { plans, counts, leads } = await asking(scope, async (board) => ({
      plans: await planRowsInSight(board.db, scope.sight),
      counts: await board.lightsByPlan(),
      leads: await board.lightsByLead(),
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

function scopeOf({ desk: { sight }, today }: SignedIn): Scope {
  return { sight, on: today };
}

/** Where in a list the address is. */
function placeOf({ given: { after, before } }: ListAddress): Pick<BoardPlace, 'after' | 'before'> {
  return { ...(after !== undefined && { after }), ...(before !== undefined && { before }) };
}

/** A draft has no lights. */
const NOTHING = { counts: [], view: null, said: [] };

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
