import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { collectOrphans, verifyEvidence } from '../../ledger/evidence/audit';
import { type EvidenceStore, openEvidence } from '../../ledger/evidence/store';
import { Asker, LEAD, launchPlan, unitActor } from './asker';
import { seededLedger, type TestLedger } from './test-ledger';

let ledger: TestLedger;
let folder: string;
let store: EvidenceStore;
beforeEach(async () => {
  ledger = await seededLedger();
  folder = await mkdtemp(join(tmpdir(), 'duban-evidence-'));
  store = openEvidence(ledger.db, folder, 1_000);
});
afterEach(async () => {
  await ledger.drop();
  await rm(folder, { recursive: true });
});

const bytes = (text: string) => Readable.from([Buffer.from(text.slice(0, 2)), Buffer.from(text.slice(2))]);
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const filesOf = async () => (await readdir(folder, { recursive: true, withFileTypes: true })).filter((e) => e.isFile());
const later = () => new Date(Date.now() + 60_000).toISOString();

test('a file is stored under its digest, once, and comes back as it was', async () => {
  const stored = await store.put(bytes('办结证明'), '证明.pdf');
  expect(stored).toEqual({ digest: sha256('办结证明'), bytes: 12 });
  expect(await store.put(bytes('办结证明'), '另名.pdf')).toEqual(stored);
  expect(await filesOf()).toHaveLength(1);
  expect(await readFile(join(folder, stored.digest.slice(0, 2), stored.digest.slice(2)), 'utf8')).toBe('办结证明');
  const read = await store.read(stored.digest);
  expect(read && Buffer.concat(await read.toArray()).toString()).toBe('办结证明');
  expect(await store.read(sha256('other'))).toBeNull();
  await expect(store.read('../../etc/passwd')).rejects.toThrow('no SHA-256');
});

test('a file that is too large, or breaks off, leaves nothing behind', async () => {
  await expect(store.put(bytes('x'.repeat(1_001)), null)).rejects.toMatchObject({ code: 'too-large' });
  const broken = async function* () {
    yield Buffer.from('half');
    throw new Error('the sender hung up');
  };
  await expect(store.put(broken(), null)).rejects.toThrow('the sender hung up');
  expect(await filesOf()).toEqual([]);
  expect((await verifyEvidence(ledger.db, folder)).files).toBe(0);
});

test('an altered file, and one that is gone, are named', async () => {
  const { digest } = await store.put(bytes('真'), null);
  expect(await verifyEvidence(ledger.db, folder)).toEqual({ files: 1, firstBad: null });
  await writeFile(store.pathOf(digest), '假');
  expect((await verifyEvidence(ledger.db, folder)).firstBad).toEqual({
    digest,
    problem: 'its bytes are not what was stored',
  });
  await rm(store.pathOf(digest));
  expect((await verifyEvidence(ledger.db, folder)).firstBad).toMatchObject({ digest });
});

test('orphans are collected; what an event names, and what is new, stays', async () => {
  await launchPlan(ledger);
  const used = await store.put(bytes('used'), 'a.pdf');
  const orphan = await store.put(bytes('orphan'), 'b.pdf');
  const task = Asker.on(ledger);
  await task.issue();
  await task.move('add', '2020-03-16', unitActor(LEAD), {
    move: 'addEvidence',
    unit: LEAD,
    items: [{ kind: 'file', value: used.digest, name: 'a.pdf', bytes: used.bytes }],
  });
  // One that a crash left without a row.
  const rowless = sha256('rowless');
  await store.put(bytes('rowless'), null);
  await ledger.db.deleteFrom('evidence_files').where('digest', '=', rowless).execute();

  expect(await collectOrphans(ledger.db, folder, new Date(Date.now() - 60_000).toISOString())).toEqual([]);
  expect(await collectOrphans(ledger.db, folder, later())).toEqual([orphan.digest, rowless].sort());
  expect((await filesOf()).map((entry) => entry.name)).toEqual([used.digest.slice(2)]);
  expect((await verifyEvidence(ledger.db, folder)).firstBad).toBeNull();
  // Whoever sends the orphan again finds a store that takes it again.
  expect(await store.put(bytes('orphan'), 'b.pdf')).toEqual(orphan);
  expect((await verifyEvidence(ledger.db, folder)).files).toBe(2);
});

test('a file whose row is fresh stays, however old the disk says it is', async () => {
  const { digest } = await store.put(bytes('again'), null);
  await utimes(store.pathOf(digest), 0, 0);
  expect(await collectOrphans(ledger.db, folder, new Date(Date.now() - 60_000).toISOString())).toEqual([]);
});
