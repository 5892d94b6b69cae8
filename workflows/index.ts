/** What the worker bundles: the exported names are Temporal's workflow types and never change. */
export { relaunchAll, sealDay, tellCalendar } from './housekeeping';
export { launchPlan } from './launch-plan';
export { mailRound } from './mail-round';
export { planReports } from './plan-reports';
export { reformTask } from './reform-task';
