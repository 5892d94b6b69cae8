/** `/record`: the auditor's pages. Everything is read, nothing is changed; verifications go on by themselves. */
import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { Failure } from '../../client/failure';
import { plansInSight } from '../../client/reading/plan-sight';
import { recordExport, recordPage, sealsInSight } from '../../client/record-reading';
import type { Verifications } from '../../client/verifications';
import { day, planId, taskId, text } from '../../domain/schemas';
import { isPlace } from '../../ledger/event-log';
import { fieldsIn, filtersIn } from '../pages/query';
import { sendPage } from '../pages/send-page';
import { noSuchPage } from '../sorry';
import { EventsPage } from './events-page';
import { asCsv, asJsonLines } from './export';
import { RecordPage } from './record-page';
import { VerificationPage } from './verification-page';

const PAGE = 100;
const LOOK_AGAIN_SECONDS = 3;
const filters = { plan: planId, task: taskId, on: day, actor: text(60), after: z.string().refine(isPlace) };

export function recordPages(app: FastifyInstance, { verifications }: { verifications: Verifications }): void {
  app.get('/record', async ({ signedIn }, reply) => {
    signedIn.desk.authorise('verifyRecord', {});
    return sendPage(reply, await recordPageOf(signedIn));
  });

  async function recordPageOf(signedIn: Parameters<typeof RecordPage>[0]['signedIn'], said?: string) {
    const { desk } = signedIn;
    const [plans, runs, seals] = [await plansInSight(desk), await verifications.latest(desk), await sealsInSight(desk)];
    return <RecordPage signedIn={signedIn} plans={plans} runs={runs} seals={seals} said={said} />;
  }

  app.post('/record/verify', async ({ signedIn, body }, reply) => {
    const { plan = '' } = fieldsIn(body);
    try {
      const run = await verifications.start(signedIn.desk, plan === '' ? null : plan);
      return reply.redirect(`/record/verifications/${run.id}`, 303);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      const said = signedIn.language === 'en' ? error.en : error.zh;
      return sendPage(reply.code(error.exit === 4 ? 409 : 422), await recordPageOf(signedIn, said));
    }
  });

  app.get<{ Params: { run: string } }>('/record/verifications/:run', async ({ signedIn, params }, reply) => {
    const run = z.uuid().safeParse(params.run).success ? await verifications.find(signedIn.desk, params.run) : null;
    if (!run) return noSuchPage(reply);
    // Without a script, and over a reload: the browser itself looks again.
    if (run.state === 'running') reply.header('refresh', LOOK_AGAIN_SECONDS);
    return sendPage(reply, <VerificationPage signedIn={signedIn} run={run} />);
  });

  app.get('/record/events', async ({ signedIn, query }, reply) => {
    const asked = filtersIn(filters, query);
    const { events, next } = await recordPage(signedIn.desk, asked, PAGE);
    return sendPage(reply, <EventsPage signedIn={signedIn} events={events} next={next} filters={asked} />);
  });

  for (const [file, type, write] of [
    ['events.csv', 'text/csv; charset=utf-8', asCsv],
    ['events.jsonl', 'application/jsonl; charset=utf-8', asJsonLines],
  ] as const) {
    app.get(`/record/${file}`, async ({ signedIn, query }, reply) => {
      signedIn.desk.authorise('verifyRecord', {});
      const events = recordExport(signedIn.desk, filtersIn(filters, query));
      return reply
        .type(type)
        .header('cache-control', 'no-store')
        .header('content-disposition', `attachment; filename="duban-${file}"`)
        .send(Readable.from(write(events)));
    });
  }
}
