/** What a vendor said, fit to be kept: one line, storable, short, and without our secrets, should it repeat them. */

/** @param secrets what must not stand in it */
export function kept(said: string, secrets: readonly (string | null | undefined)[]): string {
  let words = said;
  for (const secret of secrets) {
    if (secret) words = words.replaceAll(secret, '…').replaceAll(encodeURIComponent(secret), '…');
  }
  // Whatever else looks like a token in an address.
  words = words.replace(/((?:access_token|secret|corpsecret|appsecret|sign|key)=)[^\s&"']+/gi, '$1…');
  return words
    .replace(/[\s\p{Cc}\p{Cs}\u2028\u2029]+/gu, ' ')
    .trim()
    .slice(0, 300);
}
