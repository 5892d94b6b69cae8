/** The foot of a list: how many there are, and the way to the next page. */
import type { Language } from '../../domain/language';

const words = {
  'zh-CN': { next: '下一页', first: '回到第一页', total: (n: number) => `共${n}项` },
  en: { next: 'Next page', first: 'First page', total: (n: number) => `${n} in all` },
} as const;

interface NextPageProps {
  language: Language;
  /** The address of the page as it stands. */
  url: string;
  /** Where the next page begins; null: there is none. */
  next: string | null;
  total?: number;
}

export function NextPage({ language, url, next, total }: NextPageProps) {
  const said = words[language];
  const here = new URL(url, 'http://here');
  const isLater = here.searchParams.has('after');
  return (
    <p class="pager">
      {total !== undefined && <span class="soft">{said.total(total)}</span>}
      {isLater && <a href={withQuery(here, null)}>{said.first}</a>}
      {next !== null && (
        <a href={withQuery(here, next)} rel="next">
          {said.next}
        </a>
      )}
    </p>
  );
}

function withQuery(here: URL, after: string | null): string {
  const query = new URLSearchParams(here.searchParams);
  if (after === null) query.delete('after');
  else query.set('after', after);
  return `${here.pathname}${query.size > 0 ? `?${query}` : ''}`;
}
