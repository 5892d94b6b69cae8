/**
 * A move read off the texts of a form, by the table of moves: every form of people says a move as named texts. What the
 * texts hold is judged by the table afterwards, like the move of any program.
 */
import type { Move, MoveName } from './intents';
import { MOVES, type MoveRow } from './moves';

/** The texts of a form, by the name of the move's field. */
export type MoveTexts = Readonly<Partial<Record<string, string>>>;

/**
 * The move that the texts say. An empty text that may be left out is left out; a tick or `yes` is true, `no` is false.
 * @param name any move but `addEvidence`, whose items are no texts
 * @returns a move as far as its fields go: {@link checkMove} judges what is in them
 */
export function moveOfTexts(name: MoveName, typed: MoveTexts): Move {
  const row: MoveRow = MOVES[name];
  const move: Record<string, unknown> = { move: name };
  for (const field of [...Object.keys(row.texts), ...row.days]) {
    const text = textOf(typed, field);
    const isOptional = row.texts[field]?.optional === true || row.optionalDays?.includes(field) === true;
    if (text !== '' || !isOptional) move[field] = text;
  }
  for (const [field, shape] of Object.entries(row.fields)) {
    const value = saidIn(shape.replace('?', ''), textOf(typed, field));
    if (value !== undefined) move[field] = value;
  }
  // What is missing or no such thing is refused by the table, field by field.
  return move as Move;
}

function textOf(typed: MoveTexts, field: string): string {
  const text = Object.hasOwn(typed, field) ? (typed[field] ?? '') : '';
  return text.replace(/\r\n?/g, '\n').trim();
}

/** Undefined: nothing was said. */
function saidIn(shape: string, text: string): unknown {
  if (text === '') return undefined;
  if (shape === 'flag') return ['on', 'yes', 'true'].includes(text) ? true : text === 'no' ? false : text;
  // What is no number is no number to the table either.
  return shape === 'version' || shape === 'percent' ? Number(text) : text;
}

/** The texts that say a move: what was typed, when its form is shown again. */
export function textsOfMove(move: Move): MoveTexts {
  return Object.fromEntries(
    Object.entries(move).flatMap(([field, value]: [string, unknown]) => {
      if (field === 'move' || typeof value === 'object') return [];
      return [[field, typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value)]];
    }),
  );
}
