/** A mail server, word for word, that can be stopped at each word of its conversation (RFC 5321). */
import { createServer, type Socket } from 'node:net';
import type { Taken } from '../mail/mail-server';

/** What the server has heard and has not answered. greeting: a connection. body: some of a letter. dot: all of it. */
export type SmtpStep = 'greeting' | 'ehlo' | 'mail' | 'rcpt' | 'data' | 'body' | 'dot';

export interface SteppingMailServer {
  url: string;
  /** Every letter that was transmitted whole, answered or not. */
  seen: Taken[];
  /** Asked at each step of the nth letter, or connection, before it is answered; false: it never is. */
  goesOn: (step: SmtpStep, nth: number) => boolean | Promise<boolean>;
  /** Whether it closes the connection behind each letter, so that the next one needs a new one. */
  hangsUp: boolean;
  close(): Promise<void>;
}

/** After so much of a letter it is in its middle. */
const SOME_BYTES = 500;
const END = '\r\n.\r\n';

export async function startSteppingMailServer(): Promise<SteppingMailServer> {
  const sockets = new Set<Socket>();
  let [connections, letters] = [0, 0];
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    connections += 1;
    void converse(socket, connections);
  });

  async function converse(socket: Socket, connection: number): Promise<void> {
    const words = wordsOf(socket);
    let to = '';
    if (!(await mail.goesOn('greeting', connection))) return;
    socket.write('220 stepping\r\n');
    for (let line = await words.line(); line !== null; line = await words.line()) {
      const step = stepOf(line);
      if (step === null) {
        socket.end('221 bye\r\n');
        return;
      }
      if (step === 'mail') letters += 1;
      const letter = letters;
      if (!(await mail.goesOn(step, step === 'ehlo' ? connection : letter))) return;
      to = /^RCPT TO:<(.*)>/i.exec(line)?.[1] ?? to;
      if (step !== 'data') {
        socket.write('250 yes\r\n');
        continue;
      }
      socket.write('354 go on\r\n');
      if (!(await words.some()) || !(await mail.goesOn('body', letter))) return;
      const body = await words.body();
      if (body === null) return;
      mail.seen.push({ to, bytes: body });
      if (!(await mail.goesOn('dot', letter))) return;
      socket.write('250 taken\r\n');
      if (mail.hangsUp) {
        socket.end();
        return;
      }
    }
  }

  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', () => listening()));
  const bound = server.address();
  const mail: SteppingMailServer = {
    url: `smtp://127.0.0.1:${bound && typeof bound === 'object' ? bound.port : 0}`,
    seen: [],
    goesOn: () => true,
    hangsUp: false,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        for (const socket of sockets) socket.destroy();
      }),
  };
  return mail;
}

function stepOf(line: string): SmtpStep | null {
  const word = line.slice(0, 4).toUpperCase();
  const steps: Record<string, SmtpStep> = { EHLO: 'ehlo', MAIL: 'mail', RCPT: 'rcpt', DATA: 'data' };
  return steps[word] ?? null;
}

/** What the client says, read as far as the server asks; null when it is gone. Bytes as latin1. */
function wordsOf(socket: Socket) {
  let heard = '';
  let isOver = false;
  let more: () => void = () => undefined;
  socket.on('data', (chunk) => {
    heard += chunk.toString('latin1');
    more();
  });
  socket.once('close', () => {
    isOver = true;
    more();
  });
  const until = async (find: () => number): Promise<string | null> => {
    for (;;) {
      const end = find();
      if (end >= 0) {
        const found = heard.slice(0, end);
        heard = heard.slice(end);
        return found;
      }
      if (isOver) return null;
      await new Promise<void>((resolve) => {
        more = resolve;
      });
    }
  };
  const after = (text: string) => {
    const at = heard.indexOf(text);
    return at < 0 ? -1 : at + text.length;
  };
  let begun = '';
  return {
    line: () => until(() => after('\r\n')),
    /** Takes the beginning of a letter, and no more of it. */
    some: async () => {
      begun = (await until(() => (heard.length >= SOME_BYTES ? SOME_BYTES : -1))) ?? '';
      return begun !== '';
    },
    body: async () => {
      const rest = await until(() => after(END));
      if (rest === null) return null;
      // RFC 5321, 4.5.2: a dot that begins a line is doubled on the way. The last line's end is the letter's own.
      return Buffer.from((begun + rest).slice(0, -3).replace(/^\.\./gm, '.'), 'latin1');
    },
  };
}
