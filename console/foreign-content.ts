/**
 * Content policies for what others wrote: letters, evidence, mails. Nothing of it runs, loads or sends, should a
 * browser show it; its own styles may count.
 */
const NOTHING = "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'";

/** Shown by itself. */
export const SANDBOXED = `${NOTHING}; frame-ancestors 'none'; sandbox`;

/** Shown in a frame of our own pages. */
export const SANDBOXED_IN_OUR_FRAME = `${NOTHING}; frame-ancestors 'self'; sandbox`;

/** A sandbox takes a browser's PDF viewer away as well; the viewer itself runs apart from the page. */
export const IN_PDF_VIEWER = `${NOTHING}; frame-ancestors 'none'`;
