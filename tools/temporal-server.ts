/**
 * The embedded Temporal server: one per home, its state in `<home>/temporal.db`. Like the embedded PostgreSQL it is
 * a process of its own that outlives a killed parent, and the next start finds it again by `<home>/temporal.json`.
 */
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Connection } from '@temporalio/client';
import { startOnFreePort } from './free-port';
import { commandLineOf, isAlive, stopProcess, waitFor } from './processes';
import { type Say, step } from './say';
import { getTemporalBinary } from './temporal-binary';
import { KINDS, prepareNamespace, type SearchAttribute } from './temporal-namespace';
import { ToolError } from './tool-error';

export interface TemporalOptions {
  /** Holds `temporal.db`, `temporal.json` (port and process) and `temporal.log`; made if it is missing. */
  home: string;
  cacheDir: string;
  say: Say;
  namespace: string;
  searchAttributes: SearchAttribute[];
  /** Taken if it is free; otherwise the port of the last start, otherwise any. */
  port?: number;
  /** Serves Temporal's own web pages on this port; without it the server is headless. */
  uiPort?: number;
  /** For tests only: gives up what only a crash of the whole machine would need, for speed. */
  disposable?: boolean;
}

export interface Temporal {
  /** `127.0.0.1:PORT`, for `Connection.connect` and `NativeConnection.connect`. */
  address: string;
  namespace: string;
  port: number;
  pid: number;
  uiUrl: string | null;
  /** True if an earlier start left it running and it was found again. */
  reused: boolean;
  stop(): Promise<void>;
}

interface StateFile {
  /** null after an orderly stop; the port is kept for the next start. */
  pid: number | null;
  port: number;
  uiPort: number | null;
  namespace: string;
}

/** A warm server answers in well under a second; a full one that replays its files has been seen to need several. */
const READY_WITHIN_MS = 60_000;

/** Starts the server of this home, or finds it running; then makes namespace and search attributes as asked. Throws ToolError. */
export async function startTemporal(options: TemporalOptions): Promise<Temporal> {
  const { cacheDir, say, namespace, searchAttributes } = options;
  const files = filesOf(options.home);
  mkdirSync(files.home, { recursive: true });

  const running = await findRunning(files, say);
  if (running) {
    const found = serverAt(files, { ...running, namespace }, true);
    await step(say, `Temporal server found running on port ${running.port}`, () =>
      prepareNamespace(found.address, namespace, searchAttributes),
    );
    return found;
  }
  const binary = await getTemporalBinary({ cacheDir, say });
  return startOnFreePort([options.port, readState(files)?.port], (port) =>
    step(say, `Temporal server started on port ${port}`, async () => {
      const pid = await launch(binary, files, { ...options, port });
      const started = serverAt(files, { pid, port, uiPort: options.uiPort ?? null, namespace }, false);
      await prepareNamespace(started.address, namespace, searchAttributes);
      return started;
    }),
  );
}

/** The running server of this home, for commands that use it and must not start it; null if there is none. */
export async function findTemporal(home: string): Promise<Temporal | null> {
  const files = filesOf(home);
  const state = readState(files);
  if (!state?.pid || !(await isOurs(state.pid, files)) || !(await answers(addressOf(state.port)))) return null;
  return serverAt(files, { ...state, pid: state.pid }, true);
}

interface Files {
  home: string;
  database: string;
  state: string;
  log: string;
}

function filesOf(home: string): Files {
  const at = resolve(home);
  return {
    home: at,
    database: join(at, 'temporal.db'),
    state: join(at, 'temporal.json'),
    log: join(at, 'temporal.log'),
  };
}

function serverAt(files: Files, state: StateFile & { pid: number }, reused: boolean): Temporal {
  const { pid, port, uiPort, namespace } = state;
  return {
    address: addressOf(port),
    namespace,
    port,
    pid,
    uiUrl: uiPort === null ? null : `http://127.0.0.1:${uiPort}`,
    reused,
    async stop() {
      // Ended hard it loses nothing either: SQLite's journal is replayed at the next start.
      if (await stopProcess(pid, ['SIGTERM', 'SIGKILL'], 15_000)) return writeState(files, { ...state, pid: null });
      throw new ToolError(
        `the Temporal server (pid ${pid}) does not stop`,
        files.log,
        `end it by hand: kill -9 ${pid}`,
      );
    },
  };
}

async function launch(binary: string, files: Files, options: TemporalOptions & { port: number }): Promise<number> {
  const { port, uiPort, namespace, searchAttributes, disposable = false } = options;
  const args = [
    'server',
    'start-dev',
    `--db-filename=${files.database}`,
    // Without the write-ahead journal everything takes three times as long.
    '--sqlite-pragma=journal_mode=wal',
    // FULL: a commit is on disk before the caller hears of it. NORMAL survives a killed process just as well, but after
    // a power cut it may forget the last second, which the ledger remembers (it syncs every commit). The price, measured:
    // about a quarter of the rate.
    `--sqlite-pragma=synchronous=${disposable ? 'off' : 'full'}`,
    '--ip=127.0.0.1',
    `--port=${port}`,
    ...(uiPort ? [`--ui-port=${uiPort}`] : ['--headless']),
    `--namespace=${namespace}`,
    ...searchAttributes.map(({ name, type }) => `--search-attribute=${name}=${KINDS[type].flag}`),
    '--log-level=error',
  ];
  const log = openSync(files.log, 'a');
  const child = spawn(binary, args, { cwd: files.home, detached: true, stdio: ['ignore', log, log] });
  closeSync(log);
  const { pid } = child;
  let early: string | null = null;
  child.once('error', (error) => {
    early = error.message;
  });
  child.once('exit', (code, signal) => {
    early = `it ended with ${signal ?? `exit code ${code}`}`;
  });
  if (pid === undefined) throw didNotStart(files, `${binary} cannot be run`);
  child.unref();
  // Before it is ready: if we are killed now, the next start must know of it.
  writeState(files, { pid, port, uiPort: uiPort ?? null, namespace });
  const address = addressOf(port);
  const ready = await waitFor(async () => early ?? ((await answers(address)) ? 'ready' : null), {
    withinMs: READY_WITHIN_MS,
  });
  if (ready === 'ready') return pid;
  await stopProcess(pid, ['SIGTERM', 'SIGKILL'], 5_000);
  throw didNotStart(files, ready ?? `not ready after ${READY_WITHIN_MS / 1000} s`);
}

/** The server an earlier start left behind, if it answers; one of ours that does not answer is stopped. */
async function findRunning(files: Files, say: Say): Promise<(StateFile & { pid: number }) | null> {
  const state = readState(files);
  if (!state?.pid || !(await isOurs(state.pid, files))) return null;
  const { pid } = state;
  const address = addressOf(state.port);
  if (await waitFor(async () => !isAlive(pid) || (await answers(address)), { withinMs: 10_000 })) {
    return isAlive(pid) ? { ...state, pid } : null;
  }
  await step(say, `Temporal server (pid ${pid}) does not answer, stopped`, () =>
    stopProcess(pid, ['SIGTERM', 'SIGKILL'], 5_000),
  );
  return null;
}

async function isOurs(pid: number, { database }: Files): Promise<boolean> {
  if (!isAlive(pid)) return false;
  const commandLine = await commandLineOf(pid);
  return commandLine === null || (commandLine.includes('start-dev') && commandLine.includes(database));
}

async function answers(address: string): Promise<boolean> {
  try {
    const connection = await Connection.connect({ address, connectTimeout: '2s' });
    await connection.close();
    return true;
  } catch {
    return false;
  }
}

function addressOf(port: number): string {
  return `127.0.0.1:${port}`;
}

function readState({ state }: Files): StateFile | null {
  try {
    return JSON.parse(readFileSync(state, 'utf8')) as StateFile;
  } catch {
    return null;
  }
}

function writeState(files: Files, state: StateFile): void {
  const fresh = `${files.state}.new`;
  writeFileSync(fresh, `${JSON.stringify(state)}\n`);
  renameSync(fresh, files.state);
}

function didNotStart({ log, home }: Files, why: string): ToolError {
  let last = '';
  try {
    last = readFileSync(log, 'utf8').trim().split('\n').slice(-5).join('\n    ');
  } catch {
    last = 'it wrote no log';
  }
  return new ToolError(`the Temporal server did not start: ${why}\n    ${last}`, home, `read ${log}`);
}
