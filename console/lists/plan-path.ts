/** Where a plan's pages are. */
import type { PlanId } from '../../domain/plan';

/** `/plans/zhuzhou-2020`, or a page beneath it. */
export function planPath(plan: PlanId, page = ''): string {
  return `/plans/${encodeURIComponent(plan)}${page === '' ? '' : `/${page}`}`;
}

/** A list of the plan's tasks. */
export function planList(plan: PlanId, filters: Record<string, string>): string {
  return `${planPath(plan)}?${new URLSearchParams(filters)}`;
}
