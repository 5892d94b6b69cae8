/** placeholder while the rules are written */
import type { Context, Step } from './decider';
import type { TaskEvent } from './events';
import type { Intent } from './intents';
import type { NoticeDraft, Obligation } from './notices';
import type { Refusal } from './refusals';
import type { Task } from './task';

export type TaskStep = Step<Task, TaskEvent, NoticeDraft>;
export declare function stepTask(task: Task | null, intent: Intent, context: Context): TaskStep | Refusal;
export declare function stands(task: Task, obligation: Obligation): boolean;
