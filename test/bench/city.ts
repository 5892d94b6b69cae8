/**
 * A whole city in the ledger without its workflows: offices, units, plans and tasks in every state that there is. Each
 * state was lived by the rules (test/support/lives.ts) and then put under another name, so that it is a valid one.
 */
import { join } from 'node:path';
import { type RawBuilder, sql } from 'kysely';
import { workingDay } from '../../domain/calendar';
import { addDays, type Day, instantOf } from '../../domain/days';
import type { TaskEvent } from '../../domain/events';
import type { Plan, PlanTask } from '../../domain/plan';
import { DEFAULT_POLICY } from '../../domain/policy';
import type { Task } from '../../domain/task';
import type { Unit } from '../../domain/unit';
import { fillBoard } from '../../ledger/board';
import { loadCalendar, seedCalendars } from '../../ledger/calendars';
import { hashOf } from '../../ledger/canonical';
import type { Db } from '../../ledger/database';
import { writePlanTasks } from '../../ledger/plan-tasks';
import { putUnits } from '../../ledger/units';
import {
  CO,
  CONTEXT,
  COORDINATOR,
  conditional,
  fixed,
  LEAD,
  Life,
  OFFICE,
  ongoing,
  planTask,
  SUPERVISOR,
  twoTrack,
  unit,
} from '../support/lives';

export interface CitySize {
  tasks: number;
  units: number;
}

export interface City {
  offices: string[];
  units: string[];
  /** The largest plan first. */
  plans: string[];
  /** A task with its events and letters. */
  task: string;
}

const OFFICES = ['bench:市督查室', 'bench:东区督查室', 'bench:南区督查室', 'bench:西县督查室', 'bench:北县督查室'];
/** So many tasks of the first plan, and a plan of a thousand for each further thousand. */
const LARGEST = 0.4;
const PLAN_TASKS = 1_000;
/** A task of each plan that has its whole history, one in so many; the others have a state and a first event. */
const WITH_HISTORY = 50;
const ROWS_AT_ONCE = 500;

/** Fills an empty, migrated ledger as of a day. */
export async function buildCity(db: Db, { tasks, units: count }: CitySize, today: Day): Promise<City> {
  await seedCalendars(db, join(__dirname, '../../seeds/calendars'));
  const units = Array.from({ length: count }, (_, i) => `bench:第${i + 1}工作局`);
  await putUnits(db, [...OFFICES, ...units].map(unitOf));
  const lives = livesOn(today, (await loadCalendar(db)).years);
  const sizes = planSizes(tasks);
  const plans: string[] = [];
  let first = 0;
  for (const [index, size] of sizes.entries()) {
    const id = `bench-${index + 1}`;
    plans.push(id);
    await storePlan(db, { id, office: OFFICES[index % OFFICES.length] ?? '', first, size, units, lives, today });
    first += size;
  }
  await letters(db, units, today);
  await sql`ANALYZE`.execute(db);
  await fillBoard(db);
  // As a database is after a night: what was written is known to its statistics, and its pages as visible to all.
  for (const table of ['board', 'plan_tasks', 'silences', 'streams', 'notices', 'letters', 'letter_notices'])
    await vacuum(db, table);
  return { offices: OFFICES, units, plans, task: taskAt(plans[0] ?? '', 0) };
}

function planSizes(tasks: number): number[] {
  const largest = Math.ceil(tasks * LARGEST);
  const others = Math.ceil((tasks - largest) / PLAN_TASKS);
  return [largest, ...Array.from({ length: others }, (_, i) => Math.min(PLAN_TASKS, tasks - largest - i * PLAN_TASKS))];
}

function unitOf(id: string, index: number): Unit {
  const person = (office: string) => ({ name: '经办人', mail: `${office}.${index}@bench.example` });
  const people = { liaison: person('liaison'), head: person('head'), leader: person('leader') };
  return { id, city: 'bench', name: id.slice('bench:'.length), aliases: [], members: null, ...people, substitutes: [] };
}

interface Lived {
  state: Task;
  events: TaskEvent[];
}

/** A life for every light and every kind of deadline; some stand there twice, because most tasks go well. */
function livesOn(today: Day, years: typeof CONTEXT.calendar.years): Lived[] {
  const calendar = { version: 'bench', years };
  const context = { ...CONTEXT, calendar };
  const day = (n: number) => workingDay(calendar, today, n);
  const launch = day(-45);
  const dueOn = (n: number) => fixed(day(n));
  const of = (deadline: PlanTask['deadline'], from = launch) => Life.launch(planTask(deadline), from, '08:00', context);
  const signed = (deadline: PlanTask['deadline'], from = launch) => of(deadline, from).acknowledgeAll(day(-44));
  const request = {
    move: 'requestExtension',
    unit: LEAD,
    to: day(60),
    reason: '招标延后',
    progress: '已完成五成',
  } as const;
  const lives: Life[] = [
    ...[8, 15, 22, 40, 60, 80, 100, 120].map((n) => signed(dueOn(n))),
    ...[30, 50, 70].map((n) => signed(dueOn(n))),
    of(dueOn(90), day(-1)),
    of(dueOn(20)),
    ...[0, 1, 2, 3, 4].map((n) => signed(dueOn(n))),
    ...[-1, -4, -9, -14, -20].map((n) => signed(dueOn(n))),
    signed(dueOn(5)).handIn(day(-2)),
    signed(dueOn(-5)).handIn(day(-2)),
    ...[-30, -20, -10].map((n) =>
      signed(dueOn(10))
        .handIn(day(n))
        .accept(day(n + 2)),
    ),
    signed(dueOn(-10)).handIn(day(-6)).accept(day(-3)),
    signed(dueOn(0)).do(day(-1), unit(LEAD), request),
    signed(dueOn(30)).do(day(-2), unit(LEAD), request),
    signed(dueOn(1)).handIn(day(-4)).giveBack(day(-1)),
    signed(dueOn(12)).do(day(-3), COORDINATOR, { move: 'suspend', reason: '机构改革' }),
    signed(dueOn(12)).do(day(-3), COORDINATOR, { move: 'cancel', reason: '政策调整', document: '市政〔2026〕9号' }),
    signed(dueOn(-30)).do(day(-5), SUPERVISOR, { move: 'grantExtension', to: day(40), reason: '特批' }),
    signed(conditional),
    signed(ongoing),
    signed(twoTrack(day(30), day(120))),
    signed(twoTrack(day(90), day(200))),
  ];
  return lives.map((life) => {
    life.until(today, '09:00');
    return { state: life.task, events: life.events };
  });
}

interface Sown {
  id: string;
  office: string;
  first: number;
  size: number;
  units: string[];
  lives: Lived[];
  today: Day;
}

const TITLES = [
  '压缩不动产登记办理时间',
  '推行企业开办“一窗受理、并行办理”',
  '简化水电气报装流程并公开收费标准',
  '完善社会信用体系建设和联合奖惩机制',
  '优化纳税服务，推进“非接触式”办税缴费',
];
const CATEGORIES = [
  '开办企业',
  '办理建筑许可',
  '获得电力',
  '登记财产',
  '纳税',
  '跨境贸易',
  '执行合同',
  '政务服务',
  '包容普惠创新',
  '招标投标',
];

async function storePlan(db: Db, { id, office, first, size, units, lives, today }: Sown): Promise<void> {
  const at = instantOf(addDays(today, -70), '08:00');
  const launchOn = addDays(today, -70);
  const sown = Array.from({ length: size }, (_, i) => sow(id, office, i, units, lives, first));
  const plan: Plan = {
    id,
    title: `2026年优化营商环境任务清单（第${id.slice('bench-'.length)}批）`,
    number: '市政办〔2026〕1号',
    issuer: '市人民政府办公室',
    issuedOn: launchOn,
    city: 'bench',
    office,
    reporting: null,
    tasks: sown.map(({ state }, i) => planned(state, i)),
  };
  await db
    .insertInto('plans')
    .values({
      id,
      body: JSON.stringify(plan),
      status: 'launched',
      policy: JSON.stringify(DEFAULT_POLICY),
      launch_on: launchOn,
      launched_at: at,
      signed_by: '签发人',
    })
    .execute();
  await writePlanTasks(db, id);
  for (let from = 0; from < sown.length; from += ROWS_AT_ONCE) {
    const some = sown.slice(from, from + ROWS_AT_ONCE);
    await insert(
      db,
      'streams',
      some.map(({ state, hash }) => streamRow(state, hash)),
    );
    await insert(
      db,
      'events',
      some.flatMap(({ events }) => events),
    );
    await insert(
      db,
      'notices',
      some.map(({ state }) => noticeRow(state, at, launchOn)),
    );
  }
}

/** Parts of a thousand: a task's own number has four digits at most. */
function taskAt(plan: string, i: number): string {
  return `${plan}/${Math.floor(i / 1_000) + 1}-${String((i % 1_000) + 1).padStart(4, '0')}`;
}

/** A life under the name of another task and other units. */
function sow(plan: string, office: string, i: number, units: string[], lives: Lived[], first: number) {
  const n = first + i;
  const life = lives[(n * 7 + Math.floor(n / lives.length)) % lives.length];
  if (!life) throw new Error('no lives');
  const id = taskAt(plan, i);
  const lead = units[(n * 13) % units.length] ?? '';
  const co = units[(n * 13 + 1 + (n % 97)) % units.length] ?? '';
  const renamed = (text: string) =>
    text
      .replaceAll('test-plan/1-01', id)
      .replaceAll('"test-plan"', `"${plan}"`)
      .replaceAll('测试任务', `${TITLES[n % TITLES.length]}（${i + 1}）`)
      .replaceAll(LEAD, lead)
      .replaceAll(CO, co)
      .replaceAll(OFFICE, office)
      .replaceAll('"category":null', `"category":"${CATEGORIES[n % CATEGORIES.length]}"`);
  const state = JSON.parse(renamed(JSON.stringify(life.state))) as Task;
  const told = i % WITH_HISTORY === 0 ? life.events : life.events.slice(0, 1);
  let hash = '';
  const events = told.map((event) => {
    const bytes = renamed(JSON.stringify(event));
    const prev = hash;
    hash = hashOf(prev, bytes);
    return {
      stream: `task/${id}`,
      seq: event.seq,
      intent: event.intent,
      type: event.type,
      at: event.at,
      format: 1,
      bytes,
      prev_hash: prev,
      hash,
      state_digest: hash,
    };
  });
  return { state, events, hash };
}

function planned(state: Task, i: number): PlanTask {
  const { id, title, category, parties } = state;
  return {
    ...planTask(fixed(state.dueOn ?? '2026-12-31')),
    id,
    no: i + 1,
    title,
    category,
    parties: parties.map(({ unit: of, role }) => ({ unit: of, role })),
  };
}

function streamRow(state: Task, hash: string) {
  const [next] = state.alarms;
  const units = [...new Set(state.parties.map(({ unit: of }) => of))];
  return {
    id: `task/${state.id}`,
    kind: 'task',
    plan: state.plan,
    epoch: 1,
    head_seq: state.seq,
    head_hash: hash,
    head_at: state.at,
    state,
    title: state.title,
    category: state.category,
    status: state.status,
    type: state.type,
    office: state.office,
    leads: state.parties.filter(({ role }) => role === 'lead').map(({ unit: of }) => of),
    units,
    due_on: state.dueOn,
    original_due_on: state.originalDueOn,
    completed_on: state.completedOn,
    next_alarm_on: next?.on ?? null,
    next_alarm_at: next ? instantOf(next.on, next.time) : null,
  };
}

function noticeRow(state: Task, at: string, on: Day) {
  const [lead] = state.parties;
  return {
    id: `task/${state.id}#1.0`,
    stream: `task/${state.id}`,
    plan: state.plan,
    task: state.id,
    seq: 1,
    ord: 0,
    to_unit: lead?.unit ?? '',
    to_office: 'liaison',
    office: state.office,
    kind: 'issue',
    rung: null,
    section: 'sign',
    urgent: false,
    text: `${state.title}已下达，请签收。`,
    due_on: state.dueOn,
    provisional: false,
    obligation: { kind: 'acknowledge', unit: lead?.unit ?? '' },
    slip: null,
    made_at: at,
    made_on: on,
    letter: null,
    recalled_at: null,
    assumed_sent: true,
  };
}

/** Thirty letters for each unit, some of them in trouble. */
async function letters(db: Db, units: string[], today: Day): Promise<void> {
  await sql`
    INSERT INTO letters (id, slot_on, round, slot_at, to_unit, to_office, office, person, address, subject, message_id,
      dated_at, bytes, state, attempts, handed_at, failed_at, answer)
    SELECT 'letter-' || u.no || '-' || n, ${today}::date - n, '09:00', (${today}::date - n) + time '01:00', u.unit, 'liaison',
      (${OFFICES}::text[])[1 + u.no % 5], '经办人', u.no || '@bench.example', '督办信件', u.no || '-' || n || '@bench.example',
      (${today}::date - n) + time '01:00', '\\x00',
      CASE WHEN u.no % 150 = 0 AND n < 2 THEN 'failed' ELSE 'handed' END, 1,
      (${today}::date - n) + time '01:05', CASE WHEN u.no % 150 = 0 AND n < 2 THEN ${today}::date + time '01:05' END,
      '250 OK'
    FROM unnest(${units}::text[]) WITH ORDINALITY AS u (unit, no), generate_series(0, 29) AS n`.execute(db);
  // What was issued stood in the oldest letter of its unit.
  await sql`
    INSERT INTO letter_notices (letter, notice)
    SELECT 'letter-' || u.no || '-29', notices.id
    FROM notices JOIN unnest(${units}::text[]) WITH ORDINALITY AS u (unit, no) ON u.unit = to_unit`.execute(db);
}

async function insert(db: Db, table: 'streams' | 'events' | 'notices', rows: object[]): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const columns: RawBuilder<unknown> = sql.join(Object.keys(first).map((name) => sql.ref(name)));
  await sql`INSERT INTO ${sql.table(table)} (${columns}) SELECT ${columns}
    FROM json_populate_recordset(NULL::${sql.table(table)}, ${JSON.stringify(rows)}::json)`.execute(db);
}

async function vacuum(db: Db, table: string): Promise<void> {
  await sql`VACUUM (ANALYZE) ${sql.table(table)}`.execute(db);
}
