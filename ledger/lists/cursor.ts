/** A place in an ordered list: the sort values of a row, as one word for an address. */

/** The values, with the order that they belong to: a place in another order is none. */
export interface Cursor {
  order: string;
  values: (string | number)[];
}

export function writeCursor({ order, values }: Cursor): string {
  return Buffer.from(JSON.stringify([order, ...values])).toString('base64url');
}

/** What `writeCursor` wrote; null for anything else, and for a place in another order. */
export function readCursor(text: string, order: string, shape: readonly ('string' | 'number')[]): Cursor | null {
  const parsed = parse(Buffer.from(text, 'base64url').toString());
  if (!Array.isArray(parsed)) return null;
  const [of, ...values]: unknown[] = parsed;
  if (of !== order || values.length !== shape.length) return null;
  const isShaped = values.every((value, index): value is string | number => typeof value === shape[index]);
  return isShaped ? { order, values } : null;
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
