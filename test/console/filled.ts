/** A form filled as a browser lets people fill it: only the fields, choices and lengths that the page offers. */
import { type CheerioAPI, load } from 'cheerio';

/** Typed texts; of a list what its chosen line says, or its value. */
export type Typed = Record<string, string>;

/**
 * What a browser sends of the form that goes to `action`: what it carries unseen, and what is typed.
 * @throws where the page has no such form, field or choice, or a field that must be filled is left empty
 */
export function filled(body: string, action: string, typed: Typed = {}): Record<string, string> {
  const $ = load(body);
  const form = $('form').filter((_, one) => $(one).attr('action') === action);
  if (form.length !== 1) throw new Error(`${form.length} forms go to ${action}`);
  const sent: Record<string, string> = {};
  const controls = form.find('input[name], select[name], textarea[name]').not('[type=file]').not('[disabled]');
  const names = new Set(controls.toArray().map((one) => $(one).attr('name') ?? ''));
  for (const name of Object.keys(typed)) if (!names.has(name)) throw new Error(`no field ${name} goes to ${action}`);
  for (const one of controls.toArray()) {
    const name = $(one).attr('name') ?? '';
    const value = valueIn($, $(one), typed[name]);
    if (value === '' && $(one).attr('required') !== undefined) throw new Error(`${name} must be filled`);
    if (value !== null) sent[name] = value;
  }
  return sent;
}

/** Null: a box that is not ticked. */
function valueIn($: CheerioAPI, control: ReturnType<CheerioAPI>, typed: string | undefined): string | null {
  const name = control.attr('name') ?? '';
  if (control.is('select')) {
    const options = control.find('option').toArray();
    if (typed === undefined)
      return $(options.find((one) => $(one).attr('selected') !== undefined) ?? options[0]).val() as string;
    const chosen = options.find((one) => $(one).text().trim() === typed || $(one).attr('value') === typed);
    if (!chosen)
      throw new Error(`${name} offers no ${typed}, but ${options.map((one) => $(one).text().trim()).join(', ')}`);
    return $(chosen).attr('value') ?? '';
  }
  const type = control.attr('type');
  if (type === 'checkbox' || type === 'radio') {
    const isOn =
      typed === undefined ? control.attr('checked') !== undefined : typed === (control.attr('value') ?? 'on');
    return isOn ? (control.attr('value') ?? 'on') : null;
  }
  if (type === 'hidden' && typed !== undefined) throw new Error(`nobody types ${name}, which is hidden`);
  const value = typed ?? (control.is('textarea') ? control.text() : (control.attr('value') ?? ''));
  const most = Number(control.attr('maxlength') ?? Number.POSITIVE_INFINITY);
  if (value.length > most) throw new Error(`${name} takes ${most} characters`);
  return value;
}
