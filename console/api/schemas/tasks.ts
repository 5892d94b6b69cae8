/** Tasks as the API answers them: the JSON of `duban tasks` and `duban task show`. */
import { z } from 'zod';
import { channel, deadlineType, instant, light, open, role, status, unitOffice } from './common';

const text = z.string();
const dayText = z.string().meta({ format: 'date' });
const units = z.array(text);

export const taskRow = z
  .object({
    id: text,
    plan: text,
    title: text,
    category: text.nullable(),
    type: deadlineType,
    status,
    leads: units,
    units,
    dueOn: dayText.nullable(),
    originalDueOn: dayText.nullable(),
    completedOn: dayText.nullable(),
    nextAlarmOn: dayText.nullable(),
    light,
    unreached: z.record(text, dayText),
  })
  .meta({ id: 'TaskRow' });

const actor = z.object({
  name: text,
  role: z.enum(['unit', 'coordinator', 'office-head', 'supervisor', 'system']),
  unit: text.nullable(),
});

export const taskEvent = open({ seq: z.int(), at: instant, type: text, intent: text, actor }).meta({
  id: 'TaskEvent',
  description: 'what happened; members beside these depend on `type`',
});

const evidenceItem = z
  .object({
    id: text,
    unit: text,
    on: dayText,
    kind: z.enum(['file', 'link', 'number', 'figure']),
    value: text,
    name: text.nullable(),
    bytes: z.int().nullable(),
  })
  .meta({ id: 'EvidenceItem' });

const evidenceVersion = z
  .object({
    version: z.int(),
    unit: text,
    receivedOn: dayText,
    onPaper: z.boolean(),
    late: z.boolean(),
    items: z.array(text),
    outcome: z.enum(['waiting', 'accepted', 'returned', 'superseded']),
    decidedOn: dayText.nullable(),
  })
  .meta({ id: 'EvidenceVersion' });

const review = z.object({ version: z.int(), submittedOn: dayText, dueOn: dayText }).nullable();

export const evidenceOfTask = z.object({
  task: text,
  items: z.array(evidenceItem),
  versions: z.array(evidenceVersion),
  review,
});

const alarm = z.object({ on: dayText, kind: text, rung: text, provisional: z.boolean() });
const indicator = z.object({ id: text, name: text, by: text }).nullable();
const letterOfTask = z.object({
  id: text,
  to: unitOffice.extend({ office: text }),
  subject: text,
  slotAt: instant,
  state: text,
  channel,
  answer: text.nullable(),
});
const noticeOfTask = z.object({
  id: text,
  seq: z.int(),
  to: unitOffice.extend({ office: text }),
  kind: text,
  rung: text.nullable(),
  text,
  madeAt: instant,
  letter: text.nullable(),
  recalledAt: instant.nullable(),
  assumedSent: z.boolean(),
});

/** A launched task, or one of a draft: then without what only a launch brings. */
export const taskShown = open({
  id: text,
  title: text,
  category: text.nullable(),
  status,
  light,
  content: text,
  dueOn: dayText.nullable(),
  originalDueOn: dayText.nullable(),
  parties: z.array(open({ unit: text, role })),
  alarms: z.array(alarm),
  indicator,
  figures: z.array(z.unknown()),
  plan: text.optional(),
  seq: z.int().optional(),
  issuedOn: dayText.optional(),
  completedOn: dayText.nullable().optional(),
  evidence: z.array(evidenceItem).optional(),
  versions: z.array(evidenceVersion).optional(),
  review: review.optional(),
  letters: z.array(letterOfTask).optional(),
  events: z.array(taskEvent).optional(),
  notices: z.array(noticeOfTask).optional(),
}).meta({ id: 'Task', description: 'the state of a task; members beside these are those of `duban task show --json`' });

/** What came of a move. */
export const moveMade = z
  .object({
    task: text,
    move: z.unknown(),
    moveId: text,
    events: z.array(z.object({ seq: z.int(), at: instant, type: text })),
    status: status.nullable(),
    light: light.nullable(),
    dueOn: dayText.nullable(),
    originalDueOn: dayText.nullable(),
    nextAlarm: alarm.nullable(),
  })
  .meta({ id: 'MoveMade' });
