/** Everything that workflows ask of the outside world, made from its parts in one place. */
import type { Client } from '@temporalio/client';
import type { Installation } from '../workflows/messages/starts';
import { createRecord, type StreamActivities } from './record';
import { createLaunch, type LaunchLedger } from './start-tasks';

export interface Parts<State, Event, Intent> {
  ledger: StreamActivities<State, Event, Intent> & LaunchLedger;
  temporal: Client;
  installation: Installation;
}

/** The activities of a worker. */
export function createActivities<State, Event, Intent>({
  ledger,
  temporal,
  installation,
}: Parts<State, Event, Intent>) {
  return {
    ...createRecord(ledger),
    ...createLaunch(ledger, temporal, installation),
  };
}

export type Activities = ReturnType<typeof createActivities>;
