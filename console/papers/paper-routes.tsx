/** `/plans/:plan/bulletin`, `/ledger`, `/evidence`: what is taken along of a plan, by whoever may export it. */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { Failure } from '../../client/failure';
import { OffLoopFailure } from '../../client/off-loop';
import { bulletinDocx, bulletinPaper } from '../../client/papers/bulletin';
import { evidencePack } from '../../client/papers/evidence-pack';
import { ledgerWorkbookBeside } from '../../client/papers/ledger-workbook';
import { planOfOffice } from '../../client/reading/plan-sight';
import { type BulletinPeriod, monthPeriod, quarterPeriod } from '../../domain/bulletin/period';
import type { Day } from '../../domain/days';
import { quarterOf } from '../../domain/days';
import type { EvidenceStore } from '../../ledger/evidence/store';
import { sendFile, XLSX } from '../pages/send-file';
import { sendPage } from '../pages/send-page';
import { busyPage, noSuchPage } from '../sorry';
import { BulletinPage } from './bulletin-page';
import { words } from './words';

export interface PaperParts {
  evidence: EvidenceStore;
  /** The instant now, ISO. */
  now: () => string;
}

type OnPaper = {
  Params: { plan: string };
  Querystring: { month?: string; number?: string; head?: string; format?: string };
};

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

export function paperPages(app: FastifyInstance, { evidence, now }: PaperParts): void {
  app.get<OnPaper>('/plans/:plan/bulletin', async ({ signedIn, params, query }, reply) => {
    const { desk, today, language } = signedIn;
    const w = words[language];
    const stored = await planOfOffice(desk, params.plan);
    if (!stored) return noSuchPage(reply);
    const { plan, launchOn } = stored;
    desk.authorise('exportPlan', { office: plan.office });
    const periods = periodsOf(launchOn, today);
    const asked = query.month || (periods[0] ?? today.slice(0, 7));
    const typed = { number: (query.number ?? '').slice(0, 60), head: (query.head ?? '').slice(0, 60) };
    const page = (said: string[], paper: Awaited<ReturnType<typeof bulletinPaper>>['paper'] | null, status = 200) =>
      sendPage(
        reply.code(status),
        <BulletinPage {...{ signedIn, plan, periods, typed, paper, said }} period={asked} />,
      );
    if (launchOn === null) return page([w.none], null);
    const period = periodIn(asked, today);
    if (period === null) return page([w.badPeriod], null, 422);
    try {
      const letterhead = { head: typed.head || undefined, number: typed.number || undefined, datedOn: today };
      const { paper } = await bulletinPaper(desk, plan.id, period, letterhead);
      if (query.format !== 'docx') return page([], paper);
      const name = `${plan.title} 通报 ${asked}.docx`;
      return sendFile(reply, Buffer.from(await bulletinDocx(paper)), { name, type: DOCX });
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      return page([language === 'en' ? error.en : error.zh], null, 422);
    }
  });

  app.get<OnPaper>('/plans/:plan/ledger', async ({ signedIn, params }, reply) => {
    const { desk, today } = signedIn;
    const stored = await planOfOffice(desk, params.plan);
    if (!stored) return noSuchPage(reply);
    const bytes = await ledgerWorkbookBeside(desk, stored.plan.id, today).catch((error: unknown) => {
      if (error instanceof OffLoopFailure) return null;
      throw error;
    });
    if (bytes === null) return busyPage(reply);
    return sendFile(reply, Buffer.from(bytes), { name: `${stored.plan.title} 台账 ${today}.xlsx`, type: XLSX });
  });

  app.get<OnPaper>('/plans/:plan/evidence', async ({ signedIn, params, log }, reply): Promise<FastifyReply> => {
    const { desk } = signedIn;
    const stored = await planOfOffice(desk, params.plan);
    if (!stored) return noSuchPage(reply);
    const pack = await evidencePack(desk, evidence, stored.plan.id, now());
    // Sent by then: what went wrong breaks the download off, and is logged.
    pack.summary.catch((error) => log.error({ err: error, plan: stored.plan.id }, 'evidence pack broke off'));
    return sendFile(reply, pack.content, { name: pack.name, type: 'application/zip' });
  });
}

/** A month, or a quarter; the name of one that has not begun; null for what is neither. */
function periodIn(text: string, today: Day): BulletinPeriod | string | null {
  if (/^20\d{2}-(0[1-9]|1[0-2])$/.test(text)) return monthPeriod(text, today) ?? text;
  const [, year, quarter] = /^(20\d{2})-?Q([1-4])$/.exec(text) ?? [];
  if (year === undefined || quarter === undefined) return null;
  return quarterPeriod(`${year}Q${quarter}`, today) ?? text;
}

/** As far back as anybody looks in a list; older ones are asked for by address. */
const MOST_PERIODS = 36;

/** Months and quarters since the launch, the newest first. */
function periodsOf(launchOn: Day | null, today: Day): string[] {
  if (launchOn === null) return [];
  const months: string[] = [];
  for (let month = today.slice(0, 7); month >= launchOn.slice(0, 7) && months.length < MOST_PERIODS; ) {
    months.push(month);
    month = monthBefore(month);
  }
  const quarters = [...new Set(months.map((month) => quarterOf(`${month}-01`)))].map(
    (quarter) => `${quarter.slice(0, 4)}-${quarter.slice(4)}`,
  );
  return [...months, ...quarters];
}

function monthBefore(month: string): string {
  const n = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 2;
  return `${Math.floor(n / 12)}-${String((n % 12) + 1).padStart(2, '0')}`;
}
