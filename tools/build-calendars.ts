/**
 * Writes seeds/calendars/YYYY.json: the years the State Council has published (through chinese-days, which transcribes
 * its notices 国务院办公厅关于某年部分节假日安排的通知) as confirmed, the years after them as provisional (R6).
 * Run with `npx tsx tools/build-calendars.ts`; it stops without writing if the package's data contradicts the law.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Lunar, Solar } from 'lunar-typescript';
import { type CalendarYear, isWorkingDay } from '../domain/calendar';
import { addDays, type Day, isDay, weekdayOf } from '../domain/days';

const FIRST_YEAR = 2019;
const LAST_YEAR = 2040;
const OUT = path.join(__dirname, '..', 'seeds', 'calendars');
/** One file per published year. A year without a file is unpublished: the package then answers "weekends only". */
const PUBLISHED = path.join(path.dirname(require.resolve('chinese-days/package.json')), 'dist', 'years');

/** Stops before a half-published year is taken for a confirmed one: every year since 2008 has all seven festivals. */
const FESTIVALS = ['元旦', '春节', '清明', '劳动节', '端午', '中秋', '国庆节'];

const years = new Map<number, CalendarYear>();
for (let year = FIRST_YEAR; year <= LAST_YEAR; year++) years.set(year, confirmedYear(year) ?? provisionalYear(year));
for (const [year, { status }] of years) {
  if (status === 'confirmed' && years.get(year - 1)?.status === 'provisional') {
    throw new Error(`${year} is published but ${year - 1} is not: look at ${PUBLISHED} before trusting either`);
  }
}

mkdirSync(OUT, { recursive: true });
for (const [year, content] of years) {
  writeFileSync(path.join(OUT, `${year}.json`), `${JSON.stringify(content, null, 2)}\n`);
  console.log(`${year} ${content.status}: ${content.off.length} days off, ${content.on.length} make-up days`);
}

function confirmedYear(year: number): CalendarYear | null {
  const file = path.join(PUBLISHED, `${year}.json`);
  if (!existsSync(file)) return null;
  const published: { holidays: Record<Day, string>; workdays: Record<Day, string> } = JSON.parse(
    readFileSync(file, 'utf8'),
  );
  const off = Object.keys(published.holidays).sort();
  const on = Object.keys(published.workdays).sort();
  const content: CalendarYear = { status: 'confirmed', off, on };

  const refuse = (why: string): never => {
    throw new Error(`chinese-days ${year}: ${why}; compare with the State Council's notice before using it`);
  };
  for (const day of [...off, ...on]) if (!isDay(day) || !day.startsWith(`${year}-`)) refuse(`stray day ${day}`);
  const names = Object.values(published.holidays).join();
  // In a year whose Mid-Autumn falls in the National Day week (2020) the package names the days after the longer one.
  const missing = FESTIVALS.filter((name) => name !== '中秋' && !names.includes(name));
  if (missing.length > 0) refuse(`no days for ${missing.join('、')}`);
  const calendar = { version: 'build', years: { [year]: content } };
  for (const day of statutoryDays(year)) if (isWorkingDay(calendar, day)) refuse(`statutory day ${day} is worked`);
  for (const day of on) if (weekdayOf(day) <= 5 || off.includes(day)) refuse(`make-up day ${day} is no free weekend`);
  return content;
}

/** R6: the statutory days on their own dates; no bridging, and no make-up days either. */
function provisionalYear(year: number): CalendarYear {
  return { status: 'provisional', off: statutoryDays(year), on: [] };
}

/**
 * The days off for everyone by 《全国年节及纪念日放假办法》 article 2, sorted. The amendment in force since
 * 2025-01-01 (国务院令第795号) made 除夕 and May 2 the twelfth and thirteenth. Mid-Autumn on 1 to 3 October
 * (2028, 2031, 2039) is one day with National Day here; which day is given for it, only the notice says.
 */
function statutoryDays(year: number): Day[] {
  const since2025 = year >= 2025;
  const springFestival = lunarDay(year, 1, 1);
  const days = [
    `${year}-01-01`,
    ...(since2025 ? [addDays(springFestival, -1)] : []),
    springFestival,
    addDays(springFestival, 1),
    addDays(springFestival, 2),
    qingming(year),
    `${year}-05-01`,
    ...(since2025 ? [`${year}-05-02`] : []),
    lunarDay(year, 5, 5),
    lunarDay(year, 8, 15),
    `${year}-10-01`,
    `${year}-10-02`,
    `${year}-10-03`,
  ];
  return [...new Set(days)].sort();
}

function lunarDay(year: number, month: number, day: number): Day {
  return Lunar.fromYmd(year, month, day).getSolar().toYmd();
}

/** The festival is the solar term 清明 itself, 4 or 5 April. */
function qingming(year: number): Day {
  const term = Solar.fromYmd(year, 6, 1).getLunar().getJieQiTable().清明;
  if (!term) throw new Error(`no solar term 清明 for ${year}`);
  return term.toYmd();
}
