/** The embedded catcher: a mail server that takes every letter, keeps it as a file, and sends nothing anywhere. */
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';

export interface Catcher {
  /** For `createPost`. */
  url: string;
  port: number;
  /** Where the letters are, `*.eml`, named so that they sort by time. */
  folder: string;
  close(): Promise<void>;
}

/** A letter of ours has some ten kilobytes; anything near this is no letter. */
const LARGEST_BYTES = 25 * 1024 * 1024;

/**
 * @param home letters go to `<home>/mail`
 * @param port on 127.0.0.1; any free one when left out
 */
export async function startCatcher({ home, port = 0 }: { home: string; port?: number }): Promise<Catcher> {
  const folder = join(home, 'mail');
  mkdirSync(folder, { recursive: true });
  const server = new SMTPServer({
    banner: 'Duban keeps letters and sends nothing',
    // It listens on this machine only and gives nothing away.
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    size: LARGEST_BYTES,
    disableReverseLookup: true,
    logger: false,
    onData(stream, _session, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.once('end', () => {
        if (stream.sizeExceeded) return callback(Object.assign(new Error('too large'), { responseCode: 552 }));
        store(folder, Buffer.concat(chunks)).then(
          () => callback(),
          (error: Error) => callback(Object.assign(new Error(`not stored: ${error.message}`), { responseCode: 451 })),
        );
      });
    },
  });
  // A client that breaks off is no error of the catcher.
  server.on('error', () => undefined);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
  const address = server.server.address();
  const bound = address && typeof address === 'object' ? address.port : port;
  return {
    url: `smtp://127.0.0.1:${bound}`,
    port: bound,
    folder,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** Written beside its place and renamed into it, so that nobody reads half a letter. */
async function store(folder: string, bytes: Buffer): Promise<void> {
  const name = `${new Date().toISOString().replace(/[:.]/g, '')}-${randomBytes(4).toString('hex')}`;
  const temporary = join(folder, `.${name}.part`);
  try {
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, join(folder, `${name}.eml`));
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
