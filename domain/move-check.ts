/** Whether a move may be made, from its row in the table and the task as it stands: its fields, its actor, the state (D1). */
import { isDay } from './days';
import type { Actor } from './events';
import type { Move, MoveName } from './intents';
import { statusLabel } from './labels';
import { MOVES, type MoveRow } from './moves';
import { type Refusal, refuse } from './refusals';
import { isStorable } from './storable';
import { answerersOf, isLead, type Task } from './task';
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
export type Condition = keyof typeof CONDITIONS;

/** The red slip that lists the task for special supervision 挂牌督办, if one is in force. */
function openListing(task: Task): string | null {
  const slips = [...task.pastSlips, ...task.ladder.slips];
  return slips.find((s) => s.colour === 'red' && !s.ended && !s.void)?.number ?? null;
}

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
export type Shape = keyof typeof SHAPES;

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
 * answer (D1). Dates are judged later, by the rule of the move (rules/).
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
