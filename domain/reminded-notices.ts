/** The notices of a `reminded` event: who is reminded of what, by kind and rung (R13 to R15, R18, R19, R25, R27). */
import { assertNever } from './assert-never';
import { isProvisional } from './calendar';
import type { Day } from './days';
import type { Context } from './decider';
import type { EventDraft } from './events';
import { leadUnits, type Message, type NoticeDraft, nameOf, notice } from './notices';
import type { Task } from './task';
import type { Office } from './unit';
import { dayText, leftText } from './wording';

type Reminded = Extract<EventDraft, { type: 'reminded' }>;

export function remindedNotices(event: Reminded, task: Task, context: Context, today: Day): NoticeDraft[] {
  switch (event.kind) {
    case 'reminder':
      return reminder(event, task, context, today);
    case 'acknowledgement':
      return acknowledgement(event, task, context);
    case 'declaration':
      return declaration(event, task, today);
    case 'report':
      return report(event, task, context, today);
    case 'contribution':
      return contribution(event, task, context, today);
    case 'review':
      return review(event, task, context, today);
    case 'extension':
      return extension(event, task, context, today);
    case 'ladder':
      return [];
    default:
      return assertNever(event.kind);
  }
}

function reminder(event: Reminded, task: Task, context: Context, today: Day): NoticeDraft[] {
  const { dueOn } = task;
  if (!dueOn) return [];
  const left = leftText(context.calendar, today, dueOn);
  const said = left.includes('到期') ? left : `办理时限${dayText(dueOn, today)}，${left}`;
  return leadUnits(task).map((unit) =>
    notice(task, unit, 'liaison', {
      kind: 'reminder',
      rung: event.rung,
      section: 'due',
      obligation: { kind: 'due', dueOn },
      provisional: isProvisional(context.calendar, dueOn),
      text: `${said}，请抓紧办理并报送佐证材料。`,
    }),
  );
}

function acknowledgement(event: Reminded, task: Task, context: Context): NoticeDraft[] {
  const unit = event.about ?? '';
  const { headOn, coordinatorOn } = context.policy.acknowledgement;
  const message: Message = {
    kind: 'acknowledgement',
    rung: event.rung,
    section: 'sign',
    obligation: { kind: 'acknowledge', unit },
    text: '尚未签收，请签收并明确经办人。',
  };
  const head = event.rung === String(headOn) ? [notice(task, unit, 'head', message)] : [];
  const telephone: Message = {
    ...message,
    kind: 'telephone',
    section: 'due',
    text: `${nameOf(unit)}一直未签收，请电话联系。`,
  };
  const office = event.rung === String(coordinatorOn) ? [notice(task, task.office, 'liaison', telephone)] : [];
  return [notice(task, unit, 'liaison', message), ...head, ...office];
}

function declaration(event: Reminded, task: Task, today: Day): NoticeDraft[] {
  const { declaration: asked, readyOn } = task;
  if (!asked || !readyOn) return [];
  const message: Message = {
    kind: 'declaration',
    rung: event.rung,
    section: 'due',
    dueOn: asked.askOn,
    obligation: { kind: 'declare', askOn: asked.askOn },
    text: `请于${dayText(asked.askOn, today)}前申报是否具备条件；${dayText(asked.deemedOn, today)}仍未申报的，视同具备条件，${dayText(readyOn, today)}前完成。`,
  };
  if (event.rung !== 'chase') return leadUnits(task).map((u) => notice(task, u, 'liaison', message));
  const silent = leadUnits(task).map(nameOf).join('、');
  const text = `${silent}尚未申报是否具备条件，${dayText(asked.deemedOn, today)}后视同具备条件。`;
  return [
    ...leadUnits(task).map((u) => notice(task, u, 'head', message)),
    notice(task, task.office, 'liaison', { ...message, kind: 'silentLead', text }),
  ];
}

function report(event: Reminded, task: Task, context: Context, today: Day): NoticeDraft[] {
  const { asked } = task.reports;
  if (!asked) return [];
  const said =
    today > asked.dueOn
      ? `本季度进展反馈应于${dayText(asked.dueOn, today)}前报送，至今未收到`
      : `本季度进展反馈${dayText(asked.dueOn, today)}到期`;
  return leadUnits(task).map((unit) =>
    notice(task, unit, 'liaison', {
      kind: 'report',
      rung: event.rung,
      section: 'due',
      dueOn: asked.dueOn,
      obligation: { kind: 'report', quarter: asked.quarter },
      provisional: isProvisional(context.calendar, asked.dueOn),
      text: `${said}，请反馈。`,
    }),
  );
}

function contribution(event: Reminded, task: Task, context: Context, today: Day): NoticeDraft[] {
  const asked = task.contributions.find((c) => c.id === event.about);
  if (!asked) return [];
  const message: Message = {
    kind: 'contribution',
    rung: event.rung,
    section: 'due',
    dueOn: asked.dueOn,
    obligation: { kind: 'contribution', id: asked.id },
    text: `${nameOf(asked.lead)}请${nameOf(asked.unit)}配合：${asked.text}。${dayText(asked.dueOn, today)}到期，${leftText(context.calendar, today, asked.dueOn)}。`,
  };
  const offices = (at: Office[]) => at.map((office) => notice(task, asked.unit, office, message));
  if (event.rung === 'coordinator') return [notice(task, task.office, 'liaison', message)];
  if (event.rung !== 'chase') return offices(['liaison']);
  return [...offices(['liaison', 'head']), notice(task, asked.lead, 'liaison', { ...message, section: 'information' })];
}

/** The office's own clocks: the coordinator first, then his leader, then both each week. */
function officeClock(event: Reminded, task: Task, rungs: { leaderOn: number }, message: Message): NoticeDraft[] {
  const leader = notice(task, task.office, 'head', message);
  const coordinator = notice(task, task.office, 'liaison', message);
  if (event.rung === 'weekly') return [coordinator, leader];
  return event.rung === String(rungs.leaderOn) ? [leader] : [coordinator];
}

function review(event: Reminded, task: Task, context: Context, today: Day): NoticeDraft[] {
  if (!task.review) return [];
  const { version, submittedOn, dueOn } = task.review;
  return officeClock(event, task, context.policy.review, {
    kind: 'review',
    rung: event.rung,
    section: 'due',
    dueOn,
    obligation: { kind: 'review', version },
    text: `第${version}版佐证材料${dayText(submittedOn, today)}报送，应于${dayText(dueOn, today)}前审核，尚未审核。`,
  });
}

function extension(event: Reminded, task: Task, context: Context, today: Day): NoticeDraft[] {
  if (!task.extension) return [];
  const { unit, to, requestedOn, decideBy } = task.extension;
  return officeClock(event, task, context.policy.extension, {
    kind: 'extension',
    rung: event.rung,
    section: 'due',
    dueOn: decideBy,
    obligation: { kind: 'extension', requestedOn },
    text: `${nameOf(unit)}申请延期至${dayText(to, today)}，应于${dayText(decideBy, today)}前批复，尚未批复。`,
  });
}
