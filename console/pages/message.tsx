/** A page that only says something. */
import { Shell } from './shell';

export interface Said {
  title: string;
  said: readonly string[];
  /** The same in English. */
  en?: string;
  /** Whether a way to the console's first page stands below; not for who has none. */
  home?: boolean;
}

export function Message({ title, said, en, home }: Said) {
  return (
    <Shell title={title}>
      <h1>{title}</h1>
      {said.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {en && (
        <p lang="en" class="soft">
          {en}
        </p>
      )}
      {home && (
        <p>
          <a href="/">首页</a>{' '}
          <a href="/" lang="en" class="soft">
            First page
          </a>
        </p>
      )}
    </Shell>
  );
}
