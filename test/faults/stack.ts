/**
 * A whole Duban for tests of faults: PostgreSQL and a Temporal server of its own, started again on the same data, and
 * workers in processes of their own. Whatever a test does to it, `close` leaves nothing behind.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Desk, openDesk } from '../../client';
import { loadConfig } from '../../config';
import type { WorkCalendar } from '../../domain/calendar';
import type { Unit } from '../../domain/unit';
import { seedCalendars } from '../../ledger/calendars';
import { type Database, openDatabase } from '../../ledger/database';
import { migrate } from '../../ledger/migrate';
import { putUnits } from '../../ledger/units';
import units from '../../seeds/units/zhuzhou.json';
import { type Postgres, startPostgres } from '../../tools/postgres';
import { isAlive } from '../../tools/processes';
import { startTemporal, type Temporal } from '../../tools/temporal-server';
import type { Places } from '../../worker/places';
import { SEARCH_ATTRIBUTES } from '../../workflows/messages';
import { newHome } from '../support/run';
import { workflowBundle } from '../support/temporal';
import { type Cable, cableTo } from './cable';
import { Gate, type GateName } from './gates';
import { until } from './until';
import type { WorkerOrders } from './worker-process';

const ROOT = resolve(__dirname, '../..');
const say = () => undefined;

export class Stack {
  private readonly workers: WorkerProcess[] = [];
  private readonly opened: { close(): Promise<void> }[] = [];
  private readonly cables: Cable[] = [];
  private readonly others: Temporal[] = [];
  private readonly gates = new Map<GateName, Gate>();

  private constructor(
    readonly home: string,
    readonly places: Places,
    readonly ledger: Database,
    /** Sees what others do; the application's role does not. */
    readonly owner: Database,
    readonly desk: Desk,
    readonly calendar: WorkCalendar,
    private postgres: Postgres,
    private temporal: Temporal,
  ) {}

  /** @param smtpUrl a mail server of the test's; the embedded catcher when left out */
  static async open(smtpUrl: string | null = null): Promise<Stack> {
    const home = newHome('faults');
    const postgres = await startPostgres({ home, say, disposable: true });
    const temporal = await temporalAt(home);
    const url = postgres.databaseUrl;
    await migrate(url);
    const ledger = openDatabase(url);
    const calendar = await seedCalendars(ledger.db, join(ROOT, 'seeds', 'calendars'));
    await putUnits(ledger.db, units as Unit[]);
    await Gate.install(url);
    const places: Places = {
      home,
      databaseUrl: url,
      temporal: { connection: { address: temporal.address }, namespace: 'default', taskQueue: 'duban' },
      alarmSpreadMinutes: 0,
      mail: { smtpUrl, from: { name: '督办', address: 'duban@zhuzhou.example' }, baseUrl: null },
    };
    const owner = openDatabase(url, 2, 'owner');
    return new Stack(home, places, ledger, owner, await openDesk(places), calendar, postgres, temporal);
  }

  get temporalAddress(): string {
    return this.temporal.address;
  }

  gate(name: GateName): Gate {
    const gate = this.gates.get(name) ?? new Gate(this.places.databaseUrl, name);
    this.gates.set(name, gate);
    return gate;
  }

  /** One more worker; resolves when it serves. */
  async startWorker(more: { places?: Places; aheadMs?: number } = {}): Promise<WorkerProcess> {
    const { places = this.places, aheadMs = 0 } = more;
    const { codePath } = await workflowBundle();
    const worker = WorkerProcess.start(this.home, { places, codePath, aheadMs });
    this.workers.push(worker);
    await worker.serves();
    return worker;
  }

  /** A way to the Temporal server that can be cut, for one worker. */
  async cable(): Promise<Cable & { places: Places }> {
    const { temporal } = this.places;
    const cable = await cableTo(this.temporal.address);
    this.cables.push(cable);
    return { ...cable, places: { ...this.places, temporal: { ...temporal, connection: { address: cable.address } } } };
  }

  /** kill -9 of the server; its data stay. */
  async killPostgres(): Promise<void> {
    await kill(this.postgres.pid);
  }

  /** A stop in good order: for a database that is away, not broken. */
  async stopPostgres(): Promise<void> {
    await this.postgres.stop();
  }

  /** kill -9 of the server; its data stay. */
  async killTemporal(): Promise<void> {
    await kill(this.temporal.pid);
  }

  async killWorkers(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.kill()));
  }

  /** kill -9 of everything at once. */
  async killAll(): Promise<void> {
    await Promise.all([this.killPostgres(), this.killTemporal(), this.killWorkers()]);
  }

  /** Starts again on the same data and ports what is not running. */
  async startServers(): Promise<void> {
    if (!isAlive(this.postgres.pid)) {
      const { port } = this.postgres;
      this.postgres = await startPostgres({ home: this.home, say, port, disposable: true });
      expect(this.postgres.databaseUrl).toBe(this.places.databaseUrl);
    }
    if (!isAlive(this.temporal.pid)) {
      this.temporal = await temporalAt(this.home, this.temporal.port);
      expect(this.places.temporal.connection).toEqual({ address: this.temporal.address });
    }
  }

  /** The Temporal server dies, and with it everything it knew; started again it is empty. */
  async loseTemporal(): Promise<void> {
    await this.killTemporal();
    for (const file of readdirSync(this.home)) {
      if (file.startsWith('temporal.db')) rmSync(join(this.home, file));
    }
    await this.startServers();
  }

  isUp(part: 'postgres' | 'temporal'): boolean {
    return isAlive(this[part].pid);
  }

  /** A new and empty Temporal server, beside the first or after it, with a desk on it. */
  async emptyTemporal(): Promise<{ places: Places; desk: Desk; kill(): Promise<void> }> {
    const server = await temporalAt(newHome('temporal'));
    this.others.push(server);
    const temporal = { ...this.places.temporal, connection: { address: server.address } };
    const places = { ...this.places, temporal };
    return { places, desk: await this.openDesk(places), kill: () => kill(server.pid) };
  }

  /** A new and empty database on the same server. */
  async emptyDatabase(name: string): Promise<string> {
    return this.postgres.createDatabase(name);
  }

  async openDesk(places: Places): Promise<Desk> {
    const desk = await openDesk(places);
    this.opened.push(desk);
    return desk;
  }

  async close(): Promise<void> {
    await this.killWorkers();
    for (const gate of this.gates.values()) await gate.abandon();
    for (const cable of this.cables) await cable.close();
    await Promise.all([
      this.desk.close(),
      this.ledger.close(),
      this.owner.close(),
      ...this.opened.map((desk) => desk.close()),
    ]);
    await Promise.all([this.temporal, ...this.others].map(({ pid }) => kill(pid)));
    await this.postgres.stop();
  }
}

function temporalAt(home: string, port?: number): Promise<Temporal> {
  const { cacheDir } = loadConfig();
  const searchAttributes = SEARCH_ATTRIBUTES;
  return startTemporal({ home, cacheDir, say, port, namespace: 'default', searchAttributes, disposable: true });
}

/** A frozen worker does not see that jest is gone. */
const alive = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of alive) child.kill('SIGKILL');
});

/** A worker in a process of its own. */
class WorkerProcess {
  private said: string[] = [];

  private constructor(
    private readonly child: ChildProcess,
    private readonly log: string,
  ) {
    child.on('message', (message: string) => this.said.push(message));
    alive.add(child);
    child.once('exit', () => alive.delete(child));
  }

  static start(home: string, orders: WorkerOrders): WorkerProcess {
    const log = join(home, 'workers.log');
    const file = openSync(log, 'a');
    const program = join(__dirname, 'worker-process.ts');
    const child = spawn(process.execPath, ['--require', 'tsx/cjs', program, JSON.stringify(orders)], {
      cwd: ROOT,
      stdio: ['ignore', file, file, 'ipc'],
    });
    closeSync(file);
    return new WorkerProcess(child, log);
  }

  async serves(): Promise<void> {
    await until(`a worker that serves (${this.log})`, () => this.said.includes('serving') || this.hasEnded());
    if (this.hasEnded()) throw new Error(`the worker ended at once: ${this.log}`);
  }

  /** Sets the clock for letters. */
  async setClock(aheadMs: number): Promise<void> {
    this.said = this.said.filter((word) => word !== 'clock set');
    this.child.send({ aheadMs });
    await until('the clock set', () => this.said.includes('clock set'));
  }

  /** Stands still between two instructions, as a machine that swaps or a paused virtual one. */
  freeze(): void {
    this.child.kill('SIGSTOP');
  }

  thaw(): void {
    this.child.kill('SIGCONT');
  }

  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await until('the end of a worker', () => this.hasEnded());
  }

  isAlive(): boolean {
    return !this.hasEnded();
  }

  private hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }
}

async function kill(pid: number): Promise<void> {
  if (isAlive(pid)) process.kill(pid, 'SIGKILL');
  await until(`the end of process ${pid}`, () => !isAlive(pid));
}
