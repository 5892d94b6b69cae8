/** `/imports`: upload, look, correct, store; each step survives a reload, a restart and a second click. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { unitNamesIn } from '../../client/drafts/unit-names';
import { Failure } from '../../client/failure';
import { ADD, type ImportView, type TaskView } from '../../client/imports/import-view';
import { readingOf, readUpload } from '../../client/imports/reading';
import {
  chooseUnits,
  correctUpload,
  describeUpload,
  officesOf,
  storeUpload,
  takeDocument,
  uploadOf,
  viewOf,
} from '../../client/imports/uploads';
import { MOST_BYTES } from '../../documents/accept';
import type { Unit } from '../../domain/unit';
import { listUnits } from '../../ledger/units';
import { discardUpload, findUpload, listUploads, type Upload } from '../../ledger/uploads';
import { sendPage } from '../pages/send-page';
import { noSuchPage } from '../sorry';
import { type EditValues, editOf, textsIn, valuesIn, valuesOf } from './edit-values';
import { headIn } from './import-form';
import { ImportsPage, ReadingPage } from './imports-page';
import { paged } from './paging';
import { refusalLines } from './said';
import { takeFile } from './take-file';
import { UploadPage } from './upload-page';
import { words } from './words';

/** Tasks with the text that they were read from. */
const PER_PAGE = 12;

/** A person uploads a few; a program that fills the disk finds an end. */
const UPLOADS_PER_MINUTE = 30;

/** Most documents are read by then, and nobody sees a page that only waits. */
const WAIT_MS = 8_000;

export interface DraftingParts {
  /** The instant now, ISO. */
  now: () => string;
}

type Query = { page?: string; doubtful?: string; edit?: string };
type OnUpload = { Params: { id: string; number: string }; Querystring: Query };
type Asked = FastifyRequest<OnUpload>;

/** What a page shows beside the upload itself. */
interface Showing {
  status?: number;
  said?: readonly string[];
  editing?: { number: string; values: EditValues; said: readonly string[] };
}

interface Opened {
  upload: Upload;
  view: ImportView;
  directory: Unit[];
  units: Unit[];
}

export function importPages(app: FastifyInstance, { now }: DraftingParts): void {
  async function list(request: FastifyRequest, reply: FastifyReply, said: readonly string[] = [], status = 200) {
    const { signedIn } = request;
    const { desk, user } = signedIn;
    desk.authorise('importPlan', {});
    const uploads = await listUploads(desk.desk.db, user.login, now());
    return sendPage(reply.code(status), <ImportsPage signedIn={signedIn} uploads={uploads} said={said} />);
  }

  app.get('/imports', (request, reply) => list(request, reply));

  const config = { rateLimit: { max: UPLOADS_PER_MINUTE, timeWindow: 60_000 } };
  app.post('/imports', { config }, async (request, reply) => {
    const { signedIn } = request;
    const w = words[signedIn.language];
    signedIn.desk.authorise('importPlan', {});
    const taken = await takeFile(request, MOST_BYTES);
    if (taken === 'none') return list(request, reply, [w.noFile], 422);
    if (taken === 'too-large') return list(request, reply, [w.tooLarge], 413);
    try {
      return reply.redirect(`/imports/${await takeDocument(signedIn.desk, taken, now())}`, 303);
    } catch (error) {
      return list(request, reply, refusalLines(error, signedIn.language), 422);
    }
  });

  /** The upload as it stands, or the answer where there is none to show. */
  async function open(request: Asked, reply: FastifyReply): Promise<Opened | FastifyReply> {
    const { desk, today } = request.signedIn;
    const { db } = desk.desk;
    const upload = await uploadOf(desk, request.params.id);
    if (!upload) return noSuchPage(reply);
    if (upload.plan !== null) return reply.redirect(`/plans/${upload.plan}/draft`, 303);
    if (upload.reading === null) await readUpload(db, upload, WAIT_MS);
    const read = upload.reading === null ? await findUpload(db, upload.login, upload.id) : upload;
    const reading = read && readingOf(read);
    if (!reading) return sendPage(reply, <ReadingPage signedIn={request.signedIn} upload={upload} />);
    const directory = await listUnits(db);
    const view = await viewOf(desk, read, reading, today);
    const units = directory.filter(({ city }) => city === view.given.office?.split(':')[0]);
    return { upload: read, view, directory, units };
  }

  function show(
    request: Asked,
    reply: FastifyReply,
    opened: Opened,
    { status = 200, said = [], editing }: Showing = {},
  ) {
    const { signedIn, query } = request;
    const { upload, view, directory, units } = opened;
    const doubtful = query.doubtful === 'yes';
    const isOpen = ({ number }: TaskView) => number === (editing?.number ?? query.edit);
    const shown = doubtful ? view.tasks.filter((task) => task.doubts.length > 0 || isOpen(task)) : view.tasks;
    const asked = view.tasks.find(({ number }) => number === query.edit);
    return sendPage(
      reply.code(status),
      <UploadPage
        signedIn={signedIn}
        upload={upload}
        view={view}
        offices={officesOf(signedIn.desk, directory)}
        units={units}
        paged={paged(shown, { wanted: query.page, perPage: PER_PAGE, open: isOpen })}
        doubtful={doubtful}
        said={said}
        editing={editing ?? (asked ? { number: asked.number, values: valuesOf(asked.task), said: [] } : null)}
      />,
    );
  }

  app.get<OnUpload>('/imports/:id', async (request, reply) => {
    const opened = await open(request, reply);
    return 'upload' in opened ? show(request, reply, opened) : opened;
  });

  /** A form of an upload: what cannot be is said on the page, what was done leads back to it. */
  function form(
    path: string,
    work: (request: Asked, opened: Opened) => Promise<string>,
    otherwise: (request: Asked, said: readonly string[]) => Showing = (_request, said) => ({ said }),
  ): void {
    app.post<OnUpload>(path, async (request, reply) => {
      const opened = await open(request, reply);
      if (!('upload' in opened)) return opened;
      const { language, desk } = request.signedIn;
      // Of the page that was sent: another tab may have been first.
      const revision = Number(textsIn(request.body, 'revision')[0]);
      try {
        const to = await work(request, { ...opened, upload: { ...opened.upload, revision } });
        return reply.redirect(to, 303);
      } catch (error) {
        const said = refusalLines(error, language);
        const now = await findUpload(desk.desk.db, desk.user.login, opened.upload.id);
        const status = error instanceof Failure ? 422 : 409;
        return show(
          request,
          reply,
          { ...opened, upload: now ?? opened.upload },
          { status, ...otherwise(request, said) },
        );
      }
    });
  }

  form('/imports/:id/head', async ({ signedIn, body }, { upload, view, directory }) => {
    const given = headIn(body, unitNamesIn(directory, textsIn(body, 'office')[0]?.split(':')[0]));
    // What the page showed as read is no statement of the user.
    for (const field of ['title', 'number', 'issuer', 'issuedOn'] as const) {
      if (view.given[field] === undefined && given[field] === view.read.plan[field]) delete given[field];
    }
    await describeUpload(signedIn.desk, upload, given, now());
    return `/imports/${upload.id}`;
  });

  form('/imports/:id/units', async ({ signedIn, body }, { upload, view, units }) => {
    const names = textsIn(body, 'written');
    const choices = textsIn(body, 'choice');
    const isChoice = (choice: string) => choice === '' || choice === ADD || units.some(({ id }) => id === choice);
    const chosen = names.flatMap((written, i): [string, string][] => {
      const choice = choices[i] ?? '';
      return view.unknown.some((one) => one.written === written) && isChoice(choice) ? [[written, choice]] : [];
    });
    await chooseUnits(signedIn.desk, upload, Object.fromEntries(chosen), now());
    return `/imports/${upload.id}#tasks`;
  });

  form(
    '/imports/:id/tasks/:number',
    async (request, { upload, view, directory }) => {
      const { signedIn, params, body, query } = request;
      const values = valuesIn(body);
      const task = view.tasks.find(({ number }) => number === params.number)?.task;
      if (!task) throw new Failure(2, 'unknown-task', '没有这项任务。', 'there is no such task');
      const edit = editOf(task, values, unitNamesIn(directory, view.plan.city));
      await correctUpload(signedIn.desk, upload, view, { edit, note: values.note, now: now() });
      const doubtful = query.doubtful === 'yes' ? '&doubtful=yes' : '';
      return `/imports/${upload.id}?page=${Number(query.page) || 1}${doubtful}#t-${params.number}`;
    },
    ({ params, body }, said) => ({ editing: { number: params.number, values: valuesIn(body), said } }),
  );

  form('/imports/:id/store', async ({ signedIn, body }, { upload, view }) => {
    const allowed = textsIn(body, 'allowWarnings')[0] === 'yes';
    const plan = await storeUpload(signedIn.desk, upload, view, allowed);
    return `/plans/${plan}/draft`;
  });

  app.post<OnUpload>('/imports/:id/discard', async (request, reply) => {
    const { desk, user } = request.signedIn;
    await discardUpload(desk.desk.db, user.login, request.params.id);
    return reply.redirect('/imports', 303);
  });
}
