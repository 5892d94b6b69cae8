/** A database of its own for each test file, on the PostgreSQL of the run. */
import { randomBytes } from 'node:crypto';
import { Client, escapeIdentifier } from 'pg';
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

/** One more with the contents of another, to which nobody is connected: cheaper than making them again. */
export async function copyTestDatabase(original: string): Promise<TestDatabase> {
  const { url, drop } = await createTestDatabase();
  const [copy, from] = [url, original].map((one) => escapeIdentifier(new URL(one).pathname.slice(1)));
  const admin = new URL(url);
  admin.pathname = '/postgres';
  const client = new Client({ connectionString: admin.href });
  await client.connect();
  try {
    await client.query(`DROP DATABASE ${copy}`);
    await client.query(`CREATE DATABASE ${copy} TEMPLATE ${from}`);
  } finally {
    await client.end();
  }
  return { url, drop };
}
