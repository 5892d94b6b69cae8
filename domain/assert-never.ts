/** Closes a union (style.md, 10): a case that was forgotten does not compile, and says so if it happens at run time. */
export function assertNever(value: never): never {
  throw new Error(`unexpected case: ${JSON.stringify(value)}`);
}
