/** Asks the ledger as a task's workflow does: knows how far it is, sends one intent at a time, takes what comes back. */
import { instantOf } from '../../domain/days';
import { type Actor, SYSTEM } from '../../domain/events';
import type { Intent, Move } from '../../domain/intents';
import type { Plan, PlanTask } from '../../domain/plan';
import type { AnyEvent, RecordAnswer, RecordRequest } from '../../ledger/contract';
import { acceptLaunch, finishLaunch, storeDraft } from '../../ledger/plans';
import { createRecord, type RecordStep } from '../../ledger/record';
import zhuzhou from '../../seeds/plans/zhuzhou-2020.json';
import type { TestLedger } from './test-ledger';

export const PLAN = zhuzhou as Plan;
/** Led by 市市场监管局, with five co-units, due 2020-06-30. */
export const TASK = 'zhuzhou-2020/1-01';
export const LEAD = 'zhuzhou:市市场监管局';
export const OFFICE = PLAN.office;
export const COORDINATOR: Actor = { name: '岳素问', role: 'coordinator', unit: OFFICE };
export const unitActor = (unit: string): Actor => ({ name: '经办人', role: 'unit', unit });

/** Stores the Zhuzhou plan as launched on 2020-03-13. */
export async function launchPlan({ db }: TestLedger): Promise<void> {
  await storeDraft(db, PLAN);
  await acceptLaunch(db, PLAN.id, { launchOn: '2020-03-13', signedBy: '王某', at: instantOf('2020-03-13', '08:00') });
  await finishLaunch(db, PLAN.id);
}

export class Asker {
  seq = 0;
  readonly events: AnyEvent[] = [];

  constructor(
    private readonly record: RecordStep,
    readonly task = TASK,
    public epoch = 1,
  ) {}

  static on(ledger: TestLedger, task = TASK, epoch = 1): Asker {
    return new Asker(createRecord(ledger.db), task, epoch);
  }

  request(intent: Intent): RecordRequest {
    return { kind: 'task', stream: this.task, epoch: this.epoch, expectedSeq: this.seq, intent };
  }

  async ask(intent: Intent): Promise<RecordAnswer> {
    const answer = await this.record(this.request(intent));
    if (answer.outcome === 'recorded' || answer.outcome === 'ahead') {
      for (const event of answer.events) {
        if (event.seq !== this.seq + 1) continue;
        this.events.push(event);
        this.seq = event.seq;
      }
    }
    return answer;
  }

  issue(day = '2020-03-13'): Promise<RecordAnswer> {
    return this.ask(issueOf(planTask(this.task), day));
  }

  ring(day: string, time = '05:00'): Promise<RecordAnswer> {
    return this.ask({ type: 'ring', id: `ring:${day}T${time}`, at: instantOf(day, time), actor: SYSTEM });
  }

  move(id: string, day: string, actor: Actor, move: Move, time = '10:00'): Promise<RecordAnswer> {
    return this.ask(moveOf(id, day, actor, move, time));
  }
}

function moveOf(id: string, day: string, actor: Actor, move: Move, time = '10:00'): Intent {
  return { type: 'move', id, at: instantOf(day, time), actor, move };
}

export const acknowledge = (id: string, unit = LEAD): Intent =>
  moveOf(id, '2020-03-16', unitActor(unit), { move: 'acknowledge', unit });

export function planTask(id: string): PlanTask {
  const task = PLAN.tasks.find((candidate) => candidate.id === id);
  if (!task) throw new Error(`no such task: ${id}`);
  return task;
}

function issueOf(task: PlanTask, day: string): Intent {
  const at = instantOf(day, '08:00');
  return { type: 'issue', id: `issue:${task.id}`, at, actor: COORDINATOR, task, office: OFFICE, signedBy: '王某' };
}
