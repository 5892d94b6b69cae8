/** Letters as the API answers them: the JSON of `duban letters` and `duban letter show`. */
import { z } from 'zod';
import { channel, instant, round, unitOffice } from './common';

const text = z.string();
const dayText = z.string().meta({ format: 'date' });

const row = {
  id: text,
  on: dayText,
  round,
  to: unitOffice,
  office: text,
  person: text.nullable(),
  channel,
  address: text.nullable(),
  subject: text,
  state: z.enum(['waiting', 'sending', 'handed', 'failed', 'superseded', 'unsure']),
  attempts: z.int(),
  answer: text.nullable(),
  madeAt: instant,
  handedAt: instant.nullable(),
  failedAt: instant.nullable(),
  bouncedAt: instant.nullable(),
  bounce: text.nullable(),
  openedAt: instant.nullable(),
  answers: z.array(
    z.object({ by: z.enum(['reply', 'link']), at: instant, who: text.nullable(), state: z.enum(['done', 'open']) }),
  ),
};

export const letterRow = z.object({ ...row, notices: z.int() }).meta({ id: 'LetterRow' });

export const letterShown = z
  .object({
    ...row,
    messageId: text,
    size: z.int(),
    text: text.nullable(),
    html: text.nullable().optional(),
    notices: z.array(
      z.object({
        id: text,
        kind: text,
        task: text.nullable(),
        text,
        letter: text.nullable(),
        recalledAt: instant.nullable(),
      }),
    ),
    parcels: z.array(
      z.object({
        channel,
        address: text,
        body: text.nullable(),
        state: z.enum(['waiting', 'handed', 'failed']),
        outcome: text.nullable(),
        answer: text.nullable(),
        at: instant.nullable(),
      }),
    ),
    feedback: z.array(z.object({ stream: text, outcome: text, on: dayText, fedBackAt: instant.nullable() })),
  })
  .meta({ id: 'Letter', description: 'its links are left out: whoever has a link answers with it' });
