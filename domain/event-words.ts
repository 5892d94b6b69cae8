/** What happened, in a few words for people: the history of a task, for the console and the command line. */
import { assertNever } from './assert-never';
import type { EventOf, EventType, TaskEvent } from './events';
import { partyLabel } from './labels';
import type { Language } from './language';
import { nameOf } from './notices';
import type { PlanEvent } from './plan-reports';
import type { SlipColour } from './policy';

type Pair = readonly [zh: string, en: string];

const TYPES: Record<EventType | PlanEvent['type'], Pair> = {
  issued: ['下达', 'Issued'],
  acknowledged: ['签收', 'Signed for'],
  declared: ['申报', 'Declared'],
  deemedReady: ['视同具备条件', 'Taken as ready'],
  conditionOpened: ['启动条件任务', 'Condition met'],
  reportAsked: ['请求反馈', 'Report asked for'],
  reported: ['反馈', 'Reported'],
  contributionAsked: ['请求配合', 'Part asked for'],
  contributionDone: ['配合办结', 'Part done'],
  evidenceAdded: ['添加材料', 'Evidence added'],
  evidenceSubmitted: ['报送材料', 'Evidence handed in'],
  evidenceAccepted: ['审核通过', 'Accepted'],
  evidenceReturned: ['退办', 'Returned'],
  extensionRequested: ['申请延期', 'Extension asked for'],
  extensionApproved: ['同意延期', 'Extension approved'],
  extensionRefused: ['不同意延期', 'Extension refused'],
  extensionLapsed: ['延期申请失效', 'Request lapsed'],
  extensionGranted: ['特批延期', 'Extension granted'],
  redated: ['调整时限', 'New date'],
  suspended: ['中止', 'Suspended'],
  resumed: ['恢复', 'Resumed'],
  cancelled: ['撤销', 'Cancelled'],
  reopened: ['回头看重开', 'Reopened'],
  breachRecorded: ['逾期记录', 'Breach recorded'],
  breachAnnulled: ['撤销误记', 'Breach annulled'],
  breachLifted: ['逾期解除', 'Breach lifted'],
  reassigned: ['调整责任单位', 'Reassigned'],
  partyAdded: ['增加责任单位', 'Party added'],
  urged: ['催办', 'Urged'],
  slipIssued: ['督办单', 'Slip issued'],
  slipLimitPassed: ['整改时限已过', 'Limit of the slip passed'],
  listingLifted: ['摘牌', 'Listing lifted'],
  instructed: ['批示', 'Instructed'],
  reminded: ['提醒', 'Reminded'],
  delivered: ['送达', 'Delivered'],
  deliveryFailed: ['未送达', 'Not delivered'],
  calendarChanged: ['日历变化', 'Calendar changed'],
  relaunched: ['重新启动', 'Started anew'],
  planIssued: ['方案下达', 'Plan issued'],
  planReportAsked: ['请求方案反馈', 'Report on the plan asked for'],
  planReported: ['方案反馈', 'Reported on the plan'],
  planReminded: ['方案反馈提醒', 'Reminded of the report on the plan'],
  planClosed: ['方案结束', 'Plan closed'],
};

const SLIPS: Record<SlipColour, Pair> = {
  blue: ['蓝色提醒', 'blue'],
  orange: ['橙色警告', 'orange'],
  red: ['红色挂牌', 'red'],
};
function pick([zh, en]: Pair, language: Language): string {
  return language === 'en' ? en : zh;
}

/** The name of an event's type, as a move's answer or the ledger names it. */
export function eventName(type: string, language: Language = 'zh-CN'): string {
  const known: Partial<Record<string, Pair>> = TYPES;
  const pair = known[type];
  return pair ? pick(pair, language) : type;
}

/** A slip's colour in words. */
export function slipText(colour: SlipColour, language: Language = 'zh-CN'): string {
  return pick(SLIPS[colour], language);
}

/** Whom and what an event is about. What people wrote stays as they wrote it. */
export function eventText(event: TaskEvent, language: Language = 'zh-CN'): string {
  const said = saidOf(event, language === 'en' ? 1 : 0).filter((part) => part !== null && part !== '');
  return said.join(language === 'en' ? '; ' : '，');
}

type Said = (string | null)[];

/** @param i which of a pair: Chinese or English */
function saidOf(event: TaskEvent, i: 0 | 1): Said {
  const say = (zh: string, en: string): string => (i === 0 ? zh : en);
  const due = (day: string | null) => (day === null ? null : say(`时限${day}`, `due ${day}`));
  const because = (text: string | null | undefined) => (text ? say(`理由：${text}`, `reason: ${text}`) : null);
  switch (event.type) {
    case 'issued':
      return [say(`签发人${event.signedBy}`, `signed by ${event.signedBy}`), due(event.dueOn)];
    case 'acknowledged':
      return [
        nameOf(event.unit),
        event.handler && say(`经办人${event.handler}`, `handled by ${event.handler}`),
        event.byPhone ? say('电话确认', 'by telephone') : null,
      ];
    case 'declared':
      return [
        nameOf(event.unit),
        event.ready ? say('具备条件', 'ready') : say('暂不具备条件', 'not ready'),
        event.measures && say(`措施：${event.measures}`, `measures: ${event.measures}`),
        due(event.dueOn),
      ];
    case 'deemedReady':
      return [due(event.dueOn)];
    case 'conditionOpened':
    case 'extensionGranted':
    case 'reopened':
      return [due(event.dueOn), because(event.reason)];
    case 'reportAsked':
      return [event.quarter, due(event.dueOn)];
    case 'reported':
      return [nameOf(event.unit), event.percent === null ? null : `${event.percent}%`, event.text];
    case 'contributionAsked': {
      const { id, lead, unit, text, dueOn } = event.contribution;
      return [id, `${nameOf(lead)} → ${nameOf(unit)}`, due(dueOn), text];
    }
    case 'contributionDone':
      return [event.id, nameOf(event.unit), event.text];
    case 'evidenceAdded':
      return [
        nameOf(event.unit),
        event.items.map(({ id, name, value }) => `${id} ${name ?? value}`).join(say('、', ', ')),
      ];
    case 'evidenceSubmitted':
      return [
        nameOf(event.unit),
        say(`第${event.version}版`, `version ${event.version}`),
        say(`收到${event.receivedOn}`, `received ${event.receivedOn}`),
        event.onPaper ? say('纸质代收', 'on paper') : null,
        event.late ? say('逾期', 'late') : null,
        because(event.reason),
      ];
    case 'evidenceAccepted':
      return [say(`第${event.version}版`, `version ${event.version}`)];
    case 'evidenceReturned':
      return [
        say(`第${event.version}版`, `version ${event.version}`),
        because(event.reason),
        event.graceLimitOn && say(`补报期限${event.graceLimitOn}`, `to be completed by ${event.graceLimitOn}`),
      ];
    case 'extensionRequested': {
      const { unit, to, reason } = event.request;
      return [nameOf(unit), say(`申请延至${to}`, `until ${to}`), because(reason)];
    }
    case 'extensionApproved':
      return [due(event.dueOn)];
    case 'extensionRefused':
    case 'suspended':
    case 'listingLifted':
      return [because(event.reason)];
    case 'extensionLapsed':
      return [pickLapse(event.because)[i]];
    case 'redated':
      return [due(event.dueOn), because(event.reason), say(`依据：${event.basis}`, `basis: ${event.basis}`)];
    case 'resumed':
      return [say(`顺延${event.workingDays}个工作日`, `${event.workingDays} working days later`), due(event.dueOn)];
    case 'cancelled':
      return [because(event.reason), event.document];
    case 'breachRecorded':
      return [due(event.breach.dueOn), event.breach.undelivered ? say('未送达', 'not delivered') : null];
    case 'breachAnnulled':
      return [due(event.dueOn), because(event.reason)];
    case 'breachLifted':
      return [due(event.dueOn), say(`收到${event.receivedOn}`, `received ${event.receivedOn}`)];
    case 'reassigned':
      return [
        `${nameOf(event.from)} → ${nameOf(event.to.unit)}`,
        partyLabel(event.to.role, i === 1 ? 'en' : 'zh-CN'),
        because(event.reason),
      ];
    case 'partyAdded':
      return [nameOf(event.party.unit), partyLabel(event.party.role, i === 1 ? 'en' : 'zh-CN')];
    case 'urged':
      return [event.number, event.unit && nameOf(event.unit), event.text];
    case 'slipIssued':
      return [
        event.slip.number,
        SLIPS[event.slip.colour][i],
        event.slip.limitOn && say(`限${event.slip.limitOn}`, `limit ${event.slip.limitOn}`),
        because(event.reason),
      ];
    case 'slipLimitPassed':
      return [event.number];
    case 'instructed':
      return [event.text];
    case 'reminded':
      return [
        alarmText(event, i === 1 ? 'en' : 'zh-CN'),
        event.missed ? say('已错过，未发', 'missed, not sent') : null,
      ];
    case 'delivered':
    case 'deliveryFailed':
      return [nameOf(event.unit)];
    case 'calendarChanged':
      return [event.calendar];
    case 'relaunched':
      return [];
    default:
      return assertNever(event);
  }
}

function pickLapse(because: EventOf<'extensionLapsed'>['because']): Pair {
  switch (because) {
    case 'hand-in':
      return ['已报送材料', 'evidence was handed in'];
    case 'reassigned':
      return ['调整了责任单位', 'the task was reassigned'];
    case 'redated':
      return ['调整了时限', 'the date was changed'];
    case 'cancelled':
      return ['任务撤销', 'the task was cancelled'];
    case 'granted':
      return ['已特批延期', 'an extension was granted'];
    default:
      return assertNever(because);
  }
}

const ALARMS: Record<EventOf<'reminded'>['kind'], Pair> = {
  ladder: ['督办', 'supervision'],
  acknowledgement: ['签收', 'signature'],
  declaration: ['申报', 'declaration'],
  reminder: ['提醒', 'due date'],
  report: ['反馈', 'report'],
  contribution: ['配合', 'part'],
  review: ['审核', 'review'],
  extension: ['延期', 'extension'],
};

const RUNGS: Partial<Record<string, Pair>> = {
  breach: ['逾期记录', 'breach'],
  blue: ['蓝色督办单', 'blue slip'],
  orange: ['橙色督办单', 'orange slip'],
  red: ['红色挂牌', 'red slip'],
  limit: ['整改期满', 'limit of the slip'],
  weekly: ['每周', 'weekly'],
  ask: ['请反馈', 'asked'],
  chase: ['催办', 'chased'],
  coordinator: ['告知协调员', 'the coordinator is told'],
  deemed: ['视同具备条件', 'taken as ready'],
};

/** What an alarm is about. */
export function alarmName(kind: keyof typeof ALARMS, language: Language = 'zh-CN'): string {
  return pick(ALARMS[kind], language);
}

/** A rung in words: a number counts working days before the date of a reminder, after the start of every other clock. */
export function rungText(kind: keyof typeof ALARMS, rung: string, language: Language = 'zh-CN'): string {
  const days = Number(rung);
  const known = RUNGS[rung];
  if (!Number.isInteger(days)) return known ? pick(known, language) : rung;
  const before = kind === 'reminder' || kind === 'contribution' ? days : -days;
  if (days === 0) return pick(['当日', 'on the day'], language);
  if (before > 0) return pick([`还有${before}个工作日`, `${before} working days before`], language);
  return pick([`第${-before}个工作日`, `working day ${-before}`], language);
}

function alarmText({ kind, rung }: { kind: keyof typeof ALARMS; rung: string }, language: Language): string {
  return `${alarmName(kind, language)} ${rungText(kind, rung, language)}`;
}
