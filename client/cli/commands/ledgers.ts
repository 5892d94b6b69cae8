/** The ledger 台账 as a workbook, copies of everything, and the proof that nothing was altered. */
import type { Command } from 'commander';
import { verifyLedger } from '../../../ledger/audit/audit';
import { findSeal } from '../../../ledger/audit/seals';
import { backup } from '../../../ledger/backup/backup';
import { restore } from '../../../ledger/backup/restore';
import { verifyEvidence } from '../../../ledger/evidence/audit';
import { authoriseVerification } from '../../verifications';
import { type Answer, act, actAsOperator } from '../call';
import { argument, group, leaf } from '../command';
import { draftDesk } from '../draft-desk';
import { wrongCall } from '../failure';
import { asFile, asNewFile, asPlan, shown } from '../inputs';
import { ledgerWorkbook } from '../later';
import { readerOf } from '../people';
import { withDatabase } from '../servers';
import type { Session } from '../session';
import { writeWhole } from '../whole-file';

/** Larger than any ledger of this kind; a mistaken file is found out before it is unpacked. */
const LARGEST_BACKUP_MB = 20_000;

export function ledgers(program: Command): void {
  leaf(
    group(program, 'ledger', 'the ledger of a plan'),
    'export <plan>',
    'the ledger 台账 as a workbook',
    'ledger export zhuzhou-2027 --xlsx 台账.xlsx',
  )
    .requiredOption('--xlsx <file>', 'the workbook; one that is there is replaced')
    .action(
      act<{ xlsx: string }>((session, args, { xlsx }) =>
        exportLedger(session, asPlan(argument(args, 0)), asNewFile(xlsx)),
      ),
    );

  leaf(
    program,
    'backup <file>',
    'the ledger as it is now, and every file of evidence',
    'backup /srv/backup/duban-20270315.tar.gz',
  ).action(
    actAsOperator(async (session, args) => {
      const file = asNewFile(argument(args, 0));
      const { madeAt, schema, tables, evidence } = await backup(await session.db(), session.config.evidenceDir, file);
      const rows = tables.reduce((sum, table) => sum + table.rows, 0);
      const json = {
        file,
        madeAt,
        schema: schema.at(-1) ?? null,
        rows,
        evidence: { files: evidence.files.length, missing: evidence.missing },
      };
      const missing =
        evidence.missing.length > 0 ? `\n缺少${evidence.missing.length}个佐证文件: duban audit verify` : '';
      return { json, text: `已备份到${file}：${rows}行，${evidence.files.length}个佐证文件。${missing}` };
    }),
  );

  leaf(program, 'restore <file>', 'into an empty home or database', 'restore /srv/backup/duban-20270315.tar.gz').action(
    actAsOperator(async (session, args) => {
      const file = asFile(argument(args, 0), { mb: LARGEST_BACKUP_MB }).path;
      const { evidenceDir: evidence } = session.config;
      const manifest = await withDatabase(session.config, session.say, (url) =>
        restore(file, { url, evidence, now: session.now() }),
      );
      const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
      const json = { file, madeAt: manifest.madeAt, rows, evidence: manifest.evidence.files.length };
      return {
        json,
        text: `已恢复${manifest.madeAt}的备份：${rows}行。\n下一步: duban up（或duban worker），然后duban doctor --relaunch`,
      };
    }),
  );

  leaf(
    group(program, 'audit', 'what an auditor does'),
    'verify [plan]',
    'recompute every hash chain, seal and stored file',
    'audit verify',
  )
    .option('--seal <hash>', 'also: whether the plan has this seal, as a letter or bulletin prints it', asSeal)
    .action(
      act<{ seal?: string }>((session, args, { seal }) =>
        verify(session, args[0] === undefined ? undefined : asPlan(args[0]), seal),
      ),
    );
}

async function exportLedger(session: Session, id: string, file: string): Promise<Answer> {
  const { bytes, rows } = await ledgerWorkbook(await draftDesk(session), id, session.today());
  await writeWhole(file, bytes);
  return { json: { plan: id, file, rows }, text: `台账已写入${file}：${rows}项任务。` };
}

function asSeal(text: string): string {
  const hash = text.trim().toLowerCase();
  if (/^[0-9a-f]{64}$/.test(hash)) return hash;
  const zh = `“${shown(text)}”不是封存值（64位十六进制数）。`;
  throw wrongCall('bad-seal', zh, `"${shown(text)}" is no seal: 64 hexadecimal digits, as printed`);
}

async function verify(session: Session, plan?: string, seal?: string): Promise<Answer> {
  const reader = await readerOf(session);
  await authoriseVerification(reader, plan ?? null);
  const { db } = reader.desk;
  // A printed seal is found first: a ledger that is right in itself may still not be the one that was printed.
  const sealed = seal === undefined ? null : await findSeal(db, seal, plan);
  const ledger = await verifyLedger(db, plan);
  // Files belong to no plan: a check of one plan leaves them out.
  const evidence = plan === undefined ? await verifyEvidence(db, session.config.evidenceDir) : null;
  const bad =
    ledger.firstBad ??
    (seal !== undefined && !sealed
      ? { where: `seal ${plan ?? ''}`.trim(), row: seal, problem: '台账中没有这个封存值 (the ledger has no such seal)' }
      : null) ??
    (evidence?.firstBad && { where: 'evidence', row: evidence.firstBad.digest, problem: evidence.firstBad.problem });
  const json = {
    ...ledger,
    files: evidence?.files ?? null,
    seal: sealed && { plan: sealed.plan, on: sealed.on },
    firstBad: bad ?? null,
    ok: !bad,
  };
  const counted = `${ledger.streams}条记录链，${ledger.events}条记录，${ledger.seals}个封存${evidence ? `，${evidence.files}个文件` : ''}`;
  const text = bad
    ? `不一致：${bad.where} ${bad.row ?? ''}\n  ${bad.problem}\n（已核对${counted}）`
    : `全部一致：${counted}。${sealed ? `该封存值为${sealed.plan}于${sealed.on}所封。` : ''}`;
  return { json, text, exit: bad ? 1 : 0 };
}
