/** What came of an answer: recorded now, given before, or no longer asked for. */
import type { Facts } from '../answers/facts';
import { FactList } from './answer-parts';
import { Shell } from './shell';

interface Outcome {
  facts: Facts;
  tone: 'good' | 'calm';
  said: readonly string[];
}

export function OutcomePage({ facts, tone, said }: Outcome) {
  return (
    <Shell title={facts.label}>
      <FactList facts={{ ...facts, asked: [] }} />
      <div class={`notice ${tone}`} role="status">
        {said.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </div>
    </Shell>
  );
}
