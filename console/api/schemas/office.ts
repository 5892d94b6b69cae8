/** What the office keeps beside plans: units, the calendar, the record's proof. */
import { z } from 'zod';
import { person } from '../../../domain/schemas';
import { instant } from './common';

const text = z.string();
const dayText = z.string().meta({ format: 'date' });
const personHeld = person.nullable();

export const unitShown = z
  .object({
    id: text,
    city: text,
    name: text,
    aliases: z.array(text),
    members: z.array(text).nullable(),
    liaison: personHeld,
    head: personHeld,
    leader: personHeld,
    substitutes: z.array(z.object({ from: dayText, to: dayText, name: text, mail: text })),
    language: z.enum(['zh-CN', 'en']).optional(),
    standingStill: z.int().meta({ description: 'tasks that stand still because its letters do not arrive (R33)' }),
  })
  .meta({ id: 'Unit' });

export const calendarShown = z
  .object({
    year: text,
    status: z.enum(['confirmed', 'provisional']),
    off: z.array(dayText),
    on: z.array(dayText),
    version: text,
  })
  .meta({ id: 'CalendarYear' });

export const calendarImported = z.object({
  year: text,
  status: z.enum(['confirmed', 'provisional']),
  changed: z.boolean(),
  version: text,
  told: z.int(),
  missing: z.int().meta({ description: 'streams without a running process' }),
});

export const verificationRun = z
  .object({
    id: z.uuid(),
    plan: text.nullable().meta({ description: 'null: the whole ledger' }),
    askedBy: text,
    askedAt: instant,
    seenAt: instant,
    state: z.enum(['running', 'good', 'bad', 'failed', 'broken-off']),
    streams: z.int().meta({ description: 'chains verified so far' }),
    ofStreams: z.int(),
    report: z
      .object({
        streams: z.int(),
        events: z.int(),
        seals: z.int(),
        files: z.int().nullable(),
        firstBad: z
          .object({ where: text, row: z.union([z.int(), text]).nullable(), problem: text })
          .nullable()
          .meta({ description: 'the first bad row; null: everything is as it was written' }),
      })
      .nullable(),
    failure: text.nullable(),
  })
  .meta({ id: 'Verification' });
