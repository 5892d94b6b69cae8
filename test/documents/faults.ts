/** What must hold of the answer to any file at all. */
import { repaired } from '../../documents/characters';
import { DIAGNOSTICS } from '../../documents/diagnostics';
import type { ReadPlan } from '../../documents/result';
import { isDay } from '../../domain/days';

const squeeze = (text: string) => text.replace(/[\s\u200b-\u200f\ufeff]+/g, '');

/** What does not hold of an answer and must. `text` is what the file says. */
export function faults(read: ReadPlan, text: string | null): string[] {
  const found: string[] = [];
  const must = (holds: boolean, what: string) => holds || found.push(what);
  const whole = text === null ? null : squeeze(repaired(text).text);
  must(new Set(read.tasks.map(({ id }) => id)).size === read.tasks.length, 'an id stands twice');
  for (const { id, title, parties, deadline } of read.tasks) {
    must(/^\d{1,3}-\d{2,4}$/.test(id), `${id}: id`);
    must(title !== '', `${id}: title`);
    must(new Set(parties.map(({ unit }) => unit)).size === parties.length, `${id}: a unit twice`);
    for (const { unit } of parties)
      must(!/\s/.test(unit) && (whole?.includes(unit) ?? true), `${id}: invented ${unit}`);
    const { type, dueOn, readyOn, notReadyOn, text: words } = deadline;
    must(
      [dueOn, readyOn, notReadyOn].every((day) => day === null || isDay(day)),
      `${id}: days`,
    );
    must((dueOn !== null) === (type === 'fixed'), `${id}: due date`);
    must((readyOn !== null && notReadyOn !== null) === (type === 'two-track'), `${id}: tracks`);
    must(
      words.split(/[\n，；]/).every((part) => whole?.includes(squeeze(part)) ?? true),
      `${id}: deadline ${words}`,
    );
  }
  for (const { code, severity } of read.diagnostics) must(DIAGNOSTICS[code].severity === severity, code);
  must(read.tasks.length > 0 || read.diagnostics.some(({ severity }) => severity === 'error'), 'nothing and no error');
  return found;
}
