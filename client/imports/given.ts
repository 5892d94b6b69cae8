/** What the user says of a document beside what it says itself. */
import { z } from 'zod';
import { planId } from '../../domain/schemas';
import type { Upload } from '../../ledger/uploads';

const day = z.iso.date();

/** Each as it is stored; what is left out, the document says or nobody does. */
export const givenSchema = z.object({
  office: z.string().max(200).optional(),
  id: planId.optional(),
  title: z.string().max(500).optional(),
  number: z.string().max(100).optional(),
  issuer: z.string().max(300).optional(),
  issuedOn: day.optional(),
  year: z.number().int().min(1990).max(2098).optional(),
  reporting: z.array(z.string().max(200)).optional(),
});

export type ImportGiven = z.infer<typeof givenSchema>;

/** What was said of an upload. */
export function givenOf({ given }: Pick<Upload, 'given'>): ImportGiven {
  return givenSchema.parse(given);
}
