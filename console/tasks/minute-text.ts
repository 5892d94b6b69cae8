/** An instant in Beijing time, to the minute: 2026-06-30 10:05. */
const ZONE_MS = 8 * 3_600_000;

export function minuteText(at: string): string {
  return new Date(Date.parse(at) + ZONE_MS).toISOString().slice(0, 16).replace('T', ' ');
}
