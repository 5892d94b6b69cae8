/**
 * The one table of legal moves: who may, in which state, as which party, under which conditions, by which rule.
 * The validator, decide.ts, the command line, the console's buttons and the tests read it.
 */
import { isDay } from './days';
import type { Actor } from './events';
import type { Move, MoveName } from './intents';
import { statusLabel } from './labels';
import { type Refusal, refuse } from './refusals';
import { isStorable } from './storable';
import { answerersOf, isLead, type Status, type Task } from './task';
import { rolesNamed } from './user-roles';

/** A condition on the state that needs no calendar: code of the refusal when it does not hold. */
const CONDITIONS = {
  noReview: (task: Task) => (task.review ? refuse('review-pending') : null),
  review: (task: Task) => (task.review ? null : refuse('no-review')),
  noExtension: (task: Task) => (task.extension ? refuse('extension-pending') : null),
  extension: (task: Task) => (task.extension ? null : refuse('no-extension')),
  dated: (task: Task) => (task.dueOn ? null : refuse('no-date')),
  undated: (task: Task) => (task.dueOn ? refuse('already-dated') : null),
  twoTrack: (task: Task) => (task.declaration ? null : refuse('not-two-track')),
  conditional: (task: Task) => (task.type === 'conditional' || task.type === 'none' ? null : refuse('not-conditional')),
  evidence: (task: Task) => (task.evidence.length > 0 ? null : refuse('no-evidence')),
  breach: (task: Task) => (task.breaches.some((b) => !b.annulled && !b.lifted) ? null : refuse('no-breach')),
  listing: (task: Task) => (openListing(task) ? null : refuse('no-listing')),
} as const;

/** The red slip that lists the task for special supervision 挂牌督办, if one is in force. */
function openListing(task: Task): string | null {
  const slips = [...task.pastSlips, ...task.ladder.slips];
  return slips.find((s) => s.colour === 'red' && !s.ended && !s.void)?.number ?? null;
}

type ActorRole = Exclude<Actor['role'], 'system'>;

/** What a field may hold that is neither a text nor a day; whoever sends it may be any program. */
const SHAPES = {
  id: (value: unknown) => typeof value === 'string' && value !== '' && value.length <= 200 && isStorable(value),
  flag: (value: unknown) => typeof value === 'boolean',
  version: (value: unknown) => Number.isSafeInteger(value),
  percent: (value: unknown) => Number.isSafeInteger(value),
  role: (value: unknown) => oneOf(value, ['lead', 'co', 'support', 'district']),
  colour: (value: unknown) => oneOf(value, ['blue', 'orange', 'red']),
  items: (value: unknown) => Array.isArray(value) && value.every(isOffer),
} as const satisfies Record<string, (value: unknown) => boolean>;
type Shape = keyof typeof SHAPES;

function oneOf(value: unknown, names: readonly string[]): boolean {
  return typeof value === 'string' && names.includes(value);
}

function isOffer(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { kind, value: content, name, bytes } = { kind: null, value: null, name: null, bytes: null, ...value };
  return (
    oneOf(kind, ['file', 'link', 'number', 'figure']) &&
    typeof content === 'string' &&
    (name === null || typeof name === 'string') &&
    (bytes === null || (Number.isSafeInteger(bytes) && Number(bytes) >= 0))
  );
}

/** Later is a slip of the pen, and further than any calendar reaches. */
const LAST_DAY = '2099-12-31';

export interface MoveRow {
  zh: string;
  /** Where the rule comes from. */
  rule: string;
  by: readonly ActorRole[];
  in: readonly Status[];
  /** What the unit in `unit` must be in the task. */
  as: 'party' | 'lead' | null;
  needs: readonly (keyof typeof CONDITIONS)[];
  /** Texts that must be filled, with their greatest length; `optional` ones may be left out. */
  texts: Readonly<Record<string, { max: number; optional?: true; name: string }>>;
  /** Fields that are calendar days. */
  days: readonly string[];
  /** Every other field and what it holds; a question mark after it: may be left out. */
  fields: Readonly<Record<string, Shape | `${Shape}?`>>;
  /** Days that may be left out. */
  optionalDays?: readonly string[];
}

const OFFICE = ['coordinator', 'office-head'] as const;
const OPEN = ['open'] as const;
const REASON = { reason: { max: 2000, name: '理由' } } as const;

export const MOVES = {
  acknowledge: {
    zh: '签收',
    rule: 'R13',
    by: ['unit', ...OFFICE],
    in: ['open', 'suspended'],
    as: 'party',
    needs: [],
    texts: { handler: { max: 60, optional: true, name: '经办人' } },
    days: [],
    fields: { unit: 'id', byPhone: 'flag?' },
  },
  declare: {
    zh: '申报是否具备条件',
    rule: 'R15',
    by: ['unit'],
    in: OPEN,
    as: 'lead',
    needs: ['twoTrack', 'noReview'],
    texts: { reason: { max: 2000, optional: true, name: '措施' } },
    days: [],
    fields: { unit: 'id', ready: 'flag' },
  },
  openCondition: {
    zh: '启动条件任务',
    rule: 'R16',
    by: OFFICE,
    in: OPEN,
    as: null,
    needs: ['conditional', 'undated'],
    texts: REASON,
    days: ['dueOn'],
    fields: {},
  },
  report: {
    zh: '反馈进展',
    rule: 'R18',
    by: ['unit'],
    in: OPEN,
    as: 'party',
    needs: [],
    texts: { text: { max: 5000, name: '进展' } },
    days: [],
    fields: { unit: 'id', percent: 'percent?', condition: 'flag?' },
  },
  askContribution: {
    zh: '请配合单位办理',
    rule: 'R19',
    by: ['unit'],
    in: OPEN,
    as: 'lead',
    needs: [],
    texts: { text: { max: 2000, name: '配合内容' } },
    days: ['dueOn'],
    fields: { unit: 'id', of: 'id' },
  },
  completeContribution: {
    zh: '办结配合事项',
    rule: 'R19',
    by: ['unit'],
    in: OPEN,
    as: 'party',
    needs: [],
    texts: { text: { max: 5000, name: '办理情况' } },
    days: [],
    fields: { unit: 'id', contribution: 'id' },
  },
  addEvidence: {
    zh: '添加佐证材料',
    rule: 'R7',
    by: ['unit', ...OFFICE],
    in: ['open', 'suspended'],
    as: 'party',
    needs: [],
    texts: {},
    days: [],
    fields: { unit: 'id', items: 'items' },
  },
  submitEvidence: {
    zh: '报送佐证材料',
    rule: 'R7',
    by: ['unit', ...OFFICE],
    in: OPEN,
    as: 'lead',
    needs: ['evidence'],
    texts: { reason: { max: 2000, optional: true, name: '理由' } },
    days: ['receivedOn'],
    fields: { unit: 'id' },
    optionalDays: ['receivedOn'],
  },
  acceptEvidence: {
    zh: '审核通过',
    rule: 'R25',
    by: OFFICE,
    in: OPEN,
    as: null,
    needs: ['review'],
    texts: {},
    days: [],
    fields: { version: 'version' },
  },
  returnEvidence: {
    zh: '退办',
    rule: 'R26',
    by: OFFICE,
    in: OPEN,
    as: null,
    needs: ['review'],
    texts: REASON,
    days: [],
    fields: { version: 'version' },
  },
  requestExtension: {
    zh: '申请延期',
    rule: 'R27',
    by: ['unit'],
    in: OPEN,
    as: 'lead',
    needs: ['dated', 'noExtension', 'noReview'],
    texts: { ...REASON, progress: { max: 5000, name: '进展' } },
    days: ['to'],
    fields: { unit: 'id' },
  },
  approveExtension: {
    zh: '同意延期',
    rule: 'R27',
    by: OFFICE,
    in: OPEN,
    as: null,
    needs: ['extension'],
    texts: {},
    days: ['to'],
    fields: {},
    optionalDays: ['to'],
  },
  refuseExtension: {
    zh: '不同意延期',
    rule: 'R27',
    by: OFFICE,
    in: OPEN,
    as: null,
    needs: ['extension'],
    texts: REASON,
    days: [],
    fields: {},
  },
  grantExtension: {
    zh: '特批延期',
    rule: 'R27',
    by: ['supervisor'],
    in: OPEN,
    as: null,
    needs: ['dated', 'noReview'],
    texts: REASON,
    days: ['to'],
    fields: {},
  },
  suspend: {
    zh: '中止',
    rule: 'R29',
    by: OFFICE,
    in: OPEN,
    as: null,
    needs: ['noReview', 'noExtension'],
    texts: REASON,
    days: [],
    fields: {},
  },
  resume: {
    zh: '恢复',
    rule: 'R29',
    by: OFFICE,
    in: ['suspended'],
    as: null,
    needs: [],
    texts: {},
    days: [],
    fields: {},
  },
  cancel: {
    zh: '撤销',
    rule: 'R31',
    by: OFFICE,
    in: ['open', 'suspended'],
    as: null,
    needs: [],
    texts: { ...REASON, document: { max: 200, name: '文号' } },
    days: [],
    fields: {},
  },
  reopen: {
    zh: '回头看重开',
    rule: 'R32',
    by: ['supervisor'],
    in: ['completed'],
    as: null,
    needs: [],
    texts: REASON,
    days: ['dueOn'],
    fields: {},
  },
  redate: {
    zh: '调整时限',
    rule: 'R28',
    by: ['supervisor'],
    in: OPEN,
    as: null,
    needs: ['dated', 'noReview'],
    texts: { ...REASON, basis: { max: 200, name: '依据文件' } },
    days: ['dueOn'],
    fields: {},
  },
  annulBreach: {
    zh: '撤销误记',
    rule: 'R24',
    by: ['supervisor'],
    in: ['open', 'completed', 'cancelled'],
    as: null,
    needs: ['breach'],
    texts: REASON,
    days: [],
    fields: {},
  },
  reassign: {
    zh: '调整责任单位',
    rule: 'R30',
    by: OFFICE,
    in: ['open', 'suspended'],
    as: null,
    needs: ['noReview'],
    texts: REASON,
    days: ['dueOn'],
    fields: { from: 'id', to: 'id', role: 'role' },
    optionalDays: ['dueOn'],
  },
  addParty: {
    zh: '增加责任单位',
    rule: 'R10',
    by: OFFICE,
    in: OPEN,
    as: null,
    needs: [],
    texts: {},
    days: [],
    fields: { unit: 'id', role: 'role' },
  },
  urge: {
    zh: '催办',
    rule: 'R34',
    by: [...OFFICE, 'supervisor'],
    in: OPEN,
    as: null,
    needs: [],
    texts: { text: { max: 2000, name: '催办内容' } },
    days: [],
    fields: { unit: 'id?' },
  },
  issueSlip: {
    zh: '下发督办单',
    rule: 'R23',
    by: [...OFFICE, 'supervisor'],
    in: OPEN,
    as: null,
    needs: ['noReview'],
    texts: REASON,
    days: [],
    fields: { colour: 'colour' },
  },
  liftListing: {
    zh: '摘牌',
    rule: 'R23',
    by: ['supervisor'],
    in: OPEN,
    as: null,
    needs: ['listing'],
    texts: REASON,
    days: [],
    fields: {},
  },
  instruct: {
    zh: '批示',
    rule: 'R34',
    by: ['supervisor'],
    in: OPEN,
    as: null,
    needs: [],
    texts: { text: { max: 2000, name: '批示内容' } },
    days: [],
    fields: {},
  },
} as const satisfies Record<MoveName, MoveRow>;

/** A text that a person typed: filled, not too long, storable (D8). */
export function checkText(value: string, rule: { max: number; name: string; optional?: true }): Refusal | null {
  if (!rule.optional && value.trim() === '') return refuse('text-needed', { field: rule.name });
  if (value.length > rule.max) return refuse('text-too-long', { field: rule.name, max: String(rule.max) });
  return !isStorable(value) ? refuse('text-unstorable', { field: rule.name }) : null;
}

function checkFields(row: MoveRow, fields: Record<string, unknown>): Refusal | null {
  for (const [field, rule] of Object.entries(row.texts)) {
    const value = fields[field];
    if (value === undefined && rule.optional) continue;
    if (value !== undefined && typeof value !== 'string') return refuse('bad-field', { field });
    const refusal = checkText(value ?? '', rule);
    if (refusal) return refusal;
  }
  for (const field of row.days) {
    const value = fields[field];
    if (value === undefined && row.optionalDays?.includes(field)) continue;
    if (!(typeof value === 'string' && isDay(value))) return refuse('bad-date', { day: said(value) });
    if (value > LAST_DAY) return refuse('date-too-late', { day: value, latest: LAST_DAY });
  }
  for (const [field, kind] of Object.entries(row.fields)) {
    const value = fields[field];
    if (value === undefined && kind.endsWith('?')) continue;
    const shape = SHAPES[kind.replace('?', '') as Shape];
    if (!shape(value)) return refuse('bad-field', { field });
  }
  return null;
}

/** What somebody wrote instead of a day, short enough to be said again and storable. */
function said(value: unknown): string {
  const text = typeof value === 'string' ? value : typeof value;
  return isStorable(text) ? text.slice(0, 30) : '';
}

function checkAuthority(task: Task, row: MoveRow, unit: string | undefined, actor: Actor): Refusal | null {
  if (actor.role === 'system' || !row.by.includes(actor.role))
    return refuse('not-your-role', { needed: rolesNamed(row.by) });
  if (actor.role !== 'unit' && actor.unit !== task.office) return refuse('not-your-unit', { unit: task.office });
  if (row.as === null || unit === undefined) return null;
  const parties: string[] = task.parties.map((p) => p.unit);
  if (!parties.includes(unit) && !answerersOf(task).includes(unit)) return refuse('not-a-party', { unit });
  if (row.as === 'lead' && !isLead(task, unit)) return refuse('not-a-lead', { unit });
  return actor.role === 'unit' && actor.unit !== unit ? refuse('not-your-unit', { unit }) : null;
}

/**
 * Whether the move is possible at all for this actor in this state: what greys a button, and the validator's quick
 * answer (D1). Dates are judged later, by decide.ts.
 * @param unit the unit that acts, where the row's `as` names a party
 */
export function permits(task: Task, name: MoveName, actor: Actor, unit?: string): Refusal | null {
  const row: MoveRow = MOVES[name];
  if (!row.in.includes(task.status)) return refuse('wrong-status', { status: statusLabel(task.status, 'zh-CN') });
  const authority = checkAuthority(task, row, unit, actor);
  if (authority) return authority;
  for (const need of row.needs) {
    const refusal = CONDITIONS[need](task);
    if (refusal) return refusal;
  }
  return null;
}

/** The synchronous check of a whole move, whatever a program sent as one: its fields, then {@link permits}. */
export function checkMove(task: Task, move: Move, actor: Actor): Refusal | null {
  const name: unknown = (move as Move | null)?.move;
  if (typeof name !== 'string' || !Object.hasOwn(MOVES, name)) return refuse('unknown-move', { move: said(name) });
  const unit = 'unit' in move ? move.unit : undefined;
  return checkFields(MOVES[move.move], { ...move }) ?? permits(task, move.move, actor, unit);
}
