/** A page that only says something. */
import { Shell } from './shell';

export function Message({ title, said }: { title: string; said: readonly string[] }) {
  return (
    <Shell title={title}>
      <h1>{title}</h1>
      {said.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </Shell>
  );
}
