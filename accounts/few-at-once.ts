/** Work that takes a whole processor is done by few at once; who finds the queue full is told so at once. */

/** The queue is full. */
export class TooBusy extends Error {
  override readonly name = 'TooBusy';
}

/**
 * Runs what it is given, `most` at once and `waiting` behind them, in the order of asking.
 * @throws TooBusy
 */
export function fewAtOnce(most: number, waiting: number): <T>(work: () => Promise<T>) => Promise<T> {
  let running = 0;
  const queue: (() => void)[] = [];
  return async (work) => {
    if (running >= most) {
      if (queue.length >= waiting) throw new TooBusy('too many passwords are being checked');
      // Whoever ends hands his place on, so that nobody who comes meanwhile takes it.
      await new Promise<void>((begin) => queue.push(begin));
    } else running += 1;
    try {
      return await work();
    } finally {
      const next = queue.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
