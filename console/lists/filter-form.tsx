/** The filters of a plan's tasks: a form that writes the address, nothing else. */
import { colourLabel, statusLabel } from '../../domain/labels';
import type { Language } from '../../domain/language';
import { nameOf } from '../../domain/notices';
import type { UnitId } from '../../domain/plan';
import { TASK_ORDERS } from '../../ledger/lists/tasks';
import { COLOURS, isFiltered, type ListAddress, orderOf, STATUSES } from './list-address';
import { words } from './words';

interface FilterProps {
  address: ListAddress;
  categories: readonly (string | null)[];
  /** Names that are offered while one types. */
  units: readonly UnitId[];
  language: Language;
}

export function FilterForm({ address, categories, units, language }: FilterProps) {
  const w = words[language];
  const { given, path } = address;
  const named = categories.filter((category): category is string => category !== null);
  return (
    <search>
      <form method="get" action={path} class="filters">
        <div class="row">
          <Choice
            name="light"
            label={w.light}
            value={given.light}
            all={w.all}
            options={COLOURS.map((colour) => [colour, colourLabel(colour, language)])}
          />
          <Choice
            name="status"
            label={w.status}
            value={given.status}
            all={w.all}
            options={STATUSES.map((status) => [status, statusLabel(status, language)])}
          />
          <Choice
            name="waiting"
            label={w.waiting}
            value={given.waiting}
            all={w.all}
            options={Object.entries(w.waitingFor)}
          />
          {named.length > 0 && (
            <Choice
              name="category"
              label={w.category}
              value={given.category}
              all={w.all}
              options={named.map((category) => [category, category])}
            />
          )}
          <Field
            name="unit"
            label={w.unit}
            value={given.unit && nameOf(given.unit)}
            list="units"
            placeholder={w.unitHelp}
          />
          <Field name="q" label={w.text} value={given.q} type="search" />
          <Field name="dueFrom" label={w.dueFrom} value={given.dueFrom} type="date" />
          <Field name="dueTo" label={w.dueTo} value={given.dueTo} type="date" />
          <Choice
            name="order"
            label={w.order}
            value={orderOf(address)}
            options={TASK_ORDERS.map((order) => [order, w.orders[order]])}
          />
          {given.reason !== undefined && <input type="hidden" name="reason" value={given.reason} />}
          <div>
            <button type="submit">{w.filter}</button> {isFiltered(address) && <a href={path}>{w.clear}</a>}
          </div>
        </div>
        <datalist id="units">
          {units.map((unit) => (
            <option key={unit} value={nameOf(unit)} />
          ))}
        </datalist>
      </form>
    </search>
  );
}

interface FieldProps {
  name: string;
  label: string;
  value?: string;
  type?: 'text' | 'search' | 'date';
  list?: string;
  placeholder?: string;
}

function Field({ name, label, value, type = 'text', list, placeholder }: FieldProps) {
  return (
    <div>
      <label for={`f-${name}`}>{label}</label>
      <input
        id={`f-${name}`}
        name={name}
        type={type}
        value={value}
        list={list}
        placeholder={placeholder}
        maxLength={200}
      />
    </div>
  );
}

interface ChoiceProps extends FieldProps {
  /** The choice of nothing; left out where something must be chosen. */
  all?: string;
  options: readonly (readonly [string, string])[];
}

function Choice({ name, label, value, all, options }: ChoiceProps) {
  return (
    <div>
      <label for={`f-${name}`}>{label}</label>
      <select id={`f-${name}`} name={name}>
        {all !== undefined && <option value="">{all}</option>}
        {options.map(([option, said]) => (
          <option key={option} value={option} selected={option === value}>
            {said}
          </option>
        ))}
      </select>
    </div>
  );
}
