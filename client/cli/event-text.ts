/** What happened, in a few words for people: the history of a task. */
import type { EventType, TaskEvent } from '../../domain/events';
import { names } from './table';

const TYPES: Record<EventType, string> = {
  issued: '下达',
  acknowledged: '签收',
  declared: '申报',
  deemedReady: '视同具备条件',
  conditionOpened: '启动条件任务',
  reportAsked: '请求反馈',
  reported: '反馈',
  contributionAsked: '请求配合',
  contributionDone: '配合办结',
  evidenceAdded: '添加材料',
  evidenceSubmitted: '报送材料',
  evidenceAccepted: '审核通过',
  evidenceReturned: '退办',
  extensionRequested: '申请延期',
  extensionApproved: '同意延期',
  extensionRefused: '不同意延期',
  extensionLapsed: '延期申请失效',
  extensionGranted: '特批延期',
  redated: '调整时限',
  suspended: '中止',
  resumed: '恢复',
  cancelled: '撤销',
  reopened: '回头看重开',
  breachRecorded: '逾期记录',
  breachAnnulled: '撤销误记',
  breachLifted: '逾期解除',
  reassigned: '调整责任单位',
  partyAdded: '增加责任单位',
  urged: '催办',
  slipIssued: '督办单',
  slipLimitPassed: '整改时限已过',
  listingLifted: '摘牌',
  instructed: '批示',
  reminded: '提醒',
  delivered: '送达',
  deliveryFailed: '未送达',
  calendarChanged: '日历变化',
  relaunched: '重新启动',
};

/** The Chinese name of an event's type, as a move's answer or the ledger names it. */
export function typeText(type: string): string {
  const known: Partial<Record<string, string>> = TYPES;
  return known[type] ?? type;
}

/** Plain fields that say something to people, in the order in which they are said. */
const SAID = [
  'version',
  'dueOn',
  'receivedOn',
  'number',
  'document',
  'basis',
  'text',
  'reason',
  'measures',
  'rung',
] as const;

/** Whom and what an event is about. */
export function eventText(event: TaskEvent): string {
  const fields: Partial<Record<string, unknown>> = { ...event, ...detailOf(event) };
  const units = [fields.unit, fields.from, fields.to].filter((unit) => typeof unit === 'string' && unit.includes(':'));
  const said = SAID.map((name) => fields[name]).filter(
    (value) => typeof value === 'string' || typeof value === 'number',
  );
  return [names(units.map(String)), ...said].filter((part) => part !== '').join('  ');
}

/** What lies inside some events. */
function detailOf(event: TaskEvent): object {
  switch (event.type) {
    case 'contributionAsked':
      return { unit: event.contribution.unit, dueOn: event.contribution.dueOn, text: event.contribution.text };
    case 'extensionRequested':
      return { ...event.request, dueOn: event.request.to, to: undefined };
    case 'slipIssued':
      return { number: event.slip.number, dueOn: event.slip.limitOn };
    case 'breachRecorded':
      return { dueOn: event.breach.dueOn };
    case 'reassigned':
      return { to: event.to.unit };
    case 'partyAdded':
      return { unit: event.party.unit };
    case 'evidenceAdded':
      return { text: event.items.map(({ name, value }) => name ?? value).join('，') };
    case 'reported':
      return { text: event.percent === null ? event.text : `${event.percent}% ${event.text}` };
    default:
      return {};
  }
}
