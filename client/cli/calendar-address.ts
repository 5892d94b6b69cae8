/** The signed address of a unit's calendar. */
import type { Config } from '../../config';
import { type CalendarLink, sealCalendar } from '../../links/calendar-link';
import { loadLinkKeys } from '../../links/keys';

/**
 * @param base where people reach the console
 * @throws LinkKeysError
 * @public read by later.ts
 */
export async function calendarAddress(
  { linkKeys, home }: Pick<Config, 'linkKeys' | 'home'>,
  base: string,
  link: CalendarLink,
): Promise<string> {
  return `${base}/calendar/${sealCalendar(await loadLinkKeys(linkKeys, home), link)}.ics`;
}
