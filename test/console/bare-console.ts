/** A console on a real ledger without any task's process: for pages that only read, and for the door. */
import { Client, Connection } from '@temporalio/client';
import type { FastifyInstance } from 'fastify';
import type { Desk } from '../../client';
import { storedTask } from '../../client/stored';
import { buildConsole, type ConsoleParts } from '../../console/app';
import type { Db } from '../../ledger/database';
import { type EvidenceStore, openEvidence } from '../../ledger/evidence/store';
import { loadKeys, loadLinkKeys } from '../../links/keys';
import { seededLedger, type TestLedger } from '../ledger/test-ledger';
import { newHome } from '../support/run';

export interface BareConsole {
  app: FastifyInstance;
  ledger: TestLedger;
  evidence: EvidenceStore;
  /** Moves the console's clock. */
  at(now: string): void;
  close(): Promise<void>;
}

const MAX_MB = 1;

/**
 * @param now the console's clock, ISO
 * @param deskOf for pages that make moves; without one a move fails
 */
export async function openBareConsole(
  now: string,
  more: Partial<ConsoleParts> = {},
  deskOf: (ledger: TestLedger) => Desk = deskWithoutTemporal,
): Promise<BareConsole> {
  const ledger = await seededLedger();
  const home = newHome('console');
  let clock = now;
  const evidence = openEvidence(ledger.db, home, MAX_MB * 1024 * 1024);
  const app = await buildConsole({
    desk: deskOf(ledger),
    evidence,
    evidenceMaxMb: MAX_MB,
    keys: await loadLinkKeys(null, home),
    now: () => clock,
    mailFrom: { name: 'duban', address: 'duban@example.com' },
    baseUrl: null,
    trustProxy: 'loopback',
    metricsToken: null,
    logLevel: 'silent',
    accounts: { keys: await loadKeys(null, home, 'account-keys'), factorRule: 'required', provider: null },
    ...more,
  });
  return {
    app,
    ledger,
    evidence,
    at(later) {
      clock = later;
    },
    async close() {
      await app.close();
      await ledger.drop();
    },
  };
}

/** Reads like the real one; whatever needs a process says that there is none. */
export function deskWithoutTemporal({ db }: { db: Db }): Desk {
  const none = () => Promise.reject(new Error('this test has no Temporal server'));
  return {
    db,
    // Never asked: it connects when it is.
    temporal: new Client({ connection: Connection.lazy({ address: '127.0.0.1:9' }) }),
    task: (id) => storedTask(db, id),
    move: none,
    reportOnPlan: none,
    launch: none,
    runRound: none,
    tellCalendar: none,
    relaunch: none,
    close: async () => undefined,
  };
}
