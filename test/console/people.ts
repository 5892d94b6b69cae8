/** People who are signed in, each with a browser that keeps its cookie and fills the forms it was shown. */
import type { FastifyInstance } from 'fastify';
import type { Capacity } from '../../domain/rights';
import { beginSession } from '../../ledger/accounts/sessions';
import { addUser } from '../../ledger/accounts/users';
import type { Db } from '../../ledger/database';

export interface Shown {
  status: number;
  body: string;
  /** Where a redirect leads. */
  location: string | null;
  headers: Record<string, unknown>;
  /** The answer's bytes, where it is a file. */
  raw: Buffer;
}

export interface Browser {
  login: string;
  cookie: string;
  get(path: string): Promise<Shown>;
  /** Sends a form with the session's token, as each page of it has. */
  post(path: string, fields?: Record<string, string | string[]>, csrf?: string): Promise<Shown>;
  /** Goes where an answer leads, as a browser does. */
  follow(sent: Shown | Promise<Shown>): Promise<Shown>;
  /** Sends a form with files, as it is. */
  send(path: string, type: string, body: Buffer): Promise<Shown>;
}

/** A new user in these capacities, signed in at `now`. */
export async function signedInAs(
  { app, db, now = new Date().toISOString() }: { app: FastifyInstance; db: Db; now?: string },
  name: string,
  capacities: Capacity[],
): Promise<Browser> {
  const login = `u${Math.random().toString(36).slice(2)}`;
  await addUser(db, { login, name, capacities, language: 'zh-CN', createdAt: now, createdBy: 'test' });
  const cookie = await beginSession(db, login, { address: '127.0.0.1', userAgent: 'test' }, now);
  const { csrf } = await db.selectFrom('sessions').select('csrf').where('login', '=', login).executeTakeFirstOrThrow();
  // Both names: the console is told by its own address which of them counts.
  const jar = new Map([
    ['duban', cookie],
    ['__Host-duban', cookie],
  ]);
  async function ask(method: 'GET' | 'POST', url: string, type?: string, payload?: string | Buffer): Promise<Shown> {
    const headers = { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') };
    const answer = await app.inject({
      method,
      url,
      payload,
      headers: { ...headers, ...(type && { 'content-type': type }) },
    });
    for (const { name, value, expires } of answer.cookies) {
      if (name.endsWith('duban')) continue;
      if (value === '' || (expires && expires.getTime() < 1_000)) jar.delete(name);
      else jar.set(name, value);
    }
    return shown(answer);
  }
  return {
    login,
    cookie,
    get: (path) => ask('GET', path),
    send: (path, type, payload) => ask('POST', path, type, payload),
    async follow(sent) {
      const { location } = await sent;
      return location === null ? sent : ask('GET', location);
    },
    async post(path, fields = {}, token = csrf) {
      const body = new URLSearchParams({ csrf: token });
      for (const [name, value] of Object.entries(fields)) {
        for (const one of Array.isArray(value) ? value : [value]) body.append(name, one);
      }
      return ask('POST', path, 'application/x-www-form-urlencoded', body.toString());
    },
  };
}

function shown({ statusCode, body, headers, rawPayload }: Answered): Shown {
  const { location } = { location: null, ...headers };
  return { status: statusCode, body, location, headers: { ...headers }, raw: rawPayload };
}

interface Answered {
  statusCode: number;
  body: string;
  headers: object;
  rawPayload: Buffer;
}
