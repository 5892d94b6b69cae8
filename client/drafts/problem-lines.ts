/** What was found in a workbook, line by line, each with its place. */
import type { CellProblem } from '../../documents/assignment/filled-row';

/** 第12行“牵头单位”：… */
export const placed = ({ line, header, says }: CellProblem): string =>
  `第${line}行${header ? `“${header}”` : ''}：${says}`;

/** A screen of them. */
const MOST_LINES = 30;

/** As many lines as a screen takes, and how many more there are. */
export function listed(lines: readonly string[], before: string): string[] {
  const first = lines.slice(0, MOST_LINES).map((line) => `${before}${line}`);
  return lines.length > MOST_LINES ? [...first, `${before}……另有${lines.length - MOST_LINES}条（--json列全）`] : first;
}
