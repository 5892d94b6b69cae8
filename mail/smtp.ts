/**
 * Hands stored bytes to a mail server and says exactly what is known afterwards: above all, whether the server may have
 * taken the letter (D20, D21). Connections are kept while letters follow each other.
 */
import { Readable } from 'node:stream';
import { parseConnectionUrl } from 'nodemailer/lib/shared';
import SMTPConnection from 'nodemailer/lib/smtp-connection';

/** What became of one try. `answer` is the server's, or what happened instead. */
export interface Handing {
  /**
   * handed: the server took it. temporary: it said not now. permanent: it will never take this letter for this address.
   * unsure: it had the letter and did not answer. unreachable: it never came to the letter, for a reason of ours or its
   * own, so the next letter would fare alike.
   */
  outcome: 'handed' | 'temporary' | 'permanent' | 'unsure' | 'unreachable';
  answer: string;
}

export interface Parcel {
  /** Envelope addresses. */
  from: string;
  to: string;
  bytes: Uint8Array;
}

export interface Post {
  send(parcel: Parcel): Promise<Handing>;
  /** Null if the server lets us in, else what it said. For `doctor`. */
  trouble(): Promise<string | null>;
  close(): void;
}

/** D20: a server that is away is seen as away well within the activity's 90 s. */
const CONNECT_MS = 10_000;
const GREETING_MS = 10_000;
const SOCKET_MS = 30_000;
/** Everything together, below the lease of a letter: a server that drips its answers must not outlive it. */
const WHOLE_MS = 80_000;
/** A connection that nobody used for so long is closed; servers close theirs after minutes, some after seconds. */
const IDLE_MS = 5_000;

/**
 * @param smtpUrl `smtp://user:password@host:587` or `smtps://…`; query parameters are nodemailer's options, such as
 * `?tls.rejectUnauthorized=false` for a server with its own certificate
 */
export function createPost(smtpUrl: string): Post {
  const { auth, ...server } = parseConnectionUrl(smtpUrl);
  const idle = new Map<SMTPConnection, NodeJS.Timeout>();

  async function send(parcel: Parcel): Promise<Handing> {
    const kept = takeIdle();
    if (kept) {
      const handing = await sendOver(kept, parcel);
      // An idle connection may have been closed at the other end: that says nothing about the server.
      if (handing.outcome !== 'unreachable') return handing;
    }
    let opened: SMTPConnection;
    try {
      opened = await open();
    } catch (error) {
      return { outcome: 'unreachable', answer: wordsOf(error) };
    }
    return sendOver(opened, parcel);
  }

  async function sendOver(connection: SMTPConnection, parcel: Parcel): Promise<Handing> {
    const handing = await sendOnce(connection, parcel);
    if (handing.outcome === 'handed') keep(connection);
    else connection.close();
    return handing;
  }

  function open(): Promise<SMTPConnection> {
    const connection = new SMTPConnection({
      ...server,
      connectionTimeout: CONNECT_MS,
      greetingTimeout: GREETING_MS,
      socketTimeout: SOCKET_MS,
      logger: false,
    });
    return new Promise((resolve, reject) => {
      const fail = (error: unknown) => {
        reject(error);
        connection.close();
      };
      // Stays: an error without a listener would end the process. Once open, whoever sends is told by his callback.
      connection.on('error', fail);
      connection.once('end', () => {
        forget(connection);
        reject(new Error('the server closed the connection'));
      });
      connection.connect((error) => {
        if (error) return fail(error);
        if (!auth || !connection.allowsAuth) return resolve(connection);
        connection.login(auth, (refused) => (refused ? fail(refused) : resolve(connection)));
      });
    });
  }

  function takeIdle(): SMTPConnection | undefined {
    const [connection] = idle.keys();
    if (connection) forget(connection);
    return connection;
  }

  function keep(connection: SMTPConnection): void {
    const timer = setTimeout(() => {
      forget(connection);
      connection.quit();
    }, IDLE_MS);
    timer.unref();
    idle.set(connection, timer);
  }

  function forget(connection: SMTPConnection): void {
    clearTimeout(idle.get(connection));
    idle.delete(connection);
  }

  return {
    send,
    async trouble() {
      try {
        keep(await open());
        return null;
      } catch (error) {
        return wordsOf(error);
      }
    },
    close() {
      for (const connection of [...idle.keys()]) {
        forget(connection);
        connection.close();
      }
    },
  };
}

function sendOnce(connection: SMTPConnection, { from, to, bytes }: Parcel): Promise<Handing> {
  return new Promise((resolve) => {
    // Nobody reads the letter before the server asked for it with 354: from then on it may have it.
    let dataBegun = false;
    const message = new Readable({
      read() {
        dataBegun = true;
        this.push(bytes);
        this.push(null);
      },
    });
    const late = setTimeout(() => {
      resolve({ outcome: dataBegun ? 'unsure' : 'unreachable', answer: `no end after ${WHOLE_MS / 1000} s` });
      connection.close();
    }, WHOLE_MS);
    connection.send({ from, to: [to], size: bytes.length }, message, (error, info) => {
      clearTimeout(late);
      resolve(error ? refusalOf(error, dataBegun) : { outcome: 'handed', answer: oneLine(info?.response ?? '') });
    });
  });
}

type SmtpError = Error & { code?: string; command?: string; responseCode?: number };

/** Refusals that concern the letter or its address; everything before is about us or the server. */
const ABOUT_THE_LETTER = ['RCPT TO', 'DATA'];

function refusalOf(error: SmtpError, dataBegun: boolean): Handing {
  const { responseCode, command = '', code } = error;
  const answer = wordsOf(error);
  // RFC 5321, 4.2.5: after an answer of 4xx or 5xx the server has not taken the letter.
  if (responseCode !== undefined && responseCode >= 400) {
    if (!ABOUT_THE_LETTER.includes(command)) return { outcome: dataBegun ? 'temporary' : 'unreachable', answer };
    return { outcome: responseCode >= 500 ? 'permanent' : 'temporary', answer };
  }
  // Larger than what the server announced: nodemailer did not even begin.
  if (code === 'EMESSAGE' && !dataBegun) return { outcome: 'permanent', answer };
  return { outcome: dataBegun ? 'unsure' : 'unreachable', answer };
}

function wordsOf(error: unknown): string {
  return oneLine(error instanceof Error ? error.message : String(error));
}

/** Storable whatever a server says: a letter that it took must not be sent again because its answer cannot be kept. */
function oneLine(answer: string): string {
  return answer.replace(/[\s\p{Cc}]+/gu, ' ').slice(0, 500);
}
