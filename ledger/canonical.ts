/**
 * The one way to write a value as bytes, so that it hashes the same for ever (D10): RFC 8785 without its numbers.
 * With integers only, what is left of the RFC is JSON.stringify and the order of keys; the package `canonicalize` 4
 * cannot be loaded by require.
 */
import { createHash } from 'node:crypto';
import { LedgerRefusal } from './errors';

/** Version of how events are written and hashed, stored beside each. */
export const FORMAT = 1;

/** The hash before the first event of a stream. */
export const GENESIS = '';

/**
 * A value as canonical JSON: keys sorted by UTF-16 code units, no spaces; keys whose value is undefined are left out.
 * @throws LedgerRefusal `not-storable` for anything but strings, safe integers, booleans, null, arrays and plain objects: a float has no
 * agreed text, and U+0000 and lone surrogates would be refused by PostgreSQL for ever (D8)
 */
export function canonicalJson(value: unknown): string {
  return write(value, '$');
}

/** `sha256(prev ‖ bytes)` in hex; `prev` is the hash before, in hex, and GENESIS before the first (D10). */
export function hashOf(prev: string, bytes: string): string {
  return createHash('sha256').update(prev, 'utf8').update(bytes, 'utf8').digest('hex');
}

/** SHA-256 of a state's canonical JSON, in hex. */
export function digestOf(state: unknown): string {
  return hashOf(GENESIS, canonicalJson(state));
}

function write(value: unknown, path: string): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return writeText(value, path);
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw unwritable(`${path}: ${value} is no safe integer`);
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map((item, i) => write(item, `${path}[${i}]`)).join(',')}]`;
  if (typeof value !== 'object' || !isPlain(value)) throw unwritable(`${path}: a ${typeof value} cannot be written`);
  const parts = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, item]) => `${writeText(key, `${path} key`)}:${write(item, `${path}.${key}`)}`);
  return `{${parts.join(',')}}`;
}

/** A surrogate without its other half: with the `u` flag, pairs are one character and do not match. */
const LONE_SURROGATE = /\p{Surrogate}/u;

function writeText(text: string, path: string): string {
  const json = JSON.stringify(text);
  // JSON escapes what cannot be stored, and little else: only a text with an escape has to be looked at.
  if (json.includes('\\u') && (text.includes('\u0000') || LONE_SURROGATE.test(text))) {
    throw unwritable(`${path}: not text that can be stored`);
  }
  return json;
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  // Another realm's Object, as in a sandbox, is told by having no prototype above it.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function unwritable(problem: string): LedgerRefusal {
  return new LedgerRefusal('not-storable', problem);
}
