/**
 * A failure of a tool in the three parts a person needs: what failed, where, and what to do next.
 * `message` carries all three, so that the one door that prints errors needs nothing else.
 */
export class ToolError extends Error {
  override readonly name = 'ToolError';

  constructor(
    readonly what: string,
    readonly where: string,
    readonly next: string,
    options?: ErrorOptions,
  ) {
    super(`${what}\n  where: ${where}\n  next:  ${next}`, options);
  }
}
