/** The ledger's side of `doctor`: PostgreSQL, schema, clock, calendar, evidence. */
import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { loadCalendar } from '../../../ledger/calendars';
import { type Db, openDatabase } from '../../../ledger/database';
import { type LedgerHealth, ledgerHealth } from '../../../ledger/doctor';
import { collectOrphans } from '../../../ledger/evidence/audit';
import { type MailHealth, mailHealth } from '../../../ledger/mail-health';
import { databaseUrlOf } from '../servers';
import type { Session } from '../session';
import { timeText } from '../table';
import { type Finding, note, well, wordsOf, wrong } from './finding';
import { repliesFinding } from './replies-part';

/** Moves are refused when they come from more than five seconds ahead (D5); two is where it begins to matter. */
const CLOCK_TOLERANCE_MS = 2_000;
/** D25: a form may lie open for long. */
const ORPHAN_DAYS = 7;

export async function ledgerFindings(session: Session): Promise<Finding[]> {
  const [part, next] = ['PostgreSQL', session.config.databaseUrl ? 'check DATABASE_URL' : 'duban up'];
  let database: ReturnType<typeof openDatabase> | null = null;
  try {
    database = openDatabase(await databaseUrlOf(session.config), 2);
    // The first question pays for the connection; the latency of the second is the database's.
    await database.pool.query('SELECT 1');
    const health = await ledgerHealth(database.db, session.now());
    const found = [well(part, `PostgreSQL ${health.server}`, health.latencyMs), ...healthFindings(health)];
    if (health.schema.pending.length > 0) return found;
    const { db } = database;
    return [
      ...found,
      ...mailFindings(await mailHealth(db, session.now()), health.feedbackOwed),
      await calendarFinding(db, session),
      await evidenceFinding(db, session),
      await repliesFinding(db, session),
    ];
  } catch (error) {
    return [wrong(part, wordsOf(error), next)];
  } finally {
    await database?.close();
  }
}

function healthFindings(health: LedgerHealth): Finding[] {
  const { schema, clockAheadMs, appendOnlyRole, streams, overdueAlarms } = health;
  const clock =
    Math.abs(clockAheadMs) > CLOCK_TOLERANCE_MS
      ? wrong('时钟', `数据库与本机相差${clockAheadMs}毫秒`, 'keep both clocks by NTP')
      : well('时钟', `数据库与本机相差${clockAheadMs}毫秒`);
  if (schema.pending.length > 0) {
    return [clock, wrong('数据库结构', `${schema.version ?? '空'}，待更新${schema.pending.length}项`, 'duban migrate')];
  }
  return [
    clock,
    well('数据库结构', schema.version ?? ''),
    appendOnlyRole
      ? well('只增不改', '应用角色不能改动记录')
      : note('只增不改', '应用角色可以改动记录，仅由触发器阻止'),
    overdueAlarms > 0
      ? wrong('提醒', `${overdueAlarms}项提醒已过时未响`, 'start a worker, then duban doctor --relaunch')
      : well('提醒', `${streams}条记录链，没有误时的提醒`),
  ];
}

/** R33: letters that do not leave for a whole working day are the loudest thing that there is to say. */
function mailFindings(mail: MailHealth, feedbackOwed: number): Finding[] {
  const { notices, waiting, stuckSince, stuckOn, answer, standingStill } = mail;
  const still = standingStill > 0 ? `；${standingStill}项任务因信件未送达，催办停止计时` : '';
  const said = `${notices}条通知待发，${waiting}封信件未交出，${feedbackOwed}件送达结果待反馈${still}`;
  const last = answer ? `；最近答复：${answer}` : '';
  const next = 'duban doctor --mail ADDRESS; duban letters --failed';
  if (stuckOn !== null)
    return [
      wrong(
        '信件',
        `自${timeText(stuckSince ?? '')}起没有一封信件送出，已满一个工作日（${stuckOn}）！${said}${last}`,
        next,
      ),
    ];
  if (stuckSince !== null) return [note('信件', `${said}${last}`, next)];
  return [standingStill > 0 ? note('信件', said, 'duban unit list; duban letters --failed') : well('信件', said)];
}

async function calendarFinding(db: Db, session: Session): Promise<Finding> {
  const { years, version } = await loadCalendar(db);
  const known = Object.keys(years).sort();
  const thisYear = session.today().slice(0, 4);
  const nextYear = String(Number(thisYear) + 1);
  const confirmed = known.filter((year) => years[year]?.status === 'confirmed');
  const said = `${known[0] ?? '无'}至${known.at(-1) ?? '无'}年，已公布至${confirmed.at(-1) ?? '无'}年（${version}）`;
  if (!years[thisYear] || !years[nextYear]) return wrong('日历', said, 'duban migrate, or duban calendar import FILE');
  return confirmed.includes(thisYear)
    ? well('日历', said)
    : wrong('日历', `${said}，今年为暂定`, 'duban calendar import FILE');
}

/** Writes and reads a file, as every process must be able to (D25), and collects uploads that nobody named. */
async function evidenceFinding(db: Db, session: Session): Promise<Finding> {
  const { evidenceDir } = session.config;
  const probe = join(evidenceDir, `.probe-${randomUUID()}`);
  try {
    await mkdir(evidenceDir, { recursive: true });
    const file = await open(probe, 'wx');
    await file.writeFile(probe).finally(() => file.close());
    const same = (await readFile(probe, 'utf8')) === probe;
    await rm(probe);
    if (!same) return wrong('佐证文件', `${evidenceDir}：读回的内容不同`, 'check the disk');
    const before = new Date(Date.now() - ORPHAN_DAYS * 86_400_000).toISOString();
    const gone = await collectOrphans(db, evidenceDir, before);
    return well('佐证文件', `${evidenceDir}${gone.length > 0 ? `，已清理${gone.length}个无主文件` : ''}`);
  } catch (error) {
    return wrong('佐证文件', wordsOf(error), `make ${evidenceDir} writable, or set DUBAN_EVIDENCE`);
  }
}
