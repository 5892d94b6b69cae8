/** What a form sent, as plain texts; whatever else a program may send in its place is nothing. */
import type { FastifyRequest } from 'fastify';
import type { AnswerForm } from '../../domain/answers/answer-move';
import type { Visitor } from '../../ledger/letters/link-answers';
import type { LinkMove } from '../../ledger/tables';

export interface Typed extends AnswerForm {
  who?: string;
  number?: string;
  link?: string;
}

const NAMES = ['text', 'progress', 'day', 'percent', 'condition', 'who', 'number', 'link'] as const;

/** The fields of a form, with the line ends of a text as we keep them. */
export function typedIn(body: unknown): Typed & { form: string } {
  const sent: Record<string, unknown> = typeof body === 'object' && body !== null ? { ...body } : {};
  const said = (name: string) => {
    const value = Object.hasOwn(sent, name) ? sent[name] : undefined;
    return typeof value === 'string' ? value.replace(/\r\n?/g, '\n') : undefined;
  };
  const typed: Typed = {};
  for (const name of NAMES) {
    const value = said(name);
    if (value !== undefined) typed[name] = value;
  }
  return { ...typed, form: said('form') ?? '' };
}

/** The fields that a move was made of: what was typed is shown again while nobody knows its outcome. */
export function typedOf(move: LinkMove): Typed {
  const made: Record<string, unknown> = { ...move };
  const text = (name: string) => (typeof made[name] === 'string' ? { [FIELD_OF[name] ?? name]: made[name] } : {});
  return { ...text('text'), ...text('reason'), ...text('progress'), ...text('to') };
}

const FIELD_OF: Record<string, string> = { reason: 'text', to: 'day' };

/** A name is one line, and reads as it stands. */
export function nameIn(typed: Typed, otherwise: string): string {
  const name = (typed.who ?? '')
    .normalize('NFC')
    .replace(/\p{Cf}+/gu, '')
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');
  return name.trim() || otherwise;
}

/** A browser's own words about itself are cut: anybody can write a book there. */
const LONGEST_AGENT = 300;

export function visitorOf(request: FastifyRequest): Visitor {
  return { address: request.ip, userAgent: request.headers['user-agent']?.slice(0, LONGEST_AGENT) ?? null };
}
