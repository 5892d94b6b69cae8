/** `/plans`: what there is, a rehearsal, the launch, a unit's report on the whole. */
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { planJson } from '../../../client/reading/plan-json';
import { numbersOf } from '../../../client/reading/plan-numbers';
import { planInSight, plansInSight } from '../../../client/reading/plan-sight';
import { rehearse } from '../../../domain/rehearsal';
import { day, personName, text, unitId } from '../../../domain/schemas';
import { loadCalendar } from '../../../ledger/calendars';
import { launchedTasks } from '../../../ledger/launched-tasks';
import type { StoredPlan } from '../../../ledger/plans';
import { listUnits } from '../../../ledger/units';
import type { Api, ApiParts } from '../api';
import { callerOf } from '../caller';
import { bindKey, keyOf, once, writeHeaders } from '../idempotency';
import { linkNext, pageOf, pageQuery } from '../paging';
import { notFound, Problem, refusedProblem } from '../problems';
import { planParams } from '../schemas/common';
import { launchState, planRow, planShown, rehearsal, reportMade } from '../schemas/plans';
import { problems, write } from '../schemas/responses';

/** Longer launches go on by themselves; who asked looks again. */
const WAITS_MS = 5_000;

export function planRoutes(api: Api, parts: ApiParts): void {
  api.get(
    '/plans',
    {
      config: { scope: 'read' },
      schema: {
        tags: ['plans'],
        summary: 'Plans in sight, by id',
        querystring: z.object(pageQuery),
        response: { 200: pageOf(planRow), ...problems },
      },
    },
    async (request, reply) => {
      const { after = '', limit } = request.query;
      const rest = (await plansInSight(callerOf(request).desk)).filter(({ id }) => id > after);
      const items = rest.slice(0, limit);
      const next = rest.length > limit ? (items.at(-1)?.id ?? null) : null;
      linkNext(request, reply, next);
      return { items, next };
    },
  );

  api.get(
    '/plans/:plan',
    {
      config: { scope: 'read' },
      schema: {
        tags: ['plans'],
        summary: 'One plan with its tasks',
        params: planParams,
        response: { 200: planShown, ...problems },
      },
    },
    async (request) => ({ ...planJson(await planOf(request, request.params.plan)) }),
  );

  api.get(
    '/plans/:plan/rehearsal',
    {
      config: { scope: 'read' },
      schema: {
        tags: ['plans'],
        summary: 'Every letter, slip and check-in that the plan would cause; nothing is sent or stored',
        params: planParams,
        querystring: z.object({
          from: day.optional().meta({ description: 'the day of launch; today, or the day it was launched' }),
          silent: z
            .union([unitId, z.array(unitId).max(500)])
            .optional()
            .meta({ description: 'units that never act' }),
        }),
        response: { 200: rehearsal, ...problems },
      },
    },
    async (request) => {
      const stored = await planOf(request, request.params.plan);
      const { desk } = callerOf(request);
      desk.authorise('rehearse', { office: stored.plan.office });
      const { from = stored.launchOn ?? parts.today(), silent = [] } = request.query;
      if (from > LAST_DAY) throw new Problem(422, 'date-too-late', `${from}太晚。`, `the latest day is ${LAST_DAY}`);
      const units = await listUnits(desk.desk.db);
      const quiet = [silent].flat();
      const unknown = quiet.find((id) => !units.some((unit) => unit.id === id));
      if (unknown) throw refusedProblem({ refused: 'unknown-unit', details: { unit: unknown } });
      const calendar = await loadCalendar(desk.desk.db);
      return rehearse(stored.plan, units, calendar, numbersOf(stored), { from, silent: quiet });
    },
  );

  api.get(
    '/plans/:plan/launch',
    {
      config: { scope: 'read' },
      schema: {
        tags: ['plans'],
        summary: 'How far the launch is',
        params: planParams,
        response: { 200: launchState, ...problems },
      },
    },
    async (request) => stateOfLaunch(parts, await planOf(request, request.params.plan)),
  );

  api.post(
    '/plans/:plan/launch',
    {
      config: { scope: 'plan' },
      schema: {
        tags: ['plans'],
        summary: 'Launches the plan; repeated, it goes on where it stopped. 202: it goes on by itself, look again',
        headers: writeHeaders,
        params: planParams,
        body: z.strictObject({
          signedBy: personName.meta({ description: '签发人, who signs the slips of this plan' }),
          at: z.iso.datetime({ offset: true }).optional().meta({ description: 'a later instant; now when left out' }),
        }),
        response: { 200: launchState, 202: launchState, ...write },
      },
    },
    async (request, reply) => {
      const { plan: id } = request.params;
      const { signedBy, at } = request.body;
      const { desk } = callerOf(request);
      const { plan } = await planOf(request, id);
      desk.authorise('launch', { office: plan.office });
      if (at !== undefined && Date.parse(at) <= Date.parse(parts.now())) {
        throw new Problem(
          422,
          'instant-past',
          '下达时间已过。',
          'the instant has passed: leave `at` out to launch now',
        );
      }
      const written = await once(request, { db: desk.desk.db, content: request.body, now: parts.now() }, async () => {
        const launching = desk.launch({
          plan: id,
          signedBy,
          ...(at !== undefined && { at: new Date(at).toISOString() }),
        });
        // Whoever gives up waiting does not wait for its failure either: the launch is a process of its own.
        launching.catch(() => undefined);
        const ended = await Promise.race([launching, parts.pause(WAITS_MS)]);
        const state = await stateOfLaunch(parts, await planOf(request, id));
        return { status: ended?.stage === 'done' ? 200 : 202, body: state };
      });
      reply.header('location', `/api/v1/plans/${id}/launch`);
      return reply.code(written.status === 200 ? 200 : 202).send(written.body as z.output<typeof launchState>);
    },
  );

  api.post(
    '/plans/:plan/reports',
    {
      config: { scope: 'move' },
      schema: {
        tags: ['plans'],
        summary: "A unit's report on the plan as a whole (R18)",
        headers: writeHeaders,
        params: planParams,
        body: z.strictObject({ unit: unitId, text: text(5000).min(1) }),
        response: { 200: reportMade, ...write },
      },
    },
    async (request) => {
      const { plan } = request.params;
      await planOf(request, plan);
      const { desk } = callerOf(request);
      await bindKey(request, desk.desk.db, request.body, parts.now());
      const outcome = await desk.reportOnPlan(plan, request.body, { moveId: keyOf(request) ?? undefined });
      if (outcome.outcome === 'refused') throw refusedProblem(outcome.refusal, outcome.moveId);
      return { plan, moveId: outcome.moveId, events: outcome.events };
    },
  );
}

/** As for the dates of moves: further than any calendar reaches. */
const LAST_DAY = '2099-12-31';

async function planOf(request: FastifyRequest, id: string): Promise<StoredPlan> {
  const stored = await planInSight(callerOf(request).desk, id);
  if (!stored) throw notFound('这个方案');
  return stored;
}

async function stateOfLaunch({ desk, now }: ApiParts, { plan, status, launchOn, launchedAt, signedBy }: StoredPlan) {
  const started = await launchedTasks(desk.db, plan.id);
  const waits = launchedAt !== null && Date.parse(launchedAt) > Date.parse(now());
  const stage = status === 'draft' ? 'draft' : status === 'launched' ? 'done' : waits ? 'waiting' : 'starting';
  return { plan: plan.id, status, stage, started, total: plan.tasks.length, launchOn, launchedAt, signedBy } as const;
}
