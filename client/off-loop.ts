/**
 * Work that would keep a server from answering is done by a process of its own, with bounded time and memory and two
 * at once. A process and not a thread: its memory is its own, it runs from TypeScript source as everything does, and
 * whatever a malicious file makes of it ends with it.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';

export interface Bounds {
  ms: number;
  heapMb: number;
}

/** The work did not come to its end. */
export class OffLoopFailure extends Error {
  override readonly name = 'OffLoopFailure';
  constructor(
    readonly reason: 'too-slow' | 'failed' | 'too-many-waiting',
    message: string,
  ) {
    super(message);
  }
}

/** Two cores are the smallest machine that is planned for; who waits behind more than these is better told. */
const AT_ONCE = 2;
const MOST_WAITING = 30;

let running = 0;
const waiting: (() => void)[] = [];

/**
 * Has a script do the work: it gets the input as its one message and answers with one.
 * @param script path of the script
 * @param input made when it is its turn, so that who waits holds nothing
 * @throws OffLoopFailure
 */
export async function offLoop<Result>(script: string, input: () => unknown, bounds: Bounds): Promise<Result> {
  await takePlace();
  try {
    return await inProcess<Result>(script, await input(), bounds);
  } finally {
    running -= 1;
    waiting.shift()?.();
  }
}

async function takePlace(): Promise<void> {
  if (running >= AT_ONCE) {
    if (waiting.length >= MOST_WAITING) throw new OffLoopFailure('too-many-waiting', 'too many wait already');
    await new Promise<void>((go) => {
      waiting.push(go);
    });
  }
  running += 1;
}

function inProcess<Result>(script: string, input: unknown, { ms, heapMb }: Bounds): Promise<Result> {
  const child = fork(script, {
    execArgv: [`--max-old-space-size=${heapMb}`, '-r', require.resolve('tsx/cjs')],
    // Nothing of ours: what a document could make it say must not be a password.
    env: { TSX_TSCONFIG_PATH: join(__dirname, '..', 'tsconfig.json') },
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  return new Promise<Result>((settle, fail) => {
    const timer = setTimeout(() => end(new OffLoopFailure('too-slow', `not done after ${ms} ms`)), ms);
    const end = (outcome: OffLoopFailure | { result: Result }) => {
      clearTimeout(timer);
      stop(child);
      if (outcome instanceof OffLoopFailure) fail(outcome);
      else settle(outcome.result);
    };
    // The script's answer is typed by whoever wrote both ends.
    child.once('message', (result) => end({ result: result as Result }));
    child.once('error', (error) => end(new OffLoopFailure('failed', error.message)));
    child.once('exit', (code, signal) => end(new OffLoopFailure('failed', `ended with ${signal ?? code}`)));
    child.send({ input }, (error) => {
      if (error) end(new OffLoopFailure('failed', error.message));
    });
  });
}

function stop(child: ChildProcess): void {
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
}
