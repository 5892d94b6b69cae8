/** The forms of public documents: the known ones are read without a fault, those kept aside nearly so. */

import { formsOf } from './fixture';
import { FIELDS, scoreOf } from './score';

test('every known form is read as it says', async () => {
  const forms = formsOf('known');
  const { misses, silentErrors } = await scoreOf(forms);
  expect(misses).toEqual([]);
  expect(silentErrors).toBe(0);
  expect(forms.length).toBeGreaterThanOrEqual(20);
});

test('a reading that is wrong counts as wrong', async () => {
  const [form] = formsOf('known').filter(({ name }) => name === 'xiangxi-2020');
  const [first, ...others] = form?.tasks ?? [];
  if (!form || !first) throw new Error('the form is there');
  const other = { ...first, parties: first.parties.slice(1), due: '2020-07-31' };
  const { fields, misses, silentErrors } = await scoreOf([{ ...form, tasks: [other, ...others] }]);
  expect(FIELDS.filter((field) => fields[field].precision < 1 || fields[field].recall < 1)).toEqual([
    'lead',
    'parties',
    'deadline',
    'dates',
  ]);
  expect(misses.map(({ field, missing, unasked }) => [field, missing, unasked])).toContainEqual([
    'deadline',
    ['2020-07-31'],
    ['2020-06-30'],
  ]);
  expect(silentErrors).toBe(1);
});

test('forms that no rule was written for are read to 98 in 100', async () => {
  const forms = formsOf('held-out');
  const { fields } = await scoreOf(forms);
  expect(fields.parties.expected).toBeGreaterThanOrEqual(150);
  expect(fields.dates.expected).toBeGreaterThanOrEqual(80);
  const least = (['parties', 'dates'] as const).flatMap((field) => [fields[field].precision, fields[field].recall]);
  expect(Math.min(...least)).toBeGreaterThanOrEqual(0.98);
});
