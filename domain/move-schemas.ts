/** Zod shapes of moves, made from the table of moves: a move that came over a border has the fields of its row, and no others. */
import { z } from 'zod';
import type { Move } from './intents';
import { MOVES, type MoveRow } from './moves';
import { day, text, unitId } from './schemas';

const item = z.strictObject({
  kind: z.enum(['file', 'link', 'number', 'figure']),
  value: text(2000).min(1),
  name: text(200).nullable(),
  bytes: z.int().min(0).nullable(),
});

/** By the names of the table's shapes. */
const FIELDS: Record<string, z.ZodType> = {
  id: text(200).min(1),
  flag: z.boolean(),
  version: z.int(),
  percent: z.int(),
  role: z.enum(['lead', 'co', 'support', 'district']),
  colour: z.enum(['blue', 'orange', 'red']),
  items: z.array(item).min(1),
};
/** Fields that hold the id of a unit rather than any other. */
const UNITS = ['unit', 'of', 'from', 'to'];

function schemaOf(name: string, row: MoveRow) {
  const shape: Record<string, z.ZodType> = { move: z.literal(name) };
  for (const [field, { max, optional }] of Object.entries(row.texts)) {
    shape[field] = optional ? text(max).optional() : text(max).min(1);
  }
  for (const field of row.days) shape[field] = row.optionalDays?.includes(field) ? day.optional() : day;
  for (const [field, kind] of Object.entries(row.fields)) {
    const isUnit = kind.startsWith('id') && UNITS.includes(field);
    const one = isUnit ? unitId : (FIELDS[kind.replace('?', '')] ?? z.never());
    shape[field] = kind.endsWith('?') ? one.optional() : one;
  }
  return z.strictObject(shape).meta({ description: `${row.zh} (${row.rule})` });
}

const [first, ...others] = Object.entries(MOVES).map(([name, row]) => schemaOf(name, row));
if (!first) throw new RangeError('the table of moves is empty');

// What the table says is what the type says: test/domain/move-schemas.test.ts compares both with the judge of moves.
/** Any move of the table. */
export const moveSchema = z.union([first, ...others]) as unknown as z.ZodType<Move>;
