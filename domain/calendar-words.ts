/** What an entry of a unit's calendar says, in the unit's language; titles and what people wrote stay as they are. */
import type { CalendarDate, DateKind } from './calendar-dates';
import type { Language } from './language';
import { numberOf } from './task-ids';
import { fullDayText } from './wording';

const KINDS: Record<Language, Record<DateKind, string>> = {
  'zh-CN': {
    due: '办理时限',
    grace: '退办补报截止',
    slip: '整改时限',
    proposed: '拟延期至此日',
    extensionDecision: '延期申请应批复',
    reviewDecision: '佐证材料应审核',
    declaration: '申报是否具备条件',
    contribution: '配合事项截止',
    report: '季度进展反馈',
  },
  en: {
    due: 'Due',
    grace: 'Returned evidence due again',
    slip: 'Limit of the slip',
    proposed: 'Extension asked to this day',
    extensionDecision: 'Decision on the extension',
    reviewDecision: 'Review of the evidence',
    declaration: 'Declare ready or not',
    contribution: 'Contribution due',
    report: 'Quarterly report',
  },
};

const REASONS: Record<Language, Record<NonNullable<CalendarDate['because']>, string>> = {
  'zh-CN': {
    completed: '已办结',
    cancelled: '已撤销',
    handedOn: '已改由其他单位承担',
    superseded: '已由新的时限取代或不再适用',
    suspended: '任务中止，时限待恢复后顺延',
    undeclared: '尚未申报是否具备条件：申报具备的，此日前完成',
    undecided: '延期尚未批复，批复前原时限有效',
  },
  en: {
    completed: 'completed',
    cancelled: 'cancelled',
    handedOn: 'handed on to another unit',
    superseded: 'replaced by a new date, or no longer asked',
    suspended: 'suspended: the date moves when the task is resumed',
    undeclared: 'not declared yet: holds if declared ready',
    undecided: 'not decided yet: the present due date holds until then',
  },
};

const TITLE_MOST = 60;

export interface EntryText {
  /** One line. */
  summary: string;
  /** Lines. */
  description: string[];
}

/** @param plan the plan's title */
export function entryText(date: CalendarDate, plan: string, language: Language): EntryText {
  const zh = language === 'zh-CN';
  const { kind, task, title, state, because, originalOn, detail } = date;
  const no = task === null ? null : numberOf(task);
  const tentative = zh ? '暂定' : 'tentative';
  const mark = because ? REASONS[language][because] : state === 'tentative' ? tentative : null;
  // On the line itself only what fits there; why it is tentative stands below.
  const shown = state === 'cancelled' ? mark : mark && tentative;
  const added = shown === null ? '' : zh ? `（${shown}）` : ` (${shown})`;
  const about = task === null ? plan : `${no} ${cut(title ?? '')}`;
  const lines = [
    task === null ? null : `${no} ${title ?? ''}`,
    zh ? `方案：${plan}` : `Plan: ${plan}`,
    detail === null ? null : detailOf(kind, detail, zh),
    originalOn === null ? null : zh ? `原时限：${fullDayText(originalOn)}` : `Original date: ${originalOn}`,
    mark === null ? null : zh ? `状态：${mark}` : `State: ${mark}`,
  ];
  return {
    summary: `${KINDS[language][kind]}${added}${zh ? '：' : ': '}${about}`.replaceAll(/\s+/g, ' '),
    description: lines.filter((line) => line !== null),
  };
}

function detailOf(kind: DateKind, detail: string, zh: boolean): string {
  switch (kind) {
    case 'slip':
      return zh ? `督办单：${detail}` : `Slip: ${detail}`;
    case 'contribution':
      return zh ? `配合事项：${detail}` : `Asked: ${detail}`;
    case 'reviewDecision':
      return zh ? `第${detail}版佐证材料` : `Evidence, version ${detail}`;
    case 'report':
      return zh ? `牵头任务${detail}项` : `Tasks led: ${detail}`;
    default:
      return detail;
  }
}

function cut(title: string): string {
  const signs = [...title];
  return signs.length <= TITLE_MOST ? title : `${signs.slice(0, TITLE_MOST - 1).join('')}…`;
}
