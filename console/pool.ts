/**
 * How many connections to the ledger the console has, and how long a page waits for one. A page asks a few short questions
 * one after the other, so twenty serve fifty people; with the worker's thirty and what commands open they stay below the
 * hundred that PostgreSQL gives by itself. At a rush a page is late before it is refused.
 */
export const CONSOLE_POOL = { connections: 20, waitMs: 10_000 } as const;
