/** Fields of a move's form, each with its label and what helps to fill it. */
import type { Language } from '../../domain/language';
import type { FormField } from './move-form';
import { words } from './words';

export interface FieldsProps {
  fields: readonly FormField[];
  language: Language;
  /** Names of units to choose from while typing. */
  unitNames: readonly string[];
}

export function Fields({ fields, language, unitNames }: FieldsProps) {
  return (
    <>
      {fields.map((field) =>
        field.kind === 'hidden' ? (
          <input key={field.name} type="hidden" name={field.name} value={field.value} />
        ) : (
          <div key={field.name} class="field">
            <label for={field.name}>
              {field.label}
              {field.optional && <span class="soft"> ({words[language].optional})</span>}
            </label>
            <Control field={field} language={language} hasNames={unitNames.length > 0} />
            {field.help && (
              <p class="soft help" id={`${field.name}-help`}>
                {field.help}
              </p>
            )}
          </div>
        ),
      )}
      {unitNames.length > 0 && fields.some(({ kind }) => kind === 'unit') && (
        <datalist id="unit-names">
          {unitNames.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
      )}
    </>
  );
}

function Control({ field, language, hasNames }: { field: FormField; language: Language; hasNames: boolean }) {
  const { name, kind, max, optional, options, value, help } = field;
  const common = {
    id: name,
    name,
    required: !optional,
    'aria-describedby': help ? `${name}-help` : undefined,
  };
  switch (kind) {
    case 'long':
      return (
        <textarea {...common} rows={4} maxLength={max ?? undefined}>
          {value}
        </textarea>
      );
    case 'day':
      return <input {...common} type="date" max="2099-12-31" value={value} />;
    case 'number':
      return <input {...common} type="number" min={0} max={100} step={1} value={value} />;
    case 'unit':
      return (
        <input
          {...common}
          list={hasNames ? 'unit-names' : undefined}
          maxLength={100}
          value={value}
          autocomplete="off"
        />
      );
    case 'choice': {
      const hasEmpty = options.some((option) => option.value === '');
      return (
        <select {...common} required={!optional && !hasEmpty}>
          {!hasEmpty && <option value="">{words[language].choose}</option>}
          {options.map((option) => (
            <option key={option.value} value={option.value} selected={option.value === value}>
              {option.label}
            </option>
          ))}
        </select>
      );
    }
    default:
      return <input {...common} maxLength={max ?? undefined} value={value} />;
  }
}
