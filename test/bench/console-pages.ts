/** Pages of the console on a city's ledger: one reader, then fifty at once beside a mail round, and what each page asked. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { buildConsole } from '../../console/app';
import { openDatabase } from '../../ledger/database';
import type { City } from './city';
import { consoleParts } from './console-server';
import { acts, crowd, type Opened, open, PAUSE_MS, rolesIn, type Someone, signIn } from './console-users';
import { seconds, spread } from './measures';
import { loggedLedger, plansOf } from './query-log';
import { startSink } from './smtp-sink';

const TIMES = 20;
const USERS = 50;
const CROWD_MS = 40_000;
/** What the same server does at the least: a small file, without session or ledger. */
const BASELINE = '/assets/wall.css';

export interface PagesPlace {
  databaseUrl: string;
  home: string;
}

export async function pages(place: PagesPlace, city: City) {
  const owner = openDatabase(place.databaseUrl, 4, 'owner');
  const server = start('console-server.ts', place);
  try {
    const base = await firstLine(server);
    const people: Someone[] = [];
    for (const [no, { capacity, paths }] of rolesIn(city).entries()) {
      people.push(await signIn(owner.db, capacity, paths, no));
    }
    const asked = await questionsOf(owner, place, people);
    const alone: Opened[] = [];
    for (const someone of people) {
      for (const path of [...someone.paths, BASELINE]) {
        for (let i = 0; i < TIMES + 2; i++) {
          const one = await open(base, someone, path);
          if (i >= 2) alone.push(one);
        }
      }
    }
    return {
      how: `one reader: each page ${TIMES} times after two that are not counted. Crowd: ${USERS} signed-in people at once for ${seconds(CROWD_MS)} s, each opening a page of his role and pausing ${PAUSE_MS.from / 1000} to ${PAUSE_MS.to / 1000} s, while a process of its own writes and sends a round and a task changes every second. Server, round and readers are processes of one machine; milliseconds to the last byte`,
      alone: byPath(alone),
      queries: asked,
      crowd: await together(place, base, city, owner),
    };
  } finally {
    server.kill('SIGTERM');
    await owner.close();
  }
}

async function together(
  { databaseUrl }: PagesPlace,
  base: string,
  city: City,
  { db }: ReturnType<typeof openDatabase>,
) {
  const crowdOf: Someone[] = [];
  for (let no = 0; no < USERS; no++) {
    // Most are units.
    const roles = rolesIn({ ...city, units: [city.units[(no * 37) % city.units.length] ?? '', ...city.units] });
    const role = roles[no % 10 < 3 ? 0 : no % 10 === 3 ? 1 : 2];
    if (role) crowdOf.push(await signIn(db, role.capacity, role.paths, 100 + no));
  }
  await db.updateTable('notices').set({ assumed_sent: false }).where('plan', 'in', city.plans.slice(1, 3)).execute();
  const sink = await startSink();
  try {
    const from = performance.now();
    const round = start('console-round.ts', { databaseUrl, smtpPort: sink.port });
    const held = firstLine(round).then((letters) => ({ letters: Number(letters), ms: performance.now() - from }));
    const [opened, { letters, ms }, changed] = await Promise.all([
      crowd(base, crowdOf, CROWD_MS),
      held,
      acts(db, city, CROWD_MS),
    ]);
    const good = opened.filter(({ status }) => status === 200).map((one) => one.ms);
    return {
      users: USERS,
      pages: opened.length,
      perSecond: Math.round((opened.length / CROWD_MS) * 10_000) / 10,
      all: spread(good),
      failed: opened.filter(({ status }) => status >= 500).length,
      round: { letters, seconds: seconds(ms) },
      changed,
      byPage: byPath(opened),
    };
  } finally {
    await sink.stop();
  }
}

/** Every question of every page once, with its plan. */
async function questionsOf(
  { pool }: ReturnType<typeof openDatabase>,
  { home }: PagesPlace,
  people: readonly Someone[],
) {
  const { db, asked } = loggedLedger(pool);
  const app = await buildConsole(await consoleParts(db, home, () => new Date().toISOString()));
  const found: Record<string, { queries: number; slowestMs: number; walks: string[] }> = {};
  for (const { cookie, paths } of people) {
    for (const path of paths) {
      const from = asked.length;
      await app.inject({ method: 'GET', url: path, headers: { cookie: `duban=${cookie}` } });
      const plans = await plansOf(pool, asked.slice(from));
      for (const { sql, ms, nodes, walks } of plans) {
        const flag = walks.length > 0 ? ` SEQ SCAN of ${walks.join(', ')}` : '';
        process.stderr.write(`${path}: ${ms} ms${flag} ${nodes.join(' < ')}\n  ${sql.slice(0, 400)}\n`);
      }
      found[path] = {
        queries: plans.length,
        slowestMs: Math.max(0, ...plans.map(({ ms }) => ms)),
        walks: plans.flatMap(({ walks }) => walks),
      };
    }
  }
  await app.close();
  return found;
}

function byPath(opened: readonly Opened[]) {
  const paths = [...new Set(opened.map(({ path }) => path))];
  return Object.fromEntries(
    paths.map((path) => {
      const of = opened.filter((one) => one.path === path);
      const status = Math.max(...of.map((one) => one.status));
      return [path, { ...spread(of.map(({ ms }) => ms)), kb: Math.round((of[0]?.bytes ?? 0) / 100) / 10, status }];
    }),
  );
}

function start(program: string, argument: object): ChildProcess {
  const args = [...process.execArgv, `${__dirname}/${program}`, JSON.stringify(argument)];
  return spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('it has no output');
  const lines = createInterface({ input: child.stdout });
  const [line] = (await Promise.race([once(lines, 'line'), once(child, 'exit')])) as [unknown];
  if (typeof line !== 'string') throw new Error(`it ended without a word (${String(line)})`);
  return line;
}
