/** A mail server in a process of its own that takes every letter and keeps none, as fast as it can. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { SMTPServer } from 'smtp-server';

export interface Sink {
  port: number;
  /** Letters taken so far. */
  taken(): Promise<number>;
  stop(): Promise<void>;
}

/** Starts it and waits until it listens. */
export async function startSink(): Promise<Sink> {
  const child: ChildProcess = fork(__filename, { execArgv: process.execArgv, stdio: 'inherit' });
  const [port] = (await once(child, 'message')) as [number];
  return {
    port,
    async taken() {
      child.send('taken');
      const [count] = (await once(child, 'message')) as [number];
      return count;
    },
    async stop() {
      child.disconnect();
      await once(child, 'exit');
    },
  };
}

function serve(): void {
  let taken = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    onData(stream, _session, callback) {
      stream.resume().once('end', () => {
        taken += 1;
        callback();
      });
    },
  });
  server.on('error', () => undefined);
  server.listen(0, '127.0.0.1', () => {
    const address = server.server.address();
    process.send?.(address && typeof address === 'object' ? address.port : 0);
  });
  process.on('message', () => process.send?.(taken));
  process.once('disconnect', () => process.exit());
}

if (require.main === module) serve();
