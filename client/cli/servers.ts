/** Where the ledger is, for commands that need no Temporal. */
import type { Config } from '../../config';
import { findPostgres } from '../../tools/postgres';
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
