/** iCalendar (RFC 5545) of a unit's dates: the feed that its calendar reads, and the attachment of a letter. */
import ical, { ICalCalendarMethod, ICalEventStatus, ICalEventTransparency } from 'ical-generator';
import type { CalendarDate } from '../domain/calendar-dates';
import { entryText } from '../domain/calendar-words';
import { addDays, type Day } from '../domain/days';
import type { Language } from '../domain/language';
import type { PlanId } from '../domain/plan';
import { languageOf, type Unit } from '../domain/unit';
import { folded } from './calendar-fold';

export interface CalendarFile {
  /** What a calendar program shows as the calendar's name. */
  name: string;
  language: Language;
  /** Titles of the plans. */
  plans: Record<PlanId, string>;
  /** In whose name the entries are published. */
  organizer: { name: string; address: string };
  /** Makes the ids of entries, the same in feeds and letters. */
  host: string;
}

const STATUS = {
  firm: ICalEventStatus.CONFIRMED,
  tentative: ICalEventStatus.TENTATIVE,
  cancelled: ICalEventStatus.CANCELLED,
} as const;

/** The last line of an iCalendar file. */
const END = 'END:VCALENDAR';

/** Programs ask again after six hours: dates change a few times a month. */
const REFRESH_SECONDS = 6 * 3600;

/**
 * The same dates are the same bytes: every time in it is that of an event. Days are dates without a zone, so a due date
 * is the whole of that day wherever the calendar is opened. METHOD is PUBLISH: nobody is invited, nobody has to answer.
 */
export function calendarFile(dates: readonly CalendarDate[], file: CalendarFile): string {
  const calendar = ical({
    name: file.name,
    method: ICalCalendarMethod.PUBLISH,
    prodId: { company: 'Duban', product: 'Duban', language: file.language === 'en' ? 'EN' : 'ZH' },
    ttl: REFRESH_SECONDS,
  });
  const empty = calendar.toString();
  const entries = dates.map((date) => {
    const { summary, description } = entryText(date, file.plans[date.plan] ?? date.plan, file.language);
    const entry = calendar.createEvent({
      id: `${date.key.replaceAll(/[^A-Za-z0-9-]+/g, '.')}@${file.host}`,
      sequence: date.sequence,
      status: STATUS[date.state],
      allDay: true,
      start: startOf(date.on),
      end: startOf(addDays(date.on, 1)),
      stamp: new Date(date.changedAt),
      lastModified: new Date(date.changedAt),
      summary,
      description: description.join('\n'),
      // A due date takes nobody's day away: who looks for a free hour finds it.
      transparency: ICalEventTransparency.TRANSPARENT,
      organizer: { name: file.organizer.name, email: file.organizer.address },
    });
    return entry.toString();
  });
  return `${empty.slice(0, -END.length)}${folded(entries.join(''))}${END}`;
}

/** What a unit's calendar is called in its own program. */
export function calendarName(unit: Unit): string {
  return languageOf(unit) === 'en' ? `Duban 督办: ${unit.name}` : `督办：${unit.name}`;
}

function startOf(day: Day): Date {
  return new Date(`${day}T00:00:00Z`);
}
