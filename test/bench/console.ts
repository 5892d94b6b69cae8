/**
 * The console with a whole city in its ledger: what its lists cost, with their plans; then its pages, alone and with
 * fifty people at once beside a mail round, and beside what the same server and database do at the least.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addDays, dayOf } from '../../domain/days';
import type { Sight } from '../../domain/rights';
import { turnBoard } from '../../ledger/board-day';
import type { Db } from '../../ledger/database';
import { openDatabase } from '../../ledger/database';
import { countDue, lightsByCategory, lightsByLead, lightsByPlan } from '../../ledger/lists/counts';
import { silentUnits } from '../../ledger/lists/silent-units';
import { taskPage } from '../../ledger/lists/tasks';
import { waitingFor } from '../../ledger/lists/waiting';
import { migrate } from '../../ledger/migrate';
import { startPostgres } from '../../tools/postgres';
import { buildCity, type City, type CitySize } from './city';
import { pages } from './console-pages';
import { seconds, spread, timed } from './measures';
import { loggedLedger, plansOf } from './query-log';

const TIMES = 30;

/** @param size a smaller city, to try the bench itself */
export async function consolePages({ tasks = 100_000, units = 2_000 }: Partial<CitySize> = {}) {
  const home = mkdtempSync(join(tmpdir(), 'duban-bench-'));
  const postgres = await startPostgres({ home, say: () => undefined });
  const owner = openDatabase(postgres.databaseUrl, 4, 'owner');
  try {
    await migrate(postgres.databaseUrl);
    const today = dayOf(new Date().toISOString());
    let city: City | null = null;
    const builtMs = await timed(async () => {
      city = await buildCity(owner.db, { tasks, units }, today);
    });
    if (!city) throw new Error('no city');
    const turnedMs = await timed(() => turnBoard(owner.db, today));
    return {
      how: `${tasks} tasks in states lived by the rules, ${units} units, embedded PostgreSQL; each query ${TIMES} times in one process after three that are not counted`,
      builtSeconds: seconds(builtMs),
      turnedMs: Math.round(turnedMs),
      queries: await queries(owner, city, today),
      pages: await pages({ databaseUrl: postgres.databaseUrl, home }, city),
    };
  } finally {
    await owner.close();
    await postgres.stop();
    rmSync(home, { recursive: true, force: true });
  }
}

async function queries({ pool }: ReturnType<typeof openDatabase>, city: City, today: string) {
  const { db, asked } = loggedLedger(pool);
  const results: Record<string, object> = {};
  for (const [name, ask] of Object.entries(questions(city, today))) {
    const from = asked.length;
    for (let i = 0; i < 3; i++) await ask(db);
    const plans = await plansOf(pool, asked.slice(from));
    const taken: number[] = [];
    for (let i = 0; i < TIMES; i++) taken.push(await timed(() => ask(db)));
    const walks = plans.flatMap((plan) => plan.walks);
    for (const { sql, ms, nodes } of plans) process.stderr.write(`${name}: ${ms} ms ${nodes.join(' < ')}\n  ${sql}\n`);
    if (walks.length > 0) process.stderr.write(`${name}: SEQ SCAN of ${walks.join(', ')}\n`);
    results[name] = { ...spread(taken), walks };
  }
  return results;
}

/** What pages ask, by name. */
function questions({ offices, units, plans }: City, today: string): Record<string, (db: Db) => Promise<unknown>> {
  const [office = ''] = offices;
  const [unit = ''] = units;
  const [plan = ''] = plans;
  const city: Sight = { offices: [office], units: [] };
  const own: Sight = { offices: [], units: [unit] };
  const list = { plan, size: 50 };
  return {
    'select 1': (db) => db.selectNoFrom(({ val }) => val(1).as('one')).execute(),
    'is the board of today': (db) => turnBoard(db, today),
    'plan, by id': (db) => taskPage(db, city, { ...list, order: 'id' }),
    'plan, by urgency': (db) => taskPage(db, city, { ...list, order: 'urgency' }),
    'plan, by due day': (db) => taskPage(db, city, { ...list, order: 'due' }),
    'plan, red': (db) => taskPage(db, city, { ...list, order: 'urgency', colour: 'red' }),
    'plan, a category': (db) => taskPage(db, city, { ...list, order: 'id', category: '纳税' }),
    'plan, a unit': (db) => taskPage(db, city, { ...list, order: 'urgency', unit }),
    'plan, a word': (db) => taskPage(db, city, { ...list, order: 'id', text: '企业开办' }),
    'plan, a word that is nowhere': (db) => taskPage(db, city, { ...list, order: 'id', text: '不存在' }),
    'plan, as a unit': (db) => taskPage(db, own, { ...list, order: 'urgency' }),
    'office, red': (db) => taskPage(db, city, { size: 50, order: 'urgency', colour: 'red' }),
    'lights of an office by plan': (db) => lightsByPlan(db, city),
    'lights of everything by plan': (db) => lightsByPlan(db, 'everything'),
    'lights of a unit by plan': (db) => lightsByPlan(db, own),
    'lights by lead': (db) => lightsByLead(db, city),
    'lights of a plan by lead': (db) => lightsByLead(db, city, plan),
    'lights of a plan by category': (db) => lightsByCategory(db, city, plan),
    'due in two weeks': (db) => countDue(db, city, { from: today, to: addDays(today, 14) }),
    'timeline of a plan': (db) => countDue(db, city, { plan }),
    'silent units of an office': (db) => silentUnits(db, city, { on: today, limit: 20 }),
    'silent units of a plan': (db) => silentUnits(db, city, { on: today, plan, limit: 20 }),
    'what waits': (db) => waitingFor(db, city, { on: today, limit: 10 }),
  };
}
