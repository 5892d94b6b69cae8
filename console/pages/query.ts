/** Filters of a list as they stand in its address: what cannot be one is left out, and empty fields are no filters. */
import type { z } from 'zod';

/** What of a query fits its shape; each field is judged for itself, so that one mistake hides no other filter. */
export function filtersIn<Shape extends z.ZodRawShape>(
  shape: Shape,
  query: unknown,
): Partial<{ [Field in keyof Shape]: z.output<Shape[Field]> }> {
  const given = typeof query === 'object' && query !== null ? query : {};
  const kept: Partial<Record<string, unknown>> = {};
  for (const [field, schema] of Object.entries(shape)) {
    const value: unknown = Reflect.get(given, field);
    if (typeof value !== 'string' || value.trim() === '') continue;
    const parsed = (schema as z.ZodType).safeParse(value.trim());
    if (parsed.success) kept[field] = parsed.data;
  }
  // Each field was read by the schema of its own name.
  return kept as Partial<{ [Field in keyof Shape]: z.output<Shape[Field]> }>;
}

/** The fields of a form as texts; what was sent twice counts once. */
export function fieldsIn(body: unknown): Record<string, string> {
  const given = typeof body === 'object' && body !== null ? Object.entries(body) : [];
  return Object.fromEntries(
    given.map(([name, value]) => [name, String(Array.isArray(value) ? (value[0] ?? '') : value)]),
  );
}
