/** From page to page of a list of tasks. */
import type { Paged } from './paging';
import type { DraftWords } from './words';

export interface PagerProps {
  w: DraftWords;
  paged: Paged<unknown>;
  /** The address of a page. */
  href: (page: number) => string;
}

export function Pager({ w, paged: { page, pages }, href }: PagerProps) {
  if (pages === 1) return null;
  return (
    <nav class="pager" aria-label={w.tasks}>
      {page > 1 && (
        <a href={href(page - 1)} rel="prev">
          {w.previous}
        </a>
      )}
      <span>{w.page(page, pages)}</span>
      {page < pages && (
        <a href={href(page + 1)} rel="next">
          {w.next}
        </a>
      )}
    </nav>
  );
}
