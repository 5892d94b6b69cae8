/** What was backed up comes back: the same rows, the same files, and nothing over anything. */
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { verifyLedger } from '../../ledger/audit/audit';
import { sealPlan } from '../../ledger/audit/seals';
import { backup } from '../../ledger/backup/backup';
import { restore } from '../../ledger/backup/restore';
import { dumpTables } from '../../ledger/backup/tables';
import { loadCalendar } from '../../ledger/calendars';
import { openDatabase } from '../../ledger/database';
import { verifyEvidence } from '../../ledger/evidence/audit';
import { openEvidence } from '../../ledger/evidence/store';
import { closeLetters } from '../../ledger/letters/closing';
import { leaseLetters } from '../../ledger/letters/fate';
import { waitingGroups } from '../../ledger/letters/rounds';
import { schemaVersion } from '../../ledger/migrate';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { Asker, acknowledge, LEAD, launchPlan, OFFICE, PLAN, unitActor } from './asker';
import { seededLedger, type TestLedger } from './test-ledger';

jest.setTimeout(30_000);

let ledger: TestLedger;
let empty: TestDatabase;
let home: string;
let file: string;
const place = () => ({ url: empty.url, evidence: join(home, 'restored', 'evidence'), now: '2020-03-16T03:00:00.000Z' });

beforeEach(async () => {
  ledger = await seededLedger();
  empty = await createTestDatabase();
  home = await mkdtemp(join(tmpdir(), 'duban-backup-'));
  file = join(home, 'duban.tar.gz');
  await liveALittle();
});
afterEach(async () => {
  await ledger.drop();
  await empty.drop();
  await rm(home, { recursive: true });
});

async function liveALittle(): Promise<void> {
  const store = openEvidence(ledger.db, join(home, 'evidence'), 10_000);
  const stored = await store.put(Readable.from([Buffer.from('办结证明')]), '证明.pdf');
  await launchPlan(ledger);
  const task = Asker.on(ledger);
  await task.issue();
  await task.ask(acknowledge('ack-1'));
  await task.move('add', '2020-03-16', unitActor(LEAD), {
    move: 'addEvidence',
    unit: LEAD,
    items: [{ kind: 'file', value: stored.digest, name: '证明\u2028副本"\\.pdf', bytes: stored.bytes }],
  });
  await ledger.db
    .insertInto('letters')
    .values({
      id: 'L1',
      slot_on: '2020-03-13',
      round: '09:00',
      slot_at: '2020-03-13T01:00:00.000Z',
      to_unit: LEAD,
      to_office: 'liaison',
      office: OFFICE,
      subject: '督办\r\n通知',
      message_id: '<1@duban>',
      dated_at: '2020-03-13T01:00:00.123Z',
      bytes: Buffer.from([0, 255, 10, 13, 92]),
      state: 'handed',
    })
    .execute();
  await sealPlan(ledger.db, PLAN.id, '2020-03-16');
}

async function contents(url: string): Promise<Record<string, unknown[]>> {
  const { db, close } = openDatabase(url);
  const tables: Record<string, unknown[]> = {};
  for (const { name } of await dumpTables(db)) {
    const rows = await db
      .selectFrom(name as 'plans')
      .selectAll()
      .execute();
    // Of one server's transactions only (0013).
    tables[name] = rows.map((row) => JSON.stringify({ ...row, changed_xid: undefined })).sort();
  }
  await close();
  return tables;
}

test('a restored ledger equals the one that was backed up, and proves itself', async () => {
  const before = await contents(ledger.url);
  const made = await backup(ledger.db, join(home, 'evidence'), file);
  expect(made.evidence).toEqual({ files: [expect.any(String)], missing: [] });
  await restore(file, place());
  const after = await contents(empty.url);
  const told = ({ notices: _, ...tables }: Record<string, unknown[]>) => tables;
  expect(told(after)).toEqual(told(before));
  const { db, close } = openDatabase(empty.url);
  expect((await verifyLedger(db)).firstBad).toBeNull();
  expect(await verifyEvidence(db, place().evidence)).toEqual({ files: 1, firstBad: null });
  expect((await schemaVersion(db)).pending).toEqual([]);
  // What waited at the time of the backup may have left since: it is listed, and not mailed again (D12).
  const waiting = await db.selectFrom('notices').selectAll().where('assumed_sent', '=', false).execute();
  expect(waiting.every((notice) => notice.recalled_at !== null || notice.letter !== null)).toBe(true);
  await close();
});

test('nothing is restored over anything', async () => {
  await backup(ledger.db, join(home, 'evidence'), file);
  await expect(restore(file, { ...place(), url: ledger.url })).rejects.toMatchObject({ code: 'not-empty' });
  await mkdir(place().evidence, { recursive: true });
  await writeFile(join(place().evidence, 'something'), '');
  await expect(restore(file, place())).rejects.toMatchObject({ code: 'not-empty' });
  expect(await readdir(place().evidence)).toEqual(['something']);
});

test('a backup that is cut off, altered or none at all is refused, and the place stays empty', async () => {
  await backup(ledger.db, join(home, 'evidence'), file);
  const whole = await readFile(file);
  const damages = [whole.subarray(0, whole.length - 200), Buffer.from('no backup'), Buffer.alloc(0)];
  for (const damaged of damages) {
    await writeFile(file, damaged);
    await expect(restore(file, place())).rejects.toMatchObject({ code: 'bad-backup' });
  }
  await writeFile(file, whole);
  await restore(file, place());
});

test('a file that the ledger names and nobody has does not stop a backup; it is named', async () => {
  const digest = (await readdir(join(home, 'evidence'))).find((name) => name.length === 2) ?? '';
  await rm(join(home, 'evidence', digest), { recursive: true });
  const made = await backup(ledger.db, join(home, 'evidence'), file);
  expect(made.evidence).toEqual({ files: [], missing: [expect.stringMatching(new RegExp(`^${digest}`))] });
  await restore(file, place());
});

test('a failed backup leaves no file and no rest of one', async () => {
  const { db, close } = openDatabase(empty.url);
  await expect(backup(db, join(home, 'evidence'), file)).rejects.toThrow();
  await close();
  expect((await readdir(home)).sort()).toEqual(['evidence']);
});

test('a letter that was under way when the backup was made is neither sent nor written again (D24)', async () => {
  const bound = {
    slot_on: '2020-03-13',
    round: 'urgent',
    to_unit: LEAD,
    to_office: 'liaison',
    office: OFFICE,
  } as const;
  for (const [index, state] of (['waiting', 'sending', 'unsure'] as const).entries()) {
    const slot_at = `2020-03-13T0${index + 2}:00:00.000Z`;
    const letter = { id: state, ...bound, slot_at, dated_at: slot_at, made_at: slot_at, message_id: state, state };
    await ledger.db
      .insertInto('letters')
      .values({ ...letter, address: 'a@b.example', subject: '督办', bytes: Buffer.from(state) })
      .execute();
  }
  await ledger.db.updateTable('notices').set({ letter: 'waiting' }).execute();
  await backup(ledger.db, join(home, 'evidence'), file);
  await restore(file, place());
  const { db, close } = openDatabase(empty.url);
  const calendar = await loadCalendar(db);
  await closeLetters(db, place().now, calendar);
  const slot = { on: '2020-03-16', round: 'urgent', at: place().now } as const;
  expect(await leaseLetters(db, slot, place().now, {}, 1)).toEqual([]);
  expect(await waitingGroups(db, slot)).toEqual([]);
  const letters = await db.selectFrom('letters').select(['state', 'answer']).where('round', '=', 'urgent').execute();
  expect(letters).toEqual(Array(3).fill({ state: 'handed', answer: expect.stringContaining('备份') }));
  await close();
});
