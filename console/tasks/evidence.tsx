/** Evidence of a task: each item with its digest, and each hand-in with what became of it. */

import type { Language } from '../../domain/language';
import { nameOf } from '../../domain/notices';
import type { EvidenceItem } from '../../domain/task';
import { Table } from '../pages/table';
import { taskPath } from './addresses';
import { Section } from './section';
import type { SectionProps } from './task-page';
import { words } from './words';

export function Evidence({ ground: { task }, language }: SectionProps) {
  const said = words[language];
  return (
    <Section id="evidence" title={`${said.evidence} (${task.evidence.length})`}>
      {task.evidence.length === 0 ? (
        <p class="soft">{said.noEvidence}</p>
      ) : (
        <Items task={task.id} items={task.evidence} language={language} />
      )}
      {task.versions.length > 0 && (
        <>
          <h3>{said.versions}</h3>
          <Table heads={[said.version, said.unit, said.received, said.outcome, said.items]}>
            {task.versions.map(({ version, unit, receivedOn, late, onPaper, outcome, decidedOn, items }) => (
              <tr key={version}>
                <td>{version}</td>
                <td>{nameOf(unit)}</td>
                <td class="day">
                  {receivedOn} {late ? <span class="late">{said.late}</span> : said.inTime}
                  {onPaper && ` ${said.onPaper}`}
                </td>
                <td>
                  {said.outcomes[outcome]} {decidedOn}
                  {task.review?.version === version && ` (${said.reviewBy} ${task.review.dueOn})`}
                </td>
                <td>{items.join(' ')}</td>
              </tr>
            ))}
          </Table>
        </>
      )}
    </Section>
  );
}

/** Each item as it can be opened. */
export function Items({ task, items, language }: { task: string; items: readonly EvidenceItem[]; language: Language }) {
  return (
    <ul class="items">
      {items.map((item) => (
        <li key={item.id}>
          <Item task={task} item={item} language={language} />
          <span class="soft">
            {' '}
            {nameOf(item.unit)} <span class="day">{item.on}</span>
          </span>
          {item.kind === 'file' && <div class="hash soft">SHA-256 {item.value}</div>}
        </li>
      ))}
    </ul>
  );
}

function Item({ task, item, language }: { task: string; item: EvidenceItem; language: Language }) {
  const said = words[language];
  const path = `${taskPath(task)}/evidence/${item.id}`;
  if (item.kind === 'file')
    return (
      <>
        {item.id} <a href={path}>{item.name ?? item.id}</a> {item.bytes !== null && sizeText(item.bytes)}{' '}
        {isShown(item.name) && (
          <a class="chip" href={`${path}/view`} target="_blank" rel="noopener">
            {said.view}
          </a>
        )}
      </>
    );
  return (
    <>
      {item.id} {said[item.kind]}:{' '}
      {item.kind === 'link' && /^https?:\/\//.test(item.value) ? (
        <a href={item.value} rel="noopener noreferrer nofollow" target="_blank">
          {item.value}
        </a>
      ) : (
        item.value
      )}
    </>
  );
}

/** By its name, for the link; what it is, its bytes say when it is opened. */
function isShown(name: string | null): boolean {
  return /\.(pdf|png|jpe?g|gif|webp|bmp|txt|csv)$/i.test(name ?? '');
}

function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 * 1024 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
