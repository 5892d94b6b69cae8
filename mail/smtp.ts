/**
 * Hands stored bytes to a mail server and says exactly what is known afterwards: above all, whether the server may have
 * taken the letter (D20, D21). Connections are kept while letters follow each other. nodemailer's pooled transport is
 * not used above nodemailer's connection: its errors do not say whether the server had asked for the letter already,
 * and it sends again by itself where a connection broke, which only the ledger may decide.
 */
import { Readable } from 'node:stream';
import { parseConnectionUrl } from 'nodemailer/lib/shared';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { createPace, type Pace } from './pace';
import { isOurMistake, wordsOf } from './smtp-errors';
import { type SmtpTrust, tlsFor } from './smtp-tls';

/** What became of one try. `answer` is the server's, or what happened instead. */
export interface Handing {
  /**
   * handed: the server took it. temporary: it said not now. permanent: it will never take this letter for this address.
   * unsure: it had the letter and did not answer. unreachable: it never came to the letter, for a reason of the
   * server's, so the next letter may fare alike. misconfigured: nor did it, and no try will, until a person changes a
   * setting of ours: login, sender, encryption, certificate.
   */
  outcome: 'handed' | 'temporary' | 'permanent' | 'unsure' | 'unreachable' | 'misconfigured';
  answer: string;
}

export interface Parcel {
  /** Envelope addresses. */
  from: string;
  to: string;
  bytes: Uint8Array;
}

export interface Post {
  /** Never throws, and ends within ATTEMPT_MS. */
  send(parcel: Parcel): Promise<Handing>;
  /** Letters that may be in sending at once; each has a connection of its own. */
  connections: number;
  /** Asked before each letter: at most so many in a minute leave here. */
  pace: Pace;
  /** Null if the server lets us in, else what it said. For `doctor`. */
  trouble(): Promise<string | null>;
  close(): void;
}

/** How a mail server is spoken to; each has a default. */
export interface PostOptions extends SmtpTrust {
  /** 1 to 50. */
  connections?: number;
  /** Letters in a minute; null: as many as go. */
  perMinute?: number | null;
  /** Shorter than ATTEMPT_MS in tests only. */
  attemptMs?: number;
}

/** D20: a server that is away is seen as away well within the activity's 90 s. */
const CONNECT_MS = 10_000;
const GREETING_MS = 10_000;
const SOCKET_MS = 30_000;
/**
 * Everything together: connecting, greeting, encryption, login, and sending, over a kept connection and then a new one.
 * Below the lease of a letter, or a server that drips its answers would outlive it (D20).
 */
export const ATTEMPT_MS = 80_000;
/** A connection that nobody used for so long is closed; servers close theirs after minutes, some after seconds. */
const IDLE_MS = 5_000;
/** Few enough for any server, enough for hundreds of letters in a second. */
const DEFAULT_CONNECTIONS = 5;

/**
 * @param smtpUrl `smtp://user:password@host:587` or `smtps://…`; query parameters are nodemailer's options. Encryption
 * is required unless the host is this machine
 */
export function createPost(smtpUrl: string, options: PostOptions = {}): Post {
  const { auth, ...server } = parseConnectionUrl(smtpUrl);
  const { connections = DEFAULT_CONNECTIONS, perMinute = null, attemptMs = ATTEMPT_MS, ...trust } = options;
  const idle = new Map<SMTPConnection, NodeJS.Timeout>();

  async function send(parcel: Parcel): Promise<Handing> {
    const time: Time = { whole: attemptMs, endsAt: performance.now() + attemptMs };
    const kept = takeIdle();
    if (kept) {
      const handing = await sendOver(kept, parcel, time);
      // An idle connection may have been closed at the other end: that says nothing about the server.
      if (handing.outcome !== 'unreachable') return handing;
    }
    let opened: SMTPConnection;
    try {
      opened = await open(time);
    } catch (error) {
      return { outcome: isOurMistake(error) ? 'misconfigured' : 'unreachable', answer: wordsOf(error) };
    }
    return sendOver(opened, parcel, time);
  }

  async function sendOver(connection: SMTPConnection, parcel: Parcel, time: Time): Promise<Handing> {
    const handing = await sendOnce(connection, parcel, time);
    if (handing.outcome === 'handed') keep(connection);
    else connection.close();
    return handing;
  }

  function open(time: Time): Promise<SMTPConnection> {
    const connection = new SMTPConnection({
      ...server,
      ...tlsFor(server, trust),
      connectionTimeout: CONNECT_MS,
      greetingTimeout: GREETING_MS,
      socketTimeout: SOCKET_MS,
      logger: false,
    });
    return new Promise((resolve, reject) => {
      const fail = (error: unknown) => {
        clearTimeout(late);
        reject(error);
        connection.close();
      };
      const opened = () => {
        clearTimeout(late);
        resolve(connection);
      };
      const late = setTimeout(() => fail(new Error(noEndWithin(time))), left(time));
      // Stays: an error without a listener would end the process. Once open, whoever sends is told by his callback.
      connection.on('error', fail);
      connection.once('end', () => {
        forget(connection);
        fail(new Error('the server closed the connection'));
      });
      connection.connect((error) => {
        if (error) return fail(error);
        if (!auth || !connection.allowsAuth) return opened();
        connection.login(auth, (refused) => (refused ? fail(refused) : opened()));
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
    // No more than the pace keeps busy, or leased letters would wait for it beyond a sender's patience.
    connections: perMinute === null ? connections : Math.min(connections, Math.max(Math.floor(perMinute / 3), 1)),
    pace: createPace(perMinute),
    async trouble() {
      try {
        keep(await open({ whole: attemptMs, endsAt: performance.now() + attemptMs }));
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

/** The time of one attempt, shared by all that happens in it, in milliseconds of `performance.now`. */
interface Time {
  whole: number;
  endsAt: number;
}

function left({ endsAt }: Time): number {
  return Math.max(endsAt - performance.now(), 0);
}

function noEndWithin({ whole }: Time): string {
  return `no end after ${whole / 1000} s`;
}

function sendOnce(connection: SMTPConnection, { from, to, bytes }: Parcel, time: Time): Promise<Handing> {
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
      resolve({ outcome: dataBegun ? 'unsure' : 'unreachable', answer: noEndWithin(time) });
      connection.close();
    }, left(time));
    connection.send({ from, to: [to], size: bytes.length }, message, (error, info) => {
      clearTimeout(late);
      resolve(error ? refusalOf(error, dataBegun) : { outcome: 'handed', answer: wordsOf(info?.response ?? '') });
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
    // RFC 5321, 3.8: 421 closes the connection whatever was asked; it is about the server.
    if (responseCode === 421) return { outcome: dataBegun ? 'temporary' : 'unreachable', answer };
    if (!ABOUT_THE_LETTER.includes(command)) {
      if (dataBegun) return { outcome: 'temporary', answer };
      return { outcome: isOurMistake(error) ? 'misconfigured' : 'unreachable', answer };
    }
    return { outcome: responseCode >= 500 ? 'permanent' : 'temporary', answer };
  }
  // Larger than what the server announced: nodemailer did not even begin.
  if (code === 'EMESSAGE' && !dataBegun) return { outcome: 'permanent', answer };
  return { outcome: dataBegun ? 'unsure' : 'unreachable', answer };
}
