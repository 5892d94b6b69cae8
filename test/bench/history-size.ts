/** What a year of one task costs Temporal: events of history and billable actions (D17). */
import type { WorkflowHandle } from '@temporalio/client';
import { seedAll } from '../../client/cli/seeds';
import { openTheatre } from '../../client/demo/theatre';
import { liveYear, type Year } from '../../client/demo/year';
import { loadConfig } from '../../config';
import { nextWorkingDay } from '../../domain/calendar';
import { reissue } from '../../domain/drafts/reissue';
import type { Plan } from '../../domain/plan';
import { lastDay } from '../../domain/rehearsal';
import { everythingInTime, silence } from '../../domain/rehearsal-acts';
import { loadCalendar } from '../../ledger/calendars';
import { showPlan, storeDraft } from '../../ledger/plans';
import { listUnits } from '../../ledger/units';
import { taskWorkflowId } from '../../workflows/messages';

type HistoryEvent = NonNullable<Awaited<ReturnType<WorkflowHandle['fetchHistory']>>['events']>[number];
type Theatre = Awaited<ReturnType<typeof openTheatre>>;

/** A fixed date, a two-track date with two leads, a conditional one. */
const TASKS = ['1-01', '2-10', '2-16'];

export async function historySize() {
  return {
    how: 'three tasks of Zhuzhou (fixed with six parties, two-track with two leads, conditional with a report each quarter) through a year on the time-skipping server; events of all runs; an action is a start, a timer, an activity with its retries, an update, a signal, an upsert or a continue-as-new',
    allAnswer: await lived('answer'),
    allSilent: await lived('silent'),
  };
}

async function lived(how: 'answer' | 'silent') {
  const theatre = await openTheatre(loadConfig(), () => undefined);
  try {
    const { db } = theatre.desk;
    await seedAll(db);
    const calendar = await loadCalendar(db);
    const units = await listUnits(db);
    const { plan: original } = await showPlan(db, 'zhuzhou-2020');
    const year = Number((await theatre.now()).slice(0, 4)) + 1;
    const plan = only(reissue(original, year, 'bench'));
    await storeDraft(db, plan);
    const from = nextWorkingDay(calendar, plan.issuedOn);
    const isSilent = silence(how === 'silent' ? units.map(({ id }) => id) : [], units);
    const script: Year = {
      plan,
      calendar,
      from,
      to: lastDay(from, 12),
      launcher: { name: '督查领导', role: 'supervisor', unit: plan.office },
      signedBy: '督查领导',
      behaviour: everythingInTime(isSilent),
    };
    await liveYear(theatre, script);
    return Object.fromEntries(
      await Promise.all(plan.tasks.map(async ({ id }) => [id.slice(6), await cost(theatre, id)])),
    );
  } finally {
    await theatre.close();
  }
}

function only(plan: Plan): Plan {
  return {
    ...plan,
    reporting: null,
    tasks: plan.tasks.filter(({ id }) => TASKS.some((task) => id.endsWith(`/${task}`))),
  };
}

async function cost({ desk }: Theatre, task: string) {
  const events = await allRuns(desk.temporal.workflow, taskWorkflowId(task));
  const actions = events.reduce((sum, event) => sum + actionsOf(event), 0);
  const steps = await desk.db
    .selectFrom('events')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('stream', '=', `task/${task}`)
    .executeTakeFirstOrThrow();
  return { historyEvents: events.length, actions, ledgerEvents: Number(steps.count) };
}

/** The histories of a task's runs, from the last back to the first. */
async function allRuns(client: Theatre['desk']['temporal']['workflow'], workflowId: string): Promise<HistoryEvent[]> {
  const events: HistoryEvent[] = [];
  for (let runId: string | undefined | null; runId !== null; ) {
    const run: HistoryEvent[] = (await client.getHandle(workflowId, runId).fetchHistory()).events ?? [];
    events.unshift(...run);
    runId = run[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId || null;
  }
  return events;
}

function actionsOf(event: HistoryEvent): number {
  if (event.workflowExecutionStartedEventAttributes)
    return event.workflowExecutionStartedEventAttributes.continuedExecutionRunId ? 0 : 1;
  // Each attempt is an action; the first one is counted where it is scheduled.
  if (event.activityTaskStartedEventAttributes) return (event.activityTaskStartedEventAttributes.attempt ?? 1) - 1;
  const counts =
    event.timerStartedEventAttributes ??
    event.activityTaskScheduledEventAttributes ??
    event.workflowExecutionUpdateAcceptedEventAttributes ??
    event.workflowExecutionSignaledEventAttributes ??
    event.upsertWorkflowSearchAttributesEventAttributes ??
    event.workflowExecutionContinuedAsNewEventAttributes;
  return counts ? 1 : 0;
}
