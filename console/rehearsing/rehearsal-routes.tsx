/** `/plans/:plan/rehearsal`: played beside the server from what stands in the address; nothing is sent or stored. */
import type { FastifyInstance } from 'fastify';
import { OffLoopFailure } from '../../client/off-loop';
import { planOfOffice } from '../../client/reading/plan-sight';
import { rehearsed } from '../../client/rehearsal-cache';
import { rehearsalGround } from '../../client/rehearsals';
import { isDay } from '../../domain/days';
import type { Plan, UnitId } from '../../domain/plan';
import { unitsOf } from '../../domain/rules/issue';
import { sendPage } from '../pages/send-page';
import { noSuchPage } from '../sorry';
import { type DayCell, monthsOf } from './month-grid';
import { RehearsalPage } from './rehearsal-page';
import { words } from './words';

type OnRehearsal = {
  Params: { plan: string };
  Querystring: { from?: string; silent?: string | string[]; on?: string; unit?: string };
};

/** The last day from which a whole year is rehearsed. */
const LAST_FROM = '2098-12-31';

export function rehearsalPages(app: FastifyInstance): void {
  app.get<OnRehearsal>('/plans/:plan/rehearsal', async ({ signedIn, params, query }, reply) => {
    const { desk, today, language } = signedIn;
    const w = words[language];
    const stored = await planOfOffice(desk, params.plan);
    if (!stored) return noSuchPage(reply);
    const { plan } = stored;
    const choices = unitsIn(plan);
    const silent = choices.filter((unit) => listOf(query.silent).includes(unit));
    const asked = query.from === undefined || query.from === '' ? undefined : query.from;
    const isWrong = asked !== undefined && !(isDay(asked) && asked <= LAST_FROM);
    const ground = await rehearsalGround(desk, plan.id, { from: isWrong ? undefined : asked, silent, today });
    // A unit that was named and has left the directory cannot be played.
    const known = new Set(ground.units.map(({ id }) => id));
    const playable = {
      ...ground,
      options: { ...ground.options, language, silent: silent.filter((unit) => known.has(unit)) },
    };
    const rehearsal = await rehearsed(playable).catch((error) => {
      if (error instanceof OffLoopFailure) return null;
      throw error;
    });
    const unit = choices.find((one) => one === query.unit) ?? null;
    const months = rehearsal ? monthsOf(rehearsal, ground.calendar, unit) : [];
    const days = months.flatMap(({ weeks }) => weeks.flat()).filter((cell): cell is DayCell => cell !== null);
    return sendPage(
      reply.code(rehearsal ? 200 : 503),
      <RehearsalPage
        signedIn={signedIn}
        plan={plan}
        isDraft={stored.status === 'draft'}
        from={ground.options.from}
        silent={playable.options.silent}
        choices={choices}
        rehearsal={rehearsal}
        months={months}
        unit={unit}
        day={days.find(({ on }) => on === query.on) ?? null}
        said={isWrong ? w.badDay : rehearsal ? null : w.tooSlow}
      />,
    );
  });
}

/** Whoever gets letters of the plan and could keep silent. */
function unitsIn(plan: Plan): UnitId[] {
  return unitsOf(plan).sort((a, b) => a.localeCompare(b, 'zh-CN'));
}

function listOf(value: string | string[] | undefined): string[] {
  return value === undefined ? [] : [value].flat();
}
