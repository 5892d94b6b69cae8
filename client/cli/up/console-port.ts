/** Which port the console of a home takes: always the same one if it can, because letters already out point to it. */
import { createServer } from 'node:net';
import { freePort } from '../../../tools/free-port';
import { portFailure, rememberedPort, rememberPort, USUAL_PORT } from '../console-address';

/** So many homes of one machine find a port near the usual one. */
const NEIGHBOURS = 20;

/** A port that nobody else can take until it is let go. */
export interface HeldPort {
  port: number;
  letGo(): Promise<void>;
}

/**
 * Holds it from here on: the console itself listens only when everything else runs, and two that start at once would
 * find the same port free.
 * @param asked by `--port` or DUBAN_PORT: that one or none
 */
export async function consolePort(home: string, host: string, asked: number | null): Promise<HeldPort> {
  const near = Array.from({ length: NEIGHBOURS }, (_, i) => USUAL_PORT + i);
  for (let left = NEIGHBOURS; ; left -= 1) {
    const port = asked ?? (await freePort(rememberedPort(home), ...near));
    try {
      const held = await hold(host, port);
      rememberPort(home, port);
      return held;
    } catch (error) {
      if (asked !== null || left === 0) throw portFailure(host, port, error);
    }
  }
}

async function hold(host: string, port: number): Promise<HeldPort> {
  // A start that fails meanwhile ends as if it were not there.
  const server = createServer((socket) => socket.destroy()).unref();
  await new Promise<void>((settle, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, settle);
  });
  return { port, letGo: () => new Promise((settle) => server.close(() => settle())) };
}
