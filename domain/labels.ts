/** Names of statuses, roles of parties and lights for readers of either language; letters and documents have their own words. */
import { ROLE_NAMES } from './events';
import type { Language } from './language';
import type { Light } from './light';
import type { Role } from './plan';
import type { Status } from './task';

const STATUSES: Record<Status, Record<Language, string>> = {
  draft: { 'zh-CN': '未下达', en: 'not launched' },
  open: { 'zh-CN': '办理中', en: 'open' },
  suspended: { 'zh-CN': '中止', en: 'suspended' },
  completed: { 'zh-CN': '已办结', en: 'completed' },
  cancelled: { 'zh-CN': '已撤销', en: 'cancelled' },
};

export function statusLabel(status: Status, language: Language): string {
  return STATUSES[status][language];
}

const ROLES: Record<Language, Record<Role, string>> = {
  'zh-CN': ROLE_NAMES,
  en: { lead: 'lead', co: 'co-responsible', support: 'support', district: 'district' },
};

/** The role of a party in a task. */
export function partyLabel(role: Role, language: Language): string {
  return ROLES[language][role];
}

const COLOURS: Record<Light['colour'], Record<Language, string>> = {
  none: { 'zh-CN': '无', en: 'none' },
  grey: { 'zh-CN': '灰', en: 'grey' },
  green: { 'zh-CN': '绿', en: 'green' },
  yellow: { 'zh-CN': '黄', en: 'yellow' },
  blue: { 'zh-CN': '蓝', en: 'blue' },
  red: { 'zh-CN': '红', en: 'red' },
};

export function colourLabel(colour: Light['colour'], language: Language): string {
  return COLOURS[colour][language];
}

const ENGLISH_REASONS: Readonly<Record<string, string>> = {
  未下达: 'not launched',
  已撤销: 'cancelled',
  按期办结: 'completed in time',
  '逾期办结（补齐后由红转黄）': 'completed late',
  中止: 'suspended',
  '逾期已报送，待审': 'handed in late, awaits review',
  '已报送，待审': 'handed in, awaits review',
  延期待批: 'extension undecided',
  逾期·未送达: 'overdue, letters not delivered',
  逾期: 'overdue',
  '曾逾期，新时限内': 'once overdue, within its new date',
  提级督办: 'escalated before its date',
  退办补报: 'returned, to be completed',
  临期: 'due soon',
  缺报: 'report missing',
  正常推进: 'on course',
};

/** Why the light has its colour. */
export function lightReason({ reason }: Light, language: Language): string {
  return language === 'en' ? (ENGLISH_REASONS[reason] ?? reason) : reason;
}
