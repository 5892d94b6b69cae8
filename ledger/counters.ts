/** Gapless document numbers of an office, per series and year (R20). */
import type { Context } from '../domain/decider';
import type { UnitId } from '../domain/plan';
import type { Db } from './database';

type Ordinals = Context['ordinals'];

/** In this order wherever both are locked, always behind a stream's head (D3). */
const SERIES = ['slip', 'urging'] as const satisfies readonly (keyof Ordinals)[];

/** The next numbers of the office in the year, held until the transaction ends: none is given twice, none left out. */
export async function lockOrdinals(db: Db, office: UnitId, year: string): Promise<Ordinals> {
  await db
    .insertInto('counters')
    .values(SERIES.map((series) => ({ office, year, series })))
    .onConflict((conflict) => conflict.columns(['office', 'year', 'series']).doNothing())
    .execute();
  const rows = await db
    .selectFrom('counters')
    .select(['series', 'value'])
    .where('office', '=', office)
    .where('year', '=', year)
    .orderBy('series')
    .forUpdate()
    .execute();
  const next = (series: keyof Ordinals) => (rows.find((row) => row.series === series)?.value ?? 0) + 1;
  return { slip: next('slip'), urging: next('urging') };
}

/** Raises the counters to these last numbers; one that is higher already stays. */
export async function raiseCounters(db: Db, office: UnitId, year: string, last: Ordinals): Promise<void> {
  await db
    .insertInto('counters')
    .values(SERIES.map((series) => ({ office, year, series, value: last[series] })))
    .onConflict((conflict) =>
      conflict.columns(['office', 'year', 'series']).doUpdateSet(({ fn, ref }) => ({
        value: fn<number>('greatest', [ref('counters.value'), ref('excluded.value')]),
      })),
    )
    .execute();
}
