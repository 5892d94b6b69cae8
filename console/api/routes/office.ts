/** `/units`, `/calendar`, `/audit`: what the office keeps beside plans. */
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { importCalendarAs } from '../../../client/calendar-import';
import { changeUnitAs, substituteAs, unitsInSight, unitTag } from '../../../client/directory';
import { calendarYearDays } from '../../../domain/calendar-schemas';
import { LANGUAGES } from '../../../domain/language';
import { cityCode, day, mailAddress, person, personName, planId, text } from '../../../domain/schemas';
import { loadCalendar } from '../../../ledger/calendars';
import type { Api, ApiParts } from '../api';
import { callerOf } from '../caller';
import { once, writeHeaders } from '../idempotency';
import { linkNext, pageOf, pageQuery } from '../paging';
import { notFound } from '../problems';
import { unitParams } from '../schemas/common';
import { calendarImported, calendarShown, unitShown, verificationRun } from '../schemas/office';
import { problems, write } from '../schemas/responses';

const year = z.string().regex(/^\d{4}$/, 'a year has four digits');

export function officeRoutes(api: Api, parts: ApiParts): void {
  api.get(
    '/units',
    {
      config: { scope: 'read' },
      schema: {
        tags: ['units'],
        summary: 'Units of the directory, by id',
        querystring: z.object({
          city: cityCode.optional(),
          q: text(60).optional().meta({ description: 'in the name or an alias' }),
          ...pageQuery,
        }),
        response: { 200: pageOf(unitShown), ...problems },
      },
    },
    async (request, reply) => {
      const page = await unitsInSight(callerOf(request).desk, request.query);
      linkNext(request, reply, page.next);
      return { items: page.items, next: page.next };
    },
  );

  api.get(
    '/units/:unit',
    {
      config: { scope: 'read' },
      schema: {
        tags: ['units'],
        summary: 'One unit',
        params: unitParams,
        response: { 200: unitShown, ...problems },
      },
    },
    async (request, reply) => {
      const unit = await unitOf(request, request.params.unit);
      reply.header('etag', unitTag(unit));
      return unit;
    },
  );

  api.patch(
    '/units/:unit',
    {
      config: { scope: 'directory' },
      schema: {
        tags: ['units'],
        summary: 'Changes who answers for a unit; what is left out stays',
        headers: writeHeaders.extend({ 'if-match': z.string().max(100).optional() }),
        params: unitParams,
        body: z.strictObject({
          liaison: person.nullable().optional(),
          head: person.nullable().optional(),
          leader: person.nullable().optional(),
          aliases: z.array(text(100).min(1)).max(50).optional(),
          language: z.enum(LANGUAGES).optional(),
        }),
        response: { 200: unitShown, ...write },
      },
    },
    async (request, reply) => {
      const { unit: id } = request.params;
      await unitOf(request, id);
      const { desk } = callerOf(request);
      const seen = request.headers['if-match'];
      const written = await once(request, { db: desk.desk.db, content: request.body, now: parts.now() }, async () => {
        await changeUnitAs(desk, id, (unit) => ({ ...unit, ...request.body }), {
          seen: typeof seen === 'string' ? seen : undefined,
        });
        return { status: 200, body: await unitOf(request, id) };
      });
      const unit = written.body as z.output<typeof unitShown>;
      reply.header('etag', unitTag(unit));
      return unit;
    },
  );

  api.post(
    '/units/:unit/substitutes',
    {
      config: { scope: 'directory' },
      schema: {
        tags: ['units'],
        summary: 'Somebody stands in for the liaison, both days included',
        headers: writeHeaders,
        params: unitParams,
        body: z.strictObject({ from: day, to: day, name: personName, mail: mailAddress }),
        response: { 200: unitShown, ...write },
      },
    },
    async (request) => {
      const { unit: id } = request.params;
      await unitOf(request, id);
      const { desk } = callerOf(request);
      const written = await once(request, { db: desk.desk.db, content: request.body, now: parts.now() }, async () => {
        await substituteAs(desk, id, request.body, parts.today());
        return { status: 200, body: await unitOf(request, id) };
      });
      return written.body as z.output<typeof unitShown>;
    },
  );

  api.get(
    '/calendar/:year',
    {
      config: { scope: 'read' },
      schema: {
        tags: ['calendar'],
        summary: 'What differs from Monday to Friday in a year',
        params: z.object({ year }),
        response: { 200: calendarShown, ...problems },
      },
    },
    async (request) => {
      const calendar = await loadCalendar(callerOf(request).desk.desk.db);
      const { year: asked } = request.params;
      const known = Object.hasOwn(calendar.years, asked) ? calendar.years[asked] : undefined;
      if (!known) throw notFound(`${asked}年的日历`);
      const { status, off, on } = known;
      return { year: asked, status, off, on, version: calendar.version };
    },
  );

  api.put(
    '/calendar/:year',
    {
      config: { scope: 'directory' },
      schema: {
        tags: ['calendar'],
        summary: 'A year as the State Council published it; open tasks are reckoned again',
        headers: writeHeaders,
        params: z.object({ year }),
        body: calendarYearDays,
        response: { 200: calendarImported, ...write },
      },
    },
    async (request) => {
      const { desk } = callerOf(request);
      const content = { year: request.params.year, ...request.body };
      const written = await once(request, { db: desk.desk.db, content, now: parts.now() }, async () => ({
        status: 200,
        body: await importCalendarAs(desk, request.params.year, request.body),
      }));
      return written.body as z.output<typeof calendarImported>;
    },
  );

  api.post(
    '/audit/verifications',
    {
      config: { scope: 'read' },
      schema: {
        tags: ['audit'],
        summary:
          'Recomputes every hash chain and seal, and for the whole ledger every stored file; look again for the result',
        body: z.strictObject({ plan: planId.optional() }),
        response: { 202: verificationRun, ...problems },
      },
    },
    async (request, reply) => {
      const run = await parts.verifications.start(callerOf(request).desk, request.body.plan ?? null);
      return reply.code(202).header('location', `/api/v1/audit/verifications/${run.id}`).send(run);
    },
  );

  api.get(
    '/audit/verifications/:run',
    {
      config: { scope: 'read' },
      schema: {
        tags: ['audit'],
        summary: 'How far a verification is, or what it found',
        params: z.object({ run: z.uuid() }),
        response: { 200: verificationRun, ...problems },
      },
    },
    async (request) => {
      const run = await parts.verifications.find(callerOf(request).desk, request.params.run);
      if (!run) throw notFound('这次核验');
      return run;
    },
  );
}

async function unitOf(request: FastifyRequest, id: string) {
  const unit = (await unitsInSight(callerOf(request).desk, { id, limit: 1 })).items[0];
  if (!unit) throw notFound('这个单位');
  return unit;
}
