/** How the ledger says no: for ever (`LedgerRefusal`), or for now (`LedgerUnavailable`, worth another try). */
import { types } from 'node:util';

export type LedgerRefusalCode =
  | 'not-storable'
  | 'chain-broken'
  | 'not-empty'
  | 'unknown-plan'
  | 'plan-launched'
  | 'plan-exists'
  | 'plan-changed'
  | 'unknown-unit'
  | 'user-exists'
  | 'other-library-kind'
  | 'bad-backup'
  | 'too-large'
  | 'too-many-uploads'
  | 'upload-changed'
  | 'already-sealed'
  | 'schema-differs';

/** The same call would be refused again, so nobody retries it. `next` says what a person can do. */
export class LedgerRefusal extends Error {
  override readonly name = 'LedgerRefusal';
  constructor(
    readonly code: LedgerRefusalCode,
    message: string,
    readonly next: string | null = null,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The database is away, busy or out of time: nothing was written, and the same call may succeed later. */
export class LedgerUnavailable extends Error {
  override readonly name = 'LedgerUnavailable';
  constructor(
    /** SQLSTATE, the network's code such as ECONNREFUSED, or a word for what somebody must mend first. */
    readonly code: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** What pg says without a code when a connection could not be had or was lost. */
const CONNECTION_LOST = /timeout exceeded when trying to connect|Connection terminated|not queryable/;

/**
 * What an error of the driver means (D8): SQLSTATE class 22 (data) and 23 (constraint) are refused for ever, everything
 * else that the database or the network says is worth another try. Errors that are neither come back as they are.
 */
export function ledgerErrorOf(error: unknown): unknown {
  if (!types.isNativeError(error) || error instanceof LedgerRefusal || error instanceof LedgerUnavailable) return error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null;
  if (code !== null && /^(22|23)...$/.test(code)) {
    return new LedgerRefusal('not-storable', `the database refuses to store this: ${error.message} (${code})`, null, {
      cause: error,
    });
  }
  const ofTheDriver = code !== null && /^([0-9A-Z]{5}|E[A-Z]+)$/.test(code);
  if (ofTheDriver || CONNECTION_LOST.test(error.message)) {
    return new LedgerUnavailable(code ?? 'connection', error.message, { cause: error });
  }
  return error;
}

/** Runs `work` and lets only errors through that say whether another try makes sense. */
export async function withLedgerErrors<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw ledgerErrorOf(error);
  }
}
