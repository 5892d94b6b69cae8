/** Zod shape of a file of corrections: what `plan corrections --save` writes and an import reads again. */
import { z } from 'zod';
import { cityCode, planHeadSchema, planId, planOrigin, planTaskSchema } from '../schemas';
import { isStorable } from '../storable';
import type { CorrectionFile } from './reapply';

/** As long as the notes of all rows of a workbook. */
const words = (max: number) => z.string().max(max).refine(isStorable, 'has characters that cannot be stored');
const instant = words(40).refine((at) => !Number.isNaN(Date.parse(at)), 'not an instant');

const number = z.string().regex(/^\d{1,3}-\d{2,4}$/, 'a task is <part>-<no>');

function of<T extends z.ZodType, F extends string, V extends z.ZodType>(task: T, field: F, value: V) {
  return z.strictObject({ task, field: z.literal(field), before: value, after: value });
}

const task = planTaskSchema.shape;
const ofTask = z.discriminatedUnion('field', [
  of(number, 'title', task.title),
  of(number, 'category', task.category),
  of(number, 'content', task.content),
  of(number, 'measures', task.measures),
  of(number, 'parties', task.parties),
  of(number, 'leadBasis', task.leadBasis),
  of(number, 'openEnded', task.openEnded),
  of(number, 'deadline', task.deadline),
  of(number, 'noDateConfirmed', z.boolean().nullable()),
  of(number, 'remark', task.remark),
]);

const head = planHeadSchema.shape;
const ofPlan = z.discriminatedUnion('field', [
  of(z.null(), 'title', head.title),
  of(z.null(), 'number', head.number),
  of(z.null(), 'issuer', head.issuer),
  of(z.null(), 'issuedOn', head.issuedOn),
  of(z.null(), 'office', head.office),
  of(z.null(), 'reporting', head.reporting),
  of(z.null(), 'policy', z.record(z.string(), z.unknown()).nullable()),
]);

export const correctionFileSchema: z.ZodType<CorrectionFile> = z.strictObject({
  format: z.literal('duban-corrections'),
  version: z.literal(1),
  plan: planId,
  city: cityCode,
  document: planOrigin.nullable(),
  units: z.record(z.string(), z.array(z.string())),
  corrections: z.array(
    z.strictObject({
      at: instant,
      by: words(100),
      note: words(10_000_000),
      titles: z.record(z.string(), z.string()),
      changes: z.array(z.union([ofTask, ofPlan])),
    }),
  ),
});
