/** `duban up --demo` killed with everything it had started, in the middle of its first launch; then started again. */
import { spawn } from 'node:child_process';
import { migrate } from '../../ledger/migrate';
import { startPostgres } from '../../tools/postgres';
import { isAlive, stopProcess } from '../../tools/processes';
import { findTemporal } from '../../tools/temporal-server';
import { dubanJson, PROGRAM, START_MS, startUp, type Up, variables } from '../cli/duban';
import { newHome } from '../support/run';
import { Gate } from './gates';

jest.setTimeout(2 * START_MS);

const home = newHome('up');
const settings = { DUBAN_HOME: home };
const pids: number[] = [];
let gate: Gate | null = null;
let up: Up | null = null;
afterAll(async () => {
  await up?.stop();
  await gate?.abandon();
  for (const pid of pids) await stopProcess(pid, ['SIGKILL'], 10_000);
});

test('everything killed in the middle of the first launch: the next start ends it, with no other help', async () => {
  // The gate stands in the database before anybody launches; the rest is up's own.
  const postgres = await startPostgres({ home, say: () => undefined });
  pids.push(postgres.pid);
  await migrate(postgres.databaseUrl);
  await Gate.install(postgres.databaseUrl);
  gate = new Gate(postgres.databaseUrl, 'writing');
  await gate.close(12);

  const first = spawn(process.execPath, [PROGRAM, 'up', '--demo', '--json'], {
    env: variables(settings),
    detached: true,
    stdio: 'ignore',
  });
  const group = first.pid ?? 0;
  pids.push(group);
  await gate.reached(5);
  const temporal = await findTemporal(home);
  process.kill(-group, 'SIGKILL');
  for (const pid of [group, postgres.pid, temporal?.pid ?? 0]) {
    expect(await stopProcess(pid, ['SIGKILL'], 10_000)).toBe(true);
  }

  up = await startUp(settings, '--demo');
  const plan = String(up.ready.plan);
  expect(up.ready.tasks).toHaveLength(36);
  const tasks = await dubanJson(settings, 'tasks', '--plan', plan);
  expect(tasks.json).toHaveLength(36);
  const history = await dubanJson(settings, 'task', 'show', `${plan}/1-01`, '--history');
  expect(history.json.events).toMatchObject([{ seq: 1, type: 'issued' }]);
  expect((await dubanJson(settings, 'audit', 'verify')).json).toMatchObject({ ok: true });
  const doctor = await dubanJson(settings, 'doctor');
  expect([doctor.code, doctor.json.differences]).toEqual([0, []]);

  const [database, server] = [await startPostgres({ home, say: () => undefined }), await findTemporal(home)];
  expect(await up.stop()).toBe(0);
  up = null;
  expect([database.pid, server?.pid ?? 0].map(isAlive)).toEqual([false, false]);
});
