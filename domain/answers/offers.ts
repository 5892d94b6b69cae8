/** Which answers a letter offers with the notices of one task: what they ask for, as far as the task permits it now. */
import { type WorkCalendar, workingDay } from '../calendar';
import { addDays, type Day } from '../days';
import type { Actor } from '../events';
import type { MoveName } from '../intents';
import { permits } from '../move-check';
import { MOVES, type MoveRow } from '../moves';
import type { Addressee, NoticeDraft } from '../notices';
import { isLead, type Task } from '../task';
import { ANSWER_NAMES, ANSWERS, type AnswerName, type Offer } from './answers';

type Asking = Pick<NoticeDraft, 'kind' | 'obligation' | 'dueOn' | 'plan'>;
type Role = Offer['role'];

/** A letter is answered in a quarter at the latest, or never. */
const GOOD_FOR_DAYS = 90;
/** An answer that comes late is still an answer: past the last slip's limit (R20). */
const GOOD_PAST_DUE_WORKING_DAYS = 20;

/** The last day of a link in a letter of that day, about something due on `dueOn`. */
export function goodUntil(calendar: WorkCalendar, on: Day, dueOn: Day | null): Day {
  const atLeast = addDays(on, GOOD_FOR_DAYS);
  const pastDue = dueOn === null ? on : workingDay(calendar, dueOn, GOOD_PAST_DUE_WORKING_DAYS);
  return pastDue > atLeast ? pastDue : atLeast;
}

/**
 * The answers to the notices of one ask, each once, in the order of the table.
 * @param task as it is when the letter is written; null where the notices are about a plan as a whole
 * @param to who gets the letter
 */
export function offersOf(
  task: Task | null,
  to: Addressee,
  notices: readonly Asking[],
  { calendar, on }: { calendar: WorkCalendar; on: Day },
): Offer[] {
  const offers: Offer[] = [];
  // A province's deadline makes tens of thousands of notices that ask for the same.
  const seen = new Set<string>();
  for (const notice of notices) {
    for (const { answer, role = 'unit', of = null } of asked(notice, task, to, on)) {
      const key = `${answer} ${role} ${of}`;
      if (seen.has(key)) continue;
      seen.add(key);
      const isOpen = task === null ? answer === 'planReport' : mayAnswer(task, answer, { role, unit: to.unit });
      if (!isOpen) continue;
      const until = goodUntil(calendar, on, notice.dueOn ?? task?.dueOn ?? null);
      offers.push({ answer, about: task?.id ?? notice.plan, role, of, seq: task?.seq ?? 0, until });
    }
  }
  return ANSWER_NAMES.flatMap((name) => offers.filter(({ answer }) => answer === name));
}

/** Whether the answer is possible for this unit in this capacity, as far as the table of moves can say. */
function mayAnswer(task: Task, answer: AnswerName, { role, unit }: { role: Role; unit: string }): boolean {
  const move: MoveName | null = ANSWERS[answer].move;
  if (move === null) return false;
  const actor: Actor = { name: '', role, unit };
  const row: MoveRow = MOVES[move];
  return permits(task, move, actor, row.as === null ? undefined : unit) === null;
}

interface Asked {
  answer: AnswerName;
  role?: Role;
  of?: string;
}

const CAPACITIES = { liaison: 'coordinator', head: 'office-head', leader: 'supervisor' } as const;

function asked({ kind, obligation }: Asking, task: Task | null, to: Addressee, on: Day): Asked[] {
  if (obligation.kind === 'planReport')
    return obligation.unit === to.unit ? [{ answer: 'planReport', of: obligation.quarter }] : [];
  if (task === null) return [];
  const capacity = to.unit === task.office ? CAPACITIES[to.office] : null;
  switch (obligation.kind) {
    case 'acknowledge':
      return obligation.unit === to.unit
        ? [{ answer: 'acknowledge' }, ...(kind === 'issue' ? declaring(task) : [])]
        : [];
    case 'declare':
      return declaring(task);
    case 'report':
      return [{ answer: 'report' }];
    case 'contribution': {
      const { id } = obligation;
      const mine = task.contributions.some((one) => one.id === id && one.unit === to.unit && one.doneOn === null);
      return mine ? [{ answer: 'contribution', of: id }] : [];
    }
    case 'review':
      return capacity === null || ownTask(task, to, capacity) || task.review?.version !== obligation.version
        ? []
        : decided(capacity, ['accept', 'return'], String(obligation.version));
    case 'extension':
      return capacity === null || !task.extension
        ? []
        : decided(capacity, ['approve', 'refuse'], requestOf(task.extension));
    case 'due':
    case 'slip':
    case 'handIn':
      return [...handingIn(task, on), ...supervising(task, capacity)];
    case 'information':
      if (kind === 'redDigest') return supervising(task, capacity);
      return kind === 'instruction' ? [{ answer: 'report' }, ...handingIn(task, on)] : [];
  }
}

/** One request of an extension among several of a task: two may be made on one day. */
export function requestOf({ requestedOn, to }: { requestedOn: Day; to: Day }): string {
  return `${requestedOn}/${to}`;
}

function declaring(task: Task): Asked[] {
  return task.declaration?.state === 'undecided' ? [{ answer: 'ready' }, { answer: 'notReady' }] : [];
}

function handingIn(task: Task, on: Day): Asked[] {
  const inTime = task.dueOn !== null && on <= task.dueOn;
  return [{ answer: 'evidence' }, ...(inTime ? [{ answer: 'extension' } as const] : [])];
}

function decided(role: Role, answers: AnswerName[], of: string): Asked[] {
  return answers.map((answer) => ({ answer, role, of }));
}

/** R25: a user of a lead unit does not review its task; the head of the office does. */
function ownTask(task: Task, to: Addressee, capacity: Role): boolean {
  return capacity !== 'office-head' && isLead(task, to.unit);
}

/** What only a supervisor is asked: a word of his own, and the listing where there is none yet (R23). */
function supervising(task: Task, capacity: Role | null): Asked[] {
  if (capacity !== 'supervisor') return [];
  const listed = task.ladder.slips.some(({ colour, void: fell }) => colour === 'red' && !fell);
  return [{ answer: 'instruct', role: capacity }, ...(listed ? [] : [{ answer: 'list', role: capacity } as const])];
}
