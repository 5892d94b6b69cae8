/** The working calendar 工作日历 (R6): what is known of a year, and a year that the State Council has published. */
import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { z } from 'zod';
import type { CalendarYear } from '../../../domain/calendar';
import { isDay } from '../../../domain/days';
import { importYear, loadCalendar } from '../../../ledger/calendars';
import { openStreams } from '../../../ledger/relaunch';
import { type Answer, act } from '../call';
import { argument, group, leaf } from '../command';
import { wrongCall } from '../failure';
import { asFile, asNumber } from '../inputs';
import { authorisedForAll } from '../people';
import type { Session } from '../session';
import { tellCalendar } from '../sweeps';
import { requireWorker } from '../workers';

const day = z.string().refine(isDay, 'not a calendar day YYYY-MM-DD');
const yearSchema = z.strictObject({
  year: z
    .string()
    .regex(/^\d{4}$/)
    .optional(),
  status: z.enum(['confirmed', 'provisional']),
  off: z.array(day).max(366),
  on: z.array(day).max(366),
});

export function calendars(program: Command): void {
  const calendar = group(program, 'calendar', 'working days');
  leaf(calendar, 'show <year>', 'what is known of a year', 'calendar show 2027').action(
    act((session, args) => show(session, String(asNumber('year', 1000, 9999)(argument(args, 0))))),
  );
  leaf(
    calendar,
    'import <file>',
    'a published year, as JSON; open tasks are reckoned again',
    'calendar import seeds/calendars/2026.json',
  ).action(act((session, args) => load(session, argument(args, 0))));
}

async function show(session: Session, year: string): Promise<Answer> {
  const calendar = await loadCalendar(await session.db());
  const known = Object.hasOwn(calendar.years, year) ? calendar.years[year] : undefined;
  if (!known) {
    const years = Object.keys(calendar.years);
    throw wrongCall('unknown-year', `日历中没有${year}年。`, `the calendar has no ${year}`, {
      next: years.length > 0 ? `known: ${years[0]} to ${years.at(-1)}` : 'duban calendar import FILE',
    });
  }
  const { status, off, on } = known;
  const text = [
    `${year}年 ${status === 'confirmed' ? '已公布' : '暂定（放假安排尚未公布）'}`,
    `  放假 ${rangesOf(off)}`,
    `  调休上班 ${rangesOf(on)}`,
  ].join('\n');
  return { json: { year, status, off, on, version: calendar.version }, text };
}

/** 2026-01-01 to 2026-01-03 as 1月1日至3日; the days come sorted. */
function rangesOf(days: readonly string[]): string {
  const runs: string[][] = [];
  for (const one of days) {
    const run = runs.at(-1);
    const next = run ? new Date(Date.parse(run.at(-1) ?? one) + 86_400_000).toISOString().slice(0, 10) : null;
    if (run && next === one) run.push(one);
    else runs.push([one]);
  }
  const said = (text: string) => `${Number(text.slice(5, 7))}月${Number(text.slice(8))}日`;
  return (
    runs
      .map((run) => (run.length === 1 ? said(run[0] ?? '') : `${said(run[0] ?? '')}至${said(run.at(-1) ?? '')}`))
      .join('，') || '无'
  );
}

async function load(session: Session, typed: string): Promise<Answer> {
  const { year, days } = await readYear(typed);
  await authorisedForAll(session, 'changeCalendar');
  const db = await session.db();
  const streams = (await openStreams(db)).length;
  // Asked before anything is written: an imported year that no task is told of would be half a change.
  if (streams > 0) await requireWorker(session);
  const { calendar, changed } = await importYear(db, year, days);
  // Told also when nothing changed: the last import may have been cut off here, and told twice does nothing twice.
  const told = streams > 0 ? await tellCalendar(session, calendar.version) : { told: 0, missing: [] };
  const json = { year, status: days.status, changed, version: calendar.version, ...told };
  const missing = told.missing.length > 0 ? `\n${told.missing.length}项没有运行中的流程: duban doctor` : '';
  const what = changed ? `已导入${year}年日历` : `${year}年日历没有变化`;
  return { json, text: `${what}，已通知${told.told}项任务和方案。${missing}` };
}

async function readYear(typed: string): Promise<{ year: string; days: CalendarYear }> {
  const { path } = asFile(typed, { mb: 1 });
  const wrong = (en: string) =>
    wrongCall('bad-calendar', '日历文件有误。', en, { where: path, next: 'see seeds/calendars/' });
  let content: unknown;
  try {
    content = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw wrong(`it is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  const parsed = yearSchema.safeParse(content);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw wrong(`${issue?.path.join('.') || 'the file'}: ${issue?.message}`);
  }
  const { status, off, on } = parsed.data;
  const years = new Set([...off, ...on].map((one) => one.slice(0, 4)));
  const year = parsed.data.year ?? [...years][0];
  const stray = [...years].find((one) => one !== year);
  if (year === undefined) throw wrong('it has no days and names no year');
  if (stray !== undefined) throw wrong(`it has days of ${year} and of ${stray}`);
  return { year, days: { status, off: [...new Set(off)].sort(), on: [...new Set(on)].sort() } };
}
