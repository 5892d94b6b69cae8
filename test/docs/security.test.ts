/** docs/security.md names tests that are there: each item of the table has one, or its reason. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');
const page = readFileSync(join(ROOT, 'docs/security.md'), 'utf8');
const rows = page
  .split('\n')
  .filter((line) => /^\| \d/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()));

test('every test that it names is there', () => {
  const named = [...page.matchAll(/`([a-z-]+(?:\/[a-z-]+)*\.test\.ts)`/g)].map(([, path]) => path ?? '');
  expect(named.length).toBeGreaterThan(30);
  expect(named.filter((path) => !existsSync(join(ROOT, 'test', path)))).toEqual([]);
});

test('every item has a test or a reason', () => {
  expect(rows.length).toBeGreaterThan(40);
  expect(rows.filter(([, , , proof = '']) => !/\.test\.ts|^reason/.test(proof))).toEqual([]);
});
