import { join } from 'node:path';
import type { CalendarYear } from '../../domain/calendar';
import type { Unit } from '../../domain/unit';
import { importYear, loadCalendar, seedCalendars } from '../../ledger/calendars';
import { editUnit, listUnits, seedUnits, unitsById } from '../../ledger/units';
import calendar2020 from '../../seeds/calendars/2020.json';
import zhuzhouUnits from '../../seeds/units/zhuzhou.json';
import { SEEDS, seededLedger, type TestLedger } from './test-ledger';

let ledger: TestLedger;
beforeEach(async () => {
  ledger = await seededLedger();
});
afterEach(() => ledger.drop());

const units = zhuzhouUnits as Unit[];
const taxBureau = 'zhuzhou:市税务局';

test('a seed undoes nobody’s correction of a unit', async () => {
  const mail = 'new@zhuzhou.example';
  await editUnit(ledger.db, taxBureau, (unit) => ({ ...unit, liaison: { name: '新联络员', mail } }));
  await seedUnits(ledger.db, units);
  const found = await unitsById(ledger.db, [taxBureau, 'zhuzhou:没有的局']);
  expect(found.get(taxBureau)?.liaison?.mail).toBe(mail);
  expect(found.size).toBe(1);
  expect(await listUnits(ledger.db, 'zhuzhou')).toHaveLength(units.length);
  expect(await listUnits(ledger.db, 'zhuhai')).toHaveLength(0);
});

test('a unit that is not there cannot be edited', async () => {
  await expect(editUnit(ledger.db, 'zhuzhou:没有的局', (unit) => unit)).rejects.toMatchObject({ code: 'unknown-unit' });
});

test('two who give one name to two units at once: the second sees it given', async () => {
  const called = (alias: string) => (unit: Unit, city: Unit[]) => {
    if (city.some(({ aliases }) => aliases.includes(alias))) throw new Error('taken');
    return { ...unit, aliases: [...unit.aliases, alias] };
  };
  const both = ['zhuzhou:市税务局', 'zhuzhou:市公安局', 'zhuzhou:市财政局'];
  // Connections are open, so that none is behind.
  await Promise.all(both.map(() => listUnits(ledger.db)));
  const ends = await Promise.allSettled(both.map((id) => editUnit(ledger.db, id, called('新局'))));
  expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  const known = await listUnits(ledger.db, 'zhuzhou');
  expect(known.filter(({ aliases }) => aliases.includes('新局'))).toHaveLength(1);
});

test('a calendar’s version names its content: the same year again changes nothing, another day does', async () => {
  const year = calendar2020 as CalendarYear;
  const before = await loadCalendar(ledger.db);
  expect((await importYear(ledger.db, '2020', year)).changed).toBe(false);
  const { calendar, changed } = await importYear(ledger.db, '2020', { ...year, off: [...year.off, '2020-12-31'] });
  expect(changed).toBe(true);
  expect(calendar.version).not.toBe(before.version);
  // Seeding again leaves what was imported.
  expect(await seedCalendars(ledger.db, join(SEEDS, 'calendars'))).toEqual(calendar);
  const back = await importYear(ledger.db, '2020', year);
  expect(back.calendar).toEqual(before);
});
