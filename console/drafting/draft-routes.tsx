/** `/plans/:plan/draft`: corrections of a draft, its workbook out and back, its copy for another year. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { assignmentOf, readAssignment } from '../../client/drafts/assignment';
import { correctDraft } from '../../client/drafts/correct-draft';
import { reissueDraft, reissuedId } from '../../client/drafts/reissue-draft';
import { unitNamesIn } from '../../client/drafts/unit-names';
import { Failure, wrongCall } from '../../client/failure';
import { fileNameOf } from '../../client/imports/uploads';
import { launchProblemsOf } from '../../client/launch-problems';
import { planOfOffice } from '../../client/reading/plan-sight';
import { isDay } from '../../domain/days';
import type { Edit } from '../../domain/drafts/corrections';
import type { PlanTask, UnitId } from '../../domain/plan';
import { planId } from '../../domain/schemas';
import { numberOf } from '../../domain/task-ids';
import type { Unit } from '../../domain/unit';
import type { StoredPlan } from '../../ledger/plans';
import { listUnits } from '../../ledger/units';
import { sendFile, XLSX } from '../pages/send-file';
import { sendPage } from '../pages/send-page';
import { noSuchPage } from '../sorry';
import { DraftPage } from './draft-page';
import { type EditValues, editOf, textsIn, valuesIn, valuesOf } from './edit-values';
import type { DraftingParts } from './import-routes';
import { paged } from './paging';
import { refused } from './said';
import { takeFile } from './take-file';
import { words } from './words';

/** Larger than any workbook of tasks; the reader has limits of its own. */
const MOST_WORKBOOK_BYTES = 20 * 1024 * 1024;

const PER_PAGE = 20;

type Query = { page?: string; blocked?: string; edit?: string; done?: string };
type OnDraft = { Params: { plan: string; number: string }; Querystring: Query };
type Asked = FastifyRequest<OnDraft>;

interface Showing {
  status?: number;
  said?: readonly string[];
  editing?: { number: string; values: EditValues; said: readonly string[] };
}

interface Opened {
  stored: StoredPlan;
  units: Unit[];
}

export function draftPages(app: FastifyInstance, { now }: DraftingParts): void {
  async function open({ signedIn, params }: Asked): Promise<Opened | null> {
    const stored = await planOfOffice(signedIn.desk, params.plan);
    return stored && { stored, units: await listUnits(signedIn.desk.desk.db, stored.plan.city) };
  }

  async function show(
    request: Asked,
    reply: FastifyReply,
    { stored, units }: Opened,
    { status = 200, said = [], editing }: Showing = {},
  ) {
    const { signedIn, query } = request;
    const { desk, today, language } = signedIn;
    const { plan } = stored;
    const problems = stored.status === 'draft' ? await launchProblemsOf(desk.desk.db, plan, today) : [];
    const blocked = new Set(problems.map(({ task }) => task));
    const onlyBlocked = query.blocked === 'yes';
    const isOpen = (task: PlanTask) => numberOf(task.id) === (editing?.number ?? query.edit);
    const shown = onlyBlocked ? plan.tasks.filter((task) => blocked.has(task.id) || isOpen(task)) : plan.tasks;
    const asked = plan.tasks.find((task) => numberOf(task.id) === query.edit);
    const w = words[language];
    const done = { saved: w.saved, reissued: w.reissued, nothing: w.nothingInWorkbook }[query.done ?? ''];
    const readBack = Number(/^read-(\d{1,4})$/.exec(query.done ?? '')?.[1]);
    return sendPage(
      reply.code(status),
      <DraftPage
        signedIn={signedIn}
        stored={stored}
        units={units}
        problems={problems}
        paged={paged(shown, { wanted: query.page, perPage: PER_PAGE, open: isOpen })}
        onlyBlocked={onlyBlocked}
        said={said}
        done={done ?? (readBack > 0 ? w.readBack(readBack) : null)}
        mayEdit={desk.may('editPlan', { office: plan.office }) === null}
        editing={editing ?? (asked ? { number: numberOf(asked.id), values: valuesOf(asked), said: [] } : null)}
      />,
    );
  }

  app.get<OnDraft>('/plans/:plan/draft', async (request, reply) => {
    const opened = await open(request);
    return opened ? show(request, reply, opened) : noSuchPage(reply);
  });

  function form(
    path: string,
    work: (request: Asked, opened: Opened) => Promise<string>,
    otherwise: (request: Asked, said: readonly string[]) => Showing = (_request, said) => ({ said }),
  ): void {
    app.post<OnDraft>(path, async (request, reply) => {
      const opened = await open(request);
      if (!opened) return noSuchPage(reply);
      request.signedIn.desk.authorise('editPlan', { office: opened.stored.plan.office });
      try {
        return reply.redirect(await work(request, opened), 303);
      } catch (error) {
        const { language } = request.signedIn;
        const { said, status } = refused(error, language, words[language].overtaken);
        const fresh = await open(request);
        return show(request, reply, fresh ?? opened, { status, ...otherwise(request, said) });
      }
    });
  }

  /** Makes one correction, against the revision that the page showed. */
  async function make({ signedIn, body }: Asked, { stored }: Opened, edit: Edit, note = ''): Promise<void> {
    const revision = Number(textsIn(body, 'revision')[0]);
    await correctDraft(signedIn.desk, stored, [edit], { at: now(), note, revision });
  }

  form(
    '/plans/:plan/draft/tasks/:number',
    async (request, opened) => {
      const { params, body, query } = request;
      const { plan } = opened.stored;
      const values = valuesIn(body);
      const task = plan.tasks.find((one) => numberOf(one.id) === params.number);
      if (!task) throw new Failure(2, 'unknown-task', '没有这项任务。', 'there is no such task');
      await make(request, opened, editOf(task, values, unitNamesIn(opened.units, plan.city)), values.note);
      const page = `page=${Number(query.page) || 1}${query.blocked === 'yes' ? '&blocked=yes' : ''}`;
      return `/plans/${plan.id}/draft?${page}&done=saved#t-${params.number}`;
    },
    ({ params, body }, said) => ({ editing: { number: params.number, values: valuesIn(body), said } }),
  );

  form('/plans/:plan/draft/head', async (request, opened) => {
    const { plan } = opened.stored;
    await make(request, opened, headEdit(request.body, opened));
    return `/plans/${plan.id}/draft?done=saved`;
  });

  app.get<OnDraft>('/plans/:plan/draft/workbook', async (request, reply) => {
    const { desk, today } = request.signedIn;
    const opened = await open(request);
    if (!opened) return noSuchPage(reply);
    const { plan } = opened.stored;
    const { bytes } = await assignmentOf(desk, plan.id, today);
    return sendFile(reply, Buffer.from(bytes), { name: `${plan.title} 分工.xlsx`, type: XLSX });
  });

  form('/plans/:plan/draft/workbook', async (request, { stored }) => {
    const { desk, language, today } = request.signedIn;
    const w = words[language];
    const { id } = stored.plan;
    const taken = await takeFile(request, MOST_WORKBOOK_BYTES);
    if (taken === 'none') throw wrongCall('no-file', w.noFile, w.noFile);
    if (taken === 'too-large') throw wrongCall('too-large', w.tooLarge, w.tooLarge);
    const name = fileNameOf(taken.name);
    const { back } = await readAssignment(
      desk,
      id,
      { bytes: taken.bytes, name, where: name },
      { at: now(), on: today },
    );
    return `/plans/${id}/draft?done=${back.edits.length > 0 ? `read-${back.edits.length}` : 'nothing'}`;
  });

  form('/plans/:plan/draft/reissue', async ({ signedIn, body }, { stored }) => {
    const { id } = stored.plan;
    const year = Number(textsIn(body, 'toYear')[0]);
    if (!Number.isInteger(year) || year < 2000 || year > 2098)
      throw wrongCall('bad-year', '请填写2000至2098之间的年份。', 'a year from 2000 to 2098 is needed');
    const newId = textsIn(body, 'newId')[0]?.trim() || reissuedId(id, year);
    if (!planId.safeParse(newId).success)
      throw wrongCall('bad-plan-id', '方案编号只用小写字母、数字和连字符。', 'no plan id');
    await reissueDraft(signedIn.desk, id, year, newId);
    return `/plans/${newId}/draft?done=reissued`;
  });
}

function headEdit(body: unknown, { stored: { plan }, units }: Opened): Edit {
  const one = (name: string) => textsIn(body, name)[0]?.trim() ?? '';
  const issuedOn = one('issuedOn');
  if (!isDay(issuedOn)) throw wrongCall('bad-date', '印发日期不是有效日期。', 'not a calendar day');
  const unit = unitNamesIn(units, plan.city);
  const wanted = one('reporting')
    .split(/[\r\n、，,]+/)
    .map((name) => name.trim())
    .filter(Boolean);
  const addressees: UnitId[] = [...new Set(wanted.map(unit))];
  const text = one('reportingText');
  if (addressees.length > 0 && text === '')
    throw wrongCall('reporting-text-needed', '请写明对方案整体反馈的要求。', 'say in which words the plan asks for it');
  return {
    task: null,
    title: one('title') || undefined,
    number: one('number') || null,
    issuer: one('issuer') || undefined,
    issuedOn,
    reporting: addressees.length > 0 ? { addressees, text } : null,
  };
}
