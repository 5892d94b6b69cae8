/**
 * How a command is run: options shared by all, one session, one answer, one exit code. A command returns what it has to
 * say; only this file writes to stdout, so `--json` is exactly one JSON value there.
 */
import type { Command } from 'commander';
import { type CliFailure, failureJson, failureOf, failureText, wrongCall } from './failure';
import { Session } from './session';

/** What a command has to say. */
export interface Answer {
  /** For programs. */
  json: unknown;
  /** For people, in Chinese. */
  text: string;
  /** 1: the answer is no although nothing failed: a check that found something. */
  exit?: 0 | 1;
  /** Goes on after it was said, until somebody stops it. */
  serve?: () => Promise<void>;
}

export interface CommonOptions {
  json?: boolean;
  verbose?: boolean;
  actor?: string;
}

/** The action of a command: opens a session, closes it, and lets the answer or the failure out. */
export function act<Options extends object>(
  work: (session: Session, args: string[], options: Options & CommonOptions) => Promise<Answer>,
): (this: Command) => Promise<void> {
  return async function action(this: Command) {
    const options = this.optsWithGlobals<Options & CommonOptions>();
    let said = false;
    try {
      const session = new Session(options.actor ?? null);
      try {
        const answer = await work(session, this.args, options);
        print(answer, options);
        said = true;
        await answer.serve?.();
      } finally {
        await session.close();
      }
    } catch (error) {
      // One JSON value and no second one, also when what serves fails later.
      fail(failureOf(error), { ...options, json: options.json && !said });
    }
  };
}

/** The action of a command that is for whoever runs the server: the table of rights gives it to nobody, so `--actor` is refused. */
export function actAsOperator<Options extends object>(
  work: (session: Session, args: string[], options: Options & CommonOptions) => Promise<Answer>,
): (this: Command) => Promise<void> {
  return act<Options>((session, args, options) => {
    if (session.actorName === null) return work(session, args, options);
    throw wrongCall(
      'operator-only',
      '此命令由服务器管理人员使用，不能以他人身份执行。',
      'whoever runs the server does this, in no other name',
      { next: 'leave --actor out' },
    );
  });
}

function print({ json, text, exit = 0 }: Answer, options: CommonOptions): void {
  process.stdout.write(options.json ? `${JSON.stringify(json, null, 2)}\n` : text.endsWith('\n') ? text : `${text}\n`);
  process.exitCode = exit;
}

/** Says what went wrong: to people on stderr, to programs on stdout too. */
export function fail(failure: CliFailure, { json, verbose = false }: CommonOptions): void {
  process.stderr.write(failureText(failure, verbose));
  if (json) process.stdout.write(`${JSON.stringify(failureJson(failure), null, 2)}\n`);
  process.exitCode = failure.exit;
}
