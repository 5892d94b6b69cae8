/** What the worker bundles: the exported names are Temporal's workflow types and never change. */
export { launchPlan } from './launch-plan';
export { planReports } from './plan-reports';
export { reformTask } from './reform-task';
