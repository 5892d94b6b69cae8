/** 重新印发: a plan as the draft of another year, with what the new year leaves to look at. */
import type { Command } from 'commander';
import type { ReissueNotes } from '../../../domain/drafts/reissue-notes';
import type { Plan } from '../../../domain/plan';
import { numberOf } from '../../../domain/task-ids';
import { listUnits } from '../../../ledger/units';
import { reissueDraft, reissuedId } from '../../drafts/reissue-draft';
import { type Answer, act } from '../call';
import { argument, leaf } from '../command';
import { draftDesk } from '../draft-desk';
import { asNumber, asPlan } from '../inputs';
import { blockLines, launchBlocks } from '../launch-blocks';
import type { Session } from '../session';

/** How many tasks are named in one line. */
const MOST_NAMED = 8;

export function planReissue(plan: Command): void {
  leaf(plan, 'reissue <plan>', 'a draft with every date moved by whole years', 'plan reissue zhuzhou-2020 --to 2028')
    .requiredOption('--to <year>', 'the year in which it is issued anew', asNumber('year', 2000, 2098))
    .option('--as <id>', 'id of the draft; the old one with the new year when left out', asPlan)
    .action(
      act<{ to: number; as?: string }>((session, args, { to, as }) => copy(session, asPlan(argument(args, 0)), to, as)),
    );
}

async function copy(session: Session, id: string, year: number, as?: string): Promise<Answer> {
  const db = await session.db();
  const newId = asPlan(as ?? reissuedId(id, year));
  const { plan, notes } = await reissueDraft(await draftDesk(session), id, year, newId);
  const blocks = launchBlocks(plan, await listUnits(db), session.today());
  const [first, last] = endsOf(plan);
  const { reissuedFrom, issuedOn, tasks } = plan;
  const json = { plan: newId, reissuedFrom, issuedOn, tasks: tasks.length, first, last, ...notes, blocks };
  const text = [
    `已生成草稿${newId}：${tasks.length}项任务，时限${first ?? '无'}至${last ?? '无'}。`,
    ...noteLines(notes, newId),
    ...blockLines(plan, blocks),
    `下一步: duban plan rehearse ${newId}，duban launch ${newId} --signed-by 姓名`,
  ];
  return { json, text: text.join('\n') };
}

function endsOf({ tasks }: Plan): [string | null, string | null] {
  const dates = tasks.flatMap(({ deadline: d }) => [d.dueOn, d.readyOn, d.notReadyOn]).filter((d) => d !== null);
  dates.sort();
  return [dates[0] ?? null, dates.at(-1) ?? null];
}

function noteLines({ daysOff, provisionalYears, oldYears, doneRemarks }: ReissueNotes, id: string): string[] {
  const days = new Map(daysOff.map(({ day, lastWorkingDay }) => [day, lastWorkingDay]));
  const on = (wanted: string) => daysOff.filter(({ day }) => day === wanted).map(({ task }) => task);
  return [
    ...(provisionalYears.length > 0
      ? [`${provisionalYears.join('、')}年的放假安排尚未公布，按此推算的工作日均为暂定。`]
      : []),
    ...[...days].map(([day, last]) => `${day}是休息日，到期前最后一个工作日为${last}：${some(on(day))}`),
    ...(oldYears.length > 0
      ? [`文字中仍写有原年份，未改动，请核对：${some(oldYears.map(({ task }) => task ?? '方案名称'))}`]
      : []),
    ...(doneRemarks.length > 0
      ? [`备注为原方案的“已完成”，请核对：${some(doneRemarks)}（不再适用的：duban plan edit ${id} TASK --remark none）`]
      : []),
  ];
}

function some(tasks: string[]): string {
  const named = tasks.slice(0, MOST_NAMED).map(numberOf);
  return `${named.join('、')}${tasks.length > MOST_NAMED ? `等${tasks.length}项` : ''}`;
}
