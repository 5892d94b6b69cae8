/** Plans as the API answers them. */
import { z } from 'zod';
import { instant, open, round, unitOffice } from './common';

const text = z.string();
const dayText = z.string().meta({ format: 'date' });
const planStatus = z.enum(['draft', 'launching', 'launched']);

export const planRow = z
  .object({
    id: text,
    title: text,
    number: text.nullable(),
    city: text,
    office: text,
    status: planStatus,
    tasks: z.int().meta({ description: 'how many tasks of it are in sight' }),
    launchOn: dayText.nullable(),
  })
  .meta({ id: 'PlanRow' });

export const planShown = open({
  id: text,
  title: text,
  number: text.nullable(),
  issuer: text,
  issuedOn: dayText,
  city: text,
  office: text,
  tasks: z.array(open({ id: text, title: text })),
  status: planStatus,
  revision: z.int(),
  corrections: z.array(z.unknown()),
  launchOn: dayText.nullable(),
  launchedAt: instant.nullable(),
  signedBy: text.nullable(),
}).meta({ id: 'Plan', description: 'as `duban plan show --json`; a unit sees its own tasks of it' });

export const rehearsal = z
  .object({
    plan: text,
    from: dayText,
    to: dayText,
    assumptions: z.array(text),
    letters: z.array(
      z.object({
        on: dayText,
        round,
        to: unitOffice,
        provisional: z.boolean(),
        notices: z.array(open({ kind: text, task: text.nullable(), rung: text.nullable(), text })),
      }),
    ),
    slips: z.array(
      z.object({ on: dayText, task: text, colour: text, limitOn: dayText.nullable(), provisional: z.boolean() }),
    ),
    checkIns: z.array(z.object({ askedOn: dayText, dueOn: dayText, unit: text, tasks: z.array(text) })),
    byUnit: z.record(text, z.int()),
  })
  .meta({ id: 'Rehearsal' });

export const launchState = z
  .object({
    plan: text,
    status: planStatus,
    stage: z.enum(['draft', 'waiting', 'starting', 'done']),
    started: z.int().meta({ description: 'tasks of the plan that run' }),
    total: z.int(),
    launchOn: dayText.nullable(),
    launchedAt: instant.nullable(),
    signedBy: text.nullable(),
  })
  .meta({ id: 'Launch' });

export const reportMade = z
  .object({ plan: text, moveId: text, events: z.array(z.object({ seq: z.int(), at: instant, type: text })) })
  .meta({ id: 'PlanReportMade' });
