/** Where the ledger is, for commands that need nothing else. */
import type { Config } from '../../config';
import { findPostgres, startPostgres } from '../../tools/postgres';
import type { Say } from '../../tools/say';
import { ToolError } from '../../tools/tool-error';

/** The database that the settings name, or the embedded one of this home. Throws ToolError when that does not run. */
export async function databaseUrlOf(config: Config): Promise<string> {
  const url = config.databaseUrl ?? (await findPostgres(config.home))?.databaseUrl;
  if (url) return url;
  throw new ToolError(
    'the embedded PostgreSQL is not running',
    config.home,
    'start it with duban up, or set DATABASE_URL',
  );
}

/** For work before the first `up`: starts the embedded PostgreSQL for its time where the settings name none. */
export async function withDatabase<T>(config: Config, say: Say, work: (url: string) => Promise<T>): Promise<T> {
  const url = config.databaseUrl ?? (await findPostgres(config.home))?.databaseUrl;
  if (url) return work(url);
  const postgres = await startPostgres({ home: config.home, say });
  try {
    return await work(postgres.databaseUrl);
  } finally {
    await postgres.stop();
  }
}
