/** A database of its own for each test file, on the PostgreSQL of the run. */
import { randomBytes } from 'node:crypto';
import { findPostgres } from '../../tools/postgres';
import { postgresHome } from './run';

export interface TestDatabase {
  url: string;
  /** Also throws out whoever is still connected. */
  drop(): Promise<void>;
}

/** An empty database: UTF8, C locale, owned by the role of the URL. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = await findPostgres(postgresHome());
  if (!server) throw new Error('the PostgreSQL of this run is gone');
  const name = `test_${randomBytes(6).toString('hex')}`;
  return { url: await server.createDatabase(name), drop: () => server.dropDatabase(name) };
}
