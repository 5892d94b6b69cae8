/**
 * A town for tests of durable processes: the real ledger, worker and desk on a Temporal server, a plan of one task for
 * each life, and on the time-skipping server one owner of the clock (D27).
 */
import { randomBytes } from 'node:crypto';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { type Desk, openDesk } from '../../client';
import { type WorkCalendar, workingDay } from '../../domain/calendar';
import { type Day, dayOf, instantOf } from '../../domain/days';
import type { Actor, TaskEvent } from '../../domain/events';
import type { Move } from '../../domain/intents';
import type { DeadlineRule, Party, Plan, PlanReporting, PlanTask } from '../../domain/plan';
import type { Task } from '../../domain/task';
import { loadCalendar } from '../../ledger/calendars';
import { eventsAfter } from '../../ledger/head';
import { acceptLaunch, storeDraft } from '../../ledger/plans';
import { type RunningWorker, startWorker } from '../../worker/run-worker';
import { type ReformTaskInput, SEARCH_ATTRIBUTES } from '../../workflows/messages';
import { issueTask } from '../../workflows/messages/starts';
import { seededLedger, type TestLedger } from '../ledger/test-ledger';
import { newHome } from '../support/run';
import { timeSkippingEnv, workflowBundle } from '../support/temporal';

export const OFFICE = 'zhuzhou:市优化营商环境协调事务中心';
export const LEAD = 'zhuzhou:市税务局';
export const CO = 'zhuzhou:市市场监管局';
export const OTHER = 'zhuzhou:市自然资源和规划局';

export const COORDINATOR: Actor = { name: '岳素问', role: 'coordinator', unit: OFFICE };
export const SUPERVISOR: Actor = { name: '殷望舒', role: 'supervisor', unit: OFFICE };
export const unitActor = (unit: string): Actor => ({ name: '经办人', role: 'unit', unit });

const NO_DATES: Omit<DeadlineRule, 'type'> = {
  dueOn: null,
  readyOn: null,
  notReadyOn: null,
  condition: null,
  inPrinciple: false,
  text: '',
};

export interface Server {
  address: string;
  namespace: string;
}

export interface Town {
  ledger: TestLedger;
  desk: Desk;
  calendar: WorkCalendar;
  places: Parameters<typeof startWorker>[0];
  /** The clock of the server. */
  now(): Promise<string>;
  /** Waits for a task that was launched: its process records its issue a moment after the launch. */
  issued(task: string): Promise<void>;
  /** Stores and launches a plan of one task with this deadline, and waits for the task. */
  issue(deadline: Rule, more?: More): Promise<Life>;
  /** The same without `launchPlan`: only the task's process, started by hand, worker or not. */
  start(deadline: Rule, more?: Partial<ReformTaskInput>): Promise<Life>;
  /** A worker of its own; the town's first one is started by `skippingTown`. */
  startWorker(): Promise<RunningWorker>;
  close(): Promise<void>;
}

type Rule = Partial<DeadlineRule> & Pick<DeadlineRule, 'type'>;

interface More {
  parties?: Party[];
  remark?: PlanTask['remark'];
  reporting?: PlanReporting;
}

/** One task from its launch on. */
export interface Life {
  id: string;
  plan: string;
  launchedOn: Day;
  /** Makes a move and expects it to be recorded. */
  does(actor: Actor, move: Move): Promise<void>;
  /** Makes a move and answers with the code of its refusal. */
  mayNot(actor: Actor, move: Move): Promise<string>;
  /** What happened, each event as `<day> <type>` with its rung or colour; `only` these types. */
  story(...only: TaskEvent['type'][]): Promise<string[]>;
  task(): Promise<Task>;
}

/**
 * A town on any server.
 * @param now the server's clock
 * @param clock the same for the mail room, which cannot wait for it
 * @param baseUrl letters link to it; null: no links
 */
export async function townOn(
  server: Server,
  now = machineTime,
  clock = machineClock,
  baseUrl: string | null = null,
): Promise<Town> {
  const ledger = await seededLedger();
  const calendar = await loadCalendar(ledger.db);
  const places = {
    home: newHome('town'),
    mail: { smtpUrl: null, from: { name: '督办', address: 'duban@localhost' }, baseUrl },
    databaseUrl: ledger.url,
    temporal: { connection: { address: server.address }, namespace: server.namespace, taskQueue: 'duban' },
    alarmSpreadMinutes: 0,
  };
  const desk = await openDesk(places, now);
  const workers: RunningWorker[] = [];
  const town: Town = {
    ledger,
    desk,
    calendar,
    places,
    now,
    async startWorker() {
      const worker = await startWorker(places, await workflowBundle(), clock);
      workers.push(worker);
      return worker;
    },
    async issue(deadline, more = {}) {
      const plan = oneTaskPlan(deadline, more);
      await storeDraft(ledger.db, plan);
      const launchedOn = dayOf(await now());
      await desk.launch({ plan: plan.id, signedBy: '殷望舒', actor: COORDINATOR });
      const life = lifeOf(town, plan, launchedOn);
      await town.issued(life.id);
      return life;
    },
    async issued(task) {
      while (!(await desk.task(task))) await now();
    },
    async start(deadline, more = {}) {
      const plan = oneTaskPlan(deadline);
      const [task] = plan.tasks;
      if (!task) throw new Error('a plan of one task has one');
      const at = await now();
      await storeDraft(ledger.db, plan);
      await acceptLaunch(ledger.db, plan.id, { launchOn: dayOf(at), signedBy: '殷望舒', at });
      const launch = { at, actor: COORDINATOR, office: OFFICE, signedBy: '殷望舒' };
      const options = issueTask(task, launch, { taskQueue: 'duban', alarmSpreadMinutes: 0 });
      await desk.temporal.workflow.start('reformTask', { ...options, args: [{ ...options.args[0], ...more }] });
      return lifeOf(town, plan, dayOf(at));
    },
    async close() {
      await Promise.all(workers.map((worker) => worker.stop()));
      await desk.close();
      await ledger.drop();
    },
  };
  return town;
}

const machineClock = (): string => new Date().toISOString();
const machineTime = async (): Promise<string> => machineClock();

export interface SkippingTown extends Town {
  env: TestWorkflowEnvironment;
  today(): Promise<Day>;
  /** `W(today, n)` on the town's calendar. */
  workingDay(n: number, from?: Day): Promise<Day>;
  /** Lets time pass until that day and time; everything due until then has happened. */
  until(day: Day, time?: string): Promise<void>;
}

/** A town with a worker, on the time-skipping server. */
export async function skippingTown(baseUrl: string | null = null): Promise<SkippingTown> {
  const env = await timeSkippingEnv();
  const searchAttributes = Object.fromEntries(SEARCH_ATTRIBUTES.map(({ name, type }) => [name, INDEXED[type]]));
  await env.connection.operatorService.addSearchAttributes({ namespace: 'default', searchAttributes });
  const now = async () => new Date(await env.currentTimeMs()).toISOString();
  let lastSeen = await now();
  const town = await townOn({ address: env.address, namespace: 'default' }, now, () => lastSeen, baseUrl);
  await town.startWorker();
  const today = async () => dayOf(await now());
  return {
    ...town,
    env,
    today,
    workingDay: async (n, from) => workingDay(town.calendar, from ?? (await today()), n),
    async until(day, time = '08:00') {
      const left = Date.parse(instantOf(day, time)) - (await env.currentTimeMs());
      if (left > 0) await env.sleep(left);
      lastSeen = await now();
    },
    async close() {
      await town.close();
      await env.teardown();
    },
  };
}

/** temporal.api.enums.v1.IndexedValueType. */
const INDEXED = { KEYWORD: 2, KEYWORD_LIST: 7 } as const;

/** A plan of one task, under an id of its own. */
export function oneTaskPlan(rule: Rule, { parties, remark = null, reporting }: More = {}): Plan {
  const deadline = { ...NO_DATES, ...rule };
  const id = `life-${randomBytes(4).toString('hex')}`;
  const task: PlanTask = {
    id: `${id}/1-01`,
    part: 1,
    no: 1,
    category: null,
    title: '压缩办税时间',
    content: '将办税时间压缩三分之一。',
    measures: [],
    parties: parties ?? [
      { unit: LEAD, role: 'lead' },
      { unit: CO, role: 'co' },
    ],
    leadBasis: 'explicit',
    openEnded: false,
    deadline,
    remark,
    noDateConfirmed: true,
    line: null,
  };
  return {
    id,
    title: '试行方案',
    number: null,
    issuer: '株洲市人民政府办公室',
    issuedOn: '2020-03-01',
    city: 'zhuzhou',
    office: OFFICE,
    reporting: reporting ?? null,
    tasks: [task],
  };
}

function lifeOf(town: Town, plan: Plan, launchedOn: Day): Life {
  const id = `${plan.id}/1-01`;
  const { desk, ledger } = town;
  return {
    id,
    plan: plan.id,
    launchedOn,
    async does(actor, move) {
      const answer = await desk.move(id, move, { actor });
      if (answer.outcome === 'refused') throw new Error(`${move.move} was refused: ${answer.refusal.refused}`);
    },
    async mayNot(actor, move) {
      const answer = await desk.move(id, move, { actor });
      if (answer.outcome === 'recorded') throw new Error(`${move.move} was recorded`);
      return answer.refusal.refused;
    },
    async story(...only) {
      const events = (await eventsAfter(ledger.db, `task/${id}`, 0, 10_000)) as TaskEvent[];
      return events.filter(({ type }) => only.length === 0 || only.includes(type)).map(lineOf);
    },
    async task() {
      const task = await desk.task(id);
      if (!task) throw new Error(`${id} is not launched`);
      return task;
    },
  };
}

function lineOf(event: TaskEvent): string {
  const more =
    event.type === 'slipIssued' ? event.slip.colour : event.type === 'reminded' ? `${event.kind} ${event.rung}` : '';
  return `${dayOf(event.at)} ${event.type} ${more}`.trim();
}
