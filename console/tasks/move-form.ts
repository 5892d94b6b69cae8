/**
 * The form of a move, made of the table of moves: every text, day and field of the row, with what can be chosen for it.
 * Only where people need other words or a list of their own does a field stand here by name.
 */

import { slipText } from '../../domain/event-words';
import { partyLabel } from '../../domain/labels';
import type { Language } from '../../domain/language';
import type { MoveChoice } from '../../domain/move-choices';
import type { MoveTexts } from '../../domain/move-texts';
import { MOVES, type MoveRow } from '../../domain/moves';
import { nameOf } from '../../domain/notices';
import type { Role, UnitId } from '../../domain/plan';
import type { SlipColour } from '../../domain/policy';
import { BY_HAND } from '../../domain/rules/ladder';
import { answerersOf, type Task } from '../../domain/task';
import { fieldWords, words } from './words';

export interface FormField {
  name: string;
  kind: 'line' | 'long' | 'day' | 'number' | 'choice' | 'hidden' | 'unit';
  label: string;
  help: string | null;
  /** Most characters of a text. */
  max: number | null;
  optional: boolean;
  options: { value: string; label: string }[];
  value: string;
}

/** Every role of a party, as forms offer them. */
export const ROLES: readonly Role[] = ['lead', 'co', 'support', 'district'];
/** Every colour of a slip, as forms offer them. */
export const COLOURS: readonly SlipColour[] = ['blue', 'orange', 'red'];
/** A text up to this length is one line. */
const LINE = 200;

/** On one task, or on several at once. */
export interface FormSubject {
  choice: MoveChoice;
  tasks: readonly Task[];
}

/** The fields of the form in the order in which they are asked, filled with what was typed. */
export function formFields({ choice, tasks }: FormSubject, typed: MoveTexts, language: Language): FormField[] {
  const row: MoveRow = MOVES[choice.move];
  const said = fieldWords(choice.move, language);
  const field = (name: string, given: Partial<FormField> & Pick<FormField, 'kind'>): FormField => ({
    name,
    label: said.label(name) ?? row.texts[name]?.name ?? name,
    help: said.help(name),
    max: null,
    optional: false,
    options: [],
    value: typed[name] ?? '',
    ...given,
  });
  const names = [...Object.keys(row.fields), ...row.days, ...Object.keys(row.texts)];
  return names
    .filter((name) => isAsked(name, choice, tasks))
    .map((name) => {
      const text = row.texts[name];
      if (text) {
        const { max, optional = false } = text;
        return field(name, { kind: max > LINE ? 'long' : 'line', max, optional });
      }
      if (row.days.includes(name))
        return field(name, { kind: 'day', optional: row.optionalDays?.includes(name) === true });
      return field(name, {
        ...fieldOf(name, { choice, tasks }, language),
        ...(row.fields[name]?.endsWith('?') && { optional: true }),
      });
    });
}

/** What the form leaves out: what the move's maker or its state says already. */
function isAsked(name: string, { move, actor }: MoveChoice, tasks: readonly Task[]): boolean {
  // 代签收 is said by who signs; the rule takes it from there.
  if (name === 'byPhone' || name === 'items') return false;
  if (move === 'submitEvidence' && name !== 'unit') return actor.role !== 'unit';
  if (move === 'report' && name === 'condition')
    return tasks.some(({ type, dueOn }) => type === 'conditional' && dueOn === null);
  // One list says whose place is taken, and in which role.
  return !(move === 'reassign' && name === 'role');
}

type Given = Partial<FormField> & Pick<FormField, 'kind'>;

function fieldOf(name: string, { choice, tasks }: FormSubject, language: Language): Given {
  const said = words[language];
  const units = (ids: readonly UnitId[]) => ids.map((unit) => ({ value: unit, label: nameOf(unit) }));
  const row: MoveRow = MOVES[choice.move];
  switch (name) {
    case 'unit':
      if (row.as !== null) return single({ kind: 'choice', options: units(choice.units) });
      if (choice.move === 'addParty') return { kind: 'unit' };
      return { kind: 'choice', options: [{ value: '', label: said.allLeads }, ...units(unitsIn(tasks))] };
    case 'of':
      return { kind: 'choice', options: units(coUnits(tasks)) };
    case 'contribution':
      return {
        kind: 'choice',
        options: tasks.flatMap(({ contributions }) =>
          contributions
            .filter(({ unit, doneOn }) => choice.units.includes(unit) && doneOn === null)
            .map(({ id, text, dueOn }) => ({ value: id, label: `${id} ${text.slice(0, 60)} (${dueOn})` })),
        ),
      };
    case 'from':
      return { kind: 'choice', options: placesIn(tasks, language) };
    case 'to':
      return { kind: 'unit' };
    case 'role':
      return { kind: 'choice', options: ROLES.map((role) => ({ value: role, label: partyLabel(role, language) })) };
    case 'colour':
      return {
        kind: 'choice',
        options: coloursOf(choice).map((one) => ({ value: one, label: slipText(one, language) })),
      };
    case 'version':
      return { kind: 'hidden', value: String(tasks[0]?.review?.version ?? '') };
    case 'percent':
      return { kind: 'number' };
    case 'ready':
      return {
        kind: 'choice',
        options: [
          { value: 'yes', label: said.ready },
          { value: 'no', label: said.notReady },
        ],
      };
    case 'condition':
      return {
        kind: 'choice',
        options: [
          { value: '', label: said.unsaid },
          { value: 'yes', label: said.holds },
          { value: 'no', label: said.holdsNot },
        ],
      };
    default:
      return { kind: 'line' };
  }
}

/** R23: a slip by hand belongs to one role by its colour. */
function coloursOf({ actor }: MoveChoice): SlipColour[] {
  return COLOURS.filter((colour) => (BY_HAND[colour].role === 'supervisor') === (actor.role === 'supervisor'));
}

/** What leaves no choice is not asked. */
function single(given: Given): Given {
  const [only, ...others] = given.options ?? [];
  return only && others.length === 0 ? { kind: 'hidden', value: only.value } : given;
}

function unitsIn(tasks: readonly Task[]): UnitId[] {
  return [...new Set(tasks.flatMap(answerersOf))];
}

/** Who can be asked for a part (R19). */
function coUnits(tasks: readonly Task[]): UnitId[] {
  const parties = tasks.flatMap((task) => task.parties).filter(({ role }) => role !== 'lead');
  return [...new Set(parties.flatMap(({ answerers }) => answerers))];
}

function placesIn(tasks: readonly Task[], language: Language): { value: string; label: string }[] {
  const places = new Map(
    tasks.flatMap(({ parties }) =>
      parties.map(({ unit, role }) => [`${role} ${unit}`, `${nameOf(unit)} (${partyLabel(role, language)})`] as const),
    ),
  );
  return [...places].map(([value, label]) => ({ value, label }));
}

/** The move's own texts of what the form says in one list: whose place is taken, and in which role. */
export function textsOfForm(typed: MoveTexts): MoveTexts {
  const [, role, unit] = /^(lead|co|support|district) (.+)$/.exec(typed.from ?? '') ?? [];
  return role === undefined ? typed : { ...typed, role, from: unit };
}
