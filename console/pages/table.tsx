/** A table in a frame of its own, which scrolls sideways where the window is narrow, so that the page does not. */
import type { ComponentChildren } from 'preact';

/** The head of a column; null: a column of buttons has none. */
export type Head = string | { text: ComponentChildren; class: string } | null;

/** Whoever has no mouse must be able to stand in the frame to scroll it. */
const BY_KEYBOARD = { tabIndex: 0 } as const;

interface TableProps {
  heads: readonly Head[];
  class?: string;
  /** A section of its page, where it does not stand in one. */
  card?: boolean;
  /** Rows. */
  children: ComponentChildren;
}

export function Table({ heads, class: name, card = false, children }: TableProps) {
  const Frame = card ? 'section' : 'div';
  return (
    <Frame class="table" {...BY_KEYBOARD}>
      <table class={name}>
        <thead>
          <tr>
            {heads.map((head, i) =>
              head === null ? (
                <td key={i} />
              ) : (
                <th key={i} scope="col" class={typeof head === 'string' ? undefined : head.class}>
                  {typeof head === 'string' ? head : head.text}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </Frame>
  );
}
