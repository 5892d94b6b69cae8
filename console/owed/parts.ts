/** What the parts of the page of a unit share. */
import type { SignedIn } from '../session/signed-in';
import type { UnitOwes } from './owed-ground';

/** More than a screen or two is looked through only by who asks for it. */
export const SHOWN = 60;

export interface Again {
  /** What came of the last form. */
  notice?: { tone: 'good' | 'bad' | 'calm'; lines: readonly string[] };
  /** What was typed into a form that is shown again. */
  typed?: Readonly<Partial<Record<string, string>>>;
}

export type Typed = NonNullable<Again['typed']>;

/** A part of the page that is of one unit. */
export interface Part {
  signedIn: SignedIn;
  owes: UnitOwes;
}
