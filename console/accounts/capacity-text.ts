/** A capacity in words: the role, and the unit by its name. */

import type { Language } from '../../domain/language';
import { nameOf } from '../../domain/notices';
import type { Capacity } from '../../domain/rights';
import { userRoleLabel } from '../../domain/user-roles';

export function capacityText({ role, unit }: Capacity, language: Language): string {
  const named = userRoleLabel(role, language);
  return unit === null ? named : `${named} ${nameOf(unit)}`;
}
