/** A correction that cannot be made, as people are told of it. */
import type { z } from 'zod';
import { assertNever } from '../../domain/assert-never';
import type { CorrectionProblem } from '../../domain/drafts/corrections';
import type { PlanId } from '../../domain/plan';
import { type Failure, wrongCall } from '../failure';
import { names } from '../plan-words';

export function correctionRefused(plan: PlanId, { problem, task, unit = '' }: CorrectionProblem): Failure {
  const where = task ?? plan;
  switch (problem) {
    case 'unknown-task':
      return wrongCall('unknown-task', `方案${plan}没有任务${where}。`, `the plan ${plan} has no task ${where}`, {
        next: `duban plan show ${plan}`,
      });
    case 'not-a-party':
      return wrongCall('not-a-party', `${names([unit])}不是${where}的责任方。`, `${unit} is not a party to ${where}`);
    case 'party-twice':
      return wrongCall('party-twice', `${names([unit])}在${where}中写了两次。`, `${unit} stands twice in ${where}`);
    case 'dates-reversed':
      return wrongCall(
        'two-dates',
        '两轨时限须先“具备”后“不具备”两个日期。',
        'two-track needs --ready and --not-ready, in this order',
      );
    case 'nothing-to-change':
      return wrongCall('nothing-to-change', '没有要更正的内容。', 'nothing would change: see duban plan edit --help');
    default:
      return assertNever(problem);
  }
}

/** What would not pass the border as a plan. */
export function notCorrected({ issues: [issue] }: z.ZodError): Failure {
  return wrongCall('bad-task', '更正后的方案不完整。', `${issue?.path.join('.')}: ${issue?.message}`);
}
