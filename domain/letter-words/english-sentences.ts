/**
 * What a notice asks, in English, from its kind, rung, obligation and date. The Chinese sentence that was made with the
 * event is the official one and stands beneath: reasons and what people wrote are read there.
 */
import { assertNever } from '../assert-never';
import type { Day } from '../days';
import type { LetterNotice } from '../letters';
import { nameOf } from '../notices';
import { isLead, type Task } from '../task';
import { englishDate } from './english';

/**
 * @param on the letter's day
 * @param task as it is then, where the letter knows it
 */
export function englishSentence(notice: LetterNotice, on: Day, task?: Task): string {
  const { kind, rung, dueOn, obligation, to } = notice;
  const by = dueOn === null ? '' : ` by ${englishDate(dueOn, on)}`;
  const passed = dueOn !== null && dueOn < on;
  switch (kind) {
    case 'issue': {
      const due = dueOn === null ? '' : `, due on ${englishDate(dueOn, on)}`;
      const asked = task && isLead(task, to.unit) ? declaring(task, on) : '';
      return `A task was assigned to your unit${due}. Please sign for it and name who handles it.${asked}`;
    }
    case 'acknowledgement':
      return 'Not signed for yet. Please sign for it and name who handles it.';
    case 'telephone': {
      const unit = obligation.kind === 'acknowledge' ? obligation.unit : to.unit;
      return `${nameOf(unit)} has still not signed for it. Please telephone.`;
    }
    case 'reminder':
      return `Please complete the task and hand in evidence${by}.`;
    case 'declaration':
      return `Please declare${by} whether the conditions are in place. Silence will be counted as ready, and the earlier date will hold.`;
    case 'silentLead':
      return 'The lead unit has not declared whether the conditions are in place. Silence will be counted as ready.';
    case 'report':
      if (rung === 'ask') return `Please report this quarter's progress${by}.`;
      return passed ? "This quarter's report has not come. Please report now." : `This quarter's report is due${by}.`;
    case 'contribution':
      if (rung === 'ask') return `The lead unit asks for your unit's contribution${by}.`;
      if (passed) return 'A contribution that the lead unit asked for is overdue.';
      return `A contribution that the lead unit asked for is due${by}.`;
    case 'review':
      return rung === 'submitted'
        ? `Evidence was handed in. Please review it${by}.`
        : `Evidence waits for review, due${by}.`;
    case 'extension':
      return rung === 'requested'
        ? `An extension was asked for. Please decide${by}.`
        : `A request for an extension waits for a decision, due${by}.`;
    case 'slip':
      return `${slipColour(rung)} slip ${obligation.kind === 'slip' ? obligation.number : ''}. Please put it right and hand in evidence within its limit.`;
    case 'urging':
      return 'The coordination office urges you to complete the task and hand in evidence.';
    case 'redDigest':
      return 'The task is under special supervision and still not handed in.';
    case 'limitPassed':
      return "A slip's limit has passed before the task's due date, and nothing was handed in.";
    case 'conditionReported':
      return 'The lead unit reports that the condition is met. Please decide whether to set a due date.';
    case 'instruction':
      return 'The supervisor gave an instruction on this task. Please act on it.';
    case 'dated':
      return dueOn === null ? 'The due date was changed.' : `The due date is now ${englishDate(dueOn, on)}.`;
    case 'returned':
      return `The evidence was returned. Please complete it and hand it in again${by}.`;
    case 'answer':
      return 'There is an answer about this task: the official text below says what was decided or done.';
    case 'closed':
      return 'The evidence was accepted and the task is completed.';
    case 'suspended':
      return 'The task is suspended; its clock stands still.';
    case 'resumed':
      return dueOn === null ? 'The task is resumed.' : `The task is resumed, due on ${englishDate(dueOn, on)}.`;
    case 'cancelled':
      return 'The task is cancelled. Nothing more is asked of your unit.';
    case 'released':
      return 'The task was handed on to another unit. Nothing more is asked of yours.';
    case 'deliveryProblem':
      return 'A letter did not reach its addressee, or not by the channel that comes first. Please check the directory, and telephone if it did not arrive.';
    default:
      return assertNever(kind);
  }
}

function slipColour(rung: string | null): string {
  return rung === 'blue' || rung === 'orange' || rung === 'red'
    ? `${rung.slice(0, 1).toUpperCase()}${rung.slice(1)}`
    : 'A';
}

/** R15: what a lead of a two-track task is asked at launch. */
function declaring({ declaration, readyOn, notReadyOn }: Task, on: Day): string {
  if (declaration?.state !== 'undecided' || !readyOn || !notReadyOn) return '';
  const [ask, ready, later] = [declaration.askOn, readyOn, notReadyOn].map((day) => englishDate(day, on));
  return ` Please also declare by ${ask} whether the conditions are in place: if so it is due on ${ready}; if not, name your measures, and it is due on ${later}.`;
}
