/** `/plans/:plan/tasks/:no`: the page of a task, the forms of its moves, and the one route that makes them. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { EvidenceOffer, Move, MoveName } from '../../domain/intents';
import { checkMove } from '../../domain/move-check';
import { type MoveChoice, moveChoice } from '../../domain/move-choices';
import { type MoveTexts, moveOfTexts } from '../../domain/move-texts';
import { MOVES } from '../../domain/moves';
import { checkItems } from '../../domain/rules/evidence';
import type { Task } from '../../domain/task';
import type { Unit } from '../../domain/unit';
import { loadCalendar } from '../../ledger/calendars';
import type { Db } from '../../ledger/database';
import { ACCEPT, KINDS_IN_WORDS } from '../../ledger/evidence/kinds';
import { planRow } from '../../ledger/plans';
import { lightOn } from '../../ledger/tasks';
import { listUnits } from '../../ledger/units';
import { MOST_FILES } from '../answers/reply-pages';
import { takeUpload, type Upload } from '../answers/upload';
import type { ConsoleParts } from '../app';
import { sendPage } from '../pages/send-page';
import { refusalText } from '../refusal-text';
import { checkCsrf } from '../session/csrf';
import { isOfEarlierSession } from '../session/kept';
import type { SignedIn } from '../session/signed-in';
import { noSuchPage } from '../sorry';
import { placeIn, taskIn, taskPath } from './addresses';
import { evidenceFiles } from './evidence-files';
import { type Made, makeMove, moveIdIn, seenIn } from './make-move';
import { textsOfForm } from './move-form';
import { MovePage, type MovePageProps } from './move-page';
import { readerOf, taskGround } from './task-ground';
import { TaskPage } from './task-page';
import { typedIn } from './typed';
import { unitTyped } from './unit-typed';
import { words } from './words';

interface OfTask {
  Params: { plan: string; no: string };
  Querystring: { done?: string; back?: string };
}

type OfMove = OfTask & { Params: { move: string } };

/** The directory of a city whose names a browser can offer while one types; a longer list costs more than it helps. */
const MOST_NAMES = 300;

/** What was asked for: the task in the user's sight, and the move as far as his roles have it. */
interface Asked {
  task: Task;
  choice: MoveChoice;
}

export function taskPages(app: FastifyInstance, parts: Pick<ConsoleParts, 'evidence' | 'evidenceMaxMb'>): void {
  evidenceFiles(app, parts);

  app.get<OfTask>('/plans/:plan/tasks/:no', async (request, reply) => {
    const id = taskIn(request.params);
    const ground = id && (await taskGround(readerOf(request.signedIn), id));
    if (!ground) return noSuchPage(reply);
    const { done } = request.query;
    return sendPage(reply, <TaskPage signedIn={request.signedIn} ground={ground} done={isMove(done) ? done : null} />);
  });

  app.get<OfMove>('/plans/:plan/tasks/:no/moves/:move', async (request, reply) => {
    const asked = await askedIn(request);
    if (!asked) return noSuchPage(reply);
    const { back, done: _, ...typed } = typedIn(request.query);
    return form(request, reply, asked, { typed, back: placeIn(back) });
  });

  app.post<OfMove>('/plans/:plan/tasks/:no/moves/:move', async (request, reply) => {
    const asked = await askedIn(request);
    if (!asked) return noSuchPage(reply);
    if (asked.choice.move === 'addEvidence') return addEvidence(request, reply, asked);
    const typed = typedIn(request.body);
    const { signedIn } = request;
    const given = await withUnits(signedIn, asked, textsOfForm(typed));
    const back = placeIn(typed.back);
    if ('said' in given) return form(request, reply, asked, { typed, back, said: given.said, status: 422 });
    const move = moveOfTexts(asked.choice.move, given.typed);
    return send(request, reply, asked, { move, typed, back });
  });

  async function send(
    request: FastifyRequest,
    reply: FastifyReply,
    { task, choice }: Asked,
    { move, typed, back }: { move: Move; typed: MoveTexts; back: string | null },
  ): Promise<FastifyReply> {
    const { signedIn } = request;
    const moveId = moveIdIn(typed.moveId);
    const made = await makeMove(signedIn.desk, task.id, move, { moveId, seenSeq: seenIn(typed.seen) });
    if (made.outcome !== 'recorded')
      return notMade(request, reply, { id: task.id, name: choice.move, made, moveId, typed, back });
    return reply.redirect(back ?? `${taskPath(task.id)}?done=${choice.move}`, 303);
  }

  /** The form once more, with the task as it is by now. */
  async function notMade(
    request: FastifyRequest,
    reply: FastifyReply,
    { id, name, made, moveId, typed, back }: NotMade,
  ): Promise<FastifyReply> {
    const { desk, user, language, today } = request.signedIn;
    const task = await desk.task(id);
    const choice = task && moveChoice(task, user, name, today);
    if (!task || !choice) return noSuchPage(reply);
    const w = words[language];
    // Whoever repeats a move of unknown outcome must find the form open, whatever the move itself has changed.
    if (made.outcome === 'unknown')
      return form(
        request,
        reply,
        { task, choice: { ...choice, refusal: null } },
        { typed, back, said: [w.unknown], moveId, status: 503 },
      );
    if (made.outcome === 'changed')
      return form(request, reply, { task, choice }, { typed, back, since: made.since, moveId, status: 409 });
    const said = made.outcome === 'refused' ? [`${w.refused}${refusalText(made.refusal, language)}`] : [];
    // A refusal is kept under its id: what is sent next is another move.
    return form(request, reply, { task, choice: { ...choice, refusal: null } }, { typed, back, said, status: 422 });
  }

  async function addEvidence(request: FastifyRequest, reply: FastifyReply, asked: Asked): Promise<FastifyReply> {
    const { signedIn } = request;
    const w = words[signedIn.language];
    if (!request.isMultipart() || asked.choice.refusal) return form(request, reply, asked, { status: 422 });
    const limits = { files: MOST_FILES, mb: parts.evidenceMaxMb };
    // Its files are gone before anybody is told, unless the move was made.
    const told = await takeUpload(request, parts.evidence, limits, async (upload) => {
      // Its files are lost, as with an ended session; what was typed stands in the form again.
      if (await isOfEarlierSession(request, upload.fields.csrf)) {
        const typed = typedIn(upload.fields);
        const said = [w.signedInAgain];
        return () => form(request, reply, asked, { typed, back: placeIn(typed.back), said, status: 422 });
      }
      checkCsrf(request, upload.fields.csrf);
      return added(request, reply, asked, upload, w);
    });
    return told();
  }

  async function added(
    request: FastifyRequest,
    reply: FastifyReply,
    asked: Asked,
    upload: Upload,
    w: (typeof words)['zh-CN' | 'en'],
  ): Promise<() => Promise<FastifyReply>> {
    const { signedIn } = request;
    const { task, choice } = asked;
    const typed = typedIn(upload.fields);
    const back = placeIn(typed.back);
    const again = (said: string[]) => () => form(request, reply, asked, { typed, back, said, status: 422 });
    const wrong = wrongItem(typed, w);
    if (upload.refused.length > 0) return again([...upload.refused, w.nothingStored]);
    if (wrong) return again([wrong]);
    const items = [
      ...upload.items,
      ...written('number', typed.number),
      ...written('link', typed.link),
      ...written('figure', typed.figure),
    ];
    if (items.length === 0) return again([w.nothingAdded]);
    const move = { move: 'addEvidence' as const, unit: typed.unit ?? '', items };
    const refusal = checkItems(items) ?? checkMove(task, move, choice.actor);
    if (refusal) return again([`${w.refused}${refusalText(refusal, signedIn.language)}`]);
    await upload.keep();
    const moveId = moveIdIn(typed.moveId);
    const made = await makeMove(signedIn.desk, task.id, move, { moveId, seenSeq: seenIn(typed.seen) });
    if (made.outcome !== 'recorded')
      return () => notMade(request, reply, { id: task.id, name: choice.move, made, moveId, typed, back });
    if (typed.handIn !== 'yes') {
      const next = back ?? `${taskPath(task.id)}?done=addEvidence`;
      return async () => reply.redirect(next, 303);
    }
    // Of the form's own id: sent again, it hands in once (D4).
    const handedIn = await makeMove(
      signedIn.desk,
      task.id,
      { move: 'submitEvidence', unit: move.unit },
      { moveId: `${moveId}-hand-in` },
    );
    const next = back ?? `${taskPath(task.id)}?done=submitEvidence`;
    if (handedIn.outcome === 'recorded') return async () => reply.redirect(next, 303);
    return () =>
      notMade(request, reply, { id: task.id, name: 'submitEvidence', made: handedIn, moveId, typed: {}, back });
  }

  async function form(
    request: FastifyRequest,
    reply: FastifyReply,
    { task, choice }: Asked,
    { status = 200, typed = {}, said = [], since = [], moveId, back = null }: Shown = {},
  ): Promise<FastifyReply> {
    const { signedIn } = request;
    const { db } = signedIn.desk.desk;
    const names = choosesUnit(choice) ? (await unitsOfPlan(db, task)).map(({ name }) => name) : [];
    return sendPage(
      reply.code(status),
      <MovePage
        signedIn={signedIn}
        task={task}
        light={await lightOn(db, task, await loadCalendar(db), signedIn.today)}
        choice={choice}
        typed={typed}
        said={said}
        since={since}
        moveId={moveId}
        unitNames={names.length <= MOST_NAMES ? names : []}
        back={back}
        upload={{ files: MOST_FILES, mb: parts.evidenceMaxMb, types: KINDS_IN_WORDS, accept: ACCEPT }}
      />,
    );
  }
}

type Shown = Partial<Pick<MovePageProps, 'typed' | 'said' | 'since' | 'moveId' | 'back'>> & { status?: number };

interface NotMade {
  id: string;
  name: MoveName;
  made: Made;
  moveId: string;
  typed: MoveTexts;
  back: string | null;
}

function isMove(name: unknown): name is MoveName {
  return typeof name === 'string' && Object.hasOwn(MOVES, name);
}

async function askedIn({ params, signedIn }: FastifyRequest<OfMove>): Promise<Asked | null> {
  const id = taskIn(params);
  const { move } = params;
  const task = id && isMove(move) ? await signedIn.desk.task(id) : null;
  const choice = task && isMove(move) ? moveChoice(task, signedIn.user, move, signedIn.today) : null;
  return task && choice ? { task, choice } : null;
}

/** Moves that name a unit of the directory, which is written and not chosen. */
function choosesUnit({ move }: MoveChoice): boolean {
  return move === 'addParty' || move === 'reassign';
}

/** The texts with names of units as ids; or what is wrong with a name. */
async function withUnits(
  { desk, language }: SignedIn,
  { task, choice }: Asked,
  typed: MoveTexts,
): Promise<{ typed: MoveTexts } | { said: string[] }> {
  if (!choosesUnit(choice)) return { typed };
  const field = choice.move === 'reassign' ? 'to' : 'unit';
  const name = typed[field] ?? '';
  const found = unitTyped(await unitsOfPlan(desk.desk.db, task), name);
  const w = words[language];
  if (found === 0) return { said: [w.unknownUnit(name)] };
  return found === 2 ? { said: [w.ambiguousUnit(name)] } : { typed: { ...typed, [field]: found } };
}

/** The directory that the task's plan names its units from. */
async function unitsOfPlan(db: Db, { plan }: Task): Promise<Unit[]> {
  return listUnits(db, (await planRow(db, plan)).city);
}

function written(kind: 'number' | 'link' | 'figure', text = ''): EvidenceOffer[] {
  const value = text.trim();
  return value === '' ? [] : [{ kind, value, name: null, bytes: null }];
}

function wrongItem({ link = '', figure = '' }: MoveTexts, w: (typeof words)['zh-CN' | 'en']): string | null {
  const address = link.trim();
  if (address !== '' && !(/^https?:\/\/\S+$/.test(address) && URL.canParse(address))) return w.badLink;
  const given = figure.trim();
  return given !== '' && !/^[^=＝\s][^=＝]*[=＝]\s*\S+/.test(given) ? w.badFigure : null;
}
