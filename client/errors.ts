/** What a caller of the desk must be able to tell apart. A refusal is no error: it is an answer. */
import { type Refusal, sentenceOf } from '../domain/refusals';
import type { LaunchProblem } from '../domain/rules/issue';

/** Nobody can say whether the move was taken (D15). Repeating it under the same id is always safe (D4). */
export class UnknownOutcome extends Error {
  override readonly name = 'UnknownOutcome';
  constructor(
    readonly moveId: string,
    options?: ErrorOptions,
  ) {
    super(`the outcome is unknown; repeat the same move with --move-id ${moveId}`, options);
  }
}

/** A server or the database cannot be reached: nothing was asked. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
  constructor(
    readonly what: 'Temporal' | 'ledger',
    options?: ErrorOptions,
  ) {
    const why = options?.cause instanceof Error ? `: ${options.cause.message}` : '';
    super(`${what} cannot be reached${why}`, options);
  }
}

/** R11: the plan may not be launched; nothing was started. */
export class LaunchRefused extends Error {
  override readonly name = 'LaunchRefused';
  constructor(
    readonly plan: string,
    readonly problems: LaunchProblem[],
  ) {
    super(`${plan} cannot be launched: ${problems.map(({ task, en }) => (task ? `${task} ${en}` : en)).join('; ')}`);
  }
}

/** The table of rights says no (domain/rights.ts); nothing was done. */
export class NotAllowed extends Error {
  override readonly name = 'NotAllowed';
  constructor(readonly refusal: Refusal) {
    super(sentenceOf(refusal, 'en'));
  }
}
