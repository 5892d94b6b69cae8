/** A task as commands read it of the ledger. */
import type { TaskId } from '../../domain/plan';
import type { Task } from '../../domain/task';
import { loadStream } from '../../ledger/relaunch';
import type { Session } from './session';

/** A task as it stands, or null before its launch. */
export async function taskOf(session: Session, id: TaskId): Promise<Task | null> {
  const loaded = await loadStream(await session.db(), { kind: 'task', stream: id });
  // The stream's kind says which of the two states it is.
  return (loaded?.state as Task | undefined) ?? null;
}
