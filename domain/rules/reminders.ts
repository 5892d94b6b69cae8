/** Reminders before the due date (R2, R12, R14). */
import { effective, workingDay } from '../calendar';
import { alarm } from './alarm';
import type { AgendaRule } from './turn';

/** Rung k on W(eff(D),−k), rung 0 on eff(D); those on or before the dating act are covered by its own notice. */
export const reminderAgenda: AgendaRule = (task, context) => {
  const { dueOn, coveredOn, review } = task;
  if (!dueOn || review) return [];
  const last = effective(context.calendar, dueOn);
  return context.policy.reminderRungs
    .map((rung) => alarm(context, 'reminder', dueOn, rung, workingDay(context.calendar, last, -rung)))
    .filter((a) => a.on > coveredOn);
};
