/** Where each role finds what; the first entry is its home. */
import type { Language } from '../../domain/language';
import type { User } from '../../domain/rights';
import { USER_ROLES, type UserRole } from '../../domain/user-roles';
import { words } from './page-words';

type Place = Exclude<
  keyof (typeof words)['en'],
  'product' | 'skip' | 'navigation' | 'signOut' | 'otherLanguage' | 'stuck' | 'stuckNext'
>;

const OFFICE = [
  'cockpit',
  'plans',
  'imports',
  'inbox',
  'letters',
  'units',
  'calendar',
  'policy',
  'library',
  'users',
] as const;

const PLACES: Record<UserRole, readonly Place[]> = {
  coordinator: OFFICE,
  'office-head': OFFICE,
  supervisor: ['supervision', 'wall', 'plans', 'letters', 'units'],
  unit: ['owed', 'plans', 'letters'],
  auditor: ['record', 'plans', 'letters', 'units', 'library', 'calendar', 'policy'],
};

/** The entries of a user, each once, those of his first capacity first. */
export function navigation(user: User, language: Language): { href: string; label: string }[] {
  return placesOf(user).map((place) => ({ href: `/${place}`, label: words[language][place] }));
}

/** Where a user begins. */
export function homeOf(user: User): string {
  return `/${placesOf(user)[0] ?? 'account'}`;
}

function placesOf({ capacities }: User): Place[] {
  const roles = capacities === 'operator' ? USER_ROLES : capacities.map(({ role }) => role);
  return [...new Set(roles.flatMap((role) => PLACES[role]))];
}
