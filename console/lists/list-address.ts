/** The filters of a list as they stand in its address, so that a reload, the back button and a link give the same list. */
import { isDay } from '../../domain/days';
import type { Colour } from '../../domain/light';
import { isStorable } from '../../domain/storable';
import type { Status } from '../../domain/task';
import { TASK_ORDERS, type TaskFilters, type TaskOrder } from '../../ledger/lists/tasks';

export const COLOURS: readonly Colour[] = ['red', 'yellow', 'blue', 'green', 'grey'];
export const STATUSES: readonly Status[] = ['open', 'suspended', 'completed', 'cancelled'];
const WAITING = ['review', 'extension'] as const;
export const VIEWS = ['list', 'timeline', 'units', 'categories', 'silent'] as const;
export type View = (typeof VIEWS)[number];

/** Longer than any title or unit. */
const LONGEST = 200;

/** What each word of the address may be. */
const ALLOWED: Record<string, (text: string) => boolean> = {
  view: (text) => has(VIEWS, text),
  light: (text) => has(COLOURS, text),
  status: (text) => has(STATUSES, text),
  waiting: (text) => has(WAITING, text),
  order: (text) => has(TASK_ORDERS, text),
  dueFrom: isDay,
  dueTo: isDay,
  unit: isText,
  category: isText,
  reason: isText,
  q: isText,
  after: isText,
  before: isText,
  select: (text) => text === 'page',
};

export interface ListAddress {
  path: string;
  /** What was understood, as it stands in the address. */
  given: Readonly<Record<string, string>>;
  /** Names of what was not. */
  ignored: string[];
}

/** Reads the query of an address; what cannot be a filter is left out, and said. */
export function listAddress(path: string, query: unknown): ListAddress {
  const given: Record<string, string> = {};
  const ignored: string[] = [];
  for (const [name, value] of Object.entries(Object(query))) {
    if (value === '') continue;
    const allowed = Object.hasOwn(ALLOWED, name) ? ALLOWED[name] : undefined;
    if (allowed && typeof value === 'string' && allowed(value)) given[name] = value;
    else ignored.push(isStorable(name) ? name.slice(0, 40) : '?');
  }
  return { path, given, ignored: ignored.slice(0, 10) };
}

/** The same list with some words changed; undefined takes one out. A page of another list is none of this one. */
export function hrefOf({ path, given }: ListAddress, change: Record<string, string | undefined>): string {
  const { after: _after, before: _before, select: _select, ...kept } = given;
  const words = Object.entries({ ...kept, ...change }).filter(
    (word): word is [string, string] => word[1] !== undefined,
  );
  const query = new URLSearchParams(words).toString();
  return query === '' ? path : `${path}?${query}`;
}

export function viewOf({ given }: ListAddress): View {
  return VIEWS.find((view) => view === given.view) ?? 'list';
}

export function orderOf({ given }: ListAddress): TaskOrder {
  return TASK_ORDERS.find((order) => order === given.order) ?? 'id';
}

/** @param unit the id of the unit that was named, where there is one */
export function filtersOf({ given }: ListAddress, unit: string | null): TaskFilters {
  return {
    ...(unit !== null && { unit }),
    colour: COLOURS.find((colour) => colour === given.light),
    status: STATUSES.find((status) => status === given.status),
    waiting: WAITING.find((waiting) => waiting === given.waiting),
    category: given.category,
    reason: given.reason,
    dueFrom: given.dueFrom,
    dueTo: given.dueTo,
    text: given.q?.trim() || undefined,
  };
}

/** Whether anything narrows the list. */
export function isFiltered({ given }: ListAddress): boolean {
  return ['light', 'status', 'waiting', 'category', 'reason', 'dueFrom', 'dueTo', 'unit', 'q'].some(
    (name) => given[name] !== undefined,
  );
}

function has(words: readonly string[], text: string): boolean {
  return words.includes(text);
}

function isText(text: string): boolean {
  return text.length <= LONGEST && isStorable(text);
}
