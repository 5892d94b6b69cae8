/** Corrections of a draft as people read them: `1-07 时限：2020-06-30 → 2020-09-30`. */

import { assertNever } from '../../domain/assert-never';
import { type Change, FIELD_NAMES } from '../../domain/drafts/corrections';
import { ROLE_NAMES } from '../../domain/events';
import type { Party } from '../../domain/plan';
import { DEFAULT_POLICY } from '../../domain/policy';
import { policyNumbers } from '../../domain/policy-numbers';
import { policyOf } from '../../domain/policy-schema';
import { shown } from '../failure';
import { deadlineText, names } from '../plan-words';

const BASES = { explicit: '写明', first: '排在第一位', sole: '唯一单位', unstated: '未写明' } as const;
const STATUSES = { done: '已完成', 'in-progress': '正在推进' } as const;
const NONE = '无';

/** One change in one line; long texts by their beginning. */
export function changeText(change: Change): string {
  const [before, after] = valuesOf(change);
  const place = change.task === null ? '方案' : change.task;
  return `${place} ${FIELD_NAMES[change.field]}：${before} → ${after}`;
}

function valuesOf(change: Change): [string, string] {
  switch (change.field) {
    case 'title':
    case 'category':
    case 'content':
    case 'number':
    case 'issuer':
    case 'issuedOn':
      return both(change, (text: string) => shown(text));
    case 'measures':
      return both(change, (all) => `${all.length}条${all.length > 0 ? `（${shown(all.join('；'))}）` : ''}`);
    case 'parties':
      return both(change, partiesText);
    case 'leadBasis':
      return both(change, (basis) => BASES[basis]);
    case 'openEnded':
    case 'noDateConfirmed':
      return both(change, (yes: boolean) => (yes ? '是' : '否'));
    case 'deadline':
      return both(change, (rule) =>
        rule.condition === null ? deadlineText(rule) : `${deadlineText(rule)}（${shown(rule.condition)}）`,
      );
    case 'remark':
      return both(change, ({ status, text }) => `${status ? `${STATUSES[status]} ` : ''}${shown(text)}`);
    case 'office':
      return both(change, (unit) => names([unit]));
    case 'reporting':
      return both(change, ({ addressees, text }) => `${names(addressees) || '无单位'}（${shown(text)}）`);
    case 'policy':
      return [policyText(change.before), policyText(change.after)];
    default:
      return assertNever(change);
  }
}

/** The numbers that are not the usual ones. */
function policyText(overrides: Record<string, unknown> | null): string {
  const usual = policyNumbers(DEFAULT_POLICY).map(({ zh, value }) => `${zh} ${value}`);
  const own = policyNumbers(policyOf(overrides)).map(({ zh, value }) => `${zh} ${value}`);
  return shown(own.filter((text) => !usual.includes(text)).join('；')) || '默认';
}

function both<T>(
  { before, after }: { before: T | null; after: T | null },
  text: (value: T) => string,
): [string, string] {
  const say = (value: T | null) => (value === null ? NONE : text(value) || NONE);
  return [say(before), say(after)];
}

function partiesText(parties: Party[]): string {
  return parties.map(({ unit, role }) => `${names([unit])}=${ROLE_NAMES[role]}`).join(' ');
}
