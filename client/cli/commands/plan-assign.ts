/** A draft as a workbook in which a coordinator assigns units and dates, and back, for documents that name none. */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Command } from 'commander';
import type { LaunchProblem } from '../../../domain/rules/issue';
import type { ReadAssignment } from '../../drafts/assignment';
import { changeText } from '../../drafts/change-text';
import { listed, placed } from '../../drafts/problem-lines';
import { type Answer, act } from '../call';
import { argument, leaf } from '../command';
import { draftDesk } from '../draft-desk';
import { wrongCall } from '../failure';
import { asFile, asNewFile, asPlan } from '../inputs';
import { assignmentOf, readAssignment } from '../later';
import { writeNewFile } from '../new-file';
import type { Session } from '../session';

/** Larger than any workbook of tasks; the reader has limits of its own. */
const MOST_MB = 50;

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

async function write(session: Session, id: string, file: string): Promise<Answer> {
  const { bytes, plan, revision, units, problems } = await assignmentOf(await draftDesk(session), id, session.today());
  await writeNewFile(file, bytes);
  const blocked = tasksOf(problems);
  const lines = [
    `已写入${file}：${plan.tasks.length}项任务，${blocked}项还不能下达。`,
    ...(units === 0 ? [`单位目录中还没有${plan.city}的单位，因此没有下拉列表: duban unit add`] : []),
    ...problems.filter(({ task }) => task === null).map(({ zh }) => `  ${id}：${zh}`),
    `下一步: 填好后 duban plan assign ${id} --read ${file}`,
  ];
  const json = { plan: id, revision, file, tasks: plan.tasks.length, units, blocked, problems };
  return { json, text: lines.join('\n') };
}

async function readIn(session: Session, id: string, file: string): Promise<Answer> {
  const filled = { bytes: await readFile(file), name: basename(file), where: file };
  const now = { at: session.now(), on: session.today() };
  return answer(id, file, await readAssignment(await draftDesk(session), id, filled, now));
}

function answer(id: string, file: string, { back, made, problems }: ReadAssignment): Answer {
  const { edits, told, left, absent } = back;
  const { revision, changes } = made;
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
