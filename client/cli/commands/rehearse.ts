/** 预演: every letter, slip and check-in that a plan would cause, from the rules that would cause them. Writes nothing. */
import type { Command } from 'commander';
import { type Rehearsal, rehearse } from '../../../domain/rehearsal';
import { showPlan } from '../../../ledger/plans';
import { unitNames } from '../../drafts/unit-names';
import { rehearsalGround } from '../../rehearsals';
import { type Answer, act } from '../call';
import { argument, leaf } from '../command';
import { draftDesk } from '../draft-desk';
import { asDay, asPlan } from '../inputs';
import type { Session } from '../session';
import { names, table } from '../table';

export function planRehearse(plan: Command): void {
  leaf(
    plan,
    'rehearse <plan>',
    'every letter, slip and check-in of a year, dated; nothing is sent',
    'plan rehearse zhuzhou-2027 --from 2027-03-15 --silent 市税务局 市公安局',
  )
    .option('--from <day>', 'the day of launch; today, or the day it was launched', asDay)
    .option('--silent <unit...>', 'units that never act')
    .action(
      act<{ from?: string; silent?: string[] }>((session, args, options) =>
        run(session, asPlan(argument(args, 0)), options),
      ),
    );
}

async function run(session: Session, id: string, options: { from?: string; silent?: string[] }): Promise<Answer> {
  const db = await session.db();
  const unit = await unitNames(db, (await showPlan(db, id)).plan.city);
  const silent = [...new Set((options.silent ?? []).map(unit))];
  const wanted = { from: options.from, silent, today: session.today() };
  const { plan, units, calendar, policy, ...ground } = await rehearsalGround(await draftDesk(session), id, wanted);
  const rehearsal = rehearse(plan, units, calendar, policy, ground.options);
  return { json: rehearsal, text: textOf(rehearsal) };
}

const OFFICE = { liaison: '联络员', head: '主要负责人', leader: '分管领导' } as const;
const mark = (provisional: boolean) => (provisional ? '暂定' : '');

function textOf({ plan, assumptions, letters, slips, checkIns, byUnit }: Rehearsal): string {
  const sent = letters.map(({ on, round, to, provisional, notices }) => [
    on,
    round,
    names([to.unit]),
    OFFICE[to.office],
    notices.length,
    notices[0]?.text ?? '',
    mark(provisional),
  ]);
  const issued = slips.map(({ on, task, colour, limitOn, provisional }) => [
    on,
    task,
    colour,
    limitOn,
    mark(provisional),
  ]);
  const forms = new Map<string, number>();
  for (const { askedOn, dueOn } of checkIns)
    forms.set(`${askedOn} ${dueOn}`, (forms.get(`${askedOn} ${dueOn}`) ?? 0) + 1);
  const busiest = Object.entries(byUnit).sort((a, b) => b[1] - a[1]);
  return [
    ...assumptions,
    '',
    `信件 ${letters.length} 封`,
    table(['日期', '轮次', '单位', '收件人', '事项', '第一项:70', ''], sent),
    '',
    `督办单 ${slips.length} 份`,
    ...(slips.length > 0 ? [table(['日期', '任务', '颜色', '整改时限', ''], issued)] : []),
    '',
    '季度反馈',
    table(
      ['请求', '截止', '单位数'],
      [...forms].map(([days, count]) => [...days.split(' '), count]),
    ),
    '',
    '各单位全年信件',
    table(
      ['单位', '封'],
      busiest.map(([unit, count]) => [names([unit]), count]),
    ),
    '',
    `以上没有发送或保存。下达: duban launch ${plan} --signed-by 姓名`,
  ].join('\n');
}
