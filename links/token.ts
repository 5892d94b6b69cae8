/** Self-contained tokens: `<key>.<what it says>.<HMAC-SHA256>`, base64url, safe in an address. */
import { timingSafeEqual } from 'node:crypto';
import { type LinkKeys, signatureOf } from './keys';

/** What tokens are made for: one is never taken for the other. */
export type Purpose = 'answer' | 'calendar' | 'form';

/** A letter's longest link has about 500 characters. */
const LONGEST = 1_500;

/** A token that says `said`, signed with the first key. */
export function sealToken({ first, secrets }: LinkKeys, purpose: Purpose, said: string): string {
  const body = Buffer.from(said, 'utf8').toString('base64url');
  const mac = signatureOf(secrets.get(first) ?? '', purpose, `${first}.${body}`);
  return `${first}.${body}.${mac.toString('base64url')}`;
}

/** What a token says, or null if no key of ours signed exactly this for this purpose. */
export function openToken({ secrets }: LinkKeys, purpose: Purpose, token: string): string | null {
  if (token.length > LONGEST) return null;
  const [name, body, mac, ...more] = token.split('.');
  const secret = secrets.get(name ?? '');
  if (secret === undefined || body === undefined || mac === undefined || more.length > 0) return null;
  const given = Buffer.from(mac, 'base64url');
  const right = signatureOf(secret, purpose, `${name}.${body}`);
  if (given.length !== right.length || !timingSafeEqual(given, right)) return null;
  // Base64 has several spellings of the same bytes; ours is the one that counts.
  return given.toString('base64url') === mac ? Buffer.from(body, 'base64url').toString('utf8') : null;
}
