/** Capacities by what an identity provider claims of somebody: the mapping of an installation, applied. */
import type { Capacity } from './rights';
import type { UserRole } from './user-roles';

/** What a provider says of a person; nothing of it is believed to have a shape. */
export type Claims = Readonly<Record<string, unknown>>;

/** Whoever has this value has this role. A unit may be `{claim}`: the unit that the claim names. */
export interface RoleMapping {
  value: string;
  role: UserRole;
  unit: string | null;
}

/** A claim by its name, or by its dotted path where no claim has the whole as its name. */
export function claimAt(claims: Claims, path: string): unknown {
  if (Object.hasOwn(claims, path)) return claims[path];
  let at: unknown = claims;
  for (const part of path.split('.')) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, part)) return undefined;
    at = Reflect.get(at, part);
  }
  return at;
}

/** The capacities of a person, each once, in the order of the mapping; none if nothing is mapped. */
export function mappedCapacities(claims: Claims, claim: string, mappings: readonly RoleMapping[]): Capacity[] {
  const found = claimAt(claims, claim);
  const values = typeof found === 'string' ? [found] : Array.isArray(found) ? found : [];
  const capacities = mappings
    .filter(({ value }) => values.includes(value))
    .flatMap(({ role, unit }): Capacity[] => {
      if (unit === null) return [{ role, unit }];
      const named = unitOf(unit, claims);
      return named === null ? [] : [{ role, unit: named }];
    });
  return capacities.filter(
    (one, index) => capacities.findIndex(({ role, unit }) => role === one.role && unit === one.unit) === index,
  );
}

function unitOf(unit: string, claims: Claims): string | null {
  const claim = /^\{(.+)\}$/.exec(unit)?.[1];
  const named = claim === undefined ? unit : claimAt(claims, claim);
  return typeof named === 'string' && named !== '' ? named : null;
}
