/** Bytes of a text file to its text: a byte order mark if there is one, else the encoding that fits without a fault. */
import { type Doubt, doubt } from './diagnostics';

export interface Decoded {
  text: string;
  doubts: Doubt[];
}

const MARKS: [string, number[]][] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
  ['gb18030', [0x84, 0x31, 0x95, 0x33]],
];

/** Letters, ideographs, punctuation and line ends that a Chinese document is made of. */
const EXPECTED =
  /[\t\n\r -~\u00a0-\u00ff\u2000-\u206f\u2150-\u218f\u2460-\u27bf\u2e80-\u2fdf\u3000-\u303f\u3400-\u9fff\uff00-\uffef]/g;

/** The text, or null if the bytes are no text in UTF-8, UTF-16 or GB18030: a binary file renamed `.txt`. */
export function decode(bytes: Uint8Array): Decoded | null {
  for (const [encoding, mark] of MARKS) {
    if (mark.every((byte, i) => bytes[i] === byte)) return strictly(encoding, bytes.subarray(mark.length));
  }
  // Every second byte of UTF-16 is 0 in Latin text and digits, which no other text encoding has.
  const zeros = bytes.subarray(0, 4096).filter((byte) => byte === 0).length;
  const candidates = zeros > 0 ? ['utf-16le', 'utf-16be'] : ['utf-8', 'gb18030', 'utf-16le', 'utf-16be'];
  const fitting = candidates.flatMap((encoding) => {
    const decoded = strictly(encoding, bytes);
    return decoded && expectedShare(decoded.text) > 0.9 ? [{ encoding, ...decoded }] : [];
  });
  // UTF-8 cannot fit by chance; among the others the one with the most expected characters wins.
  const best =
    fitting.find(({ encoding }) => encoding === 'utf-8') ??
    fitting.sort((a, b) => expectedShare(b.text) - expectedShare(a.text))[0];
  if (!best) return null;
  const doubts =
    best.encoding === 'utf-8'
      ? []
      : [doubt('encoding-assumed', `文件没有标明编码，已按 ${best.encoding.toUpperCase()} 读取`)];
  return { text: best.text, doubts };
}

/** The charset an HTML page or its head declares, where it is one we read. */
export function declaredEncoding(head: string): string | null {
  const name = /<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)/i.exec(head)?.[1]?.toLowerCase();
  if (name === undefined) return null;
  if (/^gb(k|2312|18030)$/.test(name)) return 'gb18030';
  return /^utf-?8$/.test(name) ? 'utf-8' : null;
}

/** The text in this encoding, or null if a byte does not fit it. */
export function strictly(encoding: string, bytes: Uint8Array): Decoded | null {
  try {
    return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes), doubts: [] };
  } catch {
    return null;
  }
}

function expectedShare(text: string): number {
  const sample = text.slice(0, 20_000);
  return sample.length === 0 ? 0 : (sample.match(EXPECTED)?.length ?? 0) / sample.length;
}
