/** The counts of pages that many look at, each reckoned once for all of its readers until something changes. */
import type { Day } from '../../domain/days';
import type { PlanId } from '../../domain/plan';
import type { Db } from '../database';
import { countDue, lightsByCategory, lightsByLead, lightsByPlan } from './counts';
import { KeptAnswers, type Scope } from './kept';
import { silentUnits } from './silent-units';
import { countTasks, type TaskFilters } from './tasks';

/** The same questions as those of counts.ts, silent-units.ts and tasks.ts; the answers may not be changed. */
export class KeptCounts {
  private readonly kept = new KeptAnswers();

  lightsByPlan(db: Db, scope: Scope) {
    return this.list(db, 'lights by plan', scope, () => lightsByPlan(db, scope.sight, scope.plan));
  }

  lightsByLead(db: Db, scope: Scope) {
    return this.list(db, 'lights by lead', scope, () => lightsByLead(db, scope.sight, scope.plan));
  }

  lightsByCategory(db: Db, scope: Scope & { plan: PlanId }) {
    return this.list(db, 'lights by category', scope, () => lightsByCategory(db, scope.sight, scope.plan));
  }

  due(db: Db, scope: Scope, days: { from?: Day; to?: Day } = {}) {
    const ofPlan = scope.plan === undefined ? {} : { plan: scope.plan };
    return this.list(db, `due ${JSON.stringify(days)}`, scope, () => countDue(db, scope.sight, { ...days, ...ofPlan }));
  }

  silentUnits(db: Db, scope: Scope, limit: number) {
    const { sight, ...of } = scope;
    return this.kept.ask(db, `silent ${limit}`, scope, () => silentUnits(db, sight, { ...of, limit }));
  }

  /** How many tasks match. What somebody typed is asked by him alone, and is counted each time. */
  tasks(db: Db, scope: Scope, filters: Omit<TaskFilters, 'plan'>): Promise<number> {
    const { sight, plan } = scope;
    const count = () => countTasks(db, sight, plan === undefined ? filters : { ...filters, plan });
    const isTyped = filters.text !== undefined || filters.unit !== undefined || filters.lead !== undefined;
    return isTyped ? count() : this.kept.ask(db, `tasks ${JSON.stringify(filters)}`, scope, count);
  }

  private list<T>(db: Db, question: string, scope: Scope, count: () => Promise<readonly T[]>): Promise<readonly T[]> {
    return this.kept.ask(db, question, scope, count);
  }
}
