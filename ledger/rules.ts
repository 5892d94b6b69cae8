/** The rules as the ledger calls them: one door for a task's stream and a plan's own (domain/decider.ts). */
import type { Context } from '../domain/decider';
import type { TaskEvent } from '../domain/events';
import { fold } from '../domain/fold';
import type { Intent } from '../domain/intents';
import type { NoticeDraft, Obligation } from '../domain/notices';
import type { PlanEvent, PlanIntent, PlanReports } from '../domain/plan-reports';
import { foldPlan, standsPlan, stepPlan } from '../domain/plan-reports-decide';
import type { Refusal } from '../domain/refusals';
import { stands } from '../domain/stands';
import { stepTask } from '../domain/step';
import type { Task } from '../domain/task';
import { planIdOf } from '../domain/task-ids';
import type { AnyEvent, StreamKind } from './contract';
import { retold } from './retold';

export type AnyIntent = Intent | PlanIntent;
export type AnyState = Task | PlanReports;

export interface AnyStep {
  events: AnyEvent[];
  state: AnyState;
  notices: NoticeDraft[];
  numbered: { slip: number; urging: number };
}

/**
 * A stream's kind decides which of each union its state, events and intents are; the compiler cannot follow a kind that
 * was read from a row, so the casts stand here and nowhere else.
 */
interface Rules {
  step(state: AnyState | null, intent: AnyIntent, context: Context): AnyStep | Refusal;
  fold(state: AnyState | null, event: AnyEvent): AnyState;
  stands(state: AnyState, obligation: Obligation): boolean;
  /** What a step told, for a ledger that is filled again without deciding anything (D12). */
  retold(events: AnyEvent[], before: AnyState | null, context: Context): NoticeDraft[];
}

export const RULES = {
  task: {
    step: (state, intent, context) => stepTask(state as Task | null, intent as Intent, context),
    fold: (state, event) => fold(state as Task | null, event as TaskEvent),
    stands: (state, obligation) => stands(state as Task, obligation),
    retold: (events, before, context) => retold(events as TaskEvent[], before as Task | null, context),
  },
  plan: {
    step: (state, intent, context) => stepPlan(state as PlanReports | null, intent as PlanIntent, context),
    fold: (state, event) => foldPlan(state as PlanReports | null, event as PlanEvent),
    stands: (state, obligation) => standsPlan(state as PlanReports, obligation),
    // The domain does not yet say what a plan's event tells apart from deciding it; the next reminder does.
    retold: () => [],
  },
} satisfies Record<StreamKind, Rules> as Record<StreamKind, Rules>;

/** `task/zhuzhou-2020/1-07` or `plan/zhuzhou-2020`: the key of streams, events, intents and notices. */
export function streamId(kind: StreamKind, stream: string): string {
  return `${kind}/${stream}`;
}

/** The plan that a stream belongs to: a task id is `<plan>/<part>-<no>`. */
export function planOf(kind: StreamKind, stream: string): string {
  return kind === 'plan' ? stream : planIdOf(stream);
}
