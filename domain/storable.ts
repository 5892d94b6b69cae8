/** What the database would refuse for ever never reaches it (D8): control characters and lone surrogates. */

/** With the `u` flag a paired surrogate is one character of another class, so `Cs` finds lone ones only. */
const UNSTORABLE = /[^\P{Cc}\t\n\r]|\p{Cs}/u;

/** Whether PostgreSQL and UTF-8 can hold the text. */
export function isStorable(text: string): boolean {
  return !UNSTORABLE.test(text);
}
