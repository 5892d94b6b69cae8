/** Ctrl-C and the like, as something to wait for. */

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Settles with the first signal that asks the process to end. A second one ends it at once. */
export function signalled(): Promise<NodeJS.Signals> {
  return new Promise((settle) => {
    for (const name of SIGNALS) process.once(name, () => settle(name));
  });
}
