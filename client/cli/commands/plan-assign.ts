/** A draft as a workbook in which a coordinator assigns units and dates, and back, for documents that name none. */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Command } from 'commander';
import type { CellProblem } from '../../../documents/assignment/filled-row';
import type { Resolve } from '../../../documents/assignment/names-in-cell';
import type { FilledWorkbook } from '../../../documents/assignment/open';
import { type ReadBack, readBack } from '../../../documents/assignment/read-back';
import type { Change } from '../../../domain/drafts/corrections';
import type { LaunchProblem } from '../../../domain/rules/issue';
import { loadCalendar } from '../../../ledger/calendars';
import type { Db } from '../../../ledger/database';
import { LedgerRefusal } from '../../../ledger/errors';
import { type StoredPlan, showPlan } from '../../../ledger/plans';
import { listUnits } from '../../../ledger/units';
import { launchProblemsOf } from '../../launch-problems';
import { type Answer, act } from '../call';
import { changeText } from '../change-text';
import { argument, leaf } from '../command';
import { correctDraft } from '../correcting';
import { CliFailure, wrongCall } from '../failure';
import { asFile, asNewFile, asPlan } from '../inputs';
import { openAssignment, writeAssignment } from '../later';
import { writeNewFile } from '../new-file';
import { authorised } from '../people';
import type { Session } from '../session';
import { type UnitNames, unitNames } from '../unit-names';

/** Larger than any workbook of tasks; the reader has limits of its own. */
const MOST_MB = 50;
/** A screen of them; the rest is in `plan show`. */
const MOST_LINES = 30;

export function planAssign(plan: Command): void {
  leaf(
    plan,
    'assign <plan>',
    'a draft as a workbook for units and dates, and back',
    'plan assign shanghai-2021 --xlsx 分工.xlsx\n  $ duban plan assign shanghai-2021 --read 分工.xlsx',
  )
    .option('--xlsx <file>', 'the workbook to write; none that is there is replaced')
    .option('--read <file>', 'the workbook, filled in: what it changes is corrected in the draft')
    .action(
      act<{ xlsx?: string; read?: string }>((session, args, { xlsx, read }) => {
        const id = asPlan(argument(args, 0));
        if (xlsx !== undefined && read === undefined) return write(session, id, asNewFile(xlsx));
        if (read !== undefined && xlsx === undefined) return readIn(session, id, asFile(read, { mb: MOST_MB }).path);
        throw wrongCall('xlsx-or-read', '请写--xlsx或--read其中之一。', 'say either --xlsx FILE or --read FILE');
      }),
    );
}

async function draftOf(db: Db, id: string): Promise<StoredPlan> {
  const stored = await showPlan(db, id);
  if (stored.status === 'draft') return stored;
  const says = `${id} was launched; only moves change its tasks`;
  throw new LedgerRefusal('plan-launched', says, `duban tasks --plan ${id}`);
}

async function write(session: Session, id: string, file: string): Promise<Answer> {
  const db = await session.db();
  const { plan, revision } = await draftOf(db, id);
  const on = session.today();
  const units = await listUnits(db, plan.city);
  const problems = await launchProblemsOf(db, plan, on);
  await writeNewFile(file, await writeAssignment({ plan, revision, units, problems, on }));
  const blocked = tasksOf(problems);
  const lines = [
    `已写入${file}：${plan.tasks.length}项任务，${blocked}项还不能下达。`,
    ...(units.length === 0 ? [`单位目录中还没有${plan.city}的单位，因此没有下拉列表: duban unit add`] : []),
    ...problems.filter(({ task }) => task === null).map(({ zh }) => `  ${id}：${zh}`),
    `下一步: 填好后 duban plan assign ${id} --read ${file}`,
  ];
  const json = { plan: id, revision, file, tasks: plan.tasks.length, units: units.length, blocked, problems };
  return { json, text: lines.join('\n') };
}

async function readIn(session: Session, id: string, file: string): Promise<Answer> {
  const db = await session.db();
  const draft = await draftOf(db, id);
  const { plan } = draft;
  const actor = await authorised(session, { office: plan.office, by: ['coordinator', 'office-head'] });
  const filled = await openAssignment(await readFile(file), basename(file));
  if ('refused' in filled) {
    const { code, says } = filled.refused;
    throw new CliFailure(1, code, `${says}。`, `the workbook is not read back: ${code}`, {
      where: file,
      next: `duban plan assign ${id} --xlsx FILE writes a new one`,
    });
  }
  if (filled.plan !== id) throw otherPlan(filled, id, file);
  const unit = await unitNames(db, plan.city);
  const back = readBack(filled, draft, actor.name, { resolve: resolverOf(unit), calendar: await loadCalendar(db) });
  if (back.problems.length > 0) throw unread(back.problems, file);
  if (back.conflicts.length > 0) throw overtaken(back.conflicts, id);
  const made =
    back.edits.length > 0
      ? await correctDraft(session, draft, back.edits, { note: noteOf(file, back), workbook: filled.workbook })
      : { plan, revision: draft.revision, changes: [] };
  return answer(id, file, back, made, await launchProblemsOf(db, made.plan, session.today()));
}

/** Each name is looked up once: a plan names the same units in many rows. */
function resolverOf(unit: UnitNames): Resolve {
  const known = new Map<string, ReturnType<Resolve>>();
  return (name) => {
    const found = known.get(name) ?? lookUp(unit, name);
    known.set(name, found);
    return found;
  };
}

function lookUp(unit: UnitNames, name: string): ReturnType<Resolve> {
  try {
    return { unit: unit(name) };
  } catch (error) {
    if (error instanceof CliFailure) return { says: error.zh.replace(/。$/, '') };
    throw error;
  }
}

function otherPlan({ plan }: FilledWorkbook, id: string, file: string): CliFailure {
  return wrongCall('wrong-workbook', `这是方案${plan}的工作簿。`, `the workbook belongs to ${plan}, not to ${id}`, {
    where: file,
    next: `duban plan assign ${plan} --read ${file}`,
  });
}

/** 第12行“牵头单位”：… */
const placed = ({ line, header, says }: CellProblem): string => `第${line}行${header ? `“${header}”` : ''}：${says}`;

function unread(problems: readonly CellProblem[], file: string): CliFailure {
  const zh = `工作簿有${problems.length}处读不懂，没有读入任何一项：\n${listed(problems.map(placed), '  - ').join('\n')}`;
  return new CliFailure(1, 'workbook-unclear', zh, `${problems.length} cells cannot be read; nothing was stored`, {
    where: file,
    next: 'mend these cells, save, and read it again',
    details: problems,
  });
}

function overtaken(conflicts: readonly string[], id: string): CliFailure {
  const zh = `工作簿写出之后，他人改过其中也改的${conflicts.length}项任务：${conflicts.join('、')}。没有读入任何一项。`;
  const en = `somebody else changed ${conflicts.length} of these tasks since the workbook was written`;
  return new CliFailure(4, 'plan-changed', zh, en, {
    next: `duban plan show ${id}; then write a new workbook with --xlsx and fill these tasks in again`,
    details: { tasks: conflicts },
  });
}

function noteOf(file: string, { notes }: ReadBack): string {
  return [`读回工作簿${basename(file)}`, ...notes.map(({ task, text }) => `${task} ${text}`)].join('；');
}

function answer(
  id: string,
  file: string,
  { edits, told, left, absent }: ReadBack,
  { revision, changes }: { revision: number; changes: Change[] },
  problems: LaunchProblem[],
): Answer {
  const said = told.map(placed);
  const blocked = tasksOf(problems);
  const lines = [
    edits.length > 0
      ? `已读回${file}：更正${edits.length}项任务（第${revision}稿）。`
      : `${file}与草稿一致，没有要更正的内容。`,
    ...listed(changes.map(changeText), '  '),
    ...(said.length > 0 ? ['日期是这样读的，请核对：', ...listed(said, '  ')] : []),
    ...(left.length > 0
      ? [`写出之后草稿已另有更正、工作簿里仍是原样，因此没有改动的任务：${listed(left, '').join('、')}`]
      : []),
    ...(absent.length > 0 ? [`工作簿中没有、因此没有改动的任务：${listed(absent, '').join('、')}`] : []),
    ...(problems.length > 0
      ? [
          `还不能下达${blocked > 0 ? `，${blocked}项任务有缺` : ''}：`,
          ...listed(
            problems.map(({ task, zh }) => `${task ?? id}：${zh}`),
            '  - ',
          ),
          `下一步: 补填后再读回，或 duban plan edit ${id} 任务 …`,
        ]
      : [`可以下达。下一步: duban plan rehearse ${id}，duban launch ${id} --signed-by 姓名`]),
  ];
  const json = { plan: id, revision, file, changed: edits.length, changes, told, left, absent, blocked, problems };
  return { json, text: lines.join('\n') };
}

function tasksOf(problems: readonly LaunchProblem[]): number {
  return new Set(problems.flatMap(({ task }) => task ?? [])).size;
}

function listed(lines: readonly string[], before: string): string[] {
  const shown = lines.slice(0, MOST_LINES).map((line) => `${before}${line}`);
  return lines.length > MOST_LINES ? [...shown, `${before}……另有${lines.length - MOST_LINES}条（--json列全）`] : shown;
}
