/** `/plans/:plan/bulk`: one move on the tasks that were chosen: the form, the look at what it would come to, the making. */

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { inTurns, MOST_TASKS, makeBulk, previewBulk } from '../../client/bulk';
import type { MoveName } from '../../domain/intents';
import { checkMove } from '../../domain/move-check';
import { type MoveChoice, moveChoices } from '../../domain/move-choices';
import { type MoveTexts, moveOfTexts } from '../../domain/move-texts';
import { MOVES, type MoveRow } from '../../domain/moves';
import { cityOf } from '../../domain/notices';
import { planId, taskId } from '../../domain/schemas';
import type { Task } from '../../domain/task';
import { numberOf } from '../../domain/task-ids';
import { showBulk } from '../../ledger/bulk';
import { listUnits } from '../../ledger/units';
import type { ConsoleParts } from '../app';
import { sendPage } from '../pages/send-page';
import { refusalText } from '../refusal-text';
import { noSuchPage } from '../sorry';
import { formFields, textsOfForm } from '../tasks/move-form';
import { allOf, typedIn } from '../tasks/typed';
import { unitTyped } from '../tasks/unit-typed';
import { words as taskWords } from '../tasks/words';
import { BulkPage, ChoosePage } from './bulk-pages';

interface OfPlan {
  Params: { plan: string };
}
type OfBulk = OfPlan & { Params: { id: string } };

const BULK_ID = /^[0-9a-f-]{36}$/;
const MOST_NAMES = 300;

export function bulkPages(app: FastifyInstance, { now }: Pick<ConsoleParts, 'now'>): void {
  /** What this process makes at the moment. */
  const running = new Set<string>();
  let isClosing = false;
  app.addHook('preClose', async () => {
    isClosing = true;
  });

  app.get<OfPlan>('/plans/:plan/bulk', (request, reply) => choose(request, reply, request.query));
  app.post<OfPlan>('/plans/:plan/bulk', (request, reply) => {
    const { plan } = request.params;
    const typed = typedIn(request.body);
    if (typed.look === 'yes' || !planId.safeParse(plan).success) return choose(request, reply, request.body);
    // The form has an address of its own: it can be reloaded, and gone back to.
    const ids = idsIn(request.body, plan);
    const query = new URLSearchParams(typed.move ? { move: typed.move } : {});
    for (const id of ids.slice(0, MOST_TASKS)) query.append('task', numberOf(id));
    if (ids.length > MOST_TASKS) query.append('cut', 'yes');
    return reply.redirect(`/plans/${plan}/bulk?${query}`, 303);
  });

  async function choose(request: FastifyRequest<OfPlan>, reply: FastifyReply, sent: unknown): Promise<FastifyReply> {
    const { plan } = request.params;
    if (!planId.safeParse(plan).success) return noSuchPage(reply);
    const { signedIn } = request;
    const ids = idsIn(sent, plan);
    const tasks = await tasksOf(request, ids.slice(0, MOST_TASKS));
    const choices = bulkChoices(tasks, request);
    const typed = typedIn(sent);
    const choice = choices.find(({ move }) => move === typed.move) ?? null;
    const page = async (said: string[] = [], status = 200) => {
      const props = {
        ...{ signedIn, plan, tasks, said },
        isCut: ids.length > MOST_TASKS || typed.cut === 'yes' ? MOST_TASKS : null,
        moves: choices.map(({ move }) => move),
        chosen: choice && {
          move: choice.move,
          fields: formFields({ choice, tasks }, typed, signedIn.language),
          unitNames: await namesFor(request, tasks),
        },
      };
      return sendPage(reply.code(status), <ChoosePage {...props} />);
    };
    if (!choice || typed.look !== 'yes' || tasks.length === 0) return page();
    const given = await withUnits(request, choice.move, tasks, textsOfForm(typed));
    if ('said' in given) return page([given.said], 422);
    const move = moveOfTexts(choice.move, given.typed);
    const wrong = tasks
      .map((task) => checkMove(task, move, choice.actor))
      .find((refusal) => refusal && OF_FIELDS.includes(refusal.refused));
    if (wrong) return page([refusalText(wrong, signedIn.language)], 422);
    const id = await previewBulk(signedIn.desk, { plan, tasks: tasks.map((task) => task.id), move, at: now() });
    return reply.redirect(`/plans/${plan}/bulk/${id}`, 303);
  }

  app.get<OfBulk>('/plans/:plan/bulk/:id', async (request, reply) => {
    const bulk = await bulkIn(request);
    if (!bulk) return noSuchPage(reply);
    const isRunning = running.has(bulk.id);
    // Without scripts too: the browser asks again until it is done.
    if (isRunning) reply.header('refresh', '2');
    return sendPage(reply, <BulkPage signedIn={request.signedIn} plan={bulk.plan} bulk={bulk} isRunning={isRunning} />);
  });

  app.post<OfBulk>('/plans/:plan/bulk/:id', async (request, reply) => {
    const bulk = await bulkIn(request);
    if (!bulk) return noSuchPage(reply);
    const { id, plan } = bulk;
    if (!running.has(id)) {
      running.add(id);
      // Goes on without the page. What it does not come to is made when it is sent again, under the same ids.
      void makeBulk(request.signedIn.desk, id, now, () => !isClosing)
        .catch((error: unknown) => request.log.error({ err: error, bulk: id }, 'bulk'))
        .finally(() => running.delete(id));
    }
    return reply.redirect(`/plans/${plan}/bulk/${id}`, 303);
  });
}

/** What is wrong with the form and not with one task. */
const OF_FIELDS: readonly string[] = [
  'text-needed',
  'text-too-long',
  'text-unstorable',
  'bad-date',
  'bad-field',
  'date-too-late',
];

async function bulkIn({ params, signedIn }: FastifyRequest<OfBulk>) {
  const { plan, id } = params;
  const bulk = BULK_ID.test(id) ? await showBulk(signedIn.desk.desk.db, id, signedIn.user.login) : null;
  return bulk?.plan === plan ? bulk : null;
}

/** Full ids or a plan's own numbers, each once, in order. */
function idsIn(sent: unknown, plan: string): string[] {
  const given = [...allOf(sent, 'task'), ...allOf(sent, 'tasks')].map((id) =>
    id.includes('/') ? id : `${plan}/${id}`,
  );
  return [...new Set(given)].filter((id) => id.startsWith(`${plan}/`) && taskId.safeParse(id).success).sort();
}

async function tasksOf({ signedIn }: FastifyRequest, ids: readonly string[]): Promise<Task[]> {
  const tasks: Task[] = [];
  await inTurns(ids, async (id) => {
    const task = await signedIn.desk.task(id);
    if (task) tasks.push(task);
  });
  return tasks.sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Moves of an office on a task as a whole; what belongs to one version or one unit is decided one by one. */
function bulkChoices(tasks: readonly Task[], { signedIn }: FastifyRequest): MoveChoice[] {
  const found = new Map<MoveName, MoveChoice>();
  for (const task of tasks) {
    for (const choice of moveChoices(task, signedIn.user, signedIn.today)) {
      const row: MoveRow = MOVES[choice.move];
      if (row.as !== null || Object.hasOwn(row.fields, 'version')) continue;
      const known = found.get(choice.move);
      if (!known || (known.refusal && !choice.refusal)) found.set(choice.move, choice);
    }
  }
  const names = Object.keys(MOVES) as MoveName[];
  const first: readonly MoveName[] = ['urge', 'reassign', 'grantExtension', 'addParty', 'suspend'];
  return [...first, ...names.filter((name) => !first.includes(name))].flatMap((name) => found.get(name) ?? []);
}

async function unitsFor({ signedIn }: FastifyRequest, tasks: readonly Task[]) {
  const city = tasks[0] && cityOf(tasks[0].office);
  return city === undefined ? [] : listUnits(signedIn.desk.desk.db, city);
}

async function namesFor(request: FastifyRequest, tasks: readonly Task[]): Promise<string[]> {
  const names = (await unitsFor(request, tasks)).map(({ name }) => name);
  return names.length <= MOST_NAMES ? names : [];
}

async function withUnits(
  request: FastifyRequest,
  move: MoveName,
  tasks: readonly Task[],
  typed: MoveTexts,
): Promise<{ typed: MoveTexts } | { said: string }> {
  if (move !== 'addParty' && move !== 'reassign') return { typed };
  const field = move === 'reassign' ? 'to' : 'unit';
  const name = typed[field] ?? '';
  const found = unitTyped(await unitsFor(request, tasks), name);
  const w = taskWords[request.signedIn.language];
  if (found === 0) return { said: w.unknownUnit(name) };
  return found === 2 ? { said: w.ambiguousUnit(name) } : { typed: { ...typed, [field]: found } };
}
