/** The board of a day as a reader may see it. Its counts are reckoned once for all of their readers until something changes. */
import type { Day } from '../../domain/days';
import type { Db } from '../database';
import { countDue, lightsByCategory, lightsByLead, lightsByPlan } from './counts';
import { type Answers, KeptAnswers, type Scope } from './kept-answers';
import { silentUnits } from './silent-units';
import { countTasks, type TaskFilters, type TaskPage, type TaskPageRequest, taskPage } from './tasks';

export type BoardFilters = Omit<TaskFilters, 'plan'>;
export type BoardPlace = Omit<TaskPageRequest, keyof TaskFilters>;

export class SeenBoards {
  private readonly kept = new KeptAnswers();

  /** Turns the board to the scope's day, for whatever is read behind it. */
  async at(db: Db, scope: Scope): Promise<SeenBoard> {
    return new SeenBoard(db, scope, await this.kept.at(db, scope));
  }
}

/** What counts.ts, silent-units.ts and tasks.ts say of one scope; other readers have the same answers, so nobody changes one. */
export class SeenBoard {
  constructor(
    readonly db: Db,
    readonly scope: Scope,
    private readonly answers: Answers,
  ) {}

  lightsByPlan() {
    const { db, scope } = this;
    return this.list('lights by plan', () => lightsByPlan(db, scope.sight, scope.plan));
  }

  lightsByLead() {
    const { db, scope } = this;
    return this.list('lights by lead', () => lightsByLead(db, scope.sight, scope.plan));
  }

  /** Of the scope's plan. */
  lightsByCategory() {
    const { db, scope } = this;
    return this.list('lights by category', () => lightsByCategory(db, scope.sight, scope.plan ?? ''));
  }

  due(days: { from?: Day; to?: Day } = {}) {
    const { db, scope } = this;
    const within = scope.plan === undefined ? days : { ...days, plan: scope.plan };
    return this.list(`due ${JSON.stringify(days)}`, () => countDue(db, scope.sight, within));
  }

  silentUnits(limit: number) {
    const { sight, ...of } = this.scope;
    return this.answers.ask(`silent ${limit}`, () => silentUnits(this.db, sight, { ...of, limit }));
  }

  /** A page of tasks. How many there are in all is kept, but where somebody typed what he looks for: he asks it alone. */
  tasks(filters: BoardFilters, place: BoardPlace): Promise<TaskPage> {
    const { sight, plan } = this.scope;
    const asked: TaskFilters = plan === undefined ? filters : { ...filters, plan };
    const count = () => countTasks(this.db, sight, asked);
    const isTyped = filters.text !== undefined || filters.unit !== undefined || filters.lead !== undefined;
    const total = isTyped ? count : () => this.answers.ask(`tasks ${JSON.stringify(filters)}`, count);
    return taskPage(this.db, sight, { ...asked, ...place }, total);
  }

  private list<T>(question: string, count: () => Promise<readonly T[]>): Promise<readonly T[]> {
    return this.answers.ask(question, count);
  }
}
