/** `/letters`: what was said to whom, whether it arrived, and each letter as it was sent. */
import { load } from 'cheerio';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { UserDesk } from '../../client/as-user';
import { unitsInSight } from '../../client/directory';
import { lettersJson } from '../../client/reading/letter-json';
import { letterInSight, lettersInSight } from '../../client/reading/letter-sight';
import { plansInSight } from '../../client/reading/plan-sight';
import { nameOf } from '../../domain/notices';
import { planId, text } from '../../domain/schemas';
import { SANDBOXED_IN_OUR_FRAME } from '../foreign-content';
import { filtersIn } from '../pages/query';
import { sendPage } from '../pages/send-page';
import { noSuchPage } from '../sorry';
import { LetterPage } from './letter-page';
import { LetterListPage } from './list-page';

const PAGE = 50;
const MOST_NAMED = 200;
const filters = {
  unit: text(100),
  plan: planId,
  failed: z.literal('1'),
  after: z.string().regex(/^[A-Za-z0-9-]{1,64}$/),
};

export function letterPages(app: FastifyInstance): void {
  app.get('/letters', async ({ signedIn, query }, reply) => {
    const { failed, after, unit, plan } = filtersIn(filters, query);
    const isFailed = failed !== undefined;
    const units = unit === undefined ? undefined : await unitsNamed(signedIn.desk, unit);
    const { rows, next } = await lettersInSight(signedIn.desk, {
      ...{ units, plan, failed: isFailed },
      before: after,
      limit: PAGE,
    });
    const plans = (await plansInSight(signedIn.desk)).map(({ id, title }) => ({ id, title }));
    const letters = await lettersJson(signedIn.desk.desk.db, rows);
    return sendPage(
      reply,
      <LetterListPage
        signedIn={signedIn}
        letters={letters}
        next={next}
        filters={{ unit, plan, failed: isFailed }}
        plans={plans}
      />,
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

/** Units that a name may mean, also a part of it: what means none finds no letter. */
async function unitsNamed(desk: UserDesk, typed: string): Promise<string[]> {
  const name = nameOf(typed.normalize('NFC'));
  const { items } = await unitsInSight(desk, { q: name, limit: MOST_NAMED });
  const exact = items.filter(({ id, name: own }) => id === typed || own === typed);
  return (exact.length > 0 ? exact : items).map(({ id }) => id);
}

/** A letter is looked at here and not answered: what leads out of it leads nowhere. */
function withoutAddresses(html: string): string {
  const $ = load(html);
  $('script, iframe, object, embed, form, base, link, meta[http-equiv]').remove();
  $('[href]').removeAttr('href');
  return $.html();
}
