/**
 * The embedded PostgreSQL: one server per home, in `<home>/postgres`, on 127.0.0.1 with a generated password.
 * It is a process of its own, so a killed parent leaves it usable, and the next start finds it again.
 */
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Client, escapeIdentifier } from 'pg';
import { startOnFreePort } from './free-port';
import { findPostgresBinaries, type PostgresBinaries } from './postgres-binaries';
import { type ServerUser, serverUser } from './postgres-user';
import { commandLineOf, isAlive, stopProcess, waitFor } from './processes';
import { type Say, step } from './say';
import { ToolError } from './tool-error';

export interface PostgresOptions {
  /** Holds `postgres/` and `postgres.password`; made if it is missing. */
  home: string;
  /** Taken if it is free; otherwise the port of the last start, otherwise any. */
  port?: number;
  say: Say;
  /** For tests only: gives up what only a crash of the whole machine would need, for speed. */
  disposable?: boolean;
}

export interface Postgres {
  /** The database `duban`. */
  databaseUrl: string;
  port: number;
  pid: number;
  /** True if an earlier start left it running and it was found again. */
  reused: boolean;
  /** Makes an empty database (UTF8, C locale) and returns its URL. */
  createDatabase(name: string): Promise<string>;
  dropDatabase(name: string): Promise<void>;
  /** Fast shutdown: open transactions are rolled back, nothing committed is lost. */
  stop(): Promise<void>;
}

const USER = 'duban';
const DATABASE = 'duban';

/** Starts the server of this home, or finds it running. Throws ToolError. */
export async function startPostgres({ home, port, say, disposable = false }: PostgresOptions): Promise<Postgres> {
  const folders = foldersOf(home);
  makeHome(folders.home);
  const running = await findRunning(folders);
  if (running) {
    const found = serverAt(folders, running);
    await step(say, `PostgreSQL found running on port ${running.port}`, () => ensureDatabase(found, folders.data));
    return found;
  }

  const binaries = await findPostgresBinaries();
  const user = await serverUser(folders.data, [folders.home, dirname(binaries.pgCtl)]);
  if (existsSync(join(folders.data, 'PG_VERSION'))) {
    checkVersion(folders, binaries);
  } else {
    await step(say, `PostgreSQL: new data folder ${folders.data}`, () =>
      createCluster(folders, binaries, user, disposable),
    );
  }
  return startOnFreePort([port, lastPortOf(folders)], (chosenPort) =>
    step(say, `PostgreSQL started on port ${chosenPort}`, async () => {
      await startServer(folders, binaries, user, chosenPort, disposable);
      const pid = readPidFile(folders)?.pid;
      if (pid === undefined) throw stillborn(folders, 'it started and left no postmaster.pid');
      const server = serverAt(folders, { pid, port: chosenPort, reused: false });
      await ensureDatabase(server, folders.data);
      return server;
    }),
  );
}

/** The running server of this home, for commands that use it and must not start it; null if there is none. */
export async function findPostgres(home: string): Promise<Postgres | null> {
  const folders = foldersOf(home);
  const file = readPidFile(folders);
  if (file?.state !== 'ready' || !(await isOurs(file.pid, folders))) return null;
  return serverAt(folders, { pid: file.pid, port: file.port, reused: true });
}

interface Folders {
  home: string;
  data: string;
  fresh: string;
  passwordFile: string;
  logFile: string;
}

function foldersOf(home: string): Folders {
  const at = resolve(home);
  const data = join(at, 'postgres');
  return {
    home: at,
    data,
    fresh: join(at, 'postgres.new'),
    passwordFile: join(at, 'postgres.password'),
    logFile: join(data, 'server.log'),
  };
}

function makeHome(home: string): void {
  mkdirSync(home, { recursive: true });
  // Run as root, the server is another user and must be able to pass; it needs no more than that.
  if (process.getuid?.() === 0) chmodSync(home, statSync(home).mode | 0o011);
}

function serverAt(folders: Folders, { pid, port, reused }: { pid: number; port: number; reused: boolean }): Postgres {
  const password = readPassword(folders);
  const urlOf = (database: string) =>
    `postgresql://${USER}:${password}@127.0.0.1:${port}/${encodeURIComponent(database)}`;
  return {
    databaseUrl: urlOf(DATABASE),
    port,
    pid,
    reused,
    async createDatabase(name) {
      await asAdmin(urlOf('postgres'), (client) => client.query(`CREATE DATABASE ${escapeIdentifier(name)}`));
      return urlOf(name);
    },
    async dropDatabase(name) {
      await asAdmin(urlOf('postgres'), (client) =>
        client.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(name)} WITH (FORCE)`),
      );
    },
    async stop() {
      // Fast first; immediate only if a backend does not let go, which costs a recovery at the next start.
      if (await stopProcess(pid, ['SIGINT', 'SIGQUIT'], 30_000)) return;
      throw new ToolError(`PostgreSQL (pid ${pid}) does not stop`, folders.logFile, `end it by hand: kill -9 ${pid}`);
    },
  };
}

async function asAdmin<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  // A server that stops under an idle connection is the next query's error, not the process's end.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function ensureDatabase(server: Postgres, data: string): Promise<void> {
  const url = server.databaseUrl.replace(/[^/]+$/, 'postgres');
  try {
    const { rowCount } = await asAdmin(url, (client) =>
      client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]),
    );
    if (!rowCount) await server.createDatabase(DATABASE);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new ToolError(
      `PostgreSQL on port ${server.port} does not let us in: ${why}`,
      data,
      `stop it (kill -INT ${server.pid}) and start again; look at ${join(data, 'server.log')}`,
      { cause },
    );
  }
}

function readPassword({ passwordFile }: Folders): string {
  try {
    return readFileSync(passwordFile, 'utf8').trim();
  } catch (cause) {
    throw new ToolError(
      'the password of the embedded PostgreSQL is missing',
      passwordFile,
      'put the file back from a backup; without it the data folder cannot be opened',
      { cause },
    );
  }
}

interface PidFile {
  pid: number;
  port: number;
  state: string;
}

/** postmaster.pid, lines as documented in PostgreSQL's pidfile.h: pid, data folder, start, port, …, state. */
function readPidFile({ data }: Folders): PidFile | null {
  try {
    const lines = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n');
    const [pid, port] = [Number(lines[0]), Number(lines[3])];
    return pid > 0 ? { pid, port, state: lines[7]?.trim() ?? '' } : null;
  } catch {
    return null;
  }
}

async function isOurs(pid: number, { data }: Folders): Promise<boolean> {
  if (!isAlive(pid)) return false;
  const commandLine = await commandLineOf(pid);
  return commandLine === null || (commandLine.includes('postgres') && commandLine.includes(data));
}

/**
 * The server an earlier start left behind, once it is ready. A pid file whose process is gone, or whose number
 * another program has now (usual in containers, where numbers are low), is removed: PostgreSQL itself would refuse.
 */
async function findRunning(folders: Folders): Promise<{ pid: number; port: number; reused: true } | null> {
  const file = readPidFile(folders);
  if (!file) return null;
  if (!(await isOurs(file.pid, folders))) {
    rmSync(join(folders.data, 'postmaster.pid'), { force: true });
    return null;
  }
  const settled = await waitFor(
    () => {
      const now = readPidFile(folders);
      if (!now || !isAlive(now.pid)) return 'gone';
      return now.state === 'ready' ? now : null;
    },
    { withinMs: 60_000 },
  );
  if (settled === 'gone') return findRunning(folders);
  if (settled) return { pid: settled.pid, port: settled.port, reused: true };
  throw new ToolError(
    `PostgreSQL (pid ${file.pid}) runs but is not ready after 60 s (${file.state})`,
    folders.logFile,
    `wait for its recovery to end, or stop it (kill -INT ${file.pid}) and start again`,
  );
}

function checkVersion({ data }: Folders, { major }: PostgresBinaries): void {
  const made = readFileSync(join(data, 'PG_VERSION'), 'utf8').trim();
  if (made === major) return;
  throw new ToolError(
    `the data folder was made by PostgreSQL ${made}, the installed one is ${major}`,
    data,
    `go back to the release that used PostgreSQL ${made}, run duban backup there, and restore the backup here`,
  );
}

/** Made beside its place and renamed into it, so that an interrupted start leaves no half a database. */
async function createCluster(
  folders: Folders,
  binaries: PostgresBinaries,
  user: ServerUser,
  disposable: boolean,
): Promise<void> {
  const { fresh, data, passwordFile } = folders;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { mode: 0o700 });
  const password = randomBytes(24).toString('base64url');
  const handover = `${fresh}.password`;
  writeFileSync(handover, `${password}\n`, { mode: 0o600 });
  if (user.ids) {
    chownSync(fresh, user.ids.uid, user.ids.gid);
    chownSync(handover, user.ids.uid, user.ids.gid);
  }
  try {
    await user.run(
      binaries.initdb,
      [
        `--pgdata=${fresh}`,
        `--username=${USER}`,
        `--pwfile=${handover}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        // Bytewise order, the same on every machine: a library update cannot break an index.
        '--locale=C',
        ...(disposable ? ['--no-sync'] : []),
      ],
      { cwd: '/', timeoutMs: 120_000, next: `check the space and rights of ${folders.home}` },
    );
  } finally {
    rmSync(handover, { force: true });
  }
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  renameSync(fresh, data);
}

async function startServer(
  folders: Folders,
  binaries: PostgresBinaries,
  user: ServerUser,
  port: number,
  disposable: boolean,
): Promise<void> {
  const settings = [
    'listen_addresses=127.0.0.1',
    // No socket file: its path would be too long under a deep home, and everyone speaks TCP.
    'unix_socket_directories=',
    'timezone=UTC',
    'log_timezone=UTC',
    'max_connections=100',
    // Commits stay synchronous: tests kill servers, and a killed one must not forget.
    ...(disposable ? ['fsync=off', 'full_page_writes=off'] : []),
  ];
  const flags = [`-p ${port}`, ...settings.map((setting) => `-c ${setting}`)].join(' ');
  // A killed server's backends hold the shared memory for a moment, and the next one refuses until they are gone.
  const attempts = 3;
  for (let attempt = 1; ; attempt += 1) {
    try {
      await user.run(
        binaries.pgCtl,
        // Five minutes: after a crash the recovery comes first.
        [
          'start',
          '--wait',
          '--timeout=300',
          '--silent',
          `--pgdata=${folders.data}`,
          `--log=${folders.logFile}`,
          '-o',
          flags,
        ],
        { cwd: '/', timeoutMs: 310_000, next: `read ${folders.logFile}` },
      );
      return;
    } catch (error) {
      if (attempt === attempts) throw stillborn(folders, lastLines(folders.logFile), error);
      await waitFor(() => false, { withinMs: 1_000 });
    }
  }
}

function stillborn(folders: Folders, why: string, cause?: unknown): ToolError {
  return new ToolError(`PostgreSQL did not start:\n    ${why}`, folders.data, `read ${folders.logFile}`, { cause });
}

function lastLines(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim().split('\n').slice(-5).join('\n    ');
  } catch {
    return 'it wrote no log';
  }
}

/** The port of the last start, so that addresses people noted stay good: PostgreSQL keeps its last flags in a file. */
function lastPortOf({ data }: Folders): number | undefined {
  try {
    const port = /"-p" "(\d+)"/.exec(readFileSync(join(data, 'postmaster.opts'), 'utf8'))?.[1];
    return port ? Number(port) : undefined;
  } catch {
    return undefined;
  }
}
