/** The deadline that the four cells of a row set together: its kind, one or two dates, a condition. */
import type { WorkCalendar } from '../../domain/calendar';
import type { Day } from '../../domain/days';
import type { DeadlineEdit } from '../../domain/drafts/corrections';
import type { DeadlineRule } from '../../domain/plan';
import { KINDS } from './columns';
import { dayNamed } from './day-in-cell';

/** What stands in the cells; where a column was deleted, what stood in it. */
export interface DeadlineCells {
  kind: string;
  due: string;
  ready: string;
  condition: string;
}

export interface DeadlineContext {
  issuedOn: Day;
  calendar: WorkCalendar | null;
  /** The condition as the draft has it: left as it is, it says nothing new. */
  condition: string;
}

export type DeadlineReadBack = { edit: DeadlineEdit; told: string[] } | { at: keyof DeadlineCells; says: string };

export function deadlineIn(cells: DeadlineCells, context: DeadlineContext): DeadlineReadBack {
  const kind = kindOf(cells);
  if ('at' in kind) return kind;
  const stray = strayCell(cells, kind.type, context);
  if (stray) return stray;
  switch (kind.type) {
    case 'fixed':
      return fixed(cells.due, context);
    case 'two-track':
      return twoTrack(cells, context);
    case 'conditional':
      return cells.condition === ''
        ? { at: 'condition', says: '选了“条件”，请写明等待什么' }
        : { edit: { type: 'conditional', condition: cells.condition }, told: [] };
    default:
      return { edit: { type: kind.type }, told: [] };
  }
}

/** A date alone is a fixed date; everything else is picked by a person. */
function kindOf({
  kind,
  due,
  ready,
  condition,
}: DeadlineCells): { type: DeadlineRule['type'] } | { at: keyof DeadlineCells; says: string } {
  const picked = (Object.keys(KINDS) as DeadlineRule['type'][]).find((type) => KINDS[type] === kind);
  if (picked) return { type: picked };
  if (kind !== '')
    return { at: 'kind', says: `“${kind.slice(0, 20)}”不是时限种类，只能是${Object.values(KINDS).join('、')}` };
  if (ready !== '') return { at: 'kind', says: '填了“具备条件时限”，请选“两轨”' };
  if (condition !== '') return { at: 'kind', says: '填了“条件”，请选时限种类' };
  if (due !== '') return { type: 'fixed' };
  return { at: 'kind', says: '时限被清空：确无时限请选“无时限”，否则请填日期' };
}

/** A cell filled in that this kind has no use for: one of the two is a mistake, and which one is not ours to say. */
function strayCell(cells: DeadlineCells, type: DeadlineRule['type'], { condition }: DeadlineContext) {
  const used: Record<DeadlineRule['type'], (keyof DeadlineCells)[]> = {
    fixed: ['due'],
    'two-track': ['due', 'ready'],
    conditional: ['condition'],
    ongoing: [],
    none: [],
  };
  const stray = (['due', 'ready', 'condition'] as const).find(
    (at) => cells[at] !== '' && !used[type].includes(at) && !(at === 'condition' && cells.condition === condition),
  );
  return stray && { at: stray, says: `时限种类是“${KINDS[type]}”，这一格应当空着` };
}

function fixed(due: string, { issuedOn, calendar }: DeadlineContext): DeadlineReadBack {
  if (due === '') return { at: 'due', says: '选了“固定”，请填日期' };
  const { day, says, told } = dayNamed(due, issuedOn, calendar);
  return day === null ? { at: 'due', says } : { edit: { type: 'fixed', dueOn: day }, told };
}

function twoTrack({ due, ready }: DeadlineCells, { issuedOn, calendar }: DeadlineContext): DeadlineReadBack {
  if (ready === '') return { at: 'ready', says: '选了“两轨”，请填具备条件时的日期' };
  if (due === '') return { at: 'due', says: '选了“两轨”，请填暂不具备条件时的日期' };
  const [first, second] = [ready, due].map((text) => dayNamed(text, issuedOn, calendar));
  if (!first?.day) return { at: 'ready', says: first?.says ?? '' };
  if (!second?.day) return { at: 'due', says: second?.says ?? '' };
  if (second.day < first.day) return { at: 'due', says: `${second.day}早于“具备条件时限”${first.day}` };
  const edit = { type: 'two-track', readyOn: first.day, notReadyOn: second.day } as const;
  return { edit, told: [...first.told, ...second.told] };
}
