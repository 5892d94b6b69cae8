/** `/owed`: the page of a unit, and the forms that stand on it. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { UnknownOutcome, Unreachable } from '../../client';
import { inTurns } from '../../client/bulk';
import { substituteAs } from '../../client/directory';
import { Failure } from '../../client/failure';
import { isDay } from '../../domain/days';
import type { MoveTexts } from '../../domain/move-texts';
import { planId, taskId } from '../../domain/schemas';
import { numberOf } from '../../domain/task-ids';
import { LedgerUnavailable } from '../../ledger/errors';
import { sendPage } from '../pages/send-page';
import { refusalText } from '../refusal-text';
import { noSuchPage } from '../sorry';
import { type Made, makeMove, moveIdIn } from '../tasks/make-move';
import { allOf, typedIn } from '../tasks/typed';
import { owedGround, ownUnits, type UnitOwes } from './owed-ground';
import { OwedPage } from './owed-page';
import type { Again } from './parts';
import { words } from './words';

/** More than a unit ever has to sign for at once. */
const MOST_SIGNED = 200;

export function owedPages(app: FastifyInstance): void {
  app.get<{ Querystring: { all?: string; done?: string } }>('/owed', async (request, reply) => {
    const w = words[request.signedIn.language];
    const { done } = request.query;
    const line = done === 'substitute' ? w.named : done === 'report' ? w.reported : null;
    return page(request, reply, line === null ? {} : { notice: { tone: 'good', lines: [line] } });
  });

  app.post('/owed/acknowledge', async (request, reply) => {
    const { desk, language } = request.signedIn;
    const w = words[language];
    const { unit = '', handler = '' } = typedIn(request.body);
    const chosen = allOf(request.body, 'task').slice(0, MOST_SIGNED).flatMap(chosenIn);
    if (chosen.length === 0) return page(request, reply, { notice: { tone: 'bad', lines: [w.nothingChosen] } }, 422);
    const lines = new Map<string, string>();
    let isAll = true;
    await inTurns(chosen, async ({ task, moveId }) => {
      const move = { move: 'acknowledge' as const, unit, ...(handler.trim() && { handler: handler.trim() }) };
      const made = await makeMove(desk, task, move, { moveId });
      isAll &&= made.outcome === 'recorded';
      lines.set(task, saidOf(made));
    });
    const units = await owedGround(request.signedIn);
    // Two plans may number alike: the title tells them apart.
    const nameOf = (task: string) =>
      [numberOf(task), ...units.flatMap(({ tasks }) => tasks.get(task)?.title ?? []).slice(0, 1)].join(' ');
    const said = chosen.map(({ task }) => `${nameOf(task)}: ${lines.get(task)}`);
    const notice = { tone: isAll ? 'good' : 'calm', lines: [`${w.signed}:`, ...said] } as const;
    return page(request, reply, { notice }, 200, units);

    function saidOf(made: Made): string {
      if (made.outcome === 'recorded') return w.signedOk;
      if (made.outcome === 'refused') return `${w.notSigned}${refusalText(made.refusal, language)}`;
      return made.outcome === 'changed' ? w.changed : w.unknown;
    }
  });

  app.post<{ Params: { plan: string } }>('/owed/report/:plan', async (request, reply) => {
    const { plan } = request.params;
    const { desk, language, user } = request.signedIn;
    const w = words[language];
    const typed: MoveTexts = { ...typedIn(request.body), plan };
    const { unit = '', text = '' } = typed;
    if (!planId.safeParse(plan).success || !ownUnits(user).includes(unit)) return noSuchPage(reply);
    const moveId = moveIdIn(typed.moveId);
    try {
      const made = await desk.reportOnPlan(plan, { unit, text: text.trim() }, { moveId });
      if (made.outcome === 'recorded') return reply.redirect('/owed?done=report', 303);
      const lines = [`${w.refused}${refusalText(made.refusal, language)}`];
      return page(request, reply, { typed: { ...typed, moveId: undefined }, notice: { tone: 'bad', lines } }, 422);
    } catch (error) {
      if (!isUnknown(error)) throw error;
      // The same id: sent again, it is the same report.
      return page(
        request,
        reply,
        { typed: { ...typed, moveId }, notice: { tone: 'bad', lines: [w.unknownReport] } },
        503,
      );
    }
  });

  app.post('/owed/substitute', async (request, reply) => {
    const { desk, language, today } = request.signedIn;
    const w = words[language];
    const typed = typedIn(request.body);
    const { unit = '', from = '', to = '', name = '', mail = '' } = typed;
    const wrong = (line: string) => page(request, reply, { typed, notice: { tone: 'bad', lines: [line] } }, 422);
    if (![from, to].every(isDay)) return wrong(w.wrongDates);
    try {
      await substituteAs(desk, unit, { from, to, name: name.trim(), mail: mail.trim() }, today);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      if (error.code === 'bad-unit') return wrong(w.wrongPerson);
      return wrong(language === 'en' ? error.en : error.zh);
    }
    return reply.redirect('/owed?done=substitute', 303);
  });
}

/** @param read what his units owe, where it was read already */
async function page(
  request: FastifyRequest,
  reply: FastifyReply,
  again: Again,
  status = 200,
  read?: UnitOwes[],
): Promise<FastifyReply> {
  const { signedIn } = request;
  const { all } = { all: undefined, ...(request.query as object) };
  const units = read ?? (await owedGround(signedIn));
  return sendPage(
    reply.code(status),
    <OwedPage signedIn={signedIn} units={units} all={all !== undefined} {...again} />,
  );
}

function isUnknown(error: unknown): boolean {
  return error instanceof UnknownOutcome || error instanceof Unreachable || error instanceof LedgerUnavailable;
}

/** A box of the list: the task, and the move's id. A signature undoes nothing of anybody's, so nobody is asked again. */
function chosenIn(value: string): { task: string; moveId: string }[] {
  const [task = '', moveId = ''] = value.split(' ');
  return taskId.safeParse(task).success ? [{ task, moveId: moveIdIn(moveId) }] : [];
}
