/** The numbers of a policy in words, each with the rule that it comes from. */
import type { Language } from '../../domain/language';
import type { Policy } from '../../domain/policy';
import { marks } from '../pages/marks';

export interface PolicyLine {
  rule: string;
  text: string;
}

/** Every number that decides a date, in the order of the rules. */
export function policyLines(policy: Policy, language: Language): PolicyLine[] {
  return language === 'en' ? english(policy) : chinese(policy);
}

const COLOURS = { blue: '蓝色', orange: '橙色', red: '红色' } as const;

function chinese(p: Policy): PolicyLine[] {
  const list = listIn('zh-CN');
  const { acknowledgement: a, declaration: d, report: r, contribution: c, review: v, extension: e, scoring: s } = p;
  return [
    {
      rule: 'R13',
      text: `签收：送达后${a.withinWorkingDays}个工作日内；第${list(a.remindOn)}个工作日提醒，第${a.headOn}个起抄主要负责人，第${a.coordinatorOn}个告知协调员。`,
    },
    { rule: 'R14', text: `到期前提醒：还有${list(p.reminderRungs.filter((n) => n > 0))}个工作日时，及当日。` },
    {
      rule: 'R15',
      text: `两轨申报：在具备条件的时限前${d.leadTimeWorkingDays}个工作日申报；逾期第${d.chaseOn}个工作日催办，第${d.deemedOn}个视同具备条件；余下不足${d.minToAsk}个工作日的不再询问，视同后至少留${d.minAfterDeemed}个工作日。`,
    },
    { rule: 'R16', text: `启动条件任务：新时限至少在${p.openAtLeast}个工作日之后。` },
    {
      rule: 'R18',
      text: `季度反馈：每季度末月${r.dueDayOfMonth}日前；提前${list(r.remindOn.filter((n) => n < 0).map((n) => -n))}个工作日提醒。`,
    },
    {
      rule: 'R19',
      text: `配合事项：至少提前${c.askAtLeast}个工作日提出；还有${list(c.remindBefore)}个工作日时提醒，逾期第${c.chaseOn}个工作日催办，第${c.coordinatorOn}个告知协调员。`,
    },
    ...p.ladder.map(({ colour, name, limitWorkingDays }) => ({
      rule: 'R20',
      text: `${COLOURS[colour]}督办单（${name}）：整改时限${limitWorkingDays}个工作日。`,
    })),
    {
      rule: 'R25',
      text: `审核：${v.withinWorkingDays}个工作日内；第${v.coordinatorOn}个工作日提醒协调员，第${v.leaderOn}个报督查领导。`,
    },
    { rule: 'R26', text: `退办：补报时限至少${v.graceWorkingDays}个工作日。` },
    {
      rule: 'R27',
      text: `延期：最多${e.quota}次，${e.decideWithin}个工作日内批复；第${e.coordinatorOn}个工作日提醒协调员，第${e.leaderOn}个报督查领导。`,
    },
    { rule: 'R28', text: `调整时限：至少在${p.redateAtLeast}个工作日之后。` },
    { rule: 'R34', text: `退办时余下不超过${p.urgentReturnWithin}个工作日的，随到随发。` },
    { rule: '灯', text: `余下不超过${p.nearWorkingDays}个工作日为临期（黄灯）。` },
    {
      rule: 'R36',
      text: `评分：${s.start}分起，${s.floor}至${s.ceiling}分；逾期扣${s.breach}分，督办单蓝${s.slip.blue}、橙${s.slip.orange}、红${s.slip.red}分，缺报${s.missingReport}分，迟签收${s.lateAcknowledgement}分；提前${s.early.fromWorkingDays}个工作日办结加${s.early.points}分。`,
    },
  ];
}

function english(p: Policy): PolicyLine[] {
  const list = listIn('en');
  const { acknowledgement: a, declaration: d, report: r, contribution: c, review: v, extension: e, scoring: s } = p;
  return [
    {
      rule: 'R13',
      text: `Acknowledge within ${a.withinWorkingDays} working days of hand-over; reminded on working day ${list(a.remindOn)}, the head from ${a.headOn}, the coordinator told on ${a.coordinatorOn}.`,
    },
    {
      rule: 'R14',
      text: `Reminded ${list(p.reminderRungs.filter((n) => n > 0))} working days before the due date, and on it.`,
    },
    {
      rule: 'R15',
      text: `Two-track: declare ${d.leadTimeWorkingDays} working days before the first date; chased on working day ${d.chaseOn}, deemed ready on ${d.deemedOn}; not asked with fewer than ${d.minToAsk} left, and at least ${d.minAfterDeemed} are left after it.`,
    },
    { rule: 'R16', text: `A condition opens with a date at least ${p.openAtLeast} working days ahead.` },
    {
      rule: 'R18',
      text: `Quarterly report by day ${r.dueDayOfMonth} of the quarter's last month; reminded ${list(r.remindOn.filter((n) => n < 0).map((n) => -n))} working days before.`,
    },
    {
      rule: 'R19',
      text: `A contribution is asked for at least ${c.askAtLeast} working days ahead; reminded at ${list(c.remindBefore)}, chased ${c.chaseOn} after, the coordinator told ${c.coordinatorOn} after.`,
    },
    ...p.ladder.map(({ colour, limitWorkingDays }) => ({
      rule: 'R20',
      text: `The ${colour} slip: a limit of ${limitWorkingDays} working days.`,
    })),
    {
      rule: 'R25',
      text: `Review within ${v.withinWorkingDays} working days; the coordinator reminded on ${v.coordinatorOn}, the supervisor told on ${v.leaderOn}.`,
    },
    { rule: 'R26', text: `Returned evidence: at least ${v.graceWorkingDays} working days to complete it.` },
    {
      rule: 'R27',
      text: `Extensions: ${e.quota} at most, decided within ${e.decideWithin} working days; the coordinator reminded on ${e.coordinatorOn}, the supervisor told on ${e.leaderOn}.`,
    },
    { rule: 'R28', text: `Another due date: at least ${p.redateAtLeast} working days ahead.` },
    { rule: 'R34', text: `A return with ${p.urgentReturnWithin} working days left or fewer leaves at once.` },
    { rule: 'light', text: `Due soon (yellow): ${p.nearWorkingDays} working days left or fewer.` },
    {
      rule: 'R36',
      text: `Score: begins at ${s.start}, from ${s.floor} to ${s.ceiling}; a breach costs ${s.breach}, slips ${s.slip.blue} blue, ${s.slip.orange} orange, ${s.slip.red} red, a missing report ${s.missingReport}, a late acknowledgement ${s.lateAcknowledgement}; ${s.early.points} more for ${s.early.fromWorkingDays} working days early.`,
    },
  ];
}

function listIn(language: Language): (numbers: readonly number[]) => string {
  return (numbers) => numbers.join(marks[language].comma);
}
