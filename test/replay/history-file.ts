/**
 * Histories as files that people can read and compare: 64-bit numbers as numbers, bytes as the text they are. The SDK's
 * own conversion needs that all of its packages share one copy of protobufjs, which npm does not promise.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const FOLDER = join(__dirname, 'histories');

export interface Recorded {
  workflowId: string;
  history: { events: Record<string, unknown>[] };
}

/** Writes a history as it was fetched, without saying who recorded it on which machine. */
export function writeHistory(name: string, recorded: { workflowId: string; history: object }): void {
  writeFileSync(join(FOLDER, name), `${JSON.stringify(plain(recorded), null, 1)}\n`);
}

/** The file as it lies there. */
export function readHistory(name: string): Recorded {
  return JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as Recorded;
}

/** For `Worker.runReplayHistory`. */
export function revived(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(revived);
  if (typeof value !== 'object' || value === null) return value;
  if ('utf8' in value && typeof value.utf8 === 'string') return Buffer.from(value.utf8);
  if ('base64' in value && typeof value.base64 === 'string') return Buffer.from(value.base64, 'base64');
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, revived(inner)]));
}

function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return bytes(Buffer.from(value));
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  if ('low' in value && 'high' in value) return Number(String(value));
  const kept = Object.entries(value).filter(([name, inner]) => name !== 'identity' && inner !== null);
  return Object.fromEntries(kept.map(([name, inner]) => [name, plain(inner)]));
}

function bytes(value: Buffer): { utf8: string } | { base64: string } {
  const utf8 = value.toString('utf8');
  return Buffer.from(utf8).equals(value) ? { utf8 } : { base64: value.toString('base64') };
}
