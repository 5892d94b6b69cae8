/**
 * The plan's own obligation as a durable process (R18): each quarter its addressees owe a report on the plan as a
 * whole. The same machinery as a task's, with one move.
 */
import { CancellationScope, continueAsNew, currentUpdateInfo, setHandler, uuid4 } from '@temporalio/workflow';
import { SYSTEM } from '../domain/events';
import type { PlanEvent, PlanIntent, PlanReports } from '../domain/plan-reports';
import { foldPlan } from '../domain/plan-reports-decide';
import { alarmLoop, now } from './alarms';
import { checkRequest, rejectWith } from './check-request';
import type { MoveAnswer, MoveRequest, PlanReport, PlanReportsInput } from './messages';
import { planStateQuery, recalendarSignal, reportUpdate } from './messages';
import { outgrown } from './outgrown';
import { calendarIntentId, Stream, summaryOf } from './stream';

type PlanStream = Stream<PlanReports, PlanEvent, PlanIntent>;

/**
 * Runs until every task of the plan is closed.
 * @throws ApplicationFailure `NotIssued` or `NotInLedger`
 */
export function planReports(input: PlanReportsInput): Promise<void> {
  return CancellationScope.nonCancellable(async () => {
    const stream: PlanStream = new Stream({
      kind: 'plan',
      id: input.id,
      fold: foldPlan,
      relaunch: (epoch) => ({ type: 'relaunch', id: `relaunch:${epoch}`, at: now(), actor: SYSTEM, epoch }),
    });
    const opened = stream.open(input.begin);
    const alarms = alarmLoop(stream, input.spreadMinutes, (id) =>
      stream.take({ type: 'ring', id, at: now(), actor: SYSTEM }),
    );

    // An update, because its sender must learn at once whether it was refused.
    setHandler(reportUpdate, (request) => takeReport(stream, request), {
      validator: (request) => rejectWith(checkRequest(request, Date.now())),
    });
    setHandler(recalendarSignal, async ({ calendar }) => {
      const id = calendarIntentId(calendar, stream.newest('calendarChanged'), stream.state);
      if (id !== null) await stream.take({ type: 'calendar', id, at: now(), actor: SYSTEM });
    });
    setHandler(planStateQuery, () => ({ ...stream.view(), trouble: alarms.trouble }));

    await opened;
    const closed = () => stream.state?.status === 'closed';
    await alarms.run(() => closed() || outgrown(input.eventsPerRun));
    if (closed() || stream.superseded) return;
    await continueAsNew<typeof planReports>({ ...input, begin: { from: 'run', carried: stream.carry() } });
  });
}

async function takeReport(stream: PlanStream, request: MoveRequest<PlanReport>): Promise<MoveAnswer> {
  const { actor, receivedAt, move } = request;
  const id = currentUpdateInfo()?.id ?? uuid4();
  return summaryOf(await stream.take({ type: 'report', id, at: receivedAt, actor, unit: move.unit, text: move.text }));
}
