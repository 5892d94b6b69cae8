/** Events as a file: JSON Lines and CSV, with the bytes that were hashed, so that anybody can recompute the chain. */
import type { LoggedEvent } from '../../ledger/event-log';

const COLUMNS = ['stream', 'seq', 'at', 'type', 'actor', 'role', 'unit', 'prevHash', 'hash', 'bytes'] as const;

export async function* asCsv(events: AsyncIterable<LoggedEvent>): AsyncGenerator<string> {
  // The byte order mark tells Excel and WPS that it is UTF-8.
  yield `\ufeff${COLUMNS.join(',')}\r\n`;
  for await (const { stream, seq, at, type, actor, prevHash, hash, bytes } of events) {
    const cells = [stream, String(seq), at, type, actor.name, actor.role, actor.unit ?? '', prevHash, hash, bytes];
    yield `${cells.map(cell).join(',')}\r\n`;
  }
}

export async function* asJsonLines(events: AsyncIterable<LoggedEvent>): AsyncGenerator<string> {
  for await (const event of events) yield `${JSON.stringify(event)}\n`;
}

/** RFC 4180; a name that a table would take for a formula is kept a text. */
function cell(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return `"${safe.replaceAll('"', '""')}"`;
}
