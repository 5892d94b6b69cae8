/** docs/rules.md says which tests live a rule, and is right; no rule is without one. */
import { readFileSync } from 'node:fs';
import { livedIn, PAGE, rulesOf, tableIn, tableOf } from './rules-table';

const page = readFileSync(PAGE, 'utf8');

test('the page has the rules R1 to R36, each once, in order', () => {
  expect(rulesOf(page)).toEqual(Array.from({ length: 36 }, (_, i) => `R${i + 1}`));
});

test('every rule is lived by a test, and no test names a rule that is not there', () => {
  const lived = livedIn();
  expect(rulesOf(page).filter((rule) => !lived.has(rule))).toEqual([]);
  const named = [...lived.keys()].filter((rule) => rule.startsWith('R'));
  expect(named.filter((rule) => !rulesOf(page).includes(rule))).toEqual([]);
});

test('its table is the one that `npx tsx test/docs/rules-table.ts` writes', () => {
  expect(tableIn(page)).toBe(tableOf(page));
});
