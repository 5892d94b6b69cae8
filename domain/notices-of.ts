/**
 * Which notices an event causes, to whom and in what words (R8, R9, R20, R34). One table by event type; an event
 * that is not here is told to nobody.
 */
import { isWorkingDay, workingDay, workingDaysBetween } from './calendar';
import { type Day, dayOf, instantOf } from './days';
import type { Context } from './decider';
import { COLOUR_NAMES, type EventDraft, ROLE_NAMES } from './events';
import { leadUnits, type Message, type NoticeDraft, nameOf, notice, type Obligation } from './notices';
import type { UnitId } from './plan';
import { remindedNotices } from './reminded-notices';
import { assumedHandOver, OFFICE_CLOSES } from './rounds';
import { currentSlip, lastDayOf, leadsOf, type Task } from './task';
import type { Office } from './unit';
import { dayText, leftText } from './wording';

const INFORMATION: Obligation = { kind: 'information' };

function everyUnit(task: Task): UnitId[] {
  return [...new Set(task.parties.flatMap((p) => p.answerers))];
}

/** The day on which the event's notices can leave at the earliest: working days are counted from it. */
function leavesOn(event: EventDraft & { at: string }, { calendar }: Context): Day {
  if (!isUrgent(event)) return assumedHandOver(calendar, event.at);
  const on = dayOf(event.at);
  return isWorkingDay(calendar, on) && event.at < instantOf(on, OFFICE_CLOSES) ? on : workingDay(calendar, on, 1);
}

/** R34, but for a return: its urgency depends on the days left. */
function isUrgent(event: EventDraft): boolean {
  switch (event.type) {
    case 'slipIssued':
      return event.slip.byHand;
    case 'urged':
      return !event.weekly;
    case 'reassigned':
      return event.to.role === 'lead';
    default:
      return event.type === 'instructed';
  }
}

/** R8: who must know that the clock stands or runs again: leads, and whoever was asked for a part. */
function concernedUnits(task: Task): UnitId[] {
  const asked = task.contributions.filter((c) => c.doneOn === null).map((c) => c.unit);
  return [...new Set([...leadUnits(task), ...asked])];
}

/**
 * The notices of one event.
 * @param before the task before the event, null at launch
 * @param task the task after it
 */
export function noticesOf(
  event: EventDraft & { at: string },
  before: Task | null,
  task: Task,
  context: Context,
): NoticeDraft[] {
  const today = leavesOn(event, context);
  const left = (day: Day) => `${dayText(day, today)}，${leftText(context.calendar, today, day)}`;
  const to = (units: UnitId[], message: Message) => units.map((u) => notice(task, u, 'liaison', message));
  const office = (at: Office, message: Message) => [notice(task, task.office, at, message)];
  switch (event.type) {
    case 'issued':
      return everyUnit(task).map((u) => issueNotice(task, u, context, today));
    case 'partyAdded':
      return event.party.answerers.map((u) => issueNotice(task, u, context, today));
    case 'reassigned':
      return [
        ...event.to.answerers.map((u) => ({
          ...issueNotice(task, u, context, today),
          urgent: isUrgent(event),
        })),
        ...(before?.parties.find((p) => p.unit === event.from)?.answerers ?? [event.from]).map((u) =>
          notice(task, u, 'liaison', {
            kind: 'released',
            section: 'information',
            obligation: INFORMATION,
            onlyIfTold: true,
            urgent: isUrgent(event),
            text: `本任务改由${nameOf(event.to.unit)}${ROLE_NAMES[event.to.role]}，理由：${event.reason}。你单位不再承担此项工作。`,
          }),
        ),
      ];
    case 'declared':
    case 'deemedReady': {
      if (!task.dueOn || before?.dueOn === task.dueOn) return [];
      const how =
        event.type === 'deemedReady'
          ? '逾期未申报，视同具备条件'
          : event.ready
            ? '牵头单位申报具备条件'
            : '牵头单位申报暂不具备条件';
      const told = everyUnit(task).filter((u) => event.type === 'deemedReady' || u !== event.unit);
      return to(told, {
        kind: 'dated',
        section: 'information',
        obligation: INFORMATION,
        text: `${how}，办理时限为${left(task.dueOn)}。`,
      });
    }
    case 'conditionOpened':
      return to(everyUnit(task), {
        kind: 'dated',
        section: 'information',
        obligation: INFORMATION,
        text: `条件已经具备（${event.reason}），办理时限为${left(event.dueOn)}。`,
      });
    case 'extensionApproved':
    case 'extensionGranted':
    case 'redated':
    case 'reopened': {
      const how = {
        extensionApproved: '同意延期',
        extensionGranted: '特批延期',
        redated: '时限调整',
        reopened: '经“回头看”，任务重新打开',
      }[event.type];
      const original =
        task.originalDueOn && task.originalDueOn !== event.dueOn
          ? `（原时限${dayText(task.originalDueOn, today)}）`
          : '';
      const reason = event.type === 'extensionApproved' ? '' : `，理由：${event.reason}`;
      return to(everyUnit(task), {
        kind: 'dated',
        section: 'information',
        obligation: INFORMATION,
        text: `${how}${reason}。新的办理时限为${left(event.dueOn)}${original}。`,
      });
    }
    case 'reportAsked': {
      const question = task.type === 'conditional' && !task.dueOn ? '，并说明条件是否具备' : '';
      return to(leadUnits(task), {
        kind: 'report',
        rung: 'ask',
        section: 'due',
        dueOn: event.dueOn,
        obligation: { kind: 'report', quarter: event.quarter },
        text: `请于${dayText(event.dueOn, today)}前反馈本季度进展${question}。`,
      });
    }
    case 'reported':
      return event.condition === true && !task.dueOn
        ? office('liaison', {
            kind: 'conditionReported',
            section: 'due',
            obligation: INFORMATION,
            text: `${nameOf(event.unit)}反馈条件已经具备：${event.text}。请研究是否启动时限。`,
          })
        : [];
    case 'contributionAsked': {
      const { id, unit, lead, text, dueOn } = event.contribution;
      return to([unit], {
        kind: 'contribution',
        rung: 'ask',
        section: 'due',
        dueOn,
        obligation: { kind: 'contribution', id },
        text: `${nameOf(lead)}请你单位配合：${text}。请于${dayText(dueOn, today)}前办结，${leftText(context.calendar, today, dueOn)}。`,
      });
    }
    case 'contributionDone': {
      const asked = task.contributions.find((c) => c.id === event.id);
      return asked
        ? to([asked.lead], {
            kind: 'answer',
            section: 'information',
            obligation: INFORMATION,
            text: `${nameOf(event.unit)}已办结配合事项：${event.text}`,
          })
        : [];
    }
    case 'evidenceSubmitted':
      return office('liaison', {
        kind: 'review',
        rung: 'submitted',
        section: 'due',
        dueOn: event.reviewDueOn,
        obligation: { kind: 'review', version: event.version },
        text: `${nameOf(event.unit)}报送第${event.version}版佐证材料，请于${dayText(event.reviewDueOn, today)}前审核。`,
      });
    case 'evidenceAccepted':
      return to(everyUnit(task), {
        kind: 'closed',
        section: 'information',
        obligation: INFORMATION,
        text: `佐证材料审核通过，任务于${dayText(event.on, today)}办结销号。`,
      });
    case 'evidenceReturned': {
      const lastDay = lastDayOf(task);
      const urgent =
        lastDay !== null &&
        workingDaysBetween(context.calendar, event.on, lastDay) <= context.policy.urgentReturnWithin;
      const limit = event.graceLimitOn ?? event.slipLimitOn ?? lastDay;
      return to(leadUnits(task), {
        kind: 'returned',
        section: 'due',
        urgent,
        dueOn: limit,
        obligation: task.dueOn ? { kind: 'handIn', dueOn: task.dueOn } : INFORMATION,
        text: `第${event.version}版佐证材料退办，理由：${event.reason}。${limit ? `请于${dayText(limit, today)}前补正后重新报送，${leftText(context.calendar, today, limit)}。` : '请补正后重新报送。'}`,
      });
    }
    case 'extensionRequested': {
      const { unit, to: proposed, reason, requestedOn, decideBy } = event.request;
      return office('liaison', {
        kind: 'extension',
        rung: 'requested',
        section: 'due',
        dueOn: decideBy,
        obligation: { kind: 'extension', requestedOn },
        text: `${nameOf(unit)}申请延期至${dayText(proposed, today)}，理由：${reason}。请于${dayText(decideBy, today)}前批复。`,
      });
    }
    case 'extensionRefused':
      return to(leadUnits(task), {
        kind: 'answer',
        section: 'information',
        obligation: INFORMATION,
        text: `不同意延期，理由：${event.reason}。${task.dueOn ? `办理时限仍为${left(task.dueOn)}。` : ''}`,
      });
    case 'suspended':
      return to(concernedUnits(task), {
        kind: 'suspended',
        section: 'information',
        obligation: INFORMATION,
        text: `任务中止，理由：${event.reason}。中止期间不计时限。`,
      });
    case 'resumed': {
      const moved = before?.dueOn !== task.dueOn;
      const due = task.dueOn ? `办理时限${moved ? '顺延' : '仍'}为${left(task.dueOn)}。` : '';
      const slip = currentSlip(task);
      const limit = slip && event.slipLimits[slip.number];
      return to(moved ? everyUnit(task) : concernedUnits(task), {
        kind: 'resumed',
        section: 'information',
        obligation: INFORMATION,
        text: `任务恢复办理，中止${event.workingDays}个工作日。${due}${limit ? `${slip.number}的整改时限顺延为${dayText(limit, today)}。` : ''}`,
      });
    }
    case 'cancelled':
      return [...new Set([...everyUnit(task), ...task.formerUnits])].map((u) =>
        notice(task, u, 'liaison', {
          kind: 'cancelled',
          section: 'information',
          obligation: { kind: 'information' },
          onlyIfTold: true,
          text: `任务已撤销（${event.document}），理由：${event.reason}。不需再办理。`,
        }),
      );
    case 'slipIssued':
      return slipNotices(event, task, context, today);
    case 'slipLimitPassed':
      return office('liaison', {
        kind: 'limitPassed',
        section: 'information',
        obligation: INFORMATION,
        text: `${event.number}的整改时限已过，任务尚未到期，未见报送。`,
      });
    case 'urged':
      return urgingNotices(event, task, left);
    case 'instructed':
      return leadsOf(task).flatMap((u) =>
        (['liaison', 'head'] as const).map((at) =>
          notice(task, u, at, {
            kind: 'instruction',
            section: 'due',
            urgent: true,
            obligation: INFORMATION,
            text: `督查领导批示：${event.text}`,
          }),
        ),
      );
    case 'listingLifted':
      return to(leadUnits(task), {
        kind: 'answer',
        section: 'information',
        obligation: INFORMATION,
        text: `已摘牌，理由：${event.reason}。`,
      });
    case 'breachAnnulled':
      return to(leadUnits(task), {
        kind: 'answer',
        section: 'information',
        obligation: INFORMATION,
        text: `${dayText(event.dueOn, today)}的逾期记录已撤销，理由：${event.reason}。`,
      });
    case 'breachLifted': {
      const voided = (before?.ladder.slips ?? []).filter((s) => !s.beforeDue && !s.void).map((s) => s.number);
      return voided.length === 0
        ? []
        : to(leadUnits(task), {
            kind: 'answer',
            section: 'information',
            obligation: INFORMATION,
            text: `${dayText(event.receivedOn, today)}已按时收到，逾期记录不予计入，${voided.join('、')}作废。`,
          });
    }
    case 'reminded':
      return event.missed ? [] : remindedNotices(event, task, context, today);
    default:
      return [];
  }
}

/** R12: the launching act's own notice states the working days left and asks for what is owed now (R13, R15, R17). */
function issueNotice(task: Task, unit: UnitId, context: Context, today: Day): NoticeDraft {
  const role = task.parties.find((p) => p.answerers.includes(unit))?.role ?? 'co';
  const lead = role === 'lead';
  const sentences = [
    `由你单位${ROLE_NAMES[role]}，请于${context.policy.acknowledgement.withinWorkingDays}个工作日内签收。`,
  ];
  if (task.dueOn)
    sentences.push(`办理时限为${dayText(task.dueOn, today)}，${leftText(context.calendar, today, task.dueOn)}。`);
  if (lead) sentences.push(...leadAsks(task, today));
  return notice(task, unit, 'liaison', {
    kind: 'issue',
    section: 'sign',
    obligation: { kind: 'acknowledge', unit },
    text: sentences.join(''),
  });
}

function leadAsks(task: Task, today: Day): string[] {
  const { declaration, readyOn, notReadyOn, type, remark } = task;
  const done = remark?.status === 'done' ? ['文件注明已完成，请补交佐证材料。'] : [];
  if (declaration?.state === 'undecided' && readyOn && notReadyOn)
    return [
      ...done,
      `请于${dayText(declaration.askOn, today)}前申报是否具备条件：具备的，${dayText(readyOn, today)}前完成；暂不具备的，写明措施，${dayText(notReadyOn, today)}前完成。`,
    ];
  if (done.length > 0) return done;
  if (declaration?.state === 'void') return ['请报送创造条件推进实施的措施。'];
  if (type === 'conditional' && !task.dueOn)
    return [`时限视条件而定（${task.conditionText ?? ''}），每季度请反馈进展和条件是否具备。`];
  return type === 'ongoing' ? ['本任务持续推进，每季度请反馈进展。'] : [];
}

function slipNotices(
  event: Extract<EventDraft, { type: 'slipIssued' }>,
  task: Task,
  { policy }: Context,
  today: Day,
): NoticeDraft[] {
  const { slip, quotes, reason } = event;
  const rung = policy.ladder.find((r) => r.colour === slip.colour);
  const limit = slip.limitOn ? `请于${dayText(slip.limitOn, today)}前整改并报送佐证材料。` : '';
  const state = slip.beforeDue ? '提级督办' : task.dueOn ? `${dayText(task.dueOn, today)}到期，至今未报送` : '';
  const why = reason ? `理由：${reason}。` : '';
  const said = quotes ? `你单位曾反馈：“${quotes}”。` : '';
  const message: Message = {
    kind: 'slip',
    rung: slip.colour,
    section: slip.beforeDue ? 'due' : 'overdue',
    urgent: isUrgent(event),
    slip: slip.number,
    obligation: { kind: 'slip', number: slip.number },
    text: `${slip.number}（${COLOUR_NAMES[slip.colour]}${rung?.name ?? ''}）：${state}。${why}${said}${limit}`,
  };
  const who = leadsOf(task).map(nameOf).join('、');
  return [
    ...leadUnits(task).flatMap((u) => (rung?.tells ?? ['liaison']).map((at) => notice(task, u, at, message))),
    ...(rung?.copies ?? []).map((at) =>
      notice(task, task.office, at, { ...message, text: `抄送：${who}，${message.text}` }),
    ),
  ];
}

function urgingNotices(
  event: Extract<EventDraft, { type: 'urged' }>,
  task: Task,
  left: (day: Day) => string,
): NoticeDraft[] {
  const obligation: Obligation = task.dueOn ? { kind: 'handIn', dueOn: task.dueOn } : INFORMATION;
  const overdue = event.weekly;
  const due = task.dueOn ? `办理时限${left(task.dueOn)}。` : '';
  const message: Message = {
    kind: 'urging',
    rung: event.weekly ? 'weekly' : 'hand',
    section: overdue ? 'overdue' : 'due',
    urgent: isUrgent(event),
    obligation,
    text: `${event.number ?? ''}：${event.text === '' ? '请尽快报送佐证材料。' : `${event.text}。`}${due}`,
  };
  const urged = task.parties.filter((p) => p.unit === event.unit).flatMap((p) => p.answerers);
  const units = event.unit === null ? leadUnits(task) : urged.length > 0 ? urged : [event.unit];
  const offices: Office[] = event.weekly ? ['liaison', 'head'] : ['liaison'];
  const who = leadsOf(task).map(nameOf).join('、');
  return [
    ...units.flatMap((u) => offices.map((at) => notice(task, u, at, message))),
    ...(event.weekly
      ? [notice(task, task.office, 'leader', { ...message, kind: 'redDigest', text: `${who}：挂牌督办中，${due}` })]
      : []),
  ];
}
