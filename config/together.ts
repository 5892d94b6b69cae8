/** Variables that count only beside each other. */
import { ConfigError } from './config-error';

/** All of them, or null when none is set. Throws ConfigError where some are missing. */
export function together<T extends Record<string, unknown>>(parts: T): { [K in keyof T]: NonNullable<T[K]> } | null {
  const missing = Object.keys(parts).filter((name) => parts[name] === undefined);
  if (missing.length === Object.keys(parts).length) return null;
  if (missing.length > 0) {
    const set = Object.keys(parts).filter((name) => !missing.includes(name));
    throw new ConfigError(`${missing.join(', ')} missing; expected beside ${set.join(', ')}`);
  }
  // Nothing is undefined: that was looked at above.
  return parts as { [K in keyof T]: NonNullable<T[K]> };
}
