/** Long lists of tasks, a page at a time. */

export interface Paged<Item> {
  items: Item[];
  page: number;
  pages: number;
}

/**
 * A page of a list.
 * @param wanted the number in the address, from 1
 * @param perPage so many that a page stays below sixty kilobytes
 * @param open an item that must be on the page, whatever number was asked for
 */
export function paged<Item>(
  all: readonly Item[],
  { wanted, perPage, open }: { wanted: unknown; perPage: number; open: (item: Item) => boolean },
): Paged<Item> {
  const pages = Math.max(1, Math.ceil(all.length / perPage));
  const at = all.findIndex(open);
  const asked = at >= 0 ? Math.floor(at / perPage) + 1 : Number(wanted);
  const page = Number.isInteger(asked) ? Math.min(Math.max(asked, 1), pages) : 1;
  return { items: all.slice((page - 1) * perPage, page * perPage), page, pages };
}
