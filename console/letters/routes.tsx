/** `/letters`: what was said to whom, whether it arrived, and each letter as it was sent. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { lettersJson } from '../../client/reading/letter-json';
import { letterInSight, lettersInSight } from '../../client/reading/letter-sight';
import { planId, unitId } from '../../domain/schemas';
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
    return sendPage(reply, <LetterPage signedIn={signedIn} found={found} />);
  });
}
