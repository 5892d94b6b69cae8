/** Names of units in lists: short, with the whole list for who asks. */
import { nameOf } from '../../domain/notices';
import type { UnitId } from '../../domain/plan';
import type { Words } from './words';

const SHOWN = 2;

export function UnitNames({ units, w }: { units: readonly UnitId[]; w: Words }) {
  const names = units.map(nameOf);
  if (names.length <= SHOWN + 1) return <>{names.join('、')}</>;
  return <span title={names.join('、')}>{`${names.slice(0, SHOWN).join('、')}${w.moreLeads(names.length)}`}</span>;
}
