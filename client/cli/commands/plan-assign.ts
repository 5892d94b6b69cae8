/** A draft as a workbook in which a coordinator assigns units and dates, for documents that name none. */
import type { Command } from 'commander';
import { LedgerRefusal } from '../../../ledger/errors';
import { showPlan } from '../../../ledger/plans';
import { listUnits } from '../../../ledger/units';
import { launchProblemsOf } from '../../launch-problems';
import { type Answer, act } from '../call';
import { argument, leaf } from '../command';
import { asNewFile, asPlan } from '../inputs';
import { writeAssignment } from '../later';
import { writeNewFile } from '../new-file';
import type { Session } from '../session';

export function planAssign(plan: Command): void {
  leaf(plan, 'assign <plan>', 'a draft as a workbook for units and dates', 'plan assign shanghai-2021 --xlsx 分工.xlsx')
    .requiredOption('--xlsx <file>', 'the workbook to write; none that is there is replaced')
    .action(
      act<{ xlsx: string }>((session, args, { xlsx }) => write(session, asPlan(argument(args, 0)), asNewFile(xlsx))),
    );
}

async function write(session: Session, id: string, file: string): Promise<Answer> {
  const db = await session.db();
  const { plan, revision, status } = await showPlan(db, id);
  if (status !== 'draft')
    throw new LedgerRefusal(
      'plan-launched',
      `${id} was launched; only moves change its tasks`,
      `duban tasks --plan ${id}`,
    );
  const on = session.today();
  const units = await listUnits(db, plan.city);
  const problems = await launchProblemsOf(db, plan, on);
  await writeNewFile(file, await writeAssignment({ plan, revision, units, problems, on }));
  const blocked = new Set(problems.flatMap(({ task }) => task ?? []));
  const lines = [
    `已写入${file}：${plan.tasks.length}项任务，${blocked.size}项还不能下达。`,
    ...(units.length === 0 ? [`单位目录中还没有${plan.city}的单位，因此没有下拉列表: duban unit add`] : []),
    ...problems.filter(({ task }) => task === null).map(({ zh }) => `  ${id}：${zh}`),
    `下一步: 填好后 duban plan assign ${id} --read ${file}`,
  ];
  const json = {
    plan: id,
    revision,
    file,
    tasks: plan.tasks.length,
    units: units.length,
    blocked: blocked.size,
    problems,
  };
  return { json, text: lines.join('\n') };
}
