/**
 * A user before the ledger: what lists are limited to for him, and the table of rights asked before each deed. A user's
 * desk is a reader that makes moves too; a command line without Temporal has a reader alone.
 */
import { isRefusal, type Refusal } from '../domain/refusals';
import {
  type Act,
  type Capacity,
  capacityFor,
  type Ground,
  isInSight,
  type Sight,
  sightOf,
  type User,
} from '../domain/rights';
import { answerersOf, type Task } from '../domain/task';
import type { Db } from '../ledger/database';
import { NotAllowed } from './errors';

/** In whose name something is done, and in which capacity. */
export interface Acting extends Capacity {
  name: string;
}

export interface Reader {
  readonly user: User;
  /** What lists are limited to. */
  readonly sight: Sight;
  readonly desk: { readonly db: Db };
  /** Whether a task is in sight. */
  sees(task: Task): boolean;
  /** Null where the user may; what greys a button. */
  may(act: Act, ground: Ground): Refusal | null;
  /** Who acts, for the record of what is done. Throws NotAllowed. */
  authorise(act: Act, ground: Ground): Acting;
}

/** The ledger as this user may read it. */
export function readerAs(db: Db, user: User): Reader {
  const sight = sightOf(user);
  return {
    user,
    sight,
    desk: { db },
    sees: (task) => isInSight(sight, task.office, unitsIn(task)),
    authorise: (act, ground) => authorise(user, act, ground),
    may(act, ground) {
      const capacity = capacityFor(user, act, ground);
      return isRefusal(capacity) ? capacity : null;
    },
  };
}

/** Who acts, for the record of what is done. Throws NotAllowed. */
export function authorise(user: User, act: Act, ground: Ground): Acting {
  const capacity = capacityFor(user, act, ground);
  if (isRefusal(capacity)) throw new NotAllowed(capacity);
  return { ...capacity, name: user.name };
}

/** Every unit for which the task is its own business: parties, and members of a collective that is one. */
function unitsIn(task: Task): string[] {
  return [...task.parties.map(({ unit }) => unit), ...answerersOf(task)];
}
