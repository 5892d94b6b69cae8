/**
 * Gates inside the database: a transaction that comes to a closed one stands there until the test opens it. So a worker
 * is surely where the test wants it, and no failpoint stands in the product.
 */
import { Client } from 'pg';
import { until } from './until';

/** writing: before an event is inserted. committing: in the COMMIT of a step. letters: before a letter is inserted. */
const GATES = {
  writing: { key: 1, trigger: 'CREATE TRIGGER gate_writing BEFORE INSERT ON events FOR EACH ROW' },
  committing: {
    key: 2,
    trigger:
      'CREATE CONSTRAINT TRIGGER gate_committing AFTER INSERT ON events DEFERRABLE INITIALLY DEFERRED FOR EACH ROW',
  },
  letters: { key: 3, trigger: 'CREATE TRIGGER gate_letters BEFORE INSERT ON letters FOR EACH ROW' },
} as const;

export type GateName = keyof typeof GATES;

/** Only that many rows get past a closed gate, counted over all transactions, also those that fail later. */
const OPEN = 2_147_483_647;

/** In a schema of its own, so that no backup takes it along. As its owner: the application's role knows nothing of it. */
const INSTALL = `
  CREATE SCHEMA gates;
  CREATE TABLE gates.passes (key integer PRIMARY KEY, allowed integer NOT NULL);
  CREATE FUNCTION gates.pass() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
  DECLARE k integer := TG_ARGV[0];
  BEGIN
    IF nextval('gates.passed_' || k) > (SELECT allowed FROM gates.passes WHERE key = k) THEN
      PERFORM set_config('lock_timeout', '0', true);
      PERFORM pg_advisory_xact_lock_shared(${4711}, k);
      PERFORM set_config('lock_timeout', '3s', true);
    END IF;
    RETURN NEW;
  END $$;
  ${Object.values(GATES)
    .map(
      ({ key, trigger }) => `
  CREATE SEQUENCE gates.passed_${key};
  INSERT INTO gates.passes VALUES (${key}, ${OPEN});
  ${trigger} EXECUTE FUNCTION gates.pass('${key}');`,
    )
    .join('\n')}`;

export class Gate {
  private holder: Client | null = null;

  constructor(
    private readonly url: string,
    private readonly name: GateName,
  ) {}

  static async install(url: string): Promise<void> {
    const client = await connect(url);
    await client.query(INSTALL).finally(() => client.end());
  }

  /** Lets that many rows through, and nothing after them. */
  async close(letThrough = 0): Promise<void> {
    const { key } = GATES[this.name];
    const holder = await connect(this.url);
    this.holder = holder;
    await holder.query('SELECT pg_advisory_lock(4711, $1)', [key]);
    await holder.query('SELECT setval($1, 1, false)', [`gates.passed_${key}`]);
    await holder.query('UPDATE gates.passes SET allowed = $2 WHERE key = $1', [key, letThrough]);
  }

  /** Resolves when at least so many transactions stand before it. */
  async reached(by = 1): Promise<void> {
    const { key } = GATES[this.name];
    await until(`${by} transactions before the gate ${this.name}`, async () => {
      const waiting = await this.holder?.query(
        `SELECT FROM pg_locks WHERE locktype = 'advisory' AND classid = 4711 AND objid = $1 AND NOT granted`,
        [key],
      );
      return (waiting?.rowCount ?? 0) >= by;
    });
  }

  /** Opens it for everybody who stands there or comes; a server that was killed in the meantime opened it itself. */
  async open(): Promise<void> {
    const { key } = GATES[this.name];
    await this.holder?.end().catch(() => undefined);
    this.holder = null;
    const client = await connect(this.url);
    await client.query('UPDATE gates.passes SET allowed = $2 WHERE key = $1', [key, OPEN]).finally(() => client.end());
  }

  /** Lets go without a word: the servers are about to be stopped. */
  async abandon(): Promise<void> {
    await this.holder?.end().catch(() => undefined);
    this.holder = null;
  }
}

async function connect(connectionString: string): Promise<Client> {
  const client = new Client({ connectionString, connectionTimeoutMillis: 10_000 });
  // Servers are killed under it.
  client.on('error', () => undefined);
  await client.connect();
  return client;
}
