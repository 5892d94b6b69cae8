/** What a rehearsal 预演 of a stored plan is played with: the plan, its city's directory, the calendar and its numbers. */
import type { WorkCalendar } from '../domain/calendar';
import type { Day } from '../domain/days';
import type { Plan, PlanId, UnitId } from '../domain/plan';
import type { Policy } from '../domain/policy';
import type { Unit } from '../domain/unit';
import { loadCalendar } from '../ledger/calendars';
import { showPlan } from '../ledger/plans';
import { listUnits } from '../ledger/units';
import type { DraftDesk } from './drafts/draft-desk';
import { wrongCall } from './failure';
import { numbersOf } from './reading/plan-numbers';

/** Everything that `rehearse` takes. */
export interface RehearsalGround {
  plan: Plan;
  units: Unit[];
  calendar: WorkCalendar;
  policy: Policy;
  options: { from: Day; silent: UnitId[] };
}

/** As for the dates of moves: further than any calendar reaches. */
const LAST_DAY = '2099-12-31';

/**
 * @param wanted the day of launch (the plan's own or today when left out), and who stays silent
 * @throws Failure `date-too-late`; LedgerRefusal `unknown-plan`; what the desk throws of who may not
 */
export async function rehearsalGround(
  desk: DraftDesk,
  id: PlanId,
  wanted: { from?: Day; silent: UnitId[]; today: Day },
): Promise<RehearsalGround> {
  const { db } = desk.desk;
  const stored = await showPlan(db, id);
  const { plan, launchOn } = stored;
  await desk.authorise('rehearse', { office: plan.office });
  const from = wanted.from ?? launchOn ?? wanted.today;
  if (from > LAST_DAY)
    throw wrongCall('date-too-late', `${from}太晚。`, `${from} is too late; the latest is ${LAST_DAY}`);
  const units = await listUnits(db);
  return {
    plan,
    units,
    calendar: await loadCalendar(db),
    policy: numbersOf(stored),
    options: { from, silent: wanted.silent },
  };
}
