/** What went wrong, for people and programs alike: the command line prints it, the console shows it. */

/** 1: the answer is no. 2: the call is wrong. 3: cannot be reached, or outcome unknown. 4: another was first. */
export type FailureExit = 1 | 2 | 3 | 4;

interface More {
  where?: string | null;
  next?: string | null;
  /** Only for programs (`--json`). */
  details?: unknown;
}

/** A failure as people and programs are told of it. */
export class Failure extends Error {
  override readonly name = 'Failure';
  constructor(
    readonly exit: FailureExit,
    readonly code: string,
    readonly zh: string,
    readonly en: string,
    readonly more: More = {},
    options?: ErrorOptions,
  ) {
    super(en, options);
  }
}

/** The call is wrong: nothing was asked of anybody, and nothing was written. */
export function wrongCall(code: string, zh: string, en: string, more?: More): Failure {
  return new Failure(2, code, zh, en, more);
}

/** A long mistake is shown by its beginning. */
export function shown(text: string): string {
  const line = text.replace(/\p{Cc}/gu, '·');
  return line.length > 60 ? `${line.slice(0, 60)}…` : line;
}
