/** Names of files in a folder of the pack: as their units call them, as far as every file system takes it, each once. */
import type { EvidenceItem } from '../../domain/task';

/** What Windows, zip programs or a shell make something else of. */
const NOT_IN_NAMES = /[\\/:*?"<>|\p{Cc}\p{Cf}\u2028\u2029]/gu;
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;
const LONGEST = 120;

/** @returns by the item's id */
export function namesInFolder(items: readonly EvidenceItem[]): Map<string, string> {
  const taken = new Set<string>();
  return new Map(
    items.flatMap(({ id, kind, name, value }) => {
      if (kind !== 'file') return [];
      const plain = safe(name ?? '') || value.slice(0, 16);
      let own = plain;
      // The same name in another case is the same file on some systems.
      for (let n = 2; taken.has(own.toLowerCase()); n++) own = numbered(plain, n);
      taken.add(own.toLowerCase());
      return [[id, own] as const];
    }),
  );
}

function safe(name: string): string {
  const plain = name
    .normalize('NFC')
    .replace(NOT_IN_NAMES, '_')
    .replace(/^[.\s]+|[.\s]+$/g, '');
  const short = plain.length <= LONGEST ? plain : `${plain.slice(0, LONGEST - 10)}${plain.slice(-10)}`;
  return RESERVED.test(short) ? `_${short}` : short;
}

function numbered(name: string, n: number): string {
  const dot = name.lastIndexOf('.');
  return dot > 0 ? `${name.slice(0, dot)} (${n})${name.slice(dot)}` : `${name} (${n})`;
}
