/** A letter as people see it: plain text and HTML with the same facts. */
import type { Letter } from '../domain/letters';
import type { Frame } from './frame';
import { letterHtml } from './letter-html';
import { letterText } from './letter-text';

export interface Rendered {
  text: string;
  html: string;
}

/** Both forms of one letter. */
export function render(letter: Letter, frame: Frame): Rendered {
  return { text: letterText(letter, frame), html: letterHtml(letter, frame).markup };
}
