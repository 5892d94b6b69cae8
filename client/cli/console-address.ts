/** Where the console is, and what is said when it cannot be there. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../../config';
import { CliFailure } from './failure';

/** Unless somebody wants it elsewhere. */
export const USUAL_PORT = 8050;

/** How this machine itself reaches what listens there. */
export function addressOf(host: string, port: number): string {
  const reached = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${reached.includes(':') ? `[${reached}]` : reached}:${port}`;
}

/** Where a home keeps the port that its console has. */
function portFile(home: string): string {
  return join(home, 'console.json');
}

/** The port that the console of a home had last. */
export function rememberedPort(home: string): number | undefined {
  try {
    const { port } = JSON.parse(readFileSync(portFile(home), 'utf8')) as { port: unknown };
    return typeof port === 'number' && Number.isInteger(port) && port > 0 && port < 65_536 ? port : undefined;
  } catch {
    return undefined;
  }
}

/** Notes where the console of a home is, for commands beside it and its next start. */
export function rememberPort(home: string, port: number): void {
  mkdirSync(home, { recursive: true });
  writeFileSync(portFile(home), `${JSON.stringify({ port })}\n`);
}

/** Where people reach the console, as far as a command beside it can know. */
export function consoleAddress({
  baseUrl,
  console: server,
  home,
}: Pick<Config, 'baseUrl' | 'console' | 'home'>): string {
  return baseUrl ?? addressOf(server.host, server.port ?? rememberedPort(home) ?? USUAL_PORT);
}

/** For people, if the port is taken or not ours to take; any other error as it is. */
export function portFailure(host: string, port: number, error: unknown): unknown {
  const isTaken = error instanceof Error && 'code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES');
  if (!isTaken) return error;
  return new CliFailure(
    3,
    'port-taken',
    `端口${port}已被占用或不可用。`,
    `the console cannot listen on ${host}:${port}`,
    { next: 'choose another one: --port N, or DUBAN_PORT' },
    { cause: error },
  );
}
