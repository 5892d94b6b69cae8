/** The table of docs/rules.md: which test files live which rule, read from the names of their tests. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');
export const PAGE = join(ROOT, 'docs/rules.md');
const BEGIN = '<!-- rules:begin -->\n';
const END = '<!-- rules:end -->';

/** Every rule of the page, in its order: `R1`, … */
export function rulesOf(page: string): string[] {
  return [...page.matchAll(/^- \*\*(R\d+)\b/gm)].map(([, rule]) => rule ?? '');
}

/** A test whose name begins `R3 R4: …` lives these rules; a table's name too. */
function rulesLived(source: string): string[] {
  const names = source.matchAll(/['"`]((?:[RD]\d+ )*[RD]\d+): /g);
  return [...names].flatMap(([, rules]) => (rules ?? '').split(' '));
}

/** Files of tests by rule, their paths inside `test/`. */
export function livedIn(): Map<string, string[]> {
  const files = readdirSync(join(ROOT, 'test'), { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.test.ts'),
  );
  const lived = new Map<string, string[]>();
  for (const path of files.sort())
    for (const rule of new Set(rulesLived(readFileSync(join(ROOT, 'test', path), 'utf8'))))
      lived.set(rule, [...(lived.get(rule) ?? []), path.replace(/\.test\.ts$/, '')]);
  return lived;
}

export function tableOf(page: string): string {
  const lived = livedIn();
  const rows = rulesOf(page).map((rule) => `| ${rule} | ${(lived.get(rule) ?? []).join(', ')} |`);
  return `${['| rule | tests, in `test/` |', '|---|---|', ...rows].join('\n')}\n`;
}

/** What the page says now, between its marks. */
export function tableIn(page: string): string {
  return page.slice(page.indexOf(BEGIN) + BEGIN.length, page.indexOf(END));
}

if (require.main === module) {
  const page = readFileSync(PAGE, 'utf8');
  const head = page.slice(0, page.indexOf(BEGIN) + BEGIN.length);
  writeFileSync(PAGE, `${head}${tableOf(page)}${page.slice(page.indexOf(END))}`);
}
