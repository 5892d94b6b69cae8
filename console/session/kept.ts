/**
 * A form that came after its session had ended: what was typed is kept, sealed, for the user whose page it was, and the
 * sign-in is shown. Nothing is kept of a form that no page of ours made: else another site could have one's words sent.
 */

import { once } from 'node:events';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { digestOf, newSecret } from '../../accounts/random-token';
import { seal } from '../../accounts/secret-box';
import { instantAfter } from '../../domain/days';
import { keepForm } from '../../ledger/accounts/kept-forms';
import { ownerOfForm } from '../../ledger/accounts/sessions';
import { signInPage } from './by-password';
import { isFromElsewhere } from './csrf';
import type { SignInParts } from './parts';

/** What was typed, as it was sent. */
export interface Typed {
  path: string;
  fields: [name: string, value: string][];
  /** Names of the fields in which files were, which are not kept. */
  files: string[];
  isMultipart: boolean;
}

/** Until the end of the day's work. */
const KEPT_HOURS = 12;

/** As much as a form of ours may hold; more is said to be lost. */
const LARGEST_CHARACTERS = 200_000;

/** Pages with secrets in their forms, and the way out. */
const NOT_KEPT = /^\/(account|users|sign-out)(\/|\?|$)/;

/** Purpose under which a kept form is sealed: it opens for its own user alone. */
export function keptPurpose(login: string): string {
  return `kept form of ${login}`;
}

/** Answers a form without a session: with the sign-in, and with what became of what was typed. */
export async function keepOver(
  parts: SignInParts,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const typed = await typedIn(request);
  const id = typed && (await kept(parts, request, typed));
  reply.code(401).header('cache-control', 'no-store');
  const next = pageBefore(request);
  if (!id) {
    const notes = typed?.path.startsWith('/sign-out') ? [] : (['expired', 'notKept'] as const);
    return signInPage(parts, request, reply, { errand: { next, kept: '' }, notes: [...notes] });
  }
  const lost = typed.files.length > 0 ? (['filesLost'] as const) : [];
  return signInPage(parts, request, reply, { errand: { next, kept: id }, notes: ['expired', 'kept', ...lost] });
}

/**
 * What was typed under an earlier session of the same user, kept: he signed in again in another window.
 * @returns where it waits to be sent, or null where it is not his
 */
export async function keepOfEarlier(
  parts: SignInParts,
  request: FastifyRequest,
  login: string,
): Promise<string | null> {
  const typed = request.isMultipart() ? null : await typedIn(request);
  const id = typed && (await kept(parts, request, typed, login));
  return id && `/kept/${id}`;
}

/** Whether a form is from an earlier session of who sends it: he signed in again in another window. */
export async function isOfEarlierSession({ signedIn }: FastifyRequest, csrf: unknown): Promise<boolean> {
  if (typeof csrf !== 'string' || csrf === '' || csrf === signedIn.csrf) return false;
  return (await ownerOfForm(signedIn.desk.desk.db, csrf)) === signedIn.user.login;
}

async function kept(
  { desk, accounts, now }: SignInParts,
  request: FastifyRequest,
  typed: Typed,
  only?: string,
): Promise<string | null> {
  const csrf = typed.fields.find(([name]) => name === 'csrf')?.[1] ?? '';
  if (csrf === '' || isFromElsewhere(request) || NOT_KEPT.test(typed.path)) return null;
  const login = await ownerOfForm(desk.db, csrf);
  const body = JSON.stringify({ ...typed, fields: typed.fields.filter(([name]) => name !== 'csrf') });
  if (only !== undefined && login !== only) return null;
  if (login === null || body.length > LARGEST_CHARACTERS) return null;
  const id = newSecret();
  const at = now();
  await keepForm(desk.db, {
    digest: digestOf(id),
    login,
    body: seal(accounts.keys, keptPurpose(login), body),
    endsAt: instantAfter(at, KEPT_HOURS * 3_600_000),
    now: at,
  });
  return id;
}

/** The fields of a form in their order; null where it cannot be read as one. */
async function typedIn(request: FastifyRequest): Promise<Typed | null> {
  const typed: Typed = { path: request.url, fields: [], files: [], isMultipart: request.isMultipart() };
  if (!typed.isMultipart) {
    const { body } = request;
    if (typeof body !== 'object' || body === null) return typed;
    for (const [name, value] of Object.entries(body)) {
      for (const one of Array.isArray(value) ? value : [value])
        if (typeof one === 'string') typed.fields.push([name, one]);
    }
    return typed;
  }
  try {
    for await (const part of request.parts()) {
      if (part.type === 'field') typed.fields.push([part.fieldname, typeof part.value === 'string' ? part.value : '']);
      else {
        // Read and dropped: the form's other fields come behind it.
        part.file.resume();
        if (!part.file.readableEnded) await once(part.file, 'end');
        if (part.filename !== '') typed.files.push(part.fieldname);
      }
    }
    return typed;
  } catch {
    return null;
  }
}

/** The page that the form stood on, as the browser tells it, or the beginning. */
function pageBefore(request: FastifyRequest): string {
  const shown = request.headers.referer;
  if (!shown || !URL.canParse(shown)) return '/';
  const { host, pathname, search } = new URL(shown);
  return host === request.host ? pathname + search : '/';
}
