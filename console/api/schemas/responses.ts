/** Answers that are no, as every route has them. */
import type { Readable } from 'node:stream';
import { z } from 'zod';
import { problemSchema } from '../problems';

const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: problemSchema } },
});

/** Of a route that reads. */
export const problems = {
  400: problem('the request is not valid'),
  401: problem('no token, or one that counts no more'),
  403: problem('the user or his token may not'),
  404: problem('not there, or out of sight'),
  422: problem('the rules say no'),
  429: problem('too many requests; see Retry-After'),
  503: problem('a server cannot be reached; nothing was done'),
};

/** Of a route that writes. */
export const write = {
  ...problems,
  409: problem('somebody else was first, or the same request is being worked on'),
  504: problem('nobody can say whether it was done: repeat the request under the same Idempotency-Key'),
};

/** The bytes of a file. */
export const bytes = {
  description: 'the file',
  content: { 'application/octet-stream': { schema: z.custom<Readable>().meta({ type: 'string', format: 'binary' }) } },
};
