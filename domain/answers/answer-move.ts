/** The move that an answer makes, from what was typed into its form. The table of moves judges the texts. */
import { assertNever } from '../assert-never';
import type { Move } from '../intents';
import type { AnswerLink } from './answers';

/** What a form can hold; an answer reads its own fields and no other. */
export type AnswerForm = Partial<Record<'text' | 'progress' | 'day' | 'percent' | 'condition', string>>;

/**
 * @param who the handler's name as the form says it
 * @returns null for the report on a plan, which is no move on a task
 */
export function moveOf({ answer, unit, of }: AnswerLink, form: AnswerForm, who: string): Move | null {
  const text = form.text?.trim() ?? '';
  const day = form.day?.trim() ?? '';
  switch (answer) {
    case 'acknowledge':
      return { move: 'acknowledge', unit, handler: who };
    case 'ready':
      return { move: 'declare', unit, ready: true, ...(text && { reason: text }) };
    case 'notReady':
      return { move: 'declare', unit, ready: false, ...(text && { reason: text }) };
    case 'contribution':
      return { move: 'completeContribution', unit, contribution: of ?? '', text };
    case 'report': {
      const percent = form.percent?.trim() ?? '';
      const condition = form.condition ?? '';
      return {
        move: 'report',
        unit,
        text,
        // What is no number is refused as a bad field by the table, and not read as something else.
        ...(percent && { percent: Number(percent) }),
        ...(condition && { condition: condition === 'yes' }),
      };
    }
    case 'extension':
      return { move: 'requestExtension', unit, to: day, reason: text, progress: form.progress?.trim() ?? '' };
    case 'accept':
      return { move: 'acceptEvidence', version: Number(of) };
    case 'return':
      return { move: 'returnEvidence', version: Number(of), reason: text };
    case 'approve':
      return { move: 'approveExtension', ...(day && { to: day }) };
    case 'refuse':
      return { move: 'refuseExtension', reason: text };
    case 'instruct':
      return { move: 'instruct', text };
    case 'list':
      return { move: 'issueSlip', colour: 'red', reason: text };
    case 'evidence':
      return { move: 'submitEvidence', unit };
    case 'planReport':
      return null;
    default:
      return assertNever(answer);
  }
}
