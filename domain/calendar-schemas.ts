/** Zod shape of a year of the working calendar, as somebody imports it. */
import { z } from 'zod';
import { day } from './schemas';

/** The days of a year that differ from Monday to Friday. */
export const calendarYearDays = z.strictObject({
  status: z.enum(['confirmed', 'provisional']),
  off: z.array(day).max(366),
  on: z.array(day).max(366),
});
