/** Contributions 配合事项 that a lead asks of a co-unit (R19). */
import { effective, workingDay } from '../calendar';
import { refuse } from '../refusals';
import { alarm } from './alarm';
import type { AgendaRule, MoveRule } from './turn';

export const contributionAgenda: AgendaRule = (task, context) =>
  task.contributions
    .filter((c) => c.doneOn === null)
    .flatMap((c) => {
      const { calendar, policy } = context;
      const last = effective(calendar, c.dueOn);
      const key = `${c.id}:${c.dueOn}`;
      const about = { about: c.id };
      const { remindBefore, chaseOn, coordinatorOn } = policy.contribution;
      const reminders = remindBefore.map((n) =>
        alarm(context, 'contribution', key, n, n === 0 ? last : workingDay(calendar, last, -n), about),
      );
      return [
        ...reminders.filter((a) => a.on > c.coveredOn),
        alarm(context, 'contribution', key, 'chase', workingDay(calendar, c.dueOn, chaseOn), about),
        alarm(context, 'contribution', key, 'coordinator', workingDay(calendar, c.dueOn, coordinatorOn), about),
      ];
    });

export const askContribution: MoveRule<'askContribution'> = (task, move, turn) => {
  const { unit, of, text, dueOn } = move;
  // A collective answers through its members, so one of them is asked (R10).
  if (!task.parties.some((p) => p.role !== 'lead' && p.answerers.includes(of)))
    return refuse('not-a-co-unit', { unit: of });
  const earliest = workingDay(turn.context.calendar, turn.on, turn.context.policy.contribution.askAtLeast);
  if (dueOn < earliest) return refuse('date-too-soon', { day: dueOn, earliest });
  if (task.dueOn && dueOn > task.dueOn) return refuse('date-too-late', { day: dueOn, latest: task.dueOn });
  const id = `c${task.contributions.length + 1}`;
  const asked = { id, lead: unit, unit: of, text, dueOn, coveredOn: turn.on, doneOn: null, answer: null };
  return [{ type: 'contributionAsked', contribution: asked }];
};

export const completeContribution: MoveRule<'completeContribution'> = (task, move, turn) => {
  const { contribution: id, unit, text } = move;
  const asked = task.contributions.find((c) => c.id === id && c.unit === unit && c.doneOn === null);
  return asked ? [{ type: 'contributionDone', id, unit, on: turn.on, text }] : refuse('no-contribution', { id });
};
