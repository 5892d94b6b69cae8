/** A town whose letters link to a console that runs here: rounds are held, links taken out of letters, forms filled. */
import type { FastifyInstance } from 'fastify';
import { simpleParser } from 'mailparser';
import { buildConsole } from '../../console/app';
import { openEvidence } from '../../ledger/evidence/store';
import { listLetters, showLetter } from '../../ledger/letters/list';
import { loadKeys, loadLinkKeys } from '../../links/keys';
import type { RoundOutcome } from '../../workflows/messages';
import { newHome } from '../support/run';
import { type SkippingTown, skippingTown } from '../workflows/town';

const BASE = 'https://duban.example';
export const MAX_MB = 1;

export interface Page {
  status: number;
  body: string;
  headers: Record<string, unknown>;
}

export interface PostOffice {
  town: SkippingTown;
  readonly app: FastifyInstance;
  evidenceDir: string;
  /** Stops the console and starts another one in its place, on the same ledger; who opened it listens again. */
  startAgain(): Promise<void>;
  /** Lets time pass, for the console too. */
  until(day: string, time?: string): Promise<void>;
  /** Holds the round of that hour. */
  round(kind?: 'routine' | 'urgent'): Promise<RoundOutcome | null>;
  /** The path of a link in the newest letter to that unit that has it, by its label, and the letter's id. */
  link(unit: string, label: string, office?: string): Promise<{ path: string; letter: string }>;
  get(path: string, headers?: Record<string, string>): Promise<Page>;
  /** Sends the form of a page, its one-time token included, with what is typed. */
  send(path: string, page: Page, typed?: Record<string, string>): Promise<Page>;
  /** Sends the form that adds evidence. */
  upload(
    path: string,
    page: Page,
    parts: { name: string; bytes: Buffer }[],
    typed?: Record<string, string>,
  ): Promise<Page>;
  close(): Promise<void>;
}

/** @param base where people open the console from; letters link to it */
export async function openPostOffice(base = BASE): Promise<PostOffice> {
  const town = await skippingTown(base);
  const { db } = town.ledger;
  let now = await town.now();
  const evidenceDir = newHome('evidence');
  const parts = {
    desk: town.desk,
    evidence: openEvidence(db, evidenceDir, MAX_MB * 1024 * 1024),
    evidenceMaxMb: MAX_MB,
    keys: await loadLinkKeys(null, town.places.home),
    now: () => now,
    mailFrom: town.places.mail.from,
    baseUrl: base,
    trustProxy: 'loopback',
    metricsToken: null,
    logLevel: 'silent',
    accounts: { keys: await loadKeys(null, town.places.home, 'account-keys'), factorRule: 'required', provider: null },
  } as const;
  let app = await buildConsole(parts);
  let rounds = 0;
  const form = async (path: string, headers: Record<string, string>, payload: string | Buffer) =>
    pageOf(await app.inject({ method: 'POST', url: path, headers, payload }));
  return {
    town,
    get app() {
      return app;
    },
    evidenceDir,
    async startAgain() {
      await app.close();
      app = await buildConsole(parts);
    },
    async until(day, time) {
      await town.until(day, time);
      now = await town.now();
    },
    round(kind = 'routine') {
      const options = {
        taskQueue: 'duban',
        workflowId: `round/${kind}/${++rounds}`,
        args: [kind] as ['routine' | 'urgent'],
      };
      return town.desk.temporal.workflow.execute<(kind: 'routine' | 'urgent') => Promise<RoundOutcome | null>>(
        'mailRound',
        options,
      );
    },
    async link(unit, label, office = 'liaison') {
      for (const { id, to } of await listLetters(db, { unit })) {
        if (to.office !== office) continue;
        const mail = await simpleParser((await showLetter(db, id))?.bytes ?? Buffer.alloc(0));
        const found = new RegExp(`${label}：${base}(/a/\\S+)`).exec(mail.text ?? '')?.[1];
        if (found && !String(mail.html).includes(`href="${base}${found}"`)) throw new Error('HTML and text differ');
        if (found) return { path: found, letter: id };
      }
      throw new Error(`${unit} has no letter with ${label}`);
    },
    get: async (path, headers = {}) => pageOf(await app.inject({ method: 'GET', url: path, headers })),
    send(path, page, typed = {}) {
      const body = new URLSearchParams({ form: tokenIn(page, path), ...typed }).toString();
      return form(path, { 'content-type': 'application/x-www-form-urlencoded', 'user-agent': 'a telephone' }, body);
    },
    upload(path, page, parts, typed = {}) {
      const action = `${path}/evidence`;
      const { type, body } = multipartOf({ form: tokenIn(page, action), ...typed }, parts);
      return form(action, { 'content-type': type }, body);
    },
    async close() {
      await app.close();
      await town.close();
    },
  };
}

function pageOf({ statusCode, body, headers }: { statusCode: number; body: string; headers: object }): Page {
  return { status: statusCode, body, headers: { ...headers } };
}

/** The one-time token of the form that goes to `action`. */
function tokenIn({ body }: Page, action: string): string {
  const start = body.indexOf(`action="${action}"`);
  return /name="form" value="([^"]+)"/.exec(body.slice(start))?.[1] ?? '';
}

/** RFC 7578, with names as they are given. */
function multipartOf(fields: Record<string, string>, parts: { name: string; bytes: Buffer }[]) {
  const boundary = '----a-boundary-of-this-test';
  const chunks: Buffer[] = Object.entries(fields).map(([name, value]) =>
    Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`),
  );
  for (const { name, bytes } of parts) {
    const head = `Content-Disposition: form-data; name="files"; filename="${name}"\r\nContent-Type: application/octet-stream`;
    chunks.push(Buffer.from(`--${boundary}\r\n${head}\r\n\r\n`), bytes, Buffer.from('\r\n'));
  }
  chunks.push(Buffer.from(`--${boundary}--\r\n`));
  return { type: `multipart/form-data; boundary=${boundary}`, body: Buffer.concat(chunks) };
}
