/** A correction of one task as a form has it: filled from the task, typed by a person, and read back as a correction. */

import { wrongCall } from '../../client/failure';
import { isDay } from '../../domain/days';
import type { DeadlineEdit, TaskEdit } from '../../domain/drafts/corrections';
import { nameOf } from '../../domain/notices';
import type { Party, PlanTask, Remark, Role, UnitId } from '../../domain/plan';
import { sameValue } from '../../domain/same-value';
import { numberOf } from '../../domain/task-ids';

export const ROLES = ['lead', 'co', 'support', 'district'] as const satisfies readonly Role[];
export const DEADLINES = [
  'fixed',
  'two-track',
  'conditional',
  'ongoing',
  'none',
] as const satisfies readonly DeadlineEdit['type'][];

/** What stands in the fields; everything is text. */
export interface EditValues {
  title: string;
  category: string;
  content: string;
  /** One a line. */
  measures: string;
  parties: { unit: string; role: string }[];
  openEnded: boolean;
  /** Empty while nobody said whether there is a date. */
  deadline: string;
  dueOn: string;
  readyOn: string;
  notReadyOn: string;
  condition: string;
  remark: string;
  remarkStatus: string;
  note: string;
}

/** The task as it is. */
export function valuesOf(task: PlanTask): EditValues {
  const { type, dueOn, readyOn, notReadyOn, condition } = task.deadline;
  return {
    title: task.title,
    category: task.category ?? '',
    content: task.content,
    measures: task.measures.join('\n'),
    parties: task.parties.map(({ unit, role }) => ({ unit: nameOf(unit), role })),
    openEnded: task.openEnded,
    deadline: type === 'none' && task.noDateConfirmed !== true ? '' : type,
    dueOn: dueOn ?? '',
    readyOn: readyOn ?? '',
    notReadyOn: notReadyOn ?? '',
    condition: condition ?? '',
    remark: task.remark?.text ?? '',
    remarkStatus: task.remark?.status ?? '',
    note: '',
  };
}

/** What was sent; fields that are not there are empty. */
export function valuesIn(body: unknown): EditValues {
  const one = (name: string) => textsIn(body, name)[0] ?? '';
  const roles = textsIn(body, 'role');
  return {
    title: one('title').trim(),
    category: one('category').trim(),
    content: lines(one('content')).trim(),
    measures: lines(one('measures')).trim(),
    parties: textsIn(body, 'unit').map((unit, i) => ({ unit: unit.trim(), role: roles[i] ?? '' })),
    openEnded: one('openEnded') === 'yes',
    deadline: one('deadline'),
    dueOn: one('dueOn'),
    readyOn: one('readyOn'),
    notReadyOn: one('notReadyOn'),
    condition: one('condition').trim(),
    remark: lines(one('remark')).trim(),
    remarkStatus: one('remarkStatus'),
    note: one('note').trim().slice(0, 500),
  };
}

/** Every value of a field, in the order of the form. */
export function textsIn(body: unknown, name: string): string[] {
  const value: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined;
  const all: unknown[] = Array.isArray(value) ? value : [value];
  return all.filter((text) => typeof text === 'string');
}

/** Browsers send line ends as in letters of old. */
const lines = (text: string): string => text.replaceAll('\r\n', '\n');

/**
 * The correction that the form asks for: only what is otherwise than in the task.
 * @param unit finds a unit by its name; throws Failure with the nearest names
 * @throws Failure for a unit that nobody knows, or a date that is none
 */
export function editOf(task: PlanTask, values: EditValues, unit: (name: string) => UnitId): TaskEdit {
  const before = valuesOf(task);
  const { title, category, content, measures } = values;
  const parties = partiesOf(task, values, unit);
  return {
    task: numberOf(task.id),
    title: title === before.title || title === '' ? undefined : title,
    category: category === before.category ? undefined : category || null,
    content: content === before.content.trim() ? undefined : content,
    measures:
      measures === before.measures.trim()
        ? undefined
        : measures
            .split('\n')
            .map((m) => m.trim())
            .filter(Boolean),
    parties: sameValue(parties, task.parties) ? undefined : parties,
    openEnded: values.openEnded === task.openEnded ? undefined : values.openEnded,
    deadline: deadlineOf(before, values),
    remark: remarkOf(task, before, values),
  };
}

function partiesOf(task: PlanTask, { parties }: EditValues, unit: (name: string) => UnitId): Party[] {
  return parties.flatMap(({ unit: name, role }): Party[] => {
    const known = ROLES.find((one) => one === role);
    if (name === '' || !known) return [];
    // A unit that the directory does not know stays what it is until somebody says otherwise.
    const own = task.parties.find((party) => nameOf(party.unit) === name)?.unit;
    return [{ unit: own ?? unit(name), role: known }];
  });
}

const DEADLINE_FIELDS = ['deadline', 'dueOn', 'readyOn', 'notReadyOn', 'condition'] as const;

function deadlineOf(before: EditValues, values: EditValues): DeadlineEdit | undefined {
  const type = DEADLINES.find((one) => one === values.deadline);
  if (!type) return undefined;
  const used: Record<DeadlineEdit['type'], readonly (typeof DEADLINE_FIELDS)[number][]> = {
    fixed: ['deadline', 'dueOn'],
    'two-track': ['deadline', 'readyOn', 'notReadyOn'],
    conditional: ['deadline', 'condition'],
    ongoing: ['deadline'],
    none: ['deadline'],
  };
  if (used[type].every((field) => values[field] === before[field])) return undefined;
  switch (type) {
    case 'fixed':
      return { type, dueOn: day(values.dueOn) };
    case 'two-track':
      return { type, readyOn: day(values.readyOn), notReadyOn: day(values.notReadyOn) };
    case 'conditional':
      if (values.condition === '')
        throw wrongCall('condition-needed', '请写明时限所依据的条件。', 'a conditional deadline needs its condition');
      return { type, condition: values.condition };
    default:
      return { type };
  }
}

function day(text: string): string {
  if (isDay(text)) return text;
  throw wrongCall(
    'bad-date',
    text === '' ? '请填写时限日期。' : `“${text.slice(0, 20)}”不是有效日期。`,
    'not a calendar day',
  );
}

function remarkOf(task: PlanTask, before: EditValues, values: EditValues): Remark | null | undefined {
  if (values.remark === before.remark.trim() && values.remarkStatus === before.remarkStatus) return undefined;
  const status = values.remarkStatus === 'done' || values.remarkStatus === 'in-progress' ? values.remarkStatus : null;
  return values.remark === '' && status === null ? null : { status, text: values.remark || (task.remark?.text ?? '') };
}
