/** CSV as one table: commas, semicolons or tabs, quoted cells over several lines. */
import { parse } from 'csv-parse/sync';
import { cell, MOST_COLUMNS, paragraph } from '../blocks';
import { type Doubt, doubt, quoted } from '../diagnostics';
import type { FormatReading } from '../read-plan';

/** A record as csv-parse gives it with `info`. */
interface Parsed {
  record: string[];
  info: { lines: number };
}

export function readCsv(text: string, doubts: Doubt[]): FormatReading {
  const head = text.slice(0, 2000);
  const count = (sign: string) => head.split(sign).length - 1;
  const delimiter = [',', '\t', ';', '，'].sort((a, b) => count(b) - count(a))[0] ?? ',';
  let records: Parsed[];
  try {
    const options = {
      delimiter,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      trim: true,
      info: true,
    } as const;
    // The types of csv-parse do not know that `info` changes what comes back.
    records = parse(text, options) as unknown as Parsed[];
  } catch (error) {
    return {
      refused: doubt('damaged-file', `文件不是有效的 CSV（程序报告${quoted(String(error), 80)}）`),
    };
  }
  const rows = records.map(({ record, info }) => ({
    // `lines` is where the record ends.
    line: info.lines - record.reduce((n, part) => n + part.split('\n').length - 1, 0),
    cells: record.slice(0, MOST_COLUMNS).map((part) => cell(part)),
  }));
  const single = rows.filter(({ cells }) => cells.filter(({ text: words }) => words !== '').length > 1).length === 0;
  if (single)
    return {
      blocks: rows.flatMap(({ line, cells }) => cells.map(({ text: words }) => paragraph(words, line))),
      doubts,
    };
  return { blocks: [{ kind: 'table', line: rows[0]?.line ?? 1, rows, name: null }], doubts };
}
