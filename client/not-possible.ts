/** What was asked cannot be done as it was asked, and nothing was: in both languages, with a stable code. */
export class NotPossible extends Error {
  override readonly name = 'NotPossible';
  /** @param changed somebody else was first: looking again and repeating may help */
  constructor(
    readonly code: string,
    readonly zh: string,
    readonly en: string,
    readonly changed = false,
  ) {
    super(en);
  }
}
