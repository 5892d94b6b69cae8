/**
 * What a new password has to be: long, not leaked, not easily guessed. No rule of composition and no end of validity
 * (NIST SP 800-63B 3.1.1.2; OWASP ASVS 6.2).
 */
import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common';
import { isStorable } from '../domain/storable';
import { AccountRefused } from './refusals';

/** In characters as people count them. Every role that decides has a second factor besides. */
const SHORTEST = 12;
/** So that nobody hashes a book: ASVS 6.2.9 asks for 64 at least. */
export const LONGEST = 128;

/** What somebody who knows the person tries within a year against what was stolen: a thousand million guesses. */
const FEWEST_GUESSES = 1e9;

/** Words that everybody here would try. */
const OF_THE_HOUSE = [
  'duban',
  '督办',
  '督办系统',
  '催办',
  '签收',
  '办结',
  '通报',
  'liaison',
  'coordinator',
  'supervisor',
];

/** Made when a password is first chosen: some fifty thousand leaked passwords and their index. */
let made: { guesser: ZxcvbnFactory; leaked: ReadonlySet<string> } | null = null;

function lists() {
  made ??= {
    guesser: new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs }),
    leaked: new Set(dictionary['passwords-common'].map((word) => String(word).toLowerCase())),
  };
  return made;
}

/**
 * Lets a password pass.
 * @param about what others know of its owner: login, name, units
 * @throws AccountRefused
 */
export function checkNewPassword(typed: string, about: readonly string[]): void {
  const password = typed.normalize('NFKC');
  const length = [...password].length;
  if (length < SHORTEST) throw new AccountRefused('password-short', { least: String(SHORTEST) });
  if (length > LONGEST) throw new AccountRefused('password-long', { most: String(LONGEST) });
  if (!isStorable(password)) throw new AccountRefused('password-unstorable');
  const { guesser, leaked } = lists();
  if (leaked.has(password.toLowerCase())) throw new AccountRefused('password-breached');
  const known = [...OF_THE_HOUSE, ...about.flatMap(partsOf)];
  if (guesser.check(password, known).guesses < FEWEST_GUESSES) throw new AccountRefused('password-guessable');
}

/** `zhuzhou:市税务局` is also guessed by its halves. */
function partsOf(word: string): string[] {
  return [word, ...word.split(/[:.@_\s-]+/)].filter((part) => part.length > 1);
}
