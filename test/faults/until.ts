/** Waits for a condition; the bound is there to end a broken test, not to measure anything. */
import { waitFor } from '../../tools/processes';

const BOUND_MS = 90_000;

/**
 * Resolves with the first truthy answer.
 * @throws Error naming `what` never came
 */
export async function until<T>(what: string, check: () => T | Promise<T>): Promise<T> {
  let last: unknown = null;
  const found = await waitFor(
    async () => {
      try {
        return await check();
      } catch (error) {
        // A server that is being started again says no for a while.
        last = error;
        return null;
      }
    },
    { withinMs: BOUND_MS },
  );
  if (found) return found;
  throw new Error(`never came: ${what}`, { cause: last });
}
