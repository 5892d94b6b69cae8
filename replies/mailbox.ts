/** A mailbox over IMAP: what is new in it, in order, each mail once (RFC 9051). The only file that speaks IMAP. */
import { ImapFlow } from 'imapflow';

/** Where the mailbox is. */
export interface MailboxAddress {
  host: string;
  port: number;
  /** TLS from the first byte; otherwise STARTTLS is required, but on the machine itself. */
  secure: boolean;
  user: string;
  password: string;
  folder: string;
}

/** A mail as it lies there. */
export interface Lying {
  uid: number;
  /** INTERNALDATE: when the server had it. ISO. */
  receivedAt: string;
  size: number;
  head: Buffer;
}

export interface Mailbox {
  /** Of the folder now; other than before, all UIDs are others. */
  readonly uidValidity: string;
  /** UIDs above this one, or, where that is null, of mails since a day; lowest first. */
  newer(than: { uid: number } | { since: Date }): Promise<number[]>;
  /** Null: it is gone. */
  look(uid: number): Promise<Lying | null>;
  /** The whole mail; null: it is gone. */
  fetch(uid: number): Promise<Buffer | null>;
  /** Shows people that it was read. */
  markSeen(uid: number): Promise<void>;
  /** Resolves when the server says that something arrived, or when the signal is given. */
  arrival(signal: AbortSignal): Promise<void>;
  /** Whether the connection still stands. */
  usable(): boolean;
  close(): Promise<void>;
}

const CONNECT_MS = 15_000;
const GREETING_MS = 10_000;
const SOCKET_MS = 60_000;
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/;

/**
 * From `imaps://user:password@host/INBOX`; user and password percent-encoded. `imap://` asks for STARTTLS, except to
 * this machine.
 * @throws RangeError without a user
 */
export function mailboxAddressOf(url: string): MailboxAddress {
  const { protocol, hostname, port, username, password, pathname } = new URL(url);
  if (username === '') throw new RangeError('the address of the mailbox names no user');
  const secure = protocol === 'imaps:';
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? (secure ? 993 : 143) : Number(port),
    secure,
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    folder: decodeURIComponent(pathname.slice(1)) || 'INBOX',
  };
}

/** The name under which the ledger remembers how far it was read: no secret in it. */
export function mailboxName({ host, port, user, folder }: MailboxAddress): string {
  return `${user}@${host}:${port}/${folder}`;
}

/** Logs in and opens the folder. Throws what the server or the network says; never the password. */
export async function openMailbox(address: MailboxAddress): Promise<Mailbox> {
  const { host, port, secure, user, password, folder } = address;
  const client = new ImapFlow({
    host,
    port,
    secure,
    // Never a password in the clear; a server on this machine needs no certificate.
    ...(secure ? {} : { doSTARTTLS: !LOOPBACK.test(host) }),
    auth: { user, pass: password },
    // 163 and 126 refuse who does not say what he is (RFC 2971).
    clientInfo: { name: 'duban', vendor: 'duban' },
    logger: false,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: GREETING_MS,
    socketTimeout: SOCKET_MS,
  });
  // An error without a listener would end the process; whoever asks next is told by his own call.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { uidValidity } = await client.mailboxOpen(folder);
    return mailboxOf(client, String(uidValidity));
  } catch (error) {
    client.close();
    throw error;
  }
}

function mailboxOf(client: ImapFlow, uidValidity: string): Mailbox {
  return {
    uidValidity,
    async newer(than) {
      const range = 'uid' in than ? { uid: `${than.uid + 1}:*` } : { since: than.since };
      const found = (await client.search(range, { uid: true })) || [];
      // `n:*` names the newest mail even where that is older than n.
      return found.filter((uid) => !('uid' in than) || uid > than.uid).sort((a, b) => a - b);
    },
    async look(uid) {
      const found = await client.fetchOne(`${uid}`, { internalDate: true, size: true, headers: true }, { uid: true });
      if (!found) return null;
      const { internalDate, size = 0, headers } = found;
      const received = internalDate === undefined ? new Date() : new Date(internalDate);
      return { uid, receivedAt: received.toISOString(), size, head: headers ?? Buffer.alloc(0) };
    },
    async fetch(uid) {
      const found = await client.fetchOne(`${uid}`, { source: true }, { uid: true });
      return found ? (found.source ?? null) : null;
    },
    async markSeen(uid) {
      await client.messageFlagsAdd(`${uid}`, ['\\Seen'], { uid: true });
    },
    arrival: (signal) =>
      new Promise((settle) => {
        const done = () => {
          client.off('exists', done);
          client.off('close', done);
          signal.removeEventListener('abort', done);
          settle();
        };
        client.on('exists', done);
        client.on('close', done);
        signal.addEventListener('abort', done);
        if (signal.aborted) done();
      }),
    usable: () => client.usable,
    async close() {
      // A server that does not answer must not hold up the end.
      const farewell = client.logout().catch(() => undefined);
      const patience = new Promise((settle) => setTimeout(settle, 2_000).unref());
      await Promise.race([farewell, patience]);
      client.close();
    },
  };
}
