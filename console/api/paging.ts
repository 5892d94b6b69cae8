/** Lists by keyset: a page names the place behind its last row, so that rows added meanwhile neither repeat nor hide one. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';

/** Query of every list. */
export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(200).default(50).meta({ description: 'rows of a page, 50 when left out' }),
  after: z.string().min(1).max(300).optional().meta({ description: '`next` of the page before' }),
};

/** The answer of a list. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({
    items: z.array(item),
    next: z.string().nullable().meta({ description: 'where the next page begins; null: this is the last one' }),
  });
}

/** Names the next page in the Link header too (RFC 8288). */
export function linkNext(request: FastifyRequest, reply: FastifyReply, next: string | null): void {
  if (next === null) return;
  const url = new URL(request.url, 'http://here');
  url.searchParams.set('after', next);
  reply.header('link', `<${url.pathname}${url.search}>; rel="next"`);
}
