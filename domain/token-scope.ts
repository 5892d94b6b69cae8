/** What a program's token may be used for: never more than its owner may, and only what he ticked. */
import { type Act, DEEDS, type Deed } from './rights';

/** Deeds that change nothing. */
const READING: readonly Deed[] = ['readPlan', 'readLetters', 'readDirectory', 'exportPlan', 'rehearse', 'verifyRecord'];

/** A program never makes users or tokens: whoever stole one would stay. */
const NEVER: readonly Deed[] = ['manageUsers', 'makeToken'];

/** `read`: everything that changes nothing. `move`: the moves on tasks. The rest is a deed each. */
export const TOKEN_SCOPES = [
  'read',
  'move',
  ...DEEDS.filter((deed) => !READING.includes(deed) && !NEVER.includes(deed)),
] as const;
export type TokenScope = 'read' | 'move' | Deed;

/** Whether a token of this scope lets an act through. */
export function isInScope(scope: readonly TokenScope[], act: Act): boolean {
  const deed = DEEDS.find((one) => one === act);
  if (deed === undefined) return scope.includes('move');
  if (NEVER.includes(deed)) return false;
  return READING.includes(deed) ? scope.includes('read') : scope.includes(deed);
}
