/** What the fields of a task are in the workbook: the same texts are written, kept as written, and compared with. */
import type { Plan, PlanTask, Role, UnitId } from '../../domain/plan';
import { BETWEEN_UNITS, COLUMNS, type Field, KINDS } from './columns';

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

/** What stands in each column of a role: one unit in each, and in the last one all that are left. */
export function sharesOf(text: string, role: Role): { header: string; text: string }[] {
  const units = text.split(BETWEEN_UNITS);
  const columns = COLUMNS.filter(({ key }) => key === role);
  return columns.map(({ header }, i) => {
    const own = i === columns.length - 1 ? units.slice(i) : units.slice(i, i + 1);
    return { header, text: own.join(BETWEEN_UNITS) };
  });
}

/** A text as it comes out of a cell again: no space around it, one kind of line end, nothing that XML cannot hold. */
export function cellText(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, (c) => (c === '\n' || c === '\t' ? c : ''))
    .trim();
}
