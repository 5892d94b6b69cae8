/** A page that only says something. */
import { Shell } from './shell';

export interface Said {
  title: string;
  said: readonly string[];
  /** The same in English. */
  en?: string;
}

export function Message({ title, said, en }: Said) {
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
    </Shell>
  );
}
