/**
 * Content policies for what others wrote: letters, evidence, mails. Nothing of it runs, loads or sends, should a
 * browser show it; where it is meant to be shown, its own styles count.
 */
const SENDS_NOTHING = "form-action 'none'; base-uri 'none'";
const NOTHING = `default-src 'none'; ${SENDS_NOTHING}`;
const STYLED = `default-src 'none'; style-src 'unsafe-inline'; ${SENDS_NOTHING}`;

/** Taken away as a file. */
export const TAKEN_AWAY = `${NOTHING}; frame-ancestors 'none'; sandbox`;

/** Shown by itself. */
export const SANDBOXED = `${STYLED}; frame-ancestors 'none'; sandbox`;

/** Shown in a frame of our own pages. */
export const SANDBOXED_IN_OUR_FRAME = `${STYLED}; frame-ancestors 'self'; sandbox`;

/** A sandbox takes a browser's PDF viewer away as well; the viewer itself runs apart from the page. */
export const IN_PDF_VIEWER = `${STYLED}; frame-ancestors 'none'`;
