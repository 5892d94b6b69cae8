/** A desk whose moves are recorded at once, by the rules and on the real ledger, without a task's process. */
import { randomUUID } from 'node:crypto';
import type { Desk } from '../../client';
import { storedTask } from '../../client/stored';
import { checkMove } from '../../domain/move-check';
import { refuse } from '../../domain/refusals';
import { createRecord } from '../../ledger/record';
import type { TestLedger } from '../ledger/test-ledger';
import { deskWithoutTemporal } from './bare-console';

/** @param at when every move is received, ISO */
export function recordingDesk({ db }: TestLedger, at: string): Desk {
  const record = createRecord(db);
  return {
    ...deskWithoutTemporal({ db }),
    async move(id, move, { actor, moveId = randomUUID() }) {
      const task = await storedTask(db, id);
      if (!task) return { outcome: 'refused', refusal: refuse('not-launched'), moveId };
      const refusal = checkMove(task, move, actor);
      if (refusal) return { outcome: 'refused', refusal, moveId };
      const intent = { type: 'move', id: moveId, at, actor, move } as const;
      const answer = await record({ kind: 'task', stream: id, epoch: 1, expectedSeq: task.seq, intent });
      if (answer.outcome === 'refused') return { ...answer, moveId };
      if (answer.outcome !== 'recorded') throw new Error(`the ledger is ${answer.outcome}`);
      return { ...answer, moveId };
    },
  };
}
