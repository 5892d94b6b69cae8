/** `/letters`: what was said to whom, when, and what became of it. */
import { z } from 'zod';
import { letterJson, lettersJson } from '../../../client/reading/letter-json';
import { letterInSight, lettersInSight } from '../../../client/reading/letter-sight';
import { planId, unitId } from '../../../domain/schemas';
import type { Api } from '../api';
import { callerOf } from '../caller';
import { linkNext, pageOf, pageQuery } from '../paging';
import { notFound } from '../problems';
import { flag } from '../schemas/common';
import { letterRow, letterShown } from '../schemas/letters';
import { problems } from '../schemas/responses';

const letterId = z.string().regex(/^[A-Za-z0-9-]{1,64}$/, 'not the id of a letter');

export function letterRoutes(api: Api): void {
  api.get(
    '/letters',
    {
      config: { scope: 'read' },
      schema: {
        tags: ['letters'],
        summary: 'Letters in sight, the newest first',
        querystring: z.object({
          unit: unitId.optional(),
          plan: planId.optional(),
          failed: flag.optional().meta({ description: 'only what did not reach its addressee' }),
          ...pageQuery,
          after: letterId.optional(),
        }),
        response: { 200: pageOf(letterRow), ...problems },
      },
    },
    async (request, reply) => {
      const { after, limit, ...filter } = request.query;
      const { desk } = callerOf(request);
      const { rows, next } = await lettersInSight(desk, { ...filter, before: after, limit });
      linkNext(request, reply, next);
      return { items: await lettersJson(desk.desk.db, rows), next };
    },
  );

  api.get(
    '/letters/:letter',
    {
      config: { scope: 'read' },
      schema: {
        tags: ['letters'],
        summary: 'One letter as it was sent, without the addresses of its links',
        params: z.object({ letter: letterId }),
        querystring: z.object({ html: flag.optional().meta({ description: 'with its HTML' }) }),
        response: { 200: letterShown, ...problems },
      },
    },
    async (request) => {
      const found = await letterInSight(callerOf(request).desk, request.params.letter);
      if (!found) throw notFound('这封信件');
      return letterJson(found, request.query.html === true);
    },
  );
}
