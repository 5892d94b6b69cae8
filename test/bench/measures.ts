/** Clocks and figures of the bench. */
import { setTimeout as pause } from 'node:timers/promises';

export const seconds = (ms: number): number => Math.round(ms / 10) / 100;
export const perSecond = (count: number, ms: number): number => Math.round((count / ms) * 10_000) / 10;

/** Milliseconds that the work took. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}

/** Asks until it is so. @returns false if it was not within the time */
export async function until(isSo: () => Promise<boolean>, withinMs: number, everyMs = 50): Promise<boolean> {
  const end = performance.now() + withinMs;
  while (!(await isSo())) {
    if (performance.now() > end) return false;
    await pause(everyMs);
  }
  return true;
}

/** Median and 95th percentile, in tenths of what was measured. */
export function spread(taken: readonly number[]): { p50: number; p95: number } {
  const sorted = [...taken].sort((a, b) => a - b);
  const at = (part: number) => Math.round((sorted[Math.ceil(sorted.length * part) - 1] ?? 0) * 10) / 10;
  return { p50: at(0.5), p95: at(0.95) };
}
