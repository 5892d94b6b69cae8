/** Slips, breaches and instructions of a task; nothing where there are none. */
import { slipText } from '../../domain/event-words';
import type { Breach, Slip } from '../../domain/task';
import { Section } from './section';
import type { SectionProps } from './task-page';
import { words } from './words';

export function Lateness({ ground: { task }, language }: SectionProps) {
  const said = words[language];
  const slips = [...task.pastSlips, ...task.ladder.slips];
  const { breaches, instructions } = task;
  if (slips.length + breaches.length + instructions.length === 0) return null;
  const slipState = (slip: Slip) => (slip.void ? said.voided : slip.ended ? said.lifted : said.inForce);
  const breachState = ({ annulled, lifted, undelivered }: Breach) =>
    annulled
      ? `${said.annulled}: ${annulled.reason}`
      : lifted
        ? said.liftedBreach
        : undelivered
          ? said.undelivered
          : '';
  return (
    <Section id="lateness" title={`${said.slips} · ${said.breaches}`}>
      <ul>
        {slips.map((slip) => (
          <li key={slip.number}>
            <span class={`slip ${slip.colour}`}>{slipText(slip.colour, language)}</span> {slip.number} {slip.issuedOn}{' '}
            {said.limit} {slip.limitOn ?? said.undelivered} <span class="chip">{slipState(slip)}</span>
          </li>
        ))}
        {breaches.map((breach) => (
          <li key={`breach ${breach.dueOn} ${breach.breachedOn}`}>
            {said.breaches} {breach.breachedOn} ({said.due} {breach.dueOn}) {breachState(breach)}
          </li>
        ))}
        {instructions.map(({ on, text }, i) => (
          <li key={`instruction ${on} ${String(i)}`}>
            {said.instructions} {on}: <span class="worded">{text}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
