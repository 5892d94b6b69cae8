/** The record as auditors read and export it, and officers that of their own office. */
import type { LoggedEvent } from '../ledger/event-log';
import { type EventFilter, latestSeals, pageEvents } from '../ledger/event-log';
import type { Reader } from './reader';
import { plansInSight } from './reading/plan-sight';

type Asked = Omit<EventFilter, 'sight' | 'limit'>;
/** An export reads so many at a time, and is read as fast as it is taken. */
const AT_ONCE = 1_000;
const SEALS_SHOWN = 50;

/** One page of events. Throws NotAllowed. */
export async function recordPage(user: Reader, asked: Asked, limit: number) {
  user.authorise('verifyRecord', {});
  return pageEvents(user.desk.db, { ...asked, sight: user.sight, limit });
}

/** Every event that matches, the newest first. Throws NotAllowed when the first is asked for. */
export async function* recordExport(user: Reader, asked: Asked): AsyncGenerator<LoggedEvent> {
  let after = asked.after;
  for (;;) {
    const { events, next } = await recordPage(user, { ...asked, after }, AT_ONCE);
    yield* events;
    if (next === null) return;
    after = next;
  }
}

/** The newest seals of the plans in sight, or of one of them. Throws NotAllowed. */
export async function sealsInSight(user: Reader, plan?: string) {
  user.authorise('verifyRecord', {});
  const plans = (await plansInSight(user)).map(({ id }) => id).filter((id) => plan === undefined || id === plan);
  return latestSeals(user.desk.db, { plans, limit: SEALS_SHOWN });
}
