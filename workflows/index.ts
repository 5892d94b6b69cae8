/** What the worker bundles: the exported names are Temporal's workflow types and never change. */
export { reformTask } from './reform-task';
