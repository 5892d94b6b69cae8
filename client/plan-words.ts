/** A plan's parts in a few Chinese words: dates, lights, roles, units. */
import { minuteOf } from '../domain/days';
import { colourLabel } from '../domain/labels';
import type { Light } from '../domain/light';
import { nameOf } from '../domain/notices';
import type { DeadlineRule } from '../domain/plan';

/** Names of units, without their city. */
export function names(units: readonly string[]): string {
  return units.map(nameOf).join('、');
}

export function lightText({ colour, reason }: Light): string {
  return `${colour === 'none' ? '－' : colourLabel(colour, 'zh-CN')} ${reason}`;
}

/** An instant in Beijing time, to the minute. */
export function timeText(instant: string | null): string | null {
  return instant === null ? null : minuteOf(instant);
}

/** A deadline rule in a few words. */
export function deadlineText({ type, dueOn, readyOn, notReadyOn }: DeadlineRule): string {
  switch (type) {
    case 'fixed':
      return dueOn ?? '未定';
    case 'two-track':
      return `具备${readyOn ?? '未定'} 不具备${notReadyOn ?? '未定'}`;
    case 'conditional':
      return '条件具备时';
    case 'ongoing':
      return '持续推进';
    case 'none':
      return '无时限';
  }
}
