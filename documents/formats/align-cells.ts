/**
 * Lines of a row whose cells were broken over lines, or lost: placed in the columns by what they say. Order is kept,
 * so the best placement is found by going through lines and columns once (dynamic programming).
 */
import type { ColumnKind } from '../grammar/columns';
import { speaksOfTime } from '../grammar/deadlines';
import { looksLikeUnit } from '../grammar/unit-names';
import { readUnits } from '../grammar/units';

/** The text of each column; lines of one column are joined, a column without lines is empty. */
export function alignCells(lines: string[], columns: (ColumnKind | null)[]): string[] {
  const width = columns.length;
  // best[i][c]: the best score of the first i lines with line i in column c.
  const best: number[][] = lines.map(() => new Array<number>(width).fill(Number.NEGATIVE_INFINITY));
  const from: number[][] = lines.map(() => new Array<number>(width).fill(0));
  lines.forEach((line, i) => {
    columns.forEach((kind, c) => {
      const fit = fitness(line, kind);
      if (i === 0) put(best, i, c, fit - 0.5 * c);
      else
        for (let before = 0; before <= c; before++) {
          const skipped = before === c ? 0 : c - before - 1;
          const stays = before === c ? continuation(lines[i - 1] ?? '', line, kind) : 0;
          const score = (best[i - 1]?.[before] ?? 0) + fit + stays - 0.5 * skipped;
          if (score > (best[i]?.[c] ?? 0)) {
            put(best, i, c, score);
            put(from, i, c, before);
          }
        }
    });
  });
  return collect(lines, width, best, from);
}

function put(grid: number[][], i: number, c: number, value: number): void {
  const row = grid[i];
  if (row) row[c] = value;
}

function collect(lines: string[], width: number, best: number[][], from: number[][]): string[] {
  const texts = new Array<string>(width).fill('');
  const last = best.at(-1) ?? [];
  let column = last.indexOf(Math.max(...last));
  for (let i = lines.length - 1; i >= 0; i--) {
    const line = lines[i] ?? '';
    texts[column] = texts[column] ? `${line}\n${texts[column]}` : line;
    column = from[i]?.[column] ?? 0;
  }
  return texts;
}

/** How well a line fits a column. Only numbers, units and dates can be told by their looks. */
function fitness(line: string, kind: ColumnKind | null): number {
  const isNumber = /^\d{1,3}$/.test(line);
  const isTime = line.length <= 30 && speaksOfTime(line) && !looksLikeUnit(line);
  const units = line.length <= 200 && !/。/.test(line) ? readUnits(line).units : [];
  const isUnits = units.length > 0 && units.every(({ name }) => looksLikeUnit(name));
  if (kind === 'no') return isNumber ? 4 : -6;
  if (kind === 'deadline' || kind === 'schedule') return isTime ? 4 : -4;
  if (kind === 'lead' || kind === 'responsible' || kind === 'co' || kind === 'support') return isUnits ? 3 : -4;
  if (kind === 'remark') return /完成|推进|进展/.test(line) ? 1 : -0.5;
  return isNumber || (isTime && line.length <= 12) ? -2 : isUnits ? -1 : 0.5;
}

/** A line goes on with the one above where that ends in the middle of something. */
function continuation(above: string, line: string, kind: ColumnKind | null): number {
  const open = /[、，,（(“《及和]$/.test(above) || /^[、，,）)”》。；]/.test(line);
  if (open) return 2;
  return kind === 'content' || kind === 'measures' ? 0.3 : -0.6;
}
