/** HTML that is escaped by construction: what is put into the template is text, unless it is HTML of this template. */

/** A piece of HTML that was made here and may be put into another as it is. */
export class Html {
  constructor(readonly markup: string) {}
}

type Piece = string | number | null | undefined | false | Html | readonly Html[];

/** A tagged template; null, undefined and false leave nothing, lists are joined. */
export function html(fixed: TemplateStringsArray, ...pieces: Piece[]): Html {
  return new Html(fixed.reduce((markup, text, i) => `${markup}${write(pieces[i - 1])}${text}`));
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function write(piece: Piece): string {
  if (piece === null || piece === undefined || piece === false) return '';
  if (piece instanceof Html) return piece.markup;
  if (typeof piece === 'object') return piece.map((part) => part.markup).join('');
  return String(piece).replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? '');
}
