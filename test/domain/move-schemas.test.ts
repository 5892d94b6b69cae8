/** The shapes of moves at the border say what the table of moves says: no field more, none less. */
import { moveSchema } from '../../domain/move-schemas';
import { MOVES, type MoveRow } from '../../domain/moves';

const SAMPLES: Record<string, unknown> = {
  unit: 'zhuzhou:市税务局',
  of: 'zhuzhou:市税务局',
  from: 'zhuzhou:市税务局',
  to: 'zhuzhou:市公安局',
  contribution: 'c-1',
  byPhone: true,
  ready: false,
  condition: true,
  percent: 60,
  version: 1,
  role: 'co',
  colour: 'blue',
  items: [{ kind: 'link', value: 'https://a.example', name: null, bytes: null }],
};

/** A move with every field of its row. */
function whole(name: string, { texts, days, fields }: MoveRow): Record<string, unknown> {
  return {
    move: name,
    ...Object.fromEntries(Object.keys(texts).map((field) => [field, '因'])),
    ...Object.fromEntries(Object.keys(fields).map((field) => [field, SAMPLES[field]])),
    ...Object.fromEntries(days.map((field) => [field, '2027-06-30'])),
  };
}

const rows = Object.entries(MOVES).map(([name, row]): [string, MoveRow] => [name, row]);

test.each(rows)('%s: whole it is taken, and without what may be left out', (name, row) => {
  const move = whole(name, row);
  expect(moveSchema.parse(move)).toEqual(move);
  const optional = [
    ...Object.entries(row.texts).flatMap(([field, rule]) => (rule.optional ? [field] : [])),
    ...(row.optionalDays ?? []),
    ...Object.entries(row.fields).flatMap(([field, kind]) => (kind.endsWith('?') ? [field] : [])),
  ];
  for (const field of Object.keys(move)) {
    const { [field]: _left, ...rest } = move;
    expect([field, moveSchema.safeParse(rest).success]).toEqual([field, optional.includes(field)]);
  }
});

test.each(rows)('%s: a field of no row, a long text, half a day and another kind are not taken', (name, row) => {
  const move = whole(name, row);
  const wrong: Record<string, unknown>[] = [{ ...move, sudo: true }];
  for (const [field, { max }] of Object.entries(row.texts)) {
    wrong.push({ ...move, [field]: 'x'.repeat(max + 1) }, { ...move, [field]: 7 }, { ...move, [field]: '\u0000' });
  }
  for (const field of row.days) wrong.push({ ...move, [field]: '2027-02-30' }, { ...move, [field]: '2027-6-3' });
  for (const field of Object.keys(row.fields)) wrong.push({ ...move, [field]: null }, { ...move, [field]: {} });
  for (const one of wrong) expect([one, moveSchema.safeParse(one).success]).toEqual([one, false]);
});
