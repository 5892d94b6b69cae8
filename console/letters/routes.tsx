/** `/letters`: what was said to whom, whether it arrived, and each letter as it was sent. */
import { load } from 'cheerio';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { lettersJson } from '../../client/reading/letter-json';
import { letterInSight, lettersInSight } from '../../client/reading/letter-sight';
import { planId, unitId } from '../../domain/schemas';
import { SANDBOXED_IN_OUR_FRAME } from '../foreign-content';
import { filtersIn } from '../pages/query';
import { sendPage } from '../pages/send-page';
import { noSuchPage } from '../sorry';
import { LetterPage } from './letter-page';
import { LetterListPage } from './list-page';

const PAGE = 50;
const filters = { unit: unitId, plan: planId, failed: z.literal('1'), after: z.string().regex(/^[A-Za-z0-9-]{1,64}$/) };

export function letterPages(app: FastifyInstance): void {
  app.get('/letters', async ({ signedIn, query }, reply) => {
    const { failed, after, ...rest } = filtersIn(filters, query);
    const isFailed = failed !== undefined;
    const { rows, next } = await lettersInSight(signedIn.desk, {
      ...rest,
      failed: isFailed,
      before: after,
      limit: PAGE,
    });
    const letters = await lettersJson(signedIn.desk.desk.db, rows);
    return sendPage(
      reply,
      <LetterListPage signedIn={signedIn} letters={letters} next={next} filters={{ ...rest, failed: isFailed }} />,
    );
  });

  app.get<{ Params: { letter: string } }>('/letters/:letter', async ({ signedIn, params }, reply) => {
    const found = await letterInSight(signedIn.desk, params.letter);
    if (!found) return noSuchPage(reply);
    // The one frame that any page has: the letter, from the route below.
    const policy = String(reply.getHeader('content-security-policy') ?? "default-src 'none'");
    reply.header('content-security-policy', `${policy};frame-src 'self'`);
    return sendPage(reply, <LetterPage signedIn={signedIn} found={found} />);
  });

  app.get<{ Params: { letter: string } }>('/letters/:letter/html', async ({ signedIn, params }, reply) => {
    const found = await letterInSight(signedIn.desk, params.letter);
    if (!found?.html) return noSuchPage(reply);
    return reply
      .header('cache-control', 'no-store')
      .header('x-content-type-options', 'nosniff')
      .header('content-security-policy', SANDBOXED_IN_OUR_FRAME)
      .type('text/html; charset=utf-8')
      .send(withoutAddresses(found.html));
  });
}

/** A letter is looked at here and not answered: what leads out of it leads nowhere. */
function withoutAddresses(html: string): string {
  const $ = load(html);
  $('script, iframe, object, embed, form, base, link, meta[http-equiv]').remove();
  $('[href]').removeAttr('href');
  return $.html();
}
