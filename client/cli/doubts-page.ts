/**
 * The doubts about a document as a page: what matters most first and what is rare before what is
 * everywhere, one kind under one heading, the same words once.
 */
import { DIAGNOSTICS, type Severity } from '../../documents/diagnostics';
import type { Diagnostic } from '../../documents/result';

const SEVERITIES = { error: '错误', warning: '警告', note: '说明' } as const satisfies Record<Severity, string>;
const BY_WEIGHT = ['error', 'warning', 'note'] as const;

/** How many of one kind are shown; `--json` has all of them. */
const MOST_SHOWN = { error: 20, warning: 10, note: 3 } as const satisfies Record<Severity, number>;

/** `错误0条，警告3条，说明12条` */
export function countOf(diagnostics: Diagnostic[]): string {
  return BY_WEIGHT.map(
    (severity) => `${SEVERITIES[severity]}${diagnostics.filter((d) => d.severity === severity).length}条`,
  ).join('，');
}

/** A doubt that stands alone is one line; several of one kind have a heading with what to do, said once. */
export function doubtsPage(diagnostics: Diagnostic[]): string {
  return BY_WEIGHT.flatMap((severity) =>
    [...grouped(diagnostics, ({ code, severity: its }) => (its === severity ? code : null)).values()]
      .sort((a, b) => a.length - b.length)
      .map(paragraph),
  ).join('\n');
}

function paragraph(same: Diagnostic[]): string {
  const [first] = same;
  if (!first) return '';
  const { severity, code, message } = first;
  if (same.length === 1) return `${SEVERITIES[severity]} ${placeOf(first)} ${code}：${message}`.replace('  ', ' ');
  const { means, remedy } = DIAGNOSTICS[code].zh;
  const lines = [...grouped(same, (d) => d.message).values()];
  const shown = lines.slice(0, MOST_SHOWN[severity]);
  const rest = lines.slice(shown.length).flat();
  return [
    `${SEVERITIES[severity]} ${code}（${same.length}处）：${means}${remedy}`,
    ...shown.map((alike) => `  ${placesOf(alike)} ${said(alike[0]?.message ?? '', remedy)}`),
    ...(rest.length > 0 ? [`  其余${rest.length}处：${placesOf(rest)}（用 --json 查看全部）`] : []),
  ].join('\n');
}

/** What was read, without what to do, which the heading says. */
const said = (message: string, remedy: string): string =>
  message.endsWith(remedy) ? message.slice(0, -remedy.length) : message;

function placeOf({ task, line }: Diagnostic): string {
  return [task, line === null ? null : `第${line}行`].filter((part) => part !== null).join(' ');
}

/** A few places each, many by the first and the last of them. */
function placesOf(doubts: Diagnostic[]): string {
  const [first] = doubts;
  const last = doubts.at(-1);
  if (!first || !last || doubts.length === 1) return first ? placeOf(first) : '';
  const short = (d: Diagnostic) => d.task ?? placeOf(d);
  if (doubts.length <= 6) return doubts.map(short).join('、');
  return `${short(first)}至${short(last)}间`;
}

function grouped<T>(items: T[], keyOf: (item: T) => string | null): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key !== null) groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return groups;
}
