/** The console as a process of its own, on a city's ledger: `console-server.ts '{"databaseUrl","home","now"}'`; prints its address. */
import { buildConsole, type ConsoleParts } from '../../console/app';
import { CONSOLE_POOL } from '../../console/pool';
import { type Db, openDatabase } from '../../ledger/database';
import { openEvidence } from '../../ledger/evidence/store';
import { loadKeys, loadLinkKeys } from '../../links/keys';
import { deskWithoutTemporal } from '../console/bare-console';

/** What the console is made of, on this ledger: no process is asked, because pages that read ask none. */
export async function consoleParts(db: Db, home: string, now: () => string): Promise<ConsoleParts> {
  return {
    desk: deskWithoutTemporal({ db }),
    evidence: openEvidence(db, `${home}/evidence`, 1024 * 1024),
    evidenceMaxMb: 1,
    keys: await loadLinkKeys(null, home),
    now,
    mailFrom: { name: '督办', address: 'duban@bench.example' },
    baseUrl: null,
    trustProxy: null,
    metricsToken: null,
    logLevel: 'error',
    accounts: { keys: await loadKeys(null, home, 'account-keys'), factorRule: 'required', provider: null },
  };
}

async function serve(databaseUrl: string, home: string): Promise<void> {
  const { db } = openDatabase(databaseUrl, CONSOLE_POOL.connections, 'application', CONSOLE_POOL.waitMs);
  const app = await buildConsole(await consoleParts(db, home, () => new Date().toISOString()));
  process.stdout.write(`${await app.listen({ port: 0, host: '127.0.0.1' })}\n`);
}

if (require.main === module) {
  const { databaseUrl, home } = JSON.parse(process.argv[2] ?? '{}') as { databaseUrl: string; home: string };
  serve(databaseUrl, home).catch((error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exitCode = 1;
  });
}
