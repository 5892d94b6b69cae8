/**
 * Every page as people see it, on both plans' real data: at three widths, light and dark. A page must not be wider than its
 * window, must have no serious finding of axe, and its pictures lie in .pictures/ to be looked at. In English, on a telephone,
 * what is the console's own is English.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import type { Capacity } from '../../domain/rights';
import { type BareConsole, openBareConsole } from '../console/bare-console';
import { signedInAs } from '../console/people';
import { LEAD, OFFICE } from '../ledger/asker';
import { chromiumPath, NO_CHROMIUM, openChromium } from './chromium';
import { liveUntilToday, NOW } from './lived-city';

jest.setTimeout(180_000);

const PICTURES = join(__dirname, '../../.pictures');
const WIDTHS = [1440, 1024, 360];
/** Long lists look the same further down, and a picture costs by its size. */
const TALLEST = 2_000;
const SCHEMES = ['light', 'dark'] as const;

const PEOPLE: Record<string, { name: string; capacities: Capacity[]; pages: string[] }> = {
  coordinator: {
    name: '岳素问',
    capacities: [{ role: 'coordinator', unit: OFFICE }],
    pages: [
      '/cockpit',
      '/plans',
      '/plans/zhuzhou-2020',
      '/plans/zhuzhou-2020?light=red',
      '/plans/zhuzhou-2020?q=没有这样的任务',
      '/plans/zhuzhou-2020?view=timeline',
      '/plans/zhuzhou-2020?view=units',
      '/plans/zhuzhou-2020?view=categories',
      '/plans/zhuzhou-2020?view=silent',
      '/plans/zhuzhou-2020/tasks/1-01',
      '/plans/zhuzhou-2020/tasks/1-04',
      '/plans/zhuzhou-2020/tasks/1-03/moves/returnEvidence',
      '/plans/zhuzhou-2020/rehearsal',
      '/plans/zhuzhou-2020/bulletin',
      '/imports',
      '/inbox',
      '/letters',
      '/units',
      `/units/${encodeURIComponent(LEAD)}`,
      '/calendar',
      '/policy',
      '/library',
      '/users',
      '/account',
      '/no-such-page',
    ],
  },
  supervisor: {
    name: '殷望舒',
    capacities: [{ role: 'supervisor', unit: OFFICE }],
    pages: ['/supervision', '/wall', '/plans/zhuzhou-2020/tasks/1-04'],
  },
  unit: {
    name: '王莉',
    capacities: [{ role: 'unit', unit: LEAD }],
    pages: ['/owed', '/plans/zhuzhou-2020/tasks/1-01'],
  },
  auditor: { name: '审计员', capacities: [{ role: 'auditor', unit: null }], pages: ['/record', '/record/events'] },
  stranger: { name: '路人', capacities: [], pages: ['/sign-in', '/api'] },
  zhuhai: {
    name: '钟灵',
    capacities: [{ role: 'coordinator', unit: 'zhuhai:市营商环境协调办公室' }],
    pages: [
      '/cockpit',
      '/plans/zhuhai-2020',
      '/plans/zhuhai-2020/draft',
      '/plans/zhuhai-2020/draft/policy',
      '/plans/zhuhai-2020/launch',
    ],
  },
};
const CASES = Object.entries(PEOPLE).flatMap(([who, { pages }]) => pages.map((path) => [who, path] as const));

let house: BareConsole;
let browser: Browser;
let base: string;
const cookies = new Map<string, string>();
const englishCookies = new Map<string, string>();

const HAS_BROWSER = chromiumPath() !== null;
const told = HAS_BROWSER ? test : test.skip;
// What is not tried is said.
if (!HAS_BROWSER) process.stderr.write(`${NO_CHROMIUM}\n`);

beforeAll(async () => {
  if (!HAS_BROWSER) return;
  mkdirSync(PICTURES, { recursive: true });
  house = await openBareConsole(NOW);
  await liveUntilToday(house.ledger);
  for (const [who, { name, capacities }] of Object.entries(PEOPLE)) {
    const { cookie } = await signedInAs({ app: house.app, db: house.ledger.db, now: NOW }, name, capacities);
    cookies.set(who, cookie);
    const english = await signedInAs({ app: house.app, db: house.ledger.db, now: NOW }, name, capacities);
    await house.ledger.db.updateTable('users').set({ language: 'en' }).where('login', '=', english.login).execute();
    englishCookies.set(who, english.cookie);
  }
  base = await house.app.listen({ host: '127.0.0.1', port: 0 });
  browser = await openChromium();
});
afterAll(async () => {
  await browser?.close();
  await house?.close();
});

told.each(CASES)('%s: %s', async (who, path) => {
  const findings: string[] = [];
  const context = await browser.newContext({ locale: 'zh-CN' });
  if (who !== 'stranger') await context.addCookies([{ name: 'duban', value: cookies.get(who) ?? '', url: base }]);
  const page = await context.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error' && !path.includes('no-such')) findings.push(message.text());
  });
  await page.goto(`${base}${path}`);
  // Style sheets alone decide what differs: the page need not come again for it.
  for (const colorScheme of SCHEMES) {
    await page.emulateMedia({ colorScheme });
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      const { wide, high } = await page.evaluate(() => {
        const { scrollWidth, scrollHeight } = document.documentElement;
        return { wide: scrollWidth, high: scrollHeight };
      });
      const clip = { x: 0, y: 0, width, height: Math.min(high, TALLEST) };
      const picture = join(PICTURES, pictureOf(who, path, width, colorScheme));
      await page.screenshot({ path: picture, type: 'jpeg', quality: 85, fullPage: true, clip });
      if (wide > width) findings.push(`${wide} px wide in a window of ${width}`);
    }
    findings.push(...(await seriousFindings(page)));
  }
  await context.close();
  if (who !== 'stranger' && !path.includes('no-such')) findings.push(...(await findingsInEnglish(who, path)));
  expect(findings).toEqual([]);
});

const PRINTED = [
  ['coordinator', '/cockpit'],
  ['coordinator', '/plans/zhuzhou-2020'],
  ['coordinator', '/plans/zhuzhou-2020/tasks/1-04'],
  ['coordinator', '/plans/zhuzhou-2020/rehearsal'],
  ['coordinator', '/plans/zhuzhou-2020/bulletin'],
  ['supervisor', '/supervision'],
  ['unit', '/owed'],
] as const;

told.each(PRINTED)('on paper %s: %s has nothing to click, and no table is cut', async (who, path) => {
  // A4 between its margins.
  const width = 700;
  const context = await browser.newContext({ locale: 'zh-CN', viewport: { width, height: 1000 } });
  await context.addCookies([{ name: 'duban', value: cookies.get(who) ?? '', url: base }]);
  const page = await context.newPage();
  await page.goto(`${base}${path}`);
  await page.emulateMedia({ media: 'print' });
  const seen = await page.evaluate(() => ({
    // In a table a button is the name of its row, or of a day.
    clickable: Array.from(document.querySelectorAll('header, nav, button, input, select, textarea, .button'))
      .filter((element) => element.checkVisibility() && element.closest('table') === null)
      .map(({ outerHTML }) => outerHTML.slice(0, 80)),
    wide: document.documentElement.scrollWidth,
    frames: Array.from(document.querySelectorAll('.table')).filter(
      (one) => getComputedStyle(one).overflowX !== 'visible',
    ).length,
  }));
  expect(seen).toEqual({ clickable: [], wide: width, frames: 0 });
  expect((await page.locator('main').innerText()).length).toBeGreaterThan(100);
  await context.close();
});

/** Heads, foldings and buttons are no data, unless a button chooses a unit. */
const OURS = 'thead th, button:not([name=unit]), legend, summary';

async function findingsInEnglish(who: string, path: string): Promise<string[]> {
  const width = 360;
  const context = await browser.newContext({ locale: 'en-GB', viewport: { width, height: 900 } });
  await context.addCookies([{ name: 'duban', value: englishCookies.get(who) ?? '', url: base }]);
  const page = await context.newPage();
  await page.goto(`${base}${path}`);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  const chinese = await page.evaluate(
    (ours) =>
      Array.from(document.querySelectorAll(ours))
        .filter((element) => element.closest('[lang]')?.getAttribute('lang') === 'en')
        .map(({ textContent }) => textContent.trim())
        .filter((text) => /\p{Script=Han}/u.test(text)),
    OURS,
  );
  // Marks of Chinese beside English words: a sentence that was put together for one language only.
  const mixed = (await page.locator('main, body').last().innerText()).match(
    /[A-Za-z] ?[：；（、。]|[、；：] ?[A-Za-z]/g,
  );
  const picture = join(PICTURES, pictureOf(who, path, width, 'en'));
  await page.screenshot({ path: picture, type: 'jpeg', quality: 85 });
  await context.close();
  return [
    ...(wide > width ? [`in English ${wide} px wide in a window of ${width}`] : []),
    ...chinese.map((text) => `not in English: ${text}`),
    ...(mixed ?? []).map((text) => `marks of two languages: ${text}`),
  ];
}

function pictureOf(who: string, path: string, width: number, scheme: string): string {
  return `${who}${path.replace(/[^\p{L}\p{N}-]+/gu, '_')}.${width}.${scheme}.jpg`;
}

/** WCAG 2 findings that keep somebody from using the page. */
async function seriousFindings(page: Page): Promise<string[]> {
  // By the protocol and not as a script element: the page's own policy lets no foreign script in.
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => (globalThis as unknown as { axe: typeof axe }).axe.run());
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.slice(0, 3).map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary}`),
    );
}
