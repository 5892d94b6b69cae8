/** Names of moves, statuses, roles and lights for readers of either language; letters and documents have their own words. */
import type { MoveName } from './intents';
import type { Language } from './language';
import type { Light } from './light';
import { MOVES } from './moves';
import type { Role } from './plan';
import { ROLE_NAMES, type UserRole } from './rights';
import type { Status } from './task';

const ENGLISH_MOVES: Record<MoveName, string> = {
  acknowledge: 'Acknowledge',
  declare: 'Declare readiness',
  openCondition: 'Open the condition',
  report: 'Report progress',
  askContribution: 'Ask a co-unit',
  completeContribution: 'Complete a contribution',
  addEvidence: 'Add evidence',
  submitEvidence: 'Hand in evidence',
  acceptEvidence: 'Accept evidence',
  returnEvidence: 'Return evidence',
  requestExtension: 'Request an extension',
  approveExtension: 'Approve the extension',
  refuseExtension: 'Refuse the extension',
  grantExtension: 'Grant an extension',
  suspend: 'Suspend',
  resume: 'Resume',
  cancel: 'Cancel the task',
  reopen: 'Reopen',
  redate: 'Set another date',
  annulBreach: 'Annul the breach',
  reassign: 'Reassign',
  addParty: 'Add a unit',
  urge: 'Urge',
  issueSlip: 'Issue a slip',
  liftListing: 'Lift the listing',
  instruct: 'Instruct',
};

export function moveLabel(name: MoveName, language: Language): string {
  return language === 'en' ? ENGLISH_MOVES[name] : MOVES[name].zh;
}

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

const ROLES: Record<Role, Record<Language, string>> = {
  lead: { 'zh-CN': '牵头', en: 'lead' },
  co: { 'zh-CN': '配合', en: 'co-responsible' },
  support: { 'zh-CN': '支持', en: 'support' },
  district: { 'zh-CN': '县市区', en: 'district' },
};

/** The role of a party in a task. */
export function partyLabel(role: Role, language: Language): string {
  return ROLES[role][language];
}

export function userRoleLabel(role: UserRole, language: Language): string {
  return ROLE_NAMES[role][language === 'en' ? 'en' : 'zh'];
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
