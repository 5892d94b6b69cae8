/** A capacity in words: the role, and the unit by its name. */
import type { Language } from '../../domain/language';
import { type Capacity, ROLE_NAMES } from '../../domain/rights';

export function capacityText({ role, unit }: Capacity, language: Language): string {
  const named = ROLE_NAMES[role][language === 'en' ? 'en' : 'zh'];
  return unit === null ? named : `${named} ${unit.slice(unit.indexOf(':') + 1)}`;
}
