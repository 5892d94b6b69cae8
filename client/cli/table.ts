/** Tables for people: aligned also where a character is two columns wide. */
import Table from 'cli-table3';
import type { Colour, Light } from '../../domain/light';
import { nameOf } from '../../domain/notices';
import type { DeadlineRule } from '../../domain/plan';
import type { LetterRow } from '../../ledger/letters';

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

/** Names of units, without their city. */
export function names(units: readonly string[]): string {
  return units.map(nameOf).join('、');
}

const COLOURS: Record<Colour, string> = { none: '－', grey: '灰', green: '绿', yellow: '黄', blue: '蓝', red: '红' };

export function lightText({ colour, reason }: Light): string {
  return `${COLOURS[colour]} ${reason}`;
}

/** An instant in Beijing time, to the minute. */
export function timeText(instant: string | null): string | null {
  if (instant === null) return null;
  return new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
}

export const STATUS_TEXT = {
  draft: '未下达',
  open: '办理中',
  suspended: '中止',
  completed: '已办结',
  cancelled: '已撤销',
} as const;

export const ROLE_TEXT = { lead: '牵头', co: '配合', support: '支持', district: '县市区' } as const;

/** A deadline rule in a few words. */
export function deadlineText({ type, dueOn, readyOn, notReadyOn }: DeadlineRule): string {
  switch (type) {
    case 'fixed':
      return dueOn ?? '未定';
    case 'two-track':
      return `具备${readyOn ?? '未定'} 不具备${notReadyOn ?? '未定'}`;
    case 'conditional':
      return '条件具备时';
    case 'ongoing':
      return '持续推进';
    case 'none':
      return '无时限';
  }
}

export const LETTER_STATES: Record<LetterRow['state'], string> = {
  waiting: '待发',
  sending: '发送中',
  handed: '已送达',
  failed: '失败',
  superseded: '并入下封',
  unsure: '未知',
};
