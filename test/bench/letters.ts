/**
 * A round of 10,000 notices for 500 units: how fast its letters are written, and how fast they leave beside nodemailer's
 * own pooled transport, which sends the same bytes over as many connections to the same server and remembers nothing.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { createMailActivities, type MailActivities } from '../../activities/mail';
import { addDays, dayOf, instantOf } from '../../domain/days';
import type { Plan } from '../../domain/plan';
import type { Slot } from '../../domain/rounds';
import { type Db, openDatabase } from '../../ledger/database';
import { migrate } from '../../ledger/migrate';
import { acceptLaunch } from '../../ledger/plans';
import { createRecord } from '../../ledger/record';
import { createPost } from '../../mail/smtp';
import { startPostgres } from '../../tools/postgres';
import { perSecond, seconds, timed } from './measures';
import { type Sink, startSink } from './smtp-sink';
import { LAUNCHER, settle, sideBySide } from './town';

/** Each way of sending is measured so often, by turns, after one turn of each that is not counted. */
const TURNS = 7;
const FROM = 'duban@bench.example';

/** @param size the round; a whole one of a province when left out */
export async function letters({ notices = 10_000, units = 500 }: { notices?: number; units?: number } = {}) {
  const home = mkdtempSync(join(tmpdir(), 'duban-bench-'));
  const postgres = await startPostgres({ home, say: () => undefined });
  const sink = await startSink();
  const database = openDatabase(postgres.databaseUrl, 24);
  try {
    await migrate(postgres.databaseUrl);
    return await measure(database.db, sink, { notices, units });
  } finally {
    await database.close();
    await sink.stop();
    await postgres.stop();
    rmSync(home, { recursive: true, force: true });
  }
}

async function measure(db: Db, sink: Sink, { notices, units }: { notices: number; units: number }) {
  const on = dayOf(new Date().toISOString());
  const plan = await settle(db, notices, addDays(on, 60), notices / units);
  const issueMs = await timed(() => issueAll(db, plan, instantOf(on, '08:00')));

  const url = `smtp://127.0.0.1:${sink.port}`;
  const post = createPost(url);
  const clock = { now: instantOf(on, '09:00') };
  const from = { name: '督办', address: FROM };
  const mail = createMailActivities({ db, post, clock: () => clock.now, from, baseUrl: 'https://duban.bench.example' });
  const slot = await mail.openSlot('routine');
  if (!slot) throw new Error('no slot');

  const before = memory();
  let written = { letters: 0 };
  const writeMs = await timed(async () => {
    written = await mail.writeLetters(slot);
  });
  const afterWriting = memory();
  const stored = await db.selectFrom('letters').select(['address', 'bytes']).orderBy('id').execute();
  const parcels = stored.map(({ address, bytes }) => ({ to: address ?? '', bytes }));

  const ours: number[] = [];
  const raw: number[] = [];
  const memories = [];
  for (let turn = 0; turn <= TURNS; turn += 1) {
    let bare = 0;
    const sendRaw = async () => {
      bare = await timed(() => sendBare(url, post.connections, parcels));
    };
    await waitAgain(db);
    // Each is first every other time: what the machine does meanwhile falls on both.
    if (turn % 2 === 0) await sendRaw();
    const held = await timed(() => sendHeld(mail, slot, parcels.length));
    if (turn % 2 === 1) await sendRaw();
    memories.push(memory());
    if (turn === 0) continue;
    raw.push(bare);
    ours.push(held);
  }
  const sent = await sink.taken();
  post.close();
  const [rawMs, oursMs] = [median(raw), median(ours)];
  return {
    how: `${notices} notices of real issues in the embedded PostgreSQL (fsync on), one letter to each unit. Writing: from the call of writeLetters to its end. Sending: ${TURNS} turns of each way, each first every other time, in one process, ${post.connections} connections, to smtp-server in a process of its own; medians. Ours: sendLetters until nothing is left, each letter leased before and settled after; bare: nodemailer's pooled transport with the same bytes. Memory of the process that sends, after a collection`,
    notices,
    letters: written.letters,
    bytesOfALetter: Math.round(parcels.reduce((sum, { bytes }) => sum + bytes.length, 0) / parcels.length),
    recordedPerSecond: perSecond(notices, issueMs),
    writing: {
      seconds: seconds(writeMs),
      lettersPerSecond: perSecond(written.letters, writeMs),
      noticesPerSecond: perSecond(notices, writeMs),
    },
    sending: {
      lettersPerSecond: perSecond(parcels.length, oursMs),
      barePerSecond: perSecond(parcels.length, rawMs),
      ratio: Math.round((rawMs / oursMs) * 100) / 100,
      oursMs: ours.map(Math.round),
      bareMs: raw.map(Math.round),
    },
    memoryMb: { before, afterWriting, afterEachTurn: memories },
    isComplete: sent === parcels.length * 2 * (TURNS + 1),
  };
}

/** Issues every task as its workflow would, without the workflow. */
async function issueAll(db: Db, plan: Plan, at: string): Promise<void> {
  await acceptLaunch(db, plan.id, { launchOn: dayOf(at), signedBy: LAUNCHER.name, at });
  const record = createRecord(db);
  await sideBySide(plan.tasks, (task) =>
    record({
      kind: 'task',
      stream: task.id,
      epoch: 1,
      expectedSeq: 0,
      intent: {
        type: 'issue',
        id: `issue:${task.id}`,
        at,
        actor: LAUNCHER,
        task,
        office: plan.office,
        signedBy: LAUNCHER.name,
      },
    }),
  );
}

async function sendHeld(mail: MailActivities, slot: Slot, count: number): Promise<void> {
  let handed = 0;
  for (;;) {
    const pass = await mail.sendLetters(slot);
    handed += pass.handed;
    if (pass.left === 0) break;
  }
  if (handed !== count) throw new Error(`handed over ${handed} of ${count}`);
}

async function sendBare(url: string, connections: number, parcels: { to: string; bytes: Buffer }[]): Promise<void> {
  const { port } = new URL(url);
  const pool = {
    pool: true,
    host: '127.0.0.1',
    port: Number(port),
    maxConnections: connections,
    maxMessages: Infinity,
  } as const;
  const transport = createTransport(pool);
  await Promise.all(parcels.map(({ to, bytes }) => transport.sendMail({ envelope: { from: FROM, to }, raw: bytes })));
  transport.close();
}

/** The same letters, as they were before anybody sent them. */
async function waitAgain(db: Db): Promise<void> {
  await db.updateTable('letters').set({ state: 'waiting', attempts: 0, handed_at: null, answer: null }).execute();
}

function memory() {
  globalThis.gc?.();
  const { rss, heapUsed } = process.memoryUsage();
  return { rss: Math.round(rss / 2 ** 20), heap: Math.round(heapUsed / 2 ** 20) };
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
