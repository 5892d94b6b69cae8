/** The other end of off-loop.ts: one message in, the work, one message out. */

/** Does the work for the process that started this one. A failure ends the process, which its starter sees. */
export function answerOffLoop<Input, Result>(work: (input: Input) => Result | Promise<Result>): void {
  process.once('message', ({ input }: { input: Input }) => {
    void Promise.resolve(work(input)).then(
      (result) => process.send?.(result),
      () => process.exit(1),
    );
  });
  // Who starts it may die first.
  process.once('disconnect', () => process.exit(1));
}
