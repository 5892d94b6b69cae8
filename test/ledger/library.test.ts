/** The library as kept: read anew it replaces itself, links keep who and when, and a backup brings both. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { indicatorNames, type LibraryContent } from '../../domain/library/entries';
import { backup } from '../../ledger/backup/backup';
import { restore } from '../../ledger/backup/restore';
import { openDatabase } from '../../ledger/database';
import {
  type ImportedSource,
  linksOf,
  linkTask,
  loadCaseTitles,
  loadIndicatorNames,
  loadLibrary,
  seedLibrary,
  storeLibrary,
} from '../../ledger/library';
import benchmarks from '../../seeds/library/benchmarks.json';
import nanjing from '../../seeds/library/nanjing-2021.json';
import { createTestDatabase } from '../support/database';
import { emptyLedger, type TestLedger } from './test-ledger';

let ledger: TestLedger;
beforeEach(async () => {
  ledger = await emptyLedger();
});
afterEach(() => ledger.drop());

const source = (seed: typeof benchmarks | typeof nanjing, more: Partial<ImportedSource> = {}): ImportedSource => ({
  ...seed,
  content: seed.content as LibraryContent,
  importedAt: '2026-03-02T01:00:00.000Z',
  importedBy: '王莉',
  ...more,
});

test('a document is new, the same, changed; a seed changes nothing that is there', async () => {
  expect(await storeLibrary(ledger.db, source(benchmarks))).toBe('new');
  expect(await storeLibrary(ledger.db, source(benchmarks, { importedBy: '李' }))).toBe('same');
  await seedLibrary(ledger.db, source(benchmarks, { name: '种子' }));
  expect((await loadLibrary(ledger.db)).sources).toEqual([
    { id: 'benchmarks', name: benchmarks.name, content: benchmarks.content },
  ]);
  const shorter = { ...(benchmarks.content as LibraryContent), cases: [] };
  expect(await storeLibrary(ledger.db, source(benchmarks, { content: shorter }))).toBe('changed');
  expect(await loadCaseTitles(ledger.db)).toEqual([]);
});

test('another kind of document under the same id is refused, and nothing is lost', async () => {
  await storeLibrary(ledger.db, source(benchmarks));
  await expect(storeLibrary(ledger.db, source(nanjing, { id: 'benchmarks' }))).rejects.toMatchObject({
    code: 'other-library-kind',
  });
  await expect(storeLibrary(ledger.db, source(nanjing, { name: '名\u0000称' }))).rejects.toMatchObject({
    code: 'not-storable',
  });
  expect(await loadCaseTitles(ledger.db)).toHaveLength(72);
});

test('two imports at once: one after the other, neither fails', async () => {
  const both = await Promise.all([storeLibrary(ledger.db, source(nanjing)), storeLibrary(ledger.db, source(nanjing))]);
  expect(both.sort()).toEqual(['new', 'same']);
});

test('titles and names are read without the rest', async () => {
  await storeLibrary(ledger.db, source(benchmarks));
  await storeLibrary(ledger.db, source(nanjing));
  expect(await loadIndicatorNames(ledger.db)).toEqual(indicatorNames(await loadLibrary(ledger.db)));
  const titles = await loadCaseTitles(ledger.db);
  expect(titles).toHaveLength(92);
  expect(titles.find(({ id }) => id === 'nanjing-2021/05')).toEqual({
    id: 'nanjing-2021/05',
    source: 'nanjing-2021',
    sourceName: nanjing.name,
    title: '鼓楼区建立纳税服务“一口进一口出”机制',
    place: '鼓楼区',
    indicator: null,
  });
});

test('links: the last one counts, the others stay; two at once are both kept', async () => {
  const link = (indicator: string | null, madeBy: string) =>
    linkTask(ledger.db, 'zhuzhou-2020/1-07', { indicator, madeAt: '2026-03-02T01:00:00.000Z', madeBy });
  await link('benchmarks/8', '王');
  await link(null, '李');
  expect((await linksOf(ledger.db, ['zhuzhou-2020/1-07', 'zhuzhou-2020/1-08'])).get('zhuzhou-2020/1-07')).toEqual({
    indicator: null,
    madeAt: '2026-03-02T01:00:00.000Z',
    madeBy: '李',
  });
  await Promise.all([link('benchmarks/1', '赵'), link('benchmarks/2', '钱')]);
  const { rows } = await ledger.asOwner('SELECT no, made_by FROM task_links ORDER BY no');
  expect(rows.map(({ no }) => no as number)).toEqual([1, 2, 3, 4]);
  // Who said what stays, whoever is at the database.
  await expect(ledger.asOwner("UPDATE task_links SET made_by = '孙'")).rejects.toThrow('append-only');
  await expect(ledger.asOwner('DELETE FROM task_links')).rejects.toThrow('append-only');
});

test('a backup brings the library and the links', async () => {
  await storeLibrary(ledger.db, source(nanjing));
  await linkTask(ledger.db, 'zhuzhou-2020/1-07', {
    indicator: 'benchmarks/8',
    madeAt: '2026-03-02T01:00:00.000Z',
    madeBy: '王',
  });
  const home = await mkdtemp(join(tmpdir(), 'duban-library-'));
  const empty = await createTestDatabase();
  try {
    const file = join(home, 'duban.tar.gz');
    await backup(ledger.db, join(home, 'evidence'), file);
    await restore(file, {
      url: empty.url,
      evidence: join(home, 'restored', 'evidence'),
      now: '2026-03-03T01:00:00.000Z',
    });
    const restored = openDatabase(empty.url);
    expect(await loadLibrary(restored.db)).toEqual(await loadLibrary(ledger.db));
    expect(await linksOf(restored.db, ['zhuzhou-2020/1-07'])).toEqual(await linksOf(ledger.db, ['zhuzhou-2020/1-07']));
    await restored.close();
  } finally {
    await empty.drop();
    await rm(home, { recursive: true });
  }
});
