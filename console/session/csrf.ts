/** A form must come from a page of the same session: it carries a token that no other site can know. */
import { timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';

/** A form from another site, or from a page of an earlier session. */
export class ForeignForm extends Error {
  readonly statusCode = 403;
}

/**
 * Checks a form's token.
 * @param given the field `csrf`, whatever was sent as one
 * @throws ForeignForm
 */
export function checkCsrf({ signedIn }: FastifyRequest, given: unknown): void {
  const token = Buffer.from(signedIn.csrf);
  const other = Buffer.from(typeof given === 'string' ? given : '');
  if (token.length !== other.length || !timingSafeEqual(token, other)) throw new ForeignForm('the form is not ours');
}

/** Whether the browser itself says that another site made it ask. Old browsers say nothing. */
export function isFromElsewhere({ headers }: FastifyRequest): boolean {
  const site = headers['sec-fetch-site'];
  return site === 'cross-site' || site === 'same-site';
}
