/** GBK as a table: which two bytes a sign has, and which sign two bytes make. Private-use places included. */

export interface Gbk {
  /** The bytes of a sign, or undefined where GBK has none. */
  bytesOf(sign: string): readonly number[] | undefined;
  /** The sign of a lead and a trail byte, or undefined. */
  signOf(lead: number, trail: number): string | undefined;
  /** Every sign with this lead byte, or with this trail byte. */
  signsWith(byte: 'lead' | 'trail', value: number): readonly string[];
}

let table: Gbk | null = null;

/** The table, made once by decoding every pair of bytes there is. */
export function gbk(): Gbk {
  table ??= makeTable();
  return table;
}

function makeTable(): Gbk {
  const decoder = new TextDecoder('gbk');
  const bytes = new Map<string, readonly number[]>();
  const signs = new Map<number, string>();
  const by = { lead: new Map<number, string[]>(), trail: new Map<number, string[]>() };
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      const sign = trail === 0x7f ? '' : decoder.decode(Uint8Array.of(lead, trail));
      if ([...sign].length !== 1 || sign === '\ufffd') continue;
      signs.set(lead * 256 + trail, sign);
      if (!bytes.has(sign)) bytes.set(sign, [lead, trail]);
      by.lead.set(lead, [...(by.lead.get(lead) ?? []), sign]);
      by.trail.set(trail, [...(by.trail.get(trail) ?? []), sign]);
    }
  }
  // One byte in Windows' GBK.
  bytes.set('€', [0x80]);
  return {
    bytesOf: (sign) => bytes.get(sign),
    signOf: (lead, trail) => signs.get(lead * 256 + trail),
    signsWith: (byte, value) => by[byte].get(value) ?? [],
  };
}
