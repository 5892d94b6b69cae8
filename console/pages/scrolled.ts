/** A wide table scrolls in its own frame; whoever has no mouse must be able to stand in it to scroll it. */
export const SCROLLED = { tabIndex: 0 } as const;
