/** The fields of a form as plain texts; whatever else a program may send in their place is nothing. */
import type { MoveTexts } from '../../domain/move-texts';

export function typedIn(body: unknown): MoveTexts {
  if (typeof body !== 'object' || body === null) return {};
  return Object.fromEntries(
    Object.entries(body).flatMap(([name, value]: [string, unknown]) =>
      typeof value === 'string' ? [[name, value.replace(/\r\n?/g, '\n')]] : [],
    ),
  );
}

/** All the values of a field that may be sent several times. */
export function allOf(body: unknown, name: string): string[] {
  const value: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined;
  const values: unknown[] = Array.isArray(value) ? value : [value];
  return values.filter((one): one is string => typeof one === 'string');
}
