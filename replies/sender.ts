/**
 * Whose answer a mail is: the letter's own address, or another person of that unit in the directory. Only From counts,
 * and From can be forged: where the mail server judges senders, its word is asked (RFC 8601, docs/decisions/0021).
 */
import { type Day, dayOf } from '../domain/days';
import type { Unit } from '../domain/unit';
import type { Mail } from './mail';

/** The name under which somebody of the unit answers, or null: not one of them. */
export function personOf(
  from: string,
  letter: { address: string | null; person: string | null },
  unit: Unit | undefined,
  receivedAt: string,
): string | null {
  const on: Day = dayOf(receivedAt);
  const substitutes = (unit?.substitutes ?? []).filter((one) => one.from <= on && on <= one.to);
  const people = [unit?.liaison, unit?.head, unit?.leader, ...substitutes];
  const known = people.find((one) => one?.mail?.toLowerCase() === from);
  if (known) return known.name;
  return letter.address?.toLowerCase() === from ? letter.person : null;
}

/**
 * Whether the mail server that received the mail vouches for its From: DMARC passed, or DKIM or SPF passed for the
 * sender's own domain. Only the uppermost result of that server counts; one further down may be the sender's invention.
 * @param server its authserv-id
 */
export function isVouchedFor(mail: Pick<Mail, 'headers' | 'from'>, server: string): boolean {
  const results = mail.headers.get('authentication-results') ?? [];
  const own = results.find((value) => idOf(value) === server.toLowerCase());
  const domain = mail.from?.slice(mail.from.lastIndexOf('@') + 1);
  if (own === undefined || !domain) return false;
  const verdicts = withoutComments(own)
    .split(';')
    .slice(1)
    .map((verdict) => verdict.trim().toLowerCase());
  return verdicts.some((verdict) => {
    if (/^dmarc\s*=\s*pass\b/.test(verdict)) return aligned(verdict, 'header.from', domain);
    if (/^dkim\s*=\s*pass\b/.test(verdict))
      return aligned(verdict, 'header.d', domain) || aligned(verdict, 'header.i', domain);
    return /^spf\s*=\s*pass\b/.test(verdict) && aligned(verdict, 'smtp.mailfrom', domain);
  });
}

function idOf(value: string): string {
  return withoutComments(value).trim().split(/[\s;]/)[0]?.toLowerCase() ?? '';
}

function withoutComments(value: string): string {
  return value.replace(/\([^()]*\)/g, ' ');
}

/** The same domain, not one above it: a province's mail server must not vouch for a city's. */
function aligned(verdict: string, property: string, domain: string): boolean {
  const value = new RegExp(`${property.replace('.', '\\.')}\\s*=\\s*"?([^\\s";]+)`).exec(verdict)?.[1];
  return value !== undefined && value.slice(value.lastIndexOf('@') + 1) === domain;
}
