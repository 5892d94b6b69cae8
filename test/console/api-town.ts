/** The HTTP API on a town of real servers, with a token for each role, and every answer held against the OpenAPI document. */
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import type { FastifyInstance } from 'fastify';
import type { TokenBearer } from '../../console/api/caller';
import { buildConsole } from '../../console/app';
import type { User } from '../../domain/rights';
import { TOKEN_SCOPES } from '../../domain/token-scopes';
import type { UserRole } from '../../domain/user-roles';
import { openEvidence } from '../../ledger/evidence/store';
import { loadKeys, loadLinkKeys } from '../../links/keys';
import { newHome } from '../support/run';
import { CO, LEAD, type Life, OFFICE, OTHER, type SkippingTown, skippingTown } from '../workflows/town';

const user = (login: string, role: UserRole, unit: string | null): User => ({
  login,
  name: login,
  capacities: [{ role, unit }],
  language: 'zh-CN',
});

const BASE = 'https://duban.example';

/** A coordinator of another city. */
const ELSEWHERE = 'zhuhai:市发展改革局';

export const TOKENS: Record<string, TokenBearer> = {
  coordinator: { user: user('yuesuwen', 'coordinator', OFFICE), scopes: TOKEN_SCOPES },
  supervisor: { user: user('yinwangshu', 'supervisor', OFFICE), scopes: TOKEN_SCOPES },
  lead: { user: user('wangli', 'unit', LEAD), scopes: TOKEN_SCOPES },
  co: { user: user('zhangsan', 'unit', CO), scopes: TOKEN_SCOPES },
  other: { user: user('lisi', 'unit', OTHER), scopes: TOKEN_SCOPES },
  auditor: { user: user('auditor', 'auditor', null), scopes: TOKEN_SCOPES },
  elsewhere: { user: user('zhuhai', 'coordinator', ELSEWHERE), scopes: TOKEN_SCOPES },
  reader: { user: user('wangli', 'unit', LEAD), scopes: ['read'] },
};

export interface Answer {
  status: number;
  body: ReturnType<typeof JSON.parse>;
  headers: Record<string, unknown>;
  raw: string;
}

export interface ApiTown {
  town: SkippingTown;
  app: FastifyInstance;
  document: Record<string, unknown>;
  /** Asks as the owner of a token; the answer is what the document says, or the test fails. */
  ask(token: string | null, method: Method, path: string, more?: Asked): Promise<Answer>;
  /** A task that was launched and is there. */
  issue(rule: Parameters<SkippingTown['issue']>[0]): Promise<Life>;
  /** Lets time pass, for the API too. */
  until(day: string, time?: string): Promise<void>;
  close(): Promise<void>;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
interface Asked {
  body?: unknown;
  headers?: Record<string, string>;
  payload?: Buffer | string;
}

export async function openApiTown(): Promise<ApiTown> {
  const town = await skippingTown(BASE);
  const { db } = town.ledger;
  let now = await town.now();
  const evidenceDir = newHome('api-evidence');
  const app = await buildConsole({
    desk: town.desk,
    authenticate: async (bearer) => TOKENS[bearer] ?? null,
    evidence: openEvidence(db, evidenceDir, 1024 * 1024),
    evidenceMaxMb: 1,
    keys: await loadLinkKeys(null, town.places.home),
    now: () => now,
    mailFrom: town.places.mail.from,
    baseUrl: BASE,
    trustProxy: null,
    metricsToken: null,
    logLevel: 'silent',
    accounts: { keys: await loadKeys(null, town.places.home, 'account-keys'), factorRule: 'required', provider: null },
  });
  await app.ready();
  const document = (await app.inject({ method: 'GET', url: '/api/v1/openapi.json' })).json();
  const judge = judgeOf(document);
  return {
    town,
    app,
    document,
    async ask(token, method, path, { body, headers = {}, payload } = {}) {
      const answer = await app.inject({
        method,
        url: path.startsWith('/') ? path : `/api/v1/${path}`,
        headers: {
          ...(token !== null && { authorization: `Bearer ${token}` }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        payload: payload ?? (body === undefined ? undefined : JSON.stringify(body)),
      });
      const { statusCode: status, headers: sent, body: raw } = answer;
      const isJson = /json/.test(String(sent['content-type'] ?? ''));
      const said = { status, body: isJson ? JSON.parse(raw) : raw, headers: { ...sent }, raw };
      judge(method, path, said);
      return said;
    },
    issue: (rule) => town.issue(rule),
    async until(day, time) {
      await town.until(day, time);
      now = await town.now();
    },
    async close() {
      await app.close();
      await town.close();
    },
  };
}

/** Holds answers against the document. */
function judgeOf(document: Record<string, unknown>) {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats(ajv);
  ajv.addSchema({ ...document, $id: 'https://duban.example/openapi' });
  const patterns = Object.keys(document.paths as object).map((path) => ({
    path,
    shape: new RegExp(`^${path.replace(/\{[^}]+\}/g, '[^/?]+')}$`),
  }));
  return (method: string, asked: string, { status, body, headers }: Answer) => {
    const url = (asked.startsWith('/') ? asked : `/api/v1/${asked}`).split('?')[0] ?? '';
    // Of two that fit, the one with fewer places is meant.
    const found = patterns.filter(({ shape }) => shape.test(url)).sort((a, b) => b.path.length - a.path.length);
    const path = found.find((one) => !one.path.includes('{')) ?? found[0];
    if (!path || status === 404 || status === 415 || status === 413) return;
    const type = String(headers['content-type']).split(';')[0] ?? '';
    if (type === 'application/octet-stream') return;
    const at = ['paths', path.path, method.toLowerCase(), 'responses', String(status), 'content', type, 'schema'];
    const pointer = at
      .map((part) => part.replaceAll('~', '~0').replaceAll('/', '~1'))
      .map(encodeURIComponent)
      .join('/');
    const validate = ajv.compile({ $ref: `https://duban.example/openapi#/${pointer}` });
    if (!validate(body)) throw new Error(`${method} ${asked} ${status}: ${ajv.errorsText(validate.errors)}`);
  };
}

/** A form with files, RFC 7578. */
export function formOf(fields: Record<string, string>, files: Record<string, Buffer>) {
  const boundary = '----a-boundary-of-this-test';
  const head = (name: string, more = '') =>
    `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n`;
  const chunks = [
    ...Object.entries(fields).map(([name, value]) => Buffer.from(`${head(name)}${value}\r\n`)),
    ...Object.entries(files).map(([name, bytes]) =>
      Buffer.concat([Buffer.from(head('files', `; filename="${name}"`)), bytes, Buffer.from('\r\n')]),
    ),
    Buffer.from(`--${boundary}--\r\n`),
  ];
  return { headers: { 'content-type': `multipart/form-data; boundary=${boundary}` }, payload: Buffer.concat(chunks) };
}
