/** Lines of a document as they were read, with their numbers. */
import type { SourceLine } from '../../client/imports/reading';
import type { DraftWords } from './words';

/** A page of text is enough to see what was meant. */
const MOST_LINES = 40;

export function Source({ w, lines }: { w: DraftWords; lines: readonly SourceLine[] }) {
  if (lines.length === 0) return <p class="soft">{w.noSource}</p>;
  return (
    <ol class="lines">
      {lines.slice(0, MOST_LINES).map(({ line, cells }) => (
        <li key={line} value={line}>
          {cells.length === 1 ? (
            cells[0]
          ) : (
            <ul>
              {cells.filter(Boolean).map((cell, i) => (
                <li key={`${i} ${cell}`}>{cell}</li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </ol>
  );
}
