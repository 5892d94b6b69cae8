/** Links that answer: what they are bound to, signed, and the one-time tokens of the forms behind them. */
import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { ANSWER_NAMES, type AnswerLink } from '../domain/answers/answers';
import { isDay } from '../domain/days';
import type { LinkKeys } from './keys';
import { openToken, sealToken } from './token';

const text = z.string().min(1).max(200);

/** In this order in the token, without names: it stands in every letter several times. */
const payload = z.tuple([
  z.enum(ANSWER_NAMES),
  text.describe('about'),
  text.describe('unit'),
  z.enum(['unit', 'coordinator', 'office-head', 'supervisor']),
  text.nullable().describe('of'),
  z.int().nonnegative().describe('seq'),
  text.describe('letter'),
  z.string().refine(isDay).describe('until'),
]);

/** The token of a link. */
export function sealAnswer(keys: LinkKeys, link: AnswerLink): string {
  const { answer, about, unit, role, of, seq, letter, until } = link;
  const said: z.infer<typeof payload> = [answer, about, unit, role, of, seq, letter, until];
  return sealToken(keys, 'answer', JSON.stringify(said));
}

/** A link that one of our keys signed, with the digest under which its use is kept; null for anything else. */
export function openAnswer(keys: LinkKeys, token: string): { link: AnswerLink; digest: string } | null {
  const said = openToken(keys, 'answer', token);
  if (said === null) return null;
  const read = payload.safeParse(parsed(said));
  if (!read.success) return null;
  const [answer, about, unit, role, of, seq, letter, until] = read.data;
  // Of what it says and not of the token: the same link signed by a newer key is the same link.
  const digest = createHash('sha256').update(said).digest('hex');
  return { link: { answer, about, unit, role, of, seq, letter, until }, digest };
}

function parsed(said: string): unknown {
  try {
    return JSON.parse(said);
  } catch {
    return null;
  }
}

/** A one-time token for a form behind the link: the same sent twice is the same move. */
export function newFormToken(keys: LinkKeys, digest: string): string {
  return sealToken(keys, 'form', `${digest} ${randomBytes(12).toString('hex')}`);
}

/**
 * The id of the move that a form makes (D4), or null if the form is not of this link. Of what is sent too: a browser
 * that goes back shows an old form, and what is typed into it then is another move.
 * @param move anything that JSON can say
 */
export function moveIdOf(keys: LinkKeys, digest: string, formToken: string, move: unknown): string | null {
  const said = openToken(keys, 'form', formToken);
  if (said === null || !said.startsWith(`${digest} `)) return null;
  const made = `${said}\n${JSON.stringify(move)}`;
  return `link:${createHash('sha256').update(made).digest('hex').slice(0, 40)}`;
}
