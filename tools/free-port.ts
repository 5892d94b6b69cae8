/** Finds a TCP port on 127.0.0.1 that a server of ours can take. */
import { createServer } from 'node:net';

/**
 * Returns the first port of `preferred` that is free, else any free one.
 * The port is closed again before it is returned: whoever binds it must still say clearly if it was taken meanwhile.
 */
export async function freePort(...preferred: (number | undefined)[]): Promise<number> {
  for (const port of preferred) {
    if (port && (await bind(port)) === port) return port;
  }
  const port = await bind(0);
  if (port === null) throw new Error('127.0.0.1 has no free port');
  return port;
}

/** So often somebody is faster than a server's own start; more often something else is wrong. */
const TRIES = 3;

/**
 * Starts a server on a free port, and again on another where somebody took a port between the look and the start.
 * @param preferred taken if they are free, at the first try only
 * @param start throws an error whose message says so, as servers do
 */
export async function startOnFreePort<T>(
  preferred: readonly (number | undefined)[],
  start: (port: number) => Promise<T>,
): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await start(await freePort(...(tried === 1 ? preferred : [])));
    } catch (error) {
      if (tried === TRIES || !/address already in use/i.test(String(error))) throw error;
    }
  }
}

function bind(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(null));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = server.address();
      const bound = address && typeof address === 'object' ? address.port : null;
      server.close(() => resolve(bound));
    });
  });
}
