/** Which port the console of a home takes: always the same one if it can, because letters already out point to it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../../../tools/free-port';
import { USUAL_PORT } from '../console-address';

/** So many homes of one machine find a port near the usual one. */
const NEIGHBOURS = 20;

/** @param asked by `--port` or DUBAN_PORT: that one or none */
export async function consolePort(home: string, asked: number | null): Promise<number> {
  const file = join(home, 'console.json');
  const near = Array.from({ length: NEIGHBOURS }, (_, i) => USUAL_PORT + i);
  const port = asked ?? (await freePort(remembered(file), ...near));
  writeFileSync(file, `${JSON.stringify({ port })}\n`);
  return port;
}

function remembered(file: string): number | undefined {
  try {
    const { port } = JSON.parse(readFileSync(file, 'utf8')) as { port: unknown };
    return typeof port === 'number' && Number.isInteger(port) && port > 0 && port < 65_536 ? port : undefined;
  } catch {
    return undefined;
  }
}
