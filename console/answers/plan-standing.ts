/** Whether a unit still owes its report on a plan as a whole (R18). */
import type { AnswerLink } from '../../domain/answers/answers';
import type { Standing } from '../../domain/answers/standing';
import type { PlanReports } from '../../domain/plan-reports';
import type { Db } from '../../ledger/database';
import { loadStream } from '../../ledger/relaunch';

export async function planStanding(db: Db, { about, unit, of }: AnswerLink): Promise<Standing> {
  const loaded = await loadStream(db, { kind: 'plan', stream: about });
  // The stream's kind says which of the two states it is.
  const reports = loaded?.state as PlanReports | undefined;
  if (!reports?.addressees.includes(unit)) return { state: 'over', said: '这份总体进展已不由你单位反馈。' };
  if (reports.status === 'closed') return { state: 'over', said: '方案已全部办结，无须再反馈。' };
  if (reports.asked?.quarter !== of) return { state: 'over', said: '该季度的反馈已经截止，请用最近一封信件中的链接。' };
  return { state: 'open' };
}
