/**
 * One HTTP request to a vendor, and exactly what is known afterwards: whether it may have been taken (D21), and nothing
 * that is secret. Addresses with tokens in them never leave this file in words.
 */

export interface HttpAnswer {
  status: number;
  /** The body as JSON; null where it is none. */
  json: Readonly<Record<string, unknown>> | null;
  /** In milliseconds, as the server asks (Retry-After, or Feishu's x-ogw-ratelimit-reset). */
  retryAfterMs: number | null;
}

/** What happened instead of an answer. */
export interface NoAnswer {
  outcome: 'unreachable' | 'unsure';
  answer: string;
}

export interface HttpRequest {
  method: 'GET' | 'POST' | 'OPTIONS';
  url: URL;
  headers?: Record<string, string>;
  body?: string;
}

/** Vendors answer within a second. A letter may need a token, a refusal and a new token: 40 s, within an attempt's 80 (D20). */
const ANSWER_MS = 10_000;
/** Answers of vendors have some hundred bytes; what is longer is not read to its end. */
const LONGEST_ANSWER_BYTES = 64 * 1024;
const MOST_RETRY_AFTER_MS = 10 * 60_000;

/** Never throws. */
export async function request({ method, url, headers, body }: HttpRequest): Promise<HttpAnswer | NoAnswer> {
  try {
    const response = await fetch(url, {
      method,
      headers: { ...(body !== undefined && { 'content-type': 'application/json; charset=utf-8' }), ...headers },
      body,
      // What is sent is for this server and no other one.
      redirect: 'manual',
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    return {
      status: response.status,
      json: jsonOf(await textOf(response)),
      retryAfterMs: retryAfter(response.headers),
    };
  } catch (error) {
    return noAnswer(error);
  }
}

/** Whether the server answered at all. */
export function isAnswer(got: HttpAnswer | NoAnswer): got is HttpAnswer {
  return 'status' in got;
}

async function textOf(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = response.body?.getReader();
  for (let read = await reader?.read(); read?.value; read = await reader?.read()) {
    chunks.push(read.value);
    size += read.value.length;
    if (size > LONGEST_ANSWER_BYTES) await reader?.cancel();
  }
  return Buffer.concat(chunks).toString('utf8');
}

function jsonOf(text: string): HttpAnswer['json'] {
  try {
    const read: unknown = JSON.parse(text);
    return typeof read === 'object' && read !== null && !Array.isArray(read) ? { ...read } : null;
  } catch {
    return null;
  }
}

function retryAfter(headers: Headers): number | null {
  const seconds = Number(headers.get('retry-after') ?? headers.get('x-ogw-ratelimit-reset') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds * 1_000, MOST_RETRY_AFTER_MS) : null;
}

/** What ends a connection before anything was sent over it; after anything else the server may have our request. */
const BEFORE_SENDING = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'UND_ERR_CONNECT_TIMEOUT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'CERT_HAS_EXPIRED',
];

/** The code alone: messages of errors may quote the address, and with it a token. */
function noAnswer(error: unknown): NoAnswer {
  const code = codeOf(error);
  if (BEFORE_SENDING.includes(code)) return { outcome: 'unreachable', answer: `连接不上（${code}）` };
  return { outcome: 'unsure', answer: `没有应答（${code}）` };
}

/** By what it carries, not by its class: what `fetch` throws may come of another realm than ours. */
function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'unknown';
  if ('code' in error && typeof error.code === 'string') return error.code;
  if ('cause' in error && error.cause) return codeOf(error.cause);
  // Several addresses were tried, and none answered.
  if ('errors' in error && Array.isArray(error.errors)) return codeOf(error.errors[0]);
  return 'name' in error ? String(error.name) : 'unknown';
}
