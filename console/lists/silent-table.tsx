/** Units that owe an answer and are late with it. */
import type { Language } from '../../domain/language';
import { nameOf } from '../../domain/notices';
import type { UnitId } from '../../domain/plan';
import type { SilenceKind } from '../../domain/silences';
import type { SilentUnit } from '../../ledger/lists/silent-units';
import { marks } from '../pages/marks';
import { Table } from '../pages/table';
import { words } from './words';

interface SilentProps {
  units: readonly SilentUnit[];
  language: Language;
  /** To the unit's tasks, where there is a list of them. */
  href?: (unit: UnitId) => string;
}

const KINDS: readonly SilenceKind[] = ['slip', 'declare', 'report', 'contribute', 'acknowledge'];

export function SilentTable({ units, language, href }: SilentProps) {
  const w = words[language];
  if (units.length === 0) return <p class="empty">{w.nobodySilent}</p>;
  return (
    <Table heads={[w.unit, w.owes, w.since, w.lateFrom]}>
      {units.map(({ unit, owes, sinceOn, silentOn }) => (
        <tr key={unit}>
          <th scope="row">{href ? <a href={href(unit)}>{nameOf(unit)}</a> : nameOf(unit)}</th>
          <td>
            {KINDS.filter((kind) => owes[kind] !== undefined)
              .map((kind) => `${w.kinds[kind]} ${w.tasks(owes[kind] ?? 0)}`)
              .join(marks[language].semicolon)}
          </td>
          <td class="day">{sinceOn}</td>
          <td class="day">{silentOn}</td>
        </tr>
      ))}
    </Table>
  );
}
