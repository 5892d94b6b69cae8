/** How fast letters may leave: evenly, so many in a minute, for servers that count. */

export interface Pace {
  /** Takes the next place. @returns 0 if a letter may leave now, else the milliseconds after which to ask again */
  take(): number;
}

/** @param perMinute null: no limit */
export function createPace(perMinute: number | null, now: () => number = () => performance.now()): Pace {
  if (perMinute === null) return { take: () => 0 };
  const every = 60_000 / perMinute;
  let next = 0;
  return {
    take() {
      const at = now();
      if (at < next) return next - at;
      // What was not used is not saved up: a quiet hour makes no burst.
      next = at + every;
      return 0;
    },
  };
}
