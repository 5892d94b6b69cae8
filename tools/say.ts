/** Progress for people: one line per step, with its time. Callers usually pass `say: toStderr`. */

export type Say = (line: string) => void;

export const toStderr: Say = (line) => {
  process.stderr.write(`${line}\n`);
};

/**
 * Does one step and says how long it took. `expected` is for steps a person would otherwise think hung:
 * the step is then announced before it starts.
 */
export async function step<T>(
  say: Say,
  title: string,
  work: () => Promise<T>,
  { expected }: { expected?: string } = {},
): Promise<T> {
  if (expected) say(`${title} … (${expected})`);
  const startedAtMs = performance.now();
  const result = await work();
  say(`${title}: ${((performance.now() - startedAtMs) / 1000).toFixed(1)} s`);
  return result;
}
