/** People in front of the console: signed in, each with the pages of his role, one after the other, with a pause to read. */
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Capacity } from '../../domain/rights';
import { beginSession } from '../../ledger/accounts/sessions';
import { addUser } from '../../ledger/accounts/users';
import type { Db } from '../../ledger/database';
import { streamId } from '../../ledger/rules';
import type { City } from './city';

export interface Someone {
  cookie: string;
  paths: readonly string[];
}

export interface Opened {
  path: string;
  ms: number;
  bytes: number;
  status: number;
}

/** What is read between two pages, in milliseconds: drawn evenly from this stretch. */
export const PAUSE_MS = { from: 1_000, to: 5_000 } as const;

/** Somebody of each role: what he looks at in a day. */
export function rolesIn({ offices, units, plans, task }: City): { capacity: Capacity; paths: string[] }[] {
  const [office = ''] = offices;
  const [unit = ''] = units;
  const [plan = ''] = plans;
  const small = plans.at(-1) ?? '';
  const name = encodeURIComponent(unit.slice(unit.indexOf(':') + 1));
  const page = task.replace('/', '/tasks/');
  const lists = [
    `/plans/${plan}`,
    `/plans/${plan}?order=urgency`,
    `/plans/${plan}?light=red&order=due`,
    `/plans/${plan}?unit=${name}`,
    `/plans/${plan}?q=%E4%BC%81%E4%B8%9A%E5%BC%80%E5%8A%9E`,
    `/plans/${plan}?view=timeline`,
    `/plans/${plan}?view=units`,
    `/plans/${plan}?view=categories`,
    `/plans/${plan}?view=silent`,
  ];
  return [
    {
      capacity: { role: 'coordinator', unit: office },
      paths: [
        '/cockpit',
        '/plans',
        ...lists,
        `/plans/${page}`,
        '/inbox',
        '/letters',
        '/units',
        '/calendar',
        '/policy',
        '/imports',
      ],
    },
    { capacity: { role: 'supervisor', unit: office }, paths: ['/supervision', '/wall'] },
    { capacity: { role: 'unit', unit }, paths: ['/owed', '/plans', `/plans/${plan}`] },
    { capacity: { role: 'auditor', unit: null }, paths: ['/record', `/plans/${small}`] },
  ];
}

/** A user in this capacity, signed in. */
export async function signIn(db: Db, capacity: Capacity, paths: readonly string[], no: number): Promise<Someone> {
  const now = new Date().toISOString();
  const login = `bench-${no}`;
  await addUser(db, {
    login,
    name: '某某',
    capacities: [capacity],
    language: 'zh-CN',
    createdAt: now,
    createdBy: 'bench',
  });
  return { cookie: await beginSession(db, login, { address: '127.0.0.1', userAgent: 'bench' }, now), paths };
}

export async function open(base: string, { cookie }: Pick<Someone, 'cookie'>, path: string): Promise<Opened> {
  const from = performance.now();
  const answer = await fetch(`${base}${path}`, { headers: { cookie: `duban=${cookie}` }, redirect: 'manual' });
  const bytes = (await answer.arrayBuffer()).byteLength;
  return { path, ms: performance.now() - from, bytes, status: answer.status };
}

/** Everybody at once, for so long. */
export async function crowd(base: string, people: readonly Someone[], forMs: number): Promise<Opened[]> {
  const opened: Opened[] = [];
  const end = performance.now() + forMs;
  await Promise.all(
    people.map(async (someone, index) => {
      // Nobody begins at the same moment.
      await pause((PAUSE_MS.to * index) / people.length);
      for (let turn = index; performance.now() < end; turn += 1) {
        const path = someone.paths[turn % someone.paths.length] ?? '/';
        opened.push(await open(base, someone, path));
        await pause(PAUSE_MS.from + Math.random() * (PAUSE_MS.to - PAUSE_MS.from));
      }
    }),
  );
  return opened;
}

/** So often a task changes while everybody reads: each of the fifty moves one within a minute. */
const ACT_EVERY_MS = 1_000;

/**
 * Tasks that change meanwhile, every other one in the largest plan: what the console keeps of them holds no longer. Their
 * rows are written as a step writes them; nobody decides anything.
 */
export async function acts(db: Db, { plans }: Pick<City, 'plans'>, forMs: number): Promise<number> {
  const end = performance.now() + forMs;
  let made = 0;
  for (; performance.now() < end; made += 1) {
    const plan = made % 2 === 0 ? plans[0] : plans[made % plans.length];
    const stream = streamId('task', `${plan}/1-${String((made % 999) + 1).padStart(4, '0')}`);
    await db.transaction().execute(async (transaction) => {
      await sql`UPDATE streams SET head_at = head_at, state = state WHERE id = ${stream}`.execute(transaction);
      await sql`UPDATE board SET due_key = due_key, slips = slips WHERE stream = ${stream}`.execute(transaction);
    });
    await pause(ACT_EVERY_MS);
  }
  return made;
}
