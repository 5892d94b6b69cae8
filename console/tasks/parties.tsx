/** Who is in a task, who has signed for it and by whom it is handled, and what one asked of another. */
import { partyLabel } from '../../domain/labels';
import { nameOf } from '../../domain/notices';
import { standstillOf } from '../../domain/task';
import { Table } from '../pages/table';
import { Section } from './section';
import type { SectionProps } from './task-page';
import { words } from './words';

export function Parties({ ground: { task }, language }: SectionProps) {
  const said = words[language];
  const still = standstillOf(task);
  const rows = task.parties.flatMap((party) => party.answerers.map((by) => ({ party, by })));
  return (
    <Section id="parties" title={said.parties}>
      <Table heads={[said.unit, said.role, said.signed, said.handler]}>
        {rows.map(({ party, by }) => {
          const signed = Object.hasOwn(task.acknowledgements, by) ? task.acknowledgements[by] : undefined;
          return (
            <tr key={`${party.role} ${party.unit} ${by}`}>
              <td>
                {by === party.unit ? nameOf(by) : `${nameOf(party.unit)}·${nameOf(by)}`}
                {still[by] && (
                  <span class="late">
                    {' '}
                    {said.notReached}
                    {still[by]}
                  </span>
                )}
              </td>
              <td>{partyLabel(party.role, language)}</td>
              <td class="day">{signed?.acknowledgedOn ?? <span class="soft">{said.notSigned}</span>}</td>
              <td>
                {signed?.handler}
                {signed?.byPhone && ` (${said.byPhone})`}
              </td>
            </tr>
          );
        })}
      </Table>
      {task.contributions.length > 0 && (
        <>
          <h3>{said.contributions}</h3>
          <ul>
            {task.contributions.map(({ id, lead, unit, text, dueOn, doneOn, answer }) => (
              <li key={id}>
                <span class="worded">
                  {id} {nameOf(lead)} → {nameOf(unit)} ({dueOn}): {text}
                </span>{' '}
                <span class="chip">{doneOn ? `${said.doneOn} ${doneOn}` : said.open}</span>
                {answer && <span class="worded soft"> {answer}</span>}
              </li>
            ))}
          </ul>
        </>
      )}
    </Section>
  );
}
