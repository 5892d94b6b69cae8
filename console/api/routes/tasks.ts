/** `/tasks`: the list with its filters, one task, its events, and moves on it. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { moveJson } from '../../../client/reading/move-json';
import { draftTaskJson, taskJson } from '../../../client/reading/task-json';
import { isTaskCursor, taskList } from '../../../client/reading/task-list';
import { readTask, type TaskReading } from '../../../client/reading/task-reading';
import type { Move } from '../../../domain/intents';
import { moveSchema } from '../../../domain/move-schemas';
import { refuse } from '../../../domain/refusals';
import { day, planId, unitId } from '../../../domain/schemas';
import type { Api, ApiParts } from '../api';
import { callerOf } from '../caller';
import { bindKey, keyOf, writeHeaders } from '../idempotency';
import { linkNext, pageOf, pageQuery } from '../paging';
import { notFound, Problem, refusedProblem } from '../problems';
import { colour, flag, status, taskParams } from '../schemas/common';
import { problems, write } from '../schemas/responses';
import { moveMade, taskEvent, taskRow, taskShown } from '../schemas/tasks';

export function taskRoutes(api: Api, parts: ApiParts): void {
  api.get(
    '/tasks',
    {
      config: { scope: 'read' },
      schema: {
        tags: ['tasks'],
        summary: 'Tasks in sight, by id, with the filters of `duban tasks`',
        querystring: z.object({
          plan: planId.optional(),
          unit: unitId.optional().meta({ description: 'in which this unit is a party' }),
          status: status.optional(),
          light: colour.optional(),
          dueBefore: day.optional(),
          ...pageQuery,
          after: pageQuery.after.refine((text) => text === undefined || isTaskCursor(text), 'not the `next` of a page'),
        }),
        response: { 200: pageOf(taskRow), ...problems },
      },
    },
    async (request, reply) => {
      const { after, limit, ...filter } = request.query;
      const page = await taskList(callerOf(request).desk, filter, { after, limit, today: parts.today() });
      linkNext(request, reply, page.next);
      return page;
    },
  );

  api.get(
    '/tasks/:plan/:no',
    {
      config: { scope: 'read' },
      schema: {
        tags: ['tasks'],
        summary: 'One task: parties, dates, alarms to come, evidence, letters',
        description: 'The ETag names its last event: give it back as If-Match, and a move is not made over a change.',
        params: taskParams,
        querystring: z.object({ history: flag.optional().meta({ description: 'with events and notices' }) }),
        response: { 200: taskShown, ...problems },
      },
    },
    async (request, reply) => {
      const { planTask, page, beside } = await taskOf(request, parts);
      if (!page) return { ...draftTaskJson(planTask, beside.linked) };
      reply.header('etag', `"${page.task.seq}"`);
      return { ...taskJson(page, planTask, beside, request.query.history === true) };
    },
  );

  api.get(
    '/tasks/:plan/:no/events',
    {
      config: { scope: 'read' },
      schema: {
        tags: ['tasks'],
        summary: 'What happened to the task, oldest first',
        params: taskParams,
        querystring: z.object({
          ...pageQuery,
          after: z.coerce
            .number()
            .int()
            .min(0)
            .optional()
            .meta({ description: '`seq` of the last event that you have' }),
        }),
        response: { 200: pageOf(taskEvent), ...problems },
      },
    },
    async (request, reply) => {
      const { page } = await taskOf(request, parts);
      const { after = 0, limit } = request.query;
      const rest = (page?.events ?? []).filter(({ seq }) => seq > after);
      const items = rest.slice(0, limit);
      const next = rest.length > limit ? String(items.at(-1)?.seq ?? after) : null;
      linkNext(request, reply, next);
      return { items, next };
    },
  );

  api.post(
    '/tasks/:plan/:no/moves',
    {
      config: { scope: 'move' },
      schema: {
        tags: ['tasks'],
        summary: 'Makes a move of the table of moves',
        description:
          'The Idempotency-Key is the id of the move: repeated under it, a move happens once, however long ago the first was.',
        headers: writeHeaders.extend({
          'if-match': z
            .string()
            .regex(/^"\d{1,9}"$/, 'the ETag of the task, like "7"')
            .optional()
            .meta({ description: 'not made when a person has moved the task since' }),
        }),
        params: taskParams,
        body: moveSchema,
        response: { 200: moveMade, ...write },
      },
    },
    async (request, reply) => {
      const { page } = await taskOf(request, parts);
      const { desk } = callerOf(request);
      const id = taskIdOf(request);
      if (!page) throw refusedProblem(refuse('not-launched'));
      const move = request.body;
      await bindKey(request, desk.desk.db, move, parts.now());
      const seen = seenSeq(request);
      const outcome = await desk.move(id, move, {
        moveId: keyOf(request) ?? undefined,
        ...(seen !== null && { seenSeq: seen }),
      });
      if (outcome.outcome === 'changed') {
        const zh = '任务在您查看之后已被他人办理，此操作未执行。';
        throw new Problem(409, 'changed', zh, 'a person has moved the task since; nothing was done', {
          since: outcome.since,
        });
      }
      if (outcome.outcome === 'refused') throw refusedProblem(outcome.refusal, outcome.moveId);
      return madeOf(request, reply, parts, outcome, move);
    },
  );
}

/** The task in the path. Throws the problem `not-found`. */
export async function taskOf(request: FastifyRequest, parts: ApiParts): Promise<TaskReading> {
  const found = await readTask(callerOf(request).desk, taskIdOf(request), parts.today());
  if (!found) throw notFound('这项任务');
  return found;
}

/** The id of the task in the path, whose parts were checked. */
export function taskIdOf(request: FastifyRequest): string {
  const { plan, no } = taskParams.parse(request.params);
  return `${plan}/${no}`;
}

/** What came of a move that was recorded, with the task after it. */
export async function madeOf(
  request: FastifyRequest,
  reply: FastifyReply,
  parts: ApiParts,
  outcome: { moveId: string; events: { seq: number; at: string; type: string }[] },
  move: Move,
) {
  const { desk } = callerOf(request);
  const after = await desk.desk.task(taskIdOf(request));
  if (!after) throw notFound('这项任务');
  reply.header('etag', `"${after.seq}"`);
  return moveJson(desk.desk.db, { move, outcome, after, today: parts.today() });
}

function seenSeq(request: FastifyRequest): number | null {
  const given = request.headers['if-match'];
  return typeof given === 'string' ? Number(given.replaceAll('"', '')) : null;
}
