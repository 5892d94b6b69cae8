/**
 * The evidence pack of a plan: every file in a folder of its task, who added it and when, what became of it, and digests
 * by which anybody can check it without Duban (`sha256sum -c SHA256SUMS`). It is written while it is sent, a file at a
 * time, so that no memory holds it. What is missing or altered is said in it, not left out.
 */

import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { minuteOf } from '../../domain/days';
import { nameOf } from '../../domain/notices';
import type { PlanId, TaskId } from '../../domain/plan';
import type { EvidenceItem } from '../../domain/task';
import { numberOf } from '../../domain/task-ids';
import { evidenceOfPlan, headsOfPlan, type TaskEvidence } from '../../ledger/evidence/of-plan';
import type { EvidenceStore } from '../../ledger/evidence/store';
import { showPlan } from '../../ledger/plans';
import type { DraftDesk } from '../drafts/draft-desk';
import { table } from './csv';
import { namesInFolder } from './pack-names';

/** A file of evidence as the pack has it. */
export interface PackedFile {
  /** Where it lies in the pack; null where there was nothing to pack. */
  path: string | null;
  state: 'same' | 'altered' | 'missing';
  /** What lies in the pack, where that is not what was handed in. */
  foundSha256: string | null;
  foundBytes: number | null;
}

interface PackedItem extends Omit<EvidenceItem, 'value'> {
  /** SHA-256 of a file as it was handed in; else the address, document number or figure itself. */
  value: string;
  addedAt: string | null;
  addedBy: string | null;
  versions: number[];
  file: PackedFile | null;
}

interface PackedTask extends Pick<TaskEvidence, 'task' | 'title' | 'status' | 'headSeq' | 'headHash'> {
  items: PackedItem[];
  versions: (TaskEvidence['versions'][number] & { handedInBy: string | null; decidedBy: string | null })[];
}

/** What the pack came to. */
export interface PackSummary {
  plan: PlanId;
  tasks: number;
  files: number;
  missing: { task: TaskId; name: string | null; sha256: string }[];
  altered: { task: TaskId; name: string | null; sha256: string }[];
  /** SHA-256 of manifest.json. */
  manifest: string;
}

export interface EvidencePack {
  /** `<plan>-evidence.zip`. */
  name: string;
  content: Readable;
  /** Known when the last byte is written. */
  summary: Promise<PackSummary>;
}

/**
 * Begins the pack; its content is written as fast as it is read.
 * @param now ISO instant, for the manifest
 * @throws LedgerRefusal `unknown-plan`; what the desk throws of who may not
 */
export async function evidencePack(
  desk: DraftDesk,
  store: EvidenceStore,
  id: PlanId,
  now: string,
): Promise<EvidencePack> {
  const { db } = desk.desk;
  const { plan, launchedAt, signedBy } = await showPlan(db, id);
  const actor = await desk.authorise('exportPlan', { office: plan.office });
  const zip = new ZipFile();
  const content = zip.outputStream;
  // yazl makes a PassThrough and calls it less.
  if (!(content instanceof Readable)) throw new TypeError('the zip gives no stream that can be stopped');
  zip.once('error', (error) => content.destroy(error));

  async function write(): Promise<PackSummary> {
    const sums: string[] = [];
    const tasks: PackedTask[] = [];
    for await (const record of evidenceOfPlan(db, id)) {
      const packed = await packTask(zip, store, record, sums);
      tasks.push(packed);
    }
    const about = {
      format: 'duban-evidence-pack',
      version: 1,
      plan: { id, title: plan.title, number: plan.number, office: plan.office, launchedAt, signedBy },
      madeAt: now,
      madeBy: actor.name,
      heads: await headsOfPlan(db, id),
      tasks,
    };
    const manifest = Buffer.from(`${JSON.stringify(about, null, 2)}\n`);
    const list = Buffer.from(`\ufeff${listOf(tasks)}`);
    const digest = sha256(manifest);
    for (const [path, bytes] of [
      ['manifest.json', manifest],
      ['清单.csv', list],
    ] as const) {
      zip.addBuffer(bytes, path);
      sums.push(`${sha256(bytes)}  ${path}`);
    }
    zip.addBuffer(Buffer.from(`${digest}  manifest.json\n`), 'manifest.sha256');
    zip.addBuffer(Buffer.from(`${sums.join('\n')}\n`), 'SHA256SUMS');
    zip.end();
    return summaryOf(id, tasks, digest);
  }

  const summary = write();
  // A pack that breaks off must not look whole: its reader gets an error, not an end.
  summary.catch((error) => content.destroy(error));
  return { name: `${id}-evidence.zip`, content, summary };
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

async function packTask(zip: ZipFile, store: EvidenceStore, record: TaskEvidence, sums: string[]): Promise<PackedTask> {
  const { task, title, status, headSeq, headHash, items, versions, events } = record;
  const folder = numberOf(task);
  const names = namesInFolder(items);
  const packed: PackedItem[] = [];
  for (const item of items) {
    const added = events.find(
      (event) => event.type === 'evidenceAdded' && event.items.some(({ id }) => id === item.id),
    );
    const path = `${folder}/${names.get(item.id) ?? item.id}`;
    packed.push({
      ...item,
      addedAt: added?.at ?? null,
      addedBy: added?.actor.name ?? null,
      versions: versions.filter((version) => version.items.includes(item.id)).map(({ version }) => version),
      file: item.kind === 'file' ? await packFile(zip, store, item, path, sums) : null,
    });
  }
  const handIn = new Map(events.flatMap((e) => (e.type === 'evidenceSubmitted' ? [[e.version, e.actor.name]] : [])));
  const decided = new Map(
    events.flatMap((e) =>
      e.type === 'evidenceAccepted' || e.type === 'evidenceReturned' ? [[e.version, e.actor.name]] : [],
    ),
  );
  return {
    task,
    title,
    status,
    headSeq,
    headHash,
    items: packed,
    versions: versions.map((version) => ({
      ...version,
      handedInBy: handIn.get(version.version) ?? null,
      decidedBy: decided.get(version.version) ?? null,
    })),
  };
}

/** Writes one file and waits until the pack has it: the next one is opened when this one is through. */
async function packFile(
  zip: ZipFile,
  store: EvidenceStore,
  { value }: EvidenceItem,
  path: string,
  sums: string[],
): Promise<PackedFile> {
  const content = await store.read(value);
  if (!content) return { path: null, state: 'missing', foundSha256: null, foundBytes: null };
  const hash = createHash('sha256');
  let bytes = 0;
  let isBroken = false;
  async function* hashed(chunks: Readable) {
    try {
      for await (const chunk of chunks as AsyncIterable<Buffer>) {
        hash.update(chunk);
        bytes += chunk.length;
        yield chunk;
      }
    } catch {
      // What could be read is there; its digest says that it is not the whole of it.
      isBroken = true;
    }
  }
  const source = Readable.from(hashed(content), { objectMode: false });
  const gone = () => source.destroy(new Error('nobody reads the pack any more'));
  zip.outputStream.once('close', gone);
  try {
    zip.addReadStream(source, path);
    await finished(source, { writable: false });
  } finally {
    zip.outputStream.removeListener('close', gone);
    content.destroy();
  }
  const found = hash.digest('hex');
  sums.push(`${found}  ${path}`);
  const isSame = found === value && !isBroken;
  return {
    path,
    state: isSame ? 'same' : 'altered',
    foundSha256: isSame ? null : found,
    foundBytes: isSame ? null : bytes,
  };
}

const STATES = { same: '一致', altered: '与报送时不一致', missing: '文件缺失' } as const;
const KINDS = { file: '文件', link: '网址', number: '文号', figure: '数据' } as const;

/** The list that people read: one line per piece of evidence. */
function listOf(tasks: readonly PackedTask[]): string {
  const head = [
    '任务',
    '任务名称',
    '种类',
    '名称',
    '单位',
    '添加时间',
    '添加人',
    '报送版本',
    '文件位置',
    '核对',
    'SHA-256或内容',
  ];
  const rows = tasks.flatMap(({ task, title, items }) =>
    items.map(({ kind, name, value, unit, addedAt, addedBy, versions, file }) => [
      task,
      title,
      KINDS[kind],
      name ?? '',
      nameOf(unit),
      addedAt ? minuteOf(addedAt) : '',
      addedBy ?? '',
      versions.join(' '),
      file?.path ?? '',
      file ? STATES[file.state] : '',
      value,
    ]),
  );
  return table([head, ...rows]);
}

function summaryOf(plan: PlanId, tasks: readonly PackedTask[], manifest: string): PackSummary {
  const files = tasks.flatMap(({ task, items }) => items.flatMap((item) => (item.file ? [{ task, ...item }] : [])));
  const of = (state: PackedFile['state']) =>
    files.filter(({ file }) => file?.state === state).map(({ task, name, value }) => ({ task, name, sha256: value }));
  return { plan, tasks: tasks.length, files: files.length, missing: of('missing'), altered: of('altered'), manifest };
}
