/** What the fields of a task are in the workbook: the same texts are written, kept as written, and compared with. */
import type { Plan, PlanTask, Role, UnitId } from '../../domain/plan';
import { BETWEEN_UNITS, type Field, KINDS } from './columns';

/** The fields of one row; a day is `YYYY-MM-DD`, several units stand between 、, nothing is ''. */
export type RowTexts = Record<Field, string>;

/** A unit as the plan's city writes it; one of another city with its whole id. */
export function unitText(unit: UnitId, city: string): string {
  return unit.startsWith(`${city}:`) ? unit.slice(city.length + 1) : unit;
}

export function rowTexts(task: PlanTask, { city }: Pick<Plan, 'city'>): RowTexts {
  const { deadline } = task;
  const units = (role: Role) =>
    task.parties
      .filter((party) => party.role === role)
      .map(({ unit }) => unitText(unit, city))
      .join(BETWEEN_UNITS);
  const undecided = deadline.type === 'none' && task.noDateConfirmed !== true;
  return {
    category: cellText(task.category ?? ''),
    title: cellText(task.title),
    lead: units('lead'),
    co: units('co'),
    support: units('support'),
    district: units('district'),
    kind: undecided ? '' : KINDS[deadline.type],
    due: (deadline.type === 'two-track' ? deadline.notReadyOn : deadline.dueOn) ?? '',
    ready: deadline.readyOn ?? '',
    condition: cellText(deadline.condition ?? ''),
  };
}

/** A text as it comes out of a cell again: no space around it, one kind of line end, nothing that XML cannot hold. */
export function cellText(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, (c) => (c === '\n' || c === '\t' ? c : ''))
    .trim();
}
