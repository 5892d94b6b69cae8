/** Everything that workflows ask of the outside world, made from its parts in one place. */
import type { Client } from '@temporalio/client';
import type { Installation } from '../workflows/messages/starts';
import { createMailActivities, type MailParts } from './mail';
import { createDeskOfTasks, createReach, type StreamsLedger } from './reach-streams';
import { createRecord, type StreamActivities } from './record';
import { createSeal, type SealLedger } from './seal-plans';
import { createLaunch, type LaunchLedger } from './start-tasks';

export type ActivityLedger<State, Event, Intent> = StreamActivities<State, Event, Intent> &
  LaunchLedger &
  StreamsLedger &
  SealLedger;

export interface Parts<State, Event, Intent> {
  ledger: ActivityLedger<State, Event, Intent>;
  temporal: Client;
  installation: Installation;
  mail: Omit<MailParts, 'desk'>;
}

/** The activities of a worker, by the names that stand in histories: they never change. */
export function createActivities<State, Event, Intent>(parts: Parts<State, Event, Intent>) {
  const { ledger, temporal, installation, mail } = parts;
  return {
    ...createRecord(ledger),
    ...createLaunch(ledger, temporal, installation),
    ...createReach(ledger, temporal, installation),
    ...createSeal(ledger),
    ...createMailActivities({ ...mail, desk: createDeskOfTasks(temporal) }),
  };
}
