/** How long it takes to rehearse a year of the 36 tasks of Zhuzhou. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CalendarYear, WorkCalendar } from '../../domain/calendar';
import type { Plan } from '../../domain/plan';
import { DEFAULT_POLICY } from '../../domain/policy';
import { rehearse } from '../../domain/rehearsal';
import type { Unit } from '../../domain/unit';
import zhuzhouPlan from '../../seeds/plans/zhuzhou-2020.json';
import zhuzhouUnits from '../../seeds/units/zhuzhou.json';

const CALENDARS = join(__dirname, '../../seeds/calendars');
const RUNS = 5;

export async function rehearsalTime() {
  const units = zhuzhouUnits as Unit[];
  return {
    how: `12 months from 2020-03-13, median of ${RUNS} runs after the first`,
    allAnswer: figures([]),
    allSilent: figures(units.map(({ id }) => id)),
  };

  function figures(silent: string[]) {
    const run = () => rehearse(zhuzhouPlan as Plan, units, calendar(), DEFAULT_POLICY, { from: '2020-03-13', silent });
    const { letters, slips } = run();
    const times = Array.from({ length: RUNS }, () => {
      const from = performance.now();
      run();
      return performance.now() - from;
    });
    const median = times.sort((a, b) => a - b)[Math.floor(RUNS / 2)] ?? 0;
    return { ms: Math.round(median), letters: letters.length, slips: slips.length };
  }
}

function calendar(): WorkCalendar {
  const files = readdirSync(CALENDARS).filter((file) => file.endsWith('.json'));
  const years = files.map((file): [string, CalendarYear] => [
    file.slice(0, 4),
    JSON.parse(readFileSync(join(CALENDARS, file), 'utf8')) as CalendarYear,
  ]);
  return { version: 'bench', years: Object.fromEntries(years) };
}
