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
