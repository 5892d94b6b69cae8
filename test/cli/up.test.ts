/** The life of a stack: stopped and started, killed, backed up, restored, filled again, taken over. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findPostgres } from '../../tools/postgres';
import { isAlive, stopProcess } from '../../tools/processes';
import { findTemporal } from '../../tools/temporal-server';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { newHome } from '../support/run';
import { duban, dubanJson, START_MS, startUp, type Up } from './duban';

// Each test starts and stops servers, on a machine that may run everything at once.
jest.setTimeout(START_MS * 2);

describe('everything embedded', () => {
  const home = newHome('cli');
  const settings = { DUBAN_HOME: home };
  let up: Up | null = null;

  afterAll(async () => {
    await up?.stop();
  });

  test(
    'a second up of the same home is told of the first',
    async () => {
      up = await startUp(settings, '--demo');
      const { code, json } = await dubanJson(settings, 'up');
      expect([code, json.error?.code]).toEqual([1, 'already-up']);
    },
    START_MS,
  );

  test(
    'after kill -9 of everything the next start finds it as it was, and goes on',
    async () => {
      const plan = String(up?.ready.plan);
      await duban(settings, 'ack', `${plan}/1-01`, '--unit', '市市场监管局');
      const before = (await dubanJson(settings, 'tasks')).json;
      const [temporal, postgres] = [await findTemporal(home), await findPostgres(home)];
      await up?.kill();
      for (const pid of [temporal?.pid, postgres?.pid])
        expect(await stopProcess(pid ?? 0, ['SIGKILL'], 10_000)).toBe(true);
      expect((await dubanJson(settings, 'tasks')).json.error?.code).toBe('not-running');
      const { code, json } = await dubanJson(settings, 'doctor');
      expect([code, json.ok]).toEqual([1, false]);

      up = await startUp(settings, '--demo');
      expect(up.said.stderr).toContain(`${plan} found as it was`);
      expect((await dubanJson(settings, 'tasks')).json).toEqual(before);
      const signed = await dubanJson(settings, 'ack', `${plan}/1-01`, '--unit', '市税务局');
      expect([signed.code, signed.json.events?.map(({ type }) => type)]).toEqual([0, ['acknowledged']]);
      expect((await dubanJson(settings, 'doctor')).code).toBe(0);
    },
    START_MS,
  );

  test(
    'a move that finds no worker ends as unknown, and is made once when it is repeated',
    async () => {
      const plan = String(up?.ready.plan);
      await up?.kill();
      const move = ['ack', `${plan}/1-04`, '--unit', '市公安局', '--move-id', 'lost-and-found'];
      const lost = await dubanJson(settings, ...move);
      expect([lost.code, lost.json.error?.code]).toEqual([3, 'outcome-unknown']);
      up = await startUp(settings);
      const found = await dubanJson(settings, ...move);
      expect([found.code, found.json.events?.map(({ type }) => type)]).toEqual([0, ['acknowledged']]);
      expect((await dubanJson(settings, ...move)).json.events).toEqual(found.json.events);
    },
    START_MS,
  );

  test('Ctrl-C stops everything, and nothing stays behind', async () => {
    const [temporal, postgres] = [await findTemporal(home), await findPostgres(home)];
    expect(await up?.stop()).toBe(0);
    expect([temporal, postgres].map((server) => isAlive(server?.pid ?? 0))).toEqual([false, false]);
    up = null;
  });
});

describe('a backup on a database of our own', () => {
  const home = newHome('cli');
  const file = join(home, 'backup.tar.gz');
  const places: TestDatabase[] = [];
  let up: Up | null = null;
  let plan = '';

  /** A new database and evidence folder, on the home's Temporal. */
  async function newPlace(at = home) {
    const place = await createTestDatabase();
    places.push(place);
    return { DUBAN_HOME: at, DATABASE_URL: place.url, DUBAN_EVIDENCE: join(home, `evidence-${places.length}`) };
  }

  afterAll(async () => {
    await up?.stop();
    for (const place of places) await place.drop();
  });

  test(
    'is taken while everything goes on',
    async () => {
      const settings = await newPlace();
      up = await startUp(settings, '--demo');
      plan = String(up.ready.plan);
      expect((await dubanJson(settings, 'backup', file)).code).toBe(0);
      expect(readFileSync(file).length).toBeGreaterThan(1_000);
      expect((await duban(settings, 'ack', `${plan}/1-01`, '--unit', '市市场监管局', '--handler', '王莉')).code).toBe(
        0,
      );
      expect((await dubanJson(settings, 'restore', file)).json.error?.code).toBe('not-empty');
      expect(await up.stop()).toBe(0);
    },
    START_MS,
  );

  test(
    'restored under its own workflows it is older than they are, until they fill it',
    async () => {
      const settings = await newPlace();
      expect((await dubanJson(settings, 'restore', file)).code).toBe(0);
      up = await startUp(settings);
      const found = await dubanJson(settings, 'doctor');
      expect([found.code, found.json.differences]).toEqual([
        1,
        [expect.objectContaining({ stream: `${plan}/1-01`, what: 'workflow-ahead' })],
      ]);
      const repaired = await dubanJson(settings, 'doctor', '--repair');
      expect([repaired.code, repaired.json.differences]).toEqual([0, []]);
      const again = await dubanJson(settings, 'ack', `${plan}/1-01`, '--unit', '市市场监管局');
      expect(again.json.error?.code).toBe('already-acknowledged');
      expect((await dubanJson(settings, 'audit', 'verify')).json.ok).toBe(true);
      expect(await up.stop()).toBe(0);
    },
    START_MS,
  );

  test(
    'restored without them its tasks are taken over by new ones',
    async () => {
      const settings = await newPlace(newHome('cli'));
      expect((await dubanJson(settings, 'restore', file)).code).toBe(0);
      up = await startUp(settings);
      const lost = await dubanJson(settings, 'doctor');
      expect([lost.code, lost.json.differences?.length]).toEqual([1, 37]);
      expect((await dubanJson(settings, 'doctor', '--relaunch')).code).toBe(0);
      const signed = await duban(settings, 'ack', `${plan}/1-01`, '--unit', '市市场监管局');
      expect(signed.code).toBe(0);
    },
    START_MS,
  );
});
