/** A real mail server that does to letters what the test says, and keeps what it was given. */
import type { Socket } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

/**
 * take: accept. busy: 421 at RCPT. later: 451 at the end of DATA. full: 452 at RCPT. never: 550 at RCPT. bad: 554 at the end of DATA.
 * die: read the whole letter, keep it, and break the connection instead of answering. shut: break it at RCPT.
 */
export type Manner = 'take' | 'busy' | 'later' | 'full' | 'never' | 'bad' | 'die' | 'shut';

export interface Taken {
  to: string;
  bytes: Buffer;
}

export interface MailServer {
  url: string;
  /**
   * How the next letters are treated, by recipient: asked when he is named, and again when the letter is whole. A promise
   * holds the server's answer to the letter back.
   */
  manner: (to: string, when: 'named' | 'whole') => Manner | Promise<Manner>;
  /** Every letter that was transmitted whole, accepted or not. */
  seen: Taken[];
  connections: number;
  read(index: number): Promise<ParsedMail>;
  close(): Promise<void>;
}

export async function startMailServer(): Promise<MailServer> {
  const sockets = new Set<Socket>();
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  const answer = (responseCode: number, text: string) => Object.assign(new Error(text), { responseCode });
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    onRcptTo({ address }, _session, callback) {
      const manner = mail.manner(address, 'named');
      if (manner === 'shut') return cut();
      if (manner === 'busy') return callback(answer(421, 'too busy'));
      if (manner === 'full') return callback(answer(452, 'mailbox full'));
      if (manner === 'never') return callback(answer(550, 'no such user'));
      callback();
    },
    onData(stream, session, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.once('end', () => {
        const to = session.envelope.rcptTo[0]?.address ?? '';
        mail.seen.push({ to, bytes: Buffer.concat(chunks) });
        void Promise.resolve(mail.manner(to, 'whole')).then((manner) => {
          if (manner === 'die') return cut();
          if (manner === 'later') return callback(answer(451, 'greylisted'));
          if (manner === 'bad') return callback(answer(554, 'content refused'));
          callback();
        });
      });
    },
  });
  server.on('error', () => undefined);
  server.server.on('connection', (socket: Socket) => {
    mail.connections += 1;
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const address = server.server.address();
  const port = address && typeof address === 'object' ? address.port : 0;
  const mail: MailServer = {
    url: `smtp://127.0.0.1:${port}`,
    manner: () => 'take',
    seen: [],
    connections: 0,
    read: (index) => simpleParser(mail.seen[index]?.bytes ?? ''),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        cut();
      }),
  };
  return mail;
}
