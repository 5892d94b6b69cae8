/** 指标对标 in a bulletin: figures of accepted evidence beside the best values of the library. */

import type { IndicatorName, Library } from '../library/entries';
import { figureBeside } from '../library/figures';
import type { TaskId } from '../plan';
import type { Task } from '../task';
import type { BulletinFigure } from './source';

/**
 * Figures that belong to a sub-indicator, by task; free figures have nothing to stand beside. Where the accepted version
 * gives the same sub-indicator again, the newest stands. What completed a task that was reopened proved untrue (R32).
 * @param tasks as they stood on the day that the bulletin shows
 */
export function bulletinFigures(
  tasks: readonly Task[],
  library: Library,
  linkedOf: (task: TaskId) => IndicatorName | null,
): BulletinFigure[] {
  return tasks.flatMap((task) => {
    const version = task.versions.findLast(({ outcome }) => outcome === 'accepted');
    const accepted = task.status === 'completed' ? (version?.items ?? []) : [];
    const newest = new Map<string, BulletinFigure>();
    for (const { id, kind, unit, value } of task.evidence) {
      if (kind !== 'figure' || !accepted.includes(id)) continue;
      const { subIndicator, value: given, best } = figureBeside(value, library, linkedOf(task.id));
      if (!subIndicator) continue;
      newest.set(subIndicator.id, {
        task: task.id,
        indicator: subIndicator.indicator,
        subIndicator: subIndicator.name,
        unit,
        value: given,
        best: best.length === 0 ? null : best.map(({ of, text }) => (of === null ? text : `${of}${text}`)).join('；'),
        bestCities: bestCitiesOf(library, subIndicator.id),
      });
    }
    return [...newest.values()];
  });
}

/** Of the indicator as a whole: which of them holds which value is not stated. */
function bestCitiesOf({ sources }: Library, subIndicator: string): string[] {
  const [source, number] = subIndicator.split('/');
  const content = sources.find(({ id }) => id === source)?.content;
  return content?.indicators.find(({ no }) => `${no}` === number?.split('.')[0])?.bestCities ?? [];
}
