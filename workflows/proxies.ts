/**
 * The activities as workflows see them, by type only, grouped by what a failure would mean. Every number has its
 * reason beside it.
 */
import { type ActivityInterfaceFor, type ActivityOptions, proxyActivities } from '@temporalio/workflow';
import type { MailActivities } from '../activities/mail';
import type { ReachActivities } from '../activities/reach-streams';
import type { StreamActivities } from '../activities/record';
import type { SealActivities } from '../activities/seal-plans';
import type { LaunchActivities } from '../activities/start-tasks';
import { NOT_STORABLE } from './messages';

/** Writing a step. The database's own limits (lock 3 s, statement 5 s) all end before the 10 s of an attempt (D7). */
const WRITE: ActivityOptions = {
  startToCloseTimeout: '10s',
  retry: {
    // A failed-over database is back in seconds; a dead one is asked once a minute, for as long as it takes (D7).
    initialInterval: '250ms',
    backoffCoefficient: 2,
    maximumInterval: '1m',
    // What the database refuses for ever would be asked for ever (D8).
    nonRetryableErrorTypes: [NOT_STORABLE],
  },
};

/** The ledger's activities for a stream of one kind, named in Temporal's pages by what they are for. */
export function ledgerActivities<State, Event, Intent>(
  summary: string,
): ActivityInterfaceFor<StreamActivities<State, Event, Intent>> {
  return proxyActivities<StreamActivities<State, Event, Intent>>({ ...WRITE, summary });
}

/** Starting many workflows: fifty take seconds, minutes on a cluster in trouble; a dead worker is noticed sooner. */
const MANY: ActivityOptions = {
  startToCloseTimeout: '5m',
  heartbeatTimeout: '30s',
  retry: WRITE.retry,
};

export const launchActivities = proxyActivities<LaunchActivities>(MANY);

/** Going over everything that is open: 100,000 signals take ten minutes and more. */
export const sweepActivities = proxyActivities<ReachActivities & SealActivities>({
  ...MANY,
  startToCloseTimeout: '2h',
});

/** Reading and writing a round's letters: a transaction each, long for a letter of a whole province; it beats meanwhile. */
export const roundActivities = proxyActivities<Omit<MailActivities, 'sendLetters'>>(MANY);

/**
 * Handing letters over: a pass takes no new letter after 45 s, and one letter takes 80 s at most (D20: connect 10 s,
 * greeting 10 s, socket 30 s at each step). A dead worker is noticed when a letter's time is up.
 */
export const sendingActivities = proxyActivities<Pick<MailActivities, 'sendLetters'>>({
  startToCloseTimeout: '130s',
  heartbeatTimeout: '90s',
  retry: WRITE.retry,
});
