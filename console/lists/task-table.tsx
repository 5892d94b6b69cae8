/** The table of a plan's tasks: a page of them, each with its light in words. */
import { statusLabel } from '../../domain/labels';
import type { Language } from '../../domain/language';
import { numberOf } from '../../domain/task-ids';
import type { ListedTask, TaskPage } from '../../ledger/lists/tasks';
import { LightOf } from '../pages/light';
import { Table } from '../pages/table';
import { taskPath } from '../tasks/addresses';
import { hrefOf, type ListAddress } from './list-address';
import { UnitNames } from './unit-names';
import { type Words, words } from './words';

interface TableProps {
  rows: readonly ListedTask[];
  language: Language;
  /** With a box for each task: which ones are ticked. */
  select?: 'none' | 'page';
}

export function TaskTable({ rows, language, select }: TableProps) {
  const w = words[language];
  return (
    <Table
      class="tasks"
      heads={[...(select === undefined ? [] : [null]), w.no, w.title, w.leads, w.due, w.light, w.status]}
    >
      {rows.map((row) => (
        <tr key={row.id}>
          {select !== undefined && (
            <td>
              <input
                type="checkbox"
                name="task"
                value={row.id}
                checked={select === 'page'}
                aria-label={w.select(numberOf(row.id))}
              />
            </td>
          )}
          <td class="day">{numberOf(row.id)}</td>
          <td>
            <a href={taskPath(row.id)}>{row.title}</a>
          </td>
          <td>
            <UnitNames units={row.leads} w={w} />
          </td>
          <td class="day due">
            <DueDay row={row} w={w} />
          </td>
          <td>
            <LightOf light={row.light} language={language} />
          </td>
          <td class="status">{statusLabel(row.status, language)}</td>
        </tr>
      ))}
    </Table>
  );
}

/** The date in force, and the original one where it is another (R27). */
export function DueDay({ row, w }: { row: Pick<ListedTask, 'dueOn' | 'originalDueOn'>; w: Words }) {
  if (row.dueOn === null) return <span class="soft">{w.noDue}</span>;
  const isMoved = row.originalDueOn !== null && row.originalDueOn !== row.dueOn;
  return (
    <>
      {row.dueOn}
      {isMoved && <div class="soft">{w.dueWas(row.originalDueOn ?? '')}</div>}
    </>
  );
}

/** Where one is in a list, and the pages on both sides. */
export function Pager({ page, address, w }: { page: TaskPage; address: ListAddress; w: Words }) {
  return (
    <nav class="pager" aria-label={w.pager}>
      <span>{w.found(page.total)}</span>
      {page.before !== null && <a href={hrefOf(address, {})}>{w.first}</a>}
      {page.before !== null && (
        <a rel="prev" href={hrefOf(address, { before: page.before })}>
          {w.previous}
        </a>
      )}
      {page.after !== null && (
        <a rel="next" href={hrefOf(address, { after: page.after })}>
          {w.next}
        </a>
      )}
    </nav>
  );
}
