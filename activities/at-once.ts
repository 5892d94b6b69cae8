/** Many small calls, a few at a time. */

/** More at once would only queue at the server. */
const AT_ONCE = 10;

/** Does the work for every item, ten at a time, in the items' order as far as that goes. */
export async function atOnce<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items];
  const worker = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
