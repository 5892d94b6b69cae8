/** Where the console is, and what is said when it cannot be there. */
import { CliFailure } from './failure';

/** Unless somebody wants it elsewhere. */
export const USUAL_PORT = 8050;

/** How this machine itself reaches what listens there. */
export function addressOf(host: string, port: number): string {
  const reached = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${reached.includes(':') ? `[${reached}]` : reached}:${port}`;
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
