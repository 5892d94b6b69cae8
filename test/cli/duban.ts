/** The command line as people run it: child processes of bin/duban.cjs, in a home of their own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { env } from 'node:process';
import { waitFor } from '../../tools/processes';

export const PROGRAM = resolve(__dirname, '..', '..', 'bin', 'duban.cjs');
/** A cold machine builds the workflows' bundle at the first start. */
export const START_MS = 180_000;

export interface Ran {
  code: number | null;
  stdout: string;
  stderr: string;
}

export type Settings = Record<string, string>;

/** The variables of a command: nothing of the developer's own servers gets in. */
export function variables(settings: Settings) {
  const none = { DATABASE_URL: '', TEMPORAL_ADDRESS: '', TEMPORAL_PROFILE: '', DUBAN_SMTP_URL: '', DUBAN_EVIDENCE: '' };
  return { ...env, ...none, NODE_OPTIONS: '', DUBAN_ALARM_SPREAD_MINUTES: '0', ...settings };
}

/** Runs one command to its end. */
export async function duban(settings: Settings, ...args: string[]): Promise<Ran> {
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    env: variables(settings),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = listen(child);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...said };
}

/** The same with `--json`. Throws unless stdout is exactly one JSON value. */
export async function dubanJson(
  settings: Settings,
  ...args: string[]
): Promise<{ code: number | null; json: Json & Row[] }> {
  const ran = await duban(settings, ...args, '--json');
  try {
    return { code: ran.code, json: JSON.parse(ran.stdout) as Json & Row[] };
  } catch {
    throw new Error(`duban ${args.join(' ')} printed no single JSON value:\n${ran.stdout}\n${ran.stderr}`);
  }
}

/** One of a list that a command answered, or a part of it. */
export interface Row {
  id: string;
  name: string;
  units: string[];
  city: string;
  kind: string;
  outcome: string;
  type: string;
  handed: number;
  nextAlarmOn: string;
}

/** What commands answer, as far as tests look into it: each has some of these. */
export interface Json extends Partial<Record<Lists, Row[]>> {
  error?: { code: string };
  ready?: boolean;
  consoleUrl?: string;
  ok?: boolean;
  plan?: string;
  moveId?: string;
  dueOn?: string;
  liaison?: Row;
  head?: Row;
  leader?: Row;
}
type Lists =
  | 'tasks'
  | 'differences'
  | 'events'
  | 'items'
  | 'versions'
  | 'parties'
  | 'alarms'
  | 'letters'
  | 'slips'
  | 'rounds';

function listen(child: ChildProcess): { stdout: string; stderr: string } {
  const said = { stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    said.stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said.stderr += text;
  });
  return said;
}

export interface Up {
  pid: number;
  /** What it answered when it was ready (`--json`). */
  ready: Json;
  said: { stdout: string; stderr: string };
  /** Ctrl-C, and what it ended with. */
  stop(): Promise<number | null>;
  /** kill -9 of this process alone. */
  kill(): Promise<void>;
}

/** `duban up`, ready. */
export function startUp(settings: Settings, ...args: string[]): Promise<Up> {
  return startServing(settings, 'up', ...args);
}

/** A command that says that it is ready, and serves. */
export async function startServing(settings: Settings, ...args: string[]): Promise<Up> {
  const child = spawn(process.execPath, [PROGRAM, ...args, '--json'], {
    env: variables(settings),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = listen(child);
  let ended = false;
  const closed = once(child, 'close').then(([code]) => {
    ended = true;
    return code as number | null;
  });
  await waitFor(() => ended || said.stdout.endsWith('}\n'), { withinMs: START_MS, everyMs: 100 });
  const ready = said.stdout.endsWith('}\n') ? (JSON.parse(said.stdout) as Json) : null;
  if (!ready?.ready || child.pid === undefined)
    throw new Error(`duban ${args[0]} did not start:\n${said.stdout}\n${said.stderr}`);
  return {
    pid: child.pid,
    ready,
    said,
    stop() {
      child.kill('SIGINT');
      return closed;
    },
    async kill() {
      child.kill('SIGKILL');
      await closed;
    },
  };
}

/** The folder of the seeds, for commands that read a file. */
export const SEEDS = join(__dirname, '..', '..', 'seeds');
