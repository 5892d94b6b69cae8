/** An instant as people read it: 2026年6月30日 10:05, in the plan's zone. */
import { dayOf } from '../../domain/days';
import { fullDayText } from '../../domain/wording';

const ZONE_MS = 8 * 3_600_000;

export function instantText(at: string): string {
  const time = new Date(Date.parse(at) + ZONE_MS).toISOString().slice(11, 16);
  return `${fullDayText(dayOf(at))} ${time}`;
}
