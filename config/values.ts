/** What a variable of the environment may hold: each says in its own words what was expected. */
import { z } from 'zod';

export const SECURE = 'a URL like https://oa.example.gov.cn; http only for this machine';

export function text(expected: string) {
  return z.string({ error: expected });
}

export function url(expected: string, protocols: string[]) {
  const fits = (value: string) => URL.canParse(value) && protocols.includes(new URL(value).protocol);
  return z.string({ error: expected }).refine(fits, { error: expected });
}

/** Letters and tokens go encrypted, or stay on this machine. */
export function isSecure(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, hostname, username } = new URL(value);
  const isHere = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  return username === '' && (protocol === 'https:' || (protocol === 'http:' && isHere));
}

export function secureUrl() {
  return z.string({ error: SECURE }).refine(isSecure, { error: SECURE });
}

export function wholeNumber(least: number, most: number) {
  const error = `a whole number from ${least} to ${most}`;
  return z
    .string({ error })
    .regex(/^\d+$/, { error })
    .transform(Number)
    .pipe(z.number().min(least, { error }).max(most, { error }));
}
