/** Tables for people: aligned also where a character is two columns wide. */
import Table from 'cli-table3';

export { deadlineText, lightText, names, timeText } from '../plan-words';

const NO_LINES = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
};

/**
 * @param head titles; `名称:30` limits a column to 30 columns of the screen, longer cells end in …
 * @param rows cells; null is shown as a dash
 */
export function table(head: readonly string[], rows: readonly (readonly (string | number | null)[])[]): string {
  const columns = head.map((title) => /^(.*?)(?::(\d+))?$/.exec(title));
  const made = new Table({
    chars: NO_LINES,
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [], compact: true },
    head: columns.map((column) => column?.[1] ?? ''),
    colWidths: columns.map((column) => (column?.[2] ? Number(column[2]) : null)),
  });
  for (const row of rows) made.push(row.map((cell) => (cell === null ? '-' : oneLine(String(cell)))));
  return made
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}
