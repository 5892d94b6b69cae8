/**
 * `npm run demo`: a whole year of the Zhuzhou plan through the real processes in about a minute, told day by day. Ends
 * with the ledger, with what was rehearsed beside what happened, and with every hash recomputed.
 */

import { loadConfig } from '../../config';
import { nextWorkingDay } from '../../domain/calendar';
import { dayOf } from '../../domain/days';
import { reissue } from '../../domain/drafts/reissue';
import { statusLabel } from '../../domain/labels';
import { nameOf } from '../../domain/notices';
import { policyOf } from '../../domain/policy-schema';
import { lastDay, lettersOf, slipsOf } from '../../domain/rehearsal';
import { type Played, play } from '../../domain/rehearsal-play';
import { numberOf } from '../../domain/task-ids';
import { verifyLedger } from '../../ledger/audit/audit';
import { loadCalendar } from '../../ledger/calendars';
import { showPlan, storeDraft } from '../../ledger/plans';
import { listTasks } from '../../ledger/tasks';
import { listUnits } from '../../ledger/units';
import { toStderr } from '../../tools/say';
import { ToolError } from '../../tools/tool-error';
import { seedAll } from '../cli/seeds';
import { lightText, names, table } from '../cli/table';
import { Diary } from './diary';
import { CAST, demonstration } from './habits';
import { readLived } from './lived';
import { openTheatre, type Theatre } from './theatre';
import { liveYear } from './year';

const ORIGINAL = 'zhuzhou-2020';

function tell(line = ''): void {
  process.stdout.write(`${line}\n`);
}

async function main(): Promise<number> {
  const startedAt = performance.now();
  const theatre = await openTheatre(loadConfig(), toStderr);
  let isLeaving = false;
  const leave = () => {
    isLeaving = true;
    void theatre.close().finally(() => process.exit(130));
  };
  process.once('SIGINT', leave).once('SIGTERM', leave);
  try {
    const failures = await perform(theatre);
    const seconds = Math.round((performance.now() - startedAt) / 1000);
    tell(`${failures === 0 ? '演示完成' : `演示发现${failures}处不符`}，用时${seconds}秒。`);
    return failures === 0 ? 0 : 1;
  } catch (error) {
    // What fails because everything is being closed is no news.
    if (isLeaving) return 130;
    throw error;
  } finally {
    process.off('SIGINT', leave).off('SIGTERM', leave);
    await theatre.close();
  }
}

/** @returns how much was not as it should be */
async function perform(theatre: Theatre): Promise<number> {
  const { desk } = theatre;
  const { db } = desk;
  await seedAll(db);
  const calendar = await loadCalendar(db);
  const original = (await showPlan(db, ORIGINAL)).plan;
  const today = dayOf(await theatre.now());
  const dayIn = (year: number) => nextWorkingDay(calendar, reissue(original, year, ORIGINAL).issuedOn);
  const thisYear = Number(today.slice(0, 4));
  const year = dayIn(thisYear) > today ? thisYear : thisYear + 1;
  const plan = reissue(original, year, `${original.city}-${year}`);
  await storeDraft(db, plan);

  const from = dayIn(year);
  const to = lastDay(from, 12);
  const units = await listUnits(db);
  const office = units.find(({ id }) => id === plan.office);
  const signedBy = office?.leader?.name ?? plan.issuer;
  const script = { plan, units, calendar, policy: policyOf(plan.policy), from, to, signedBy, behaviour: demonstration };
  tell(`${plan.title}，${plan.tasks.length}项任务，按${year}年重新印发。`);
  tell(`${from}下达，签发人${signedBy}；以下是到${to}为止的一年。其他单位按时办理，只有：`);
  for (const [unit, habit] of CAST) tell(`  ${nameOf(unit)}：${habit}`);
  tell();

  const launcher = { name: signedBy, role: 'supervisor', unit: plan.office } as const;
  const diary = new Diary(calendar, tell);
  let told = '-infinity';
  await liveYear(theatre, {
    ...script,
    launcher,
    async onDay(day) {
      diary.write(day, await readLived(db, plan.id, told));
      told = await theatre.now();
    },
  });
  diary.end();
  return close(theatre, script);
}

async function close({ desk: { db } }: Theatre, script: Parameters<typeof play>[0]): Promise<number> {
  const { plan, calendar, to } = script;
  tell(`\n台账，${to}：`);
  const rows = await listTasks(db, { plan: plan.id }, to);
  tell(
    table(
      ['任务', '牵头单位:24', '题目:44', '时限', '状态', '灯'],
      rows.map((row) => [
        numberOf(row.id),
        names(row.leads),
        row.title,
        row.dueOn === row.originalDueOn ? row.dueOn : `${row.dueOn}（原${row.originalDueOn}）`,
        statusLabel(row.status, 'zh-CN'),
        lightText(row.light),
      ]),
    ),
  );

  const lived = await readLived(db, plan.id);
  const slips = slipsOf(lived, calendar);
  const differences = differencesOf(lived, play(script), script);
  const audit = await verifyLedger(db, plan.id);
  const colour = (name: string) => slips.filter((slip) => slip.colour === name).length;
  const urgings = lived.taskEvents.filter(({ event }) => event.type === 'urged').length;
  tell(`\n信件${lived.letters.length}封，写给${new Set(lived.letters.map(({ to: { unit } }) => unit)).size}个单位。`);
  tell(`督办单${slips.length}张：蓝${colour('blue')}，橙${colour('orange')}，红${colour('red')}；催办${urgings}次。`);
  tell(`预演与实际：${differences.length === 0 ? '每封信、每张督办单逐一相符' : `不符${differences.length}处`}。`);
  for (const difference of differences.slice(0, 10)) tell(`  ${difference}`);
  const { firstBad } = audit;
  tell(
    firstBad
      ? `核验：${firstBad.where} ${firstBad.row ?? ''} ${firstBad.problem}`
      : `核验：${audit.events}条记录、${audit.seals}个封印全部无误。`,
  );
  return differences.length + (firstBad ? 1 : 0);
}

/** What one of the two has and the other has not. */
function differencesOf(
  lived: Played,
  played: Played,
  { calendar }: Pick<Parameters<typeof play>[0], 'calendar'>,
): string[] {
  const lines = (of: Played) => [
    ...lettersOf(of, calendar).map(({ on, round, to, notices }) => {
      const said = notices.map(({ kind, rung, task }) => `${kind} ${rung ?? ''} ${task ?? ''}`).sort();
      return `${on} ${round} ${to.unit} ${to.office} ${said.join(',')}`;
    }),
    ...slipsOf(of, calendar).map(({ on, task, colour, limitOn }) => `${on} ${task} ${colour} ${limitOn}`),
  ];
  const [real, expected] = [lines(lived), lines(played)].map((all) => new Set(all));
  return [
    ...[...(expected ?? [])].filter((line) => !real?.has(line)).map((line) => `只在预演中：${line}`),
    ...[...(real ?? [])].filter((line) => !expected?.has(line)).map((line) => `只在实际中：${line}`),
  ].sort();
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const text =
      error instanceof ToolError ? error.message : error instanceof Error ? (error.stack ?? '') : String(error);
    process.stderr.write(`${text}\n`);
    process.exitCode = 1;
  },
);
