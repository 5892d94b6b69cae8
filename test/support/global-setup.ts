/** Before all tests: one PostgreSQL for the run. Temporal servers are started by the test files that need one. */
import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { startPostgres } from '../../tools/postgres';
import { beginRun, postgresHome } from './run';

export default async function globalSetup(): Promise<void> {
  await beginRun();
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    process.once(signal, () => {
      // Jest runs no teardown when it is interrupted, and a worker may be starting a server at this very moment: a
      // process that outlives us all cleans up.
      spawn(process.execPath, ['--require', 'tsx/cjs', join(__dirname, 'sweep.ts')], {
        cwd: resolve(__dirname, '../..'),
        detached: true,
        stdio: 'ignore',
      }).unref();
      process.exit(code);
    });
  }
  await startPostgres({ home: postgresHome(), say: () => undefined, disposable: true });
}
