/**
 * The line between one process and PostgreSQL. A test stops it at a statement, before a COMMIT, or when the ledger has
 * committed and the process does not know it yet. What PostgreSQL said and was asked after that never arrives.
 */
import { createServer, connect as dial, type Socket } from 'node:net';

/** The nth transaction in which `statement` is found, or the nth such statement. */
export interface LedgerStop {
  statement: RegExp;
  nth: number;
  /** statement: it never reaches the ledger. before-commit: nor does the COMMIT. after-commit: its answer never comes back. */
  at: 'statement' | 'before-commit' | 'after-commit';
}

export interface LedgerLine {
  /** The ledger as the process is to be told of it. */
  url: string;
  /** Resolves when the process stands there; from then on nothing passes. */
  stopAt(stop: LedgerStop): Promise<void>;
  /** Resolves when so many transactions with this statement are committed and the process knows. */
  passed(statement: RegExp, count: number): Promise<void>;
  /** The process is dead: resolves when the ledger has let go of everything it held. */
  released(): Promise<void>;
  close(): Promise<void>;
}

const BEGINS = /^Q[\s\S]{4}(begin|start transaction)/;
const COMMITS = /^Q[\s\S]{4}commit\0/;

/** @param url of a database on 127.0.0.1, without encryption */
export async function ledgerLine(url: string): Promise<LedgerLine> {
  const to = new URL(url);
  const ends = new Map<Socket, Promise<void>>();
  const transactions: string[] = [];
  let waiting: { statement: RegExp; count: number; resolve(): void }[] = [];
  let stop: (LedgerStop & { found: number; reached(): void }) | null = null;
  let isDead = false;

  /** Whether this is where the process is to stand. */
  const standsAt = (at: LedgerStop['at'], text: string): boolean => {
    if (isDead) return true;
    if (!stop || stop.at !== at || !stop.statement.test(text)) return false;
    stop.found += 1;
    isDead = stop.found === stop.nth;
    if (isDead) stop.reached();
    return isDead;
  };
  const known = (transaction: string) => {
    transactions.push(transaction);
    const has = ({ statement, count }: (typeof waiting)[number]) =>
      transactions.filter((text) => statement.test(text)).length >= count;
    for (const one of waiting.filter(has)) one.resolve();
    waiting = waiting.filter((one) => !has(one));
  };

  const server = createServer((near) => {
    const far = dial({ host: to.hostname, port: Number(to.port) });
    let said = '';
    let isCommitting = false;
    near.on('error', () => undefined);
    far.on('error', () => undefined);
    ends.set(far, new Promise((gone) => far.once('close', () => gone())));
    near.on('data', (chunk) => {
      const text = chunk.toString('latin1');
      if (BEGINS.test(text)) said = '';
      said += text;
      isCommitting = COMMITS.test(text);
      if (!standsAt('statement', text) && !(isCommitting && standsAt('before-commit', said))) far.write(chunk);
    });
    far.on('data', (chunk) => {
      const hasCommitted = isCommitting && chunk.toString('latin1').includes('COMMIT\0');
      if (isDead || (hasCommitted && standsAt('after-commit', said))) return;
      near.write(chunk);
      if (hasCommitted) known(said);
    });
    near.once('close', () => far.end());
    far.once('close', () => near.destroy());
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', () => listening()));
  const bound = server.address();
  const here = new URL(url);
  here.port = String(bound && typeof bound === 'object' ? bound.port : 0);
  return {
    url: here.href,
    stopAt: (at) =>
      new Promise((reached) => {
        stop = { ...at, found: 0, reached };
      }),
    passed: (statement, count) =>
      new Promise((resolve) => {
        waiting.push({ statement, count, resolve });
        if (transactions.filter((text) => statement.test(text)).length >= count) resolve();
      }),
    released: async () => {
      await Promise.all(ends.values());
    },
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        for (const far of ends.keys()) far.destroy();
      }),
  };
}
