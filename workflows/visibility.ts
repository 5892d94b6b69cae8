/** What an operator can search by, kept as the stream is. Every upsert costs: only what differs is written. */
import type { SearchAttributePair, SearchAttributeUpdatePair } from '@temporalio/common';
import { upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import { DUBAN_DUE_ON } from './messages';

/** Writes the attributes that differ from what is shown; a due date that is gone is taken away. */
export function showSearchAttributes(wanted: SearchAttributePair[]): void {
  const shown = workflowInfo().typedSearchAttributes;
  const updates: SearchAttributeUpdatePair[] = wanted.filter(({ key, value }) => !isSame(shown.get(key), value));
  const isUndated = !wanted.some(({ key }) => key.name === DUBAN_DUE_ON.name);
  if (isUndated && shown.get(DUBAN_DUE_ON) !== undefined) updates.push({ key: DUBAN_DUE_ON, value: null });
  if (updates.length > 0) upsertSearchAttributes(updates);
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
