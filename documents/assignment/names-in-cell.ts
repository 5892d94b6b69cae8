/** The units that a cell names: several between 、 , ; line ends or spaces, where a name may hold a 、 itself (各县、区人民政府). */
import type { UnitId } from '../../domain/plan';

/** Looks a name up in the directory: its unit, or why there is none, without a full stop. */
export type Resolve = (name: string) => { unit: UnitId } | { says: string };

const SEPARATORS = /([、，,；;\s]+)/;
/** No name of a unit has more separators inside. */
const MOST_JOINED = 4;
/** More than any task has, and few enough for every one to be looked up. */
const MOST_NAMES = 60;

export function unitsNamed(text: string, resolve: Resolve): { units: UnitId[]; says: string[] } {
  const pieces = text.normalize('NFC').split(SEPARATORS);
  const units: UnitId[] = [];
  const says: string[] = [];
  if (pieces.length > 2 * MOST_NAMES) return { units, says: [`列了${(pieces.length + 1) / 2}个名称，太多`] };
  for (let at = 0; at < pieces.length; ) {
    const piece = pieces[at] ?? '';
    if (piece === '') {
      at += 2;
      continue;
    }
    const { unit, next, why } = longestFrom(pieces, at, resolve);
    if (unit === null) says.push(why);
    else if (!units.includes(unit)) units.push(unit);
    at = next;
  }
  return { units, says };
}

/** The longest name that begins at a piece: a directory that knows 各县、区人民政府 does not mean 各县. */
function longestFrom(
  pieces: readonly string[],
  at: number,
  resolve: Resolve,
): { unit: UnitId | null; next: number; why: string } {
  for (let more = MOST_JOINED; more > 0; more--) {
    const end = at + 2 * more;
    if (end >= pieces.length) continue;
    const found = resolve(pieces.slice(at, end + 1).join(''));
    if ('unit' in found) return { unit: found.unit, next: end + 2, why: '' };
  }
  const alone = resolve(pieces[at] ?? '');
  if ('unit' in alone) return { unit: alone.unit, next: at + 2, why: '' };
  return { unit: null, next: at + 2, why: alone.says };
}
