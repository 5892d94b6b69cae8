/** Zod shapes for the borders: plan and unit files, and what a person types. Inside, the types of plan.ts hold. */
import { z } from 'zod';
import { CHANNEL_KINDS, type ChatKind, isChannelAddress, MOST_CHANNELS } from './channels';
import { isDay } from './days';
import { LANGUAGES } from './language';
import type { Plan } from './plan';
import { isStorable } from './storable';
import type { Unit } from './unit';

export const day = z.string().refine(isDay, { error: 'not a calendar day YYYY-MM-DD' });
/** A text within its length that the database can hold (D8). */
export const text = (max: number) => z.string().max(max).refine(isStorable, 'has characters that cannot be stored');
export const planId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'a plan id is lowercase letters, digits and hyphens');
export const unitId = z.string().regex(/^[a-z0-9-]{1,32}:[^\s/\\:\p{Cc}\p{Cs}]{1,64}$/u, 'a unit id is <city>:<name>');
/** The task's own number in its plan: the last segment of an address. */
export const taskNo = z.string().regex(/^\d{1,3}-\d{2,4}$/, 'the number of a task is <part>-<no>');
export const taskId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}\/\d{1,3}-\d{2,4}$/, 'a task id is <plan>/<part>-<no>');

const party = z.strictObject({ unit: unitId, role: z.enum(['lead', 'co', 'support', 'district']) });

const deadline = z.strictObject({
  type: z.enum(['fixed', 'two-track', 'conditional', 'ongoing', 'none']),
  dueOn: day.nullable(),
  readyOn: day.nullable(),
  notReadyOn: day.nullable(),
  condition: text(2000).nullable(),
  inPrinciple: z.boolean(),
  text: text(2000),
});

export const planTaskSchema = z.strictObject({
  id: taskId,
  part: z.int().min(1),
  no: z.int().min(1),
  category: text(200).nullable(),
  title: text(500).min(1),
  content: text(100_000),
  measures: z.array(text(20_000)),
  parties: z.array(party),
  leadBasis: z.enum(['explicit', 'first', 'sole', 'unstated']),
  openEnded: z.boolean(),
  deadline: deadline,
  remark: z.strictObject({ status: z.enum(['done', 'in-progress']).nullable(), text: text(20_000) }).nullable(),
  noDateConfirmed: z.boolean().optional(),
  line: z.int().nullable(),
  doubts: z
    .array(z.strictObject({ about: z.enum(['parties', 'deadline', 'text']), code: text(60), text: text(2000) }))
    .optional(),
});

/** What the document says of itself, and who coordinates. */
export const planHeadSchema = z.strictObject({
  title: text(500).min(1),
  number: text(100).nullable(),
  issuer: text(300).min(1),
  issuedOn: day,
  office: unitId,
  reporting: z.strictObject({ addressees: z.array(unitId), text: text(2000) }).nullable(),
});

export const cityCode = z.string().regex(/^[a-z0-9-]{1,32}$/, 'a city is lowercase letters, digits and hyphens');
export const planOrigin = z.strictObject({
  file: text(300).min(1),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 in hex'),
});

export const planSchema: z.ZodType<Plan> = z.strictObject({
  id: planId,
  ...planHeadSchema.shape,
  city: cityCode,
  policy: z.record(z.string(), z.unknown()).optional(),
  origin: planOrigin.optional(),
  reissuedFrom: z.strictObject({ plan: planId, years: z.int() }).optional(),
  tasks: z.array(planTaskSchema).min(1),
});

/** `name@host.domain`; what else a mail server might take is more often a mistake. */
export const mailAddress = z.email().max(254);
/** Of a person; it stands in headers of letters, so it is one line. */
export const personName = text(60)
  .min(1)
  .regex(/^[^\p{Cc}\u2028\u2029<>]*$/u, 'a name is one line without < and >');

const chatKinds = CHANNEL_KINDS.filter((kind): kind is ChatKind => kind !== 'mail');
const channelUse = z.union([
  z.strictObject({ kind: z.literal('mail') }),
  z
    .strictObject({ kind: z.enum(chatKinds), to: z.string().max(200) })
    .refine(({ kind, to }) => isChannelAddress(kind, to), { error: 'not an address of this channel' }),
]);

export const person = z
  .strictObject({
    name: personName,
    mail: mailAddress.nullable(),
    channels: z
      .array(channelUse)
      .min(1)
      .max(MOST_CHANNELS)
      .refine((uses) => new Set(uses.map(({ kind }) => kind)).size === uses.length, {
        error: 'a channel stands once in an order',
      })
      .optional(),
  })
  .refine(({ mail, channels }) => mail !== null || !channels?.some(({ kind }) => kind === 'mail'), {
    error: 'the order names mail, and there is no mail address',
  });

export const unitSchema: z.ZodType<Unit> = z.strictObject({
  id: unitId,
  city: z.string(),
  name: text(100)
    .min(1)
    .regex(/^[^\p{Cc}\u2028\u2029]*$/u, 'a name is one line'),
  aliases: z.array(text(100)),
  members: z.array(unitId).nullable(),
  liaison: person.nullable(),
  head: person.nullable(),
  leader: person.nullable(),
  substitutes: z.array(z.strictObject({ from: day, to: day, name: personName, mail: mailAddress })),
  language: z.enum(LANGUAGES).optional(),
});
