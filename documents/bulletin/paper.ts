/**
 * A bulletin as a paper: its words in order, before anybody decides whether they stand on a page or on a screen. Both
 * are made from this, so they cannot say different things.
 */
import type { Colour } from '../../domain/light';

export interface Cell {
  text: string;
  /** Shaded with the light's colour; the word for it stands in the text, for who cannot see colours or print them. */
  light?: Colour;
}

export interface Column {
  title: string;
  /** Share of the page's width. */
  width: number;
  align: 'left' | 'center';
}

export interface Grid {
  columns: Column[];
  rows: Cell[][];
}

export type Block = { kind: 'paragraph'; text: string } | ({ kind: 'grid' } & Grid);

export interface Section {
  /** Without its ordinal. */
  heading: string;
  blocks: Block[];
}

export interface Annex {
  title: string;
  landscape: boolean;
  blocks: Block[];
}

export interface Paper {
  /** 发文机关标志, in red. */
  head: string;
  /** 发文字号, with a blank to fill in where none was given. */
  number: string;
  title: string;
  addressees: string;
  opening: string;
  /** Where the record's seal stands and how it is verified (D11). */
  footnote: string;
  sections: Section[];
  annexes: Annex[];
  signature: string;
  date: string;
}

/** A paragraph. */
export function paragraph(text: string): Block {
  return { kind: 'paragraph', text };
}

/** A table; `columns` as `标题:宽` with `>` before a title that is set in the middle of its column: `>得分:2`. */
export function grid(columns: readonly string[], rows: readonly (readonly (string | number | Cell)[])[]): Block {
  return {
    kind: 'grid',
    columns: columns.map((column) => {
      const [, centred, title = '', width] = /^(>?)(.*?)(?::([\d.]+))?$/.exec(column) ?? [];
      return { title, width: Number(width ?? 1), align: centred ? 'center' : 'left' };
    }),
    rows: rows.map((row) => row.map((cell) => (typeof cell === 'object' ? cell : { text: String(cell) }))),
  };
}
