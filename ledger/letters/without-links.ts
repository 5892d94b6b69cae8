/** What servers say of a letter is told to others than its addressee: filters name the address that they refuse a letter for. */

/** The addresses of answers and of calendars are keys: their tokens are left out. */
export function withoutLinks(said: string): string {
  return said.replace(/(\/(?:a|calendar)\/)[\w.~-]{16,}/g, '$1…');
}
