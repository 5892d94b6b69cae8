/** Doubts about one row: its units and its dates. */
import type { DiagnosticEntry } from './diagnostics';

export const ROW_CODES = {
  // The row: units
  'no-text': {
    severity: 'warning',
    means: 'A row names units or a date and says no task.',
    remedy: 'Compare the row with the original and give it a title.',
  },
  'no-unit': { severity: 'warning', means: 'The task names no unit.', remedy: 'Assign a lead before launch (R11).' },
  'lead-unstated': {
    severity: 'warning',
    means: 'Several units are named and nothing says which one leads.',
    remedy: 'Name the lead.',
  },
  'lead-also-co': {
    severity: 'warning',
    means: 'A unit is named as lead and once more beside it; it was kept as lead.',
    remedy: 'Check the row.',
  },
  'unit-repeated': {
    severity: 'note',
    means: 'A unit is named twice in the same role; it was kept once.',
    remedy: 'Nothing.',
  },
  'unit-unsure': {
    severity: 'warning',
    means: 'A name does not look like a unit; it was kept as written.',
    remedy: 'Check it.',
  },
  'not-a-unit': {
    severity: 'warning',
    means: 'A text in the place of units is no unit and was left out.',
    remedy: 'Check whether it names one.',
  },
  'open-ended': {
    severity: 'note',
    means: 'Units are meant that are not named (等有关单位).',
    remedy: 'Add those you know; nobody else gets a letter (R10).',
  },
  'prefix-completed': {
    severity: 'note',
    means: 'A short name (财政局) was completed as the document writes it elsewhere (市财政局).',
    remedy: 'Check it.',
  },
  'prefix-elided': {
    severity: 'warning',
    means: 'A name seems to lack 市 or 省, and the document nowhere writes it in full; it was kept as written.',
    remedy: 'Give the full name.',
  },
  'known-by-alias': {
    severity: 'note',
    means: 'The directory knows the unit by another name.',
    remedy: 'Nothing; the import uses the directory’s name.',
  },
  'unknown-unit': {
    severity: 'warning',
    means: 'The directory of units does not know this name.',
    remedy: 'Correct it, add it as an alias, or add the unit.',
  },
  'same-as-above': {
    severity: 'note',
    means: 'The cell says 同上 and was read as the cell above.',
    remedy: 'Check it.',
  },

  // The row: dates
  'no-deadline': {
    severity: 'warning',
    means: 'The task has no deadline.',
    remedy: 'Give a date, or confirm that it has none (R11).',
  },
  'date-ambiguous': {
    severity: 'warning',
    means: 'The words allow two dates (6月前: the end of May or of June).',
    remedy: 'Ask the issuing office and enter the date.',
  },
  'date-not-exact': {
    severity: 'warning',
    means: 'The words name no day (年初, 尽快, 立即).',
    remedy: 'Enter a date.',
  },
  'date-impossible': {
    severity: 'warning',
    means: 'There is no such day.',
    remedy: 'Compare with the original and enter the date.',
  },
  'date-not-understood': {
    severity: 'warning',
    means: 'The words for the deadline were not understood.',
    remedy: 'Enter the date.',
  },
  'dates-conflict': {
    severity: 'warning',
    means: 'The document states two different deadlines for the task.',
    remedy: 'Decide which one holds and enter it.',
  },
  'year-missing': {
    severity: 'warning',
    means: 'A date has no year, and neither title nor date of issue give one.',
    remedy: 'Read again with --year.',
  },
  'year-supplied': {
    severity: 'note',
    means: 'A date has no year; it was taken from the title, the date of issue or --year.',
    remedy: 'Check it.',
  },
  'year-unclear': {
    severity: 'warning',
    means: 'With the year of issue the date would lie before the issue.',
    remedy: 'Enter the date, or read again with --year.',
  },
  'due-before-issue': {
    severity: 'warning',
    means: 'The deadline lies before the date of issue.',
    remedy: 'Check both dates.',
  },
  'several-milestones': {
    severity: 'note',
    means: 'The deadline names several dates; the last one counts and all are kept in its text.',
    remedy: 'Check it.',
  },
  'date-in-text': {
    severity: 'note',
    means: 'The date stands in the text of the task and not in a place for deadlines.',
    remedy: 'Check that it is the deadline.',
  },
  'recurring-deadline': {
    severity: 'warning',
    means: 'The deadline recurs (每季度); it was read as ongoing.',
    remedy: 'Enter a date if there is a last one.',
  },
  'period-from-issue': {
    severity: 'note',
    means: 'The deadline is a period from the date of issue and was reckoned.',
    remedy: 'Check it.',
  },
  'calendar-needed': {
    severity: 'warning',
    means: 'The deadline counts working days and the calendar was not at hand.',
    remedy: 'Enter the date.',
  },
  'condition-read': {
    severity: 'note',
    means: 'The task waits for a condition and has no date.',
    remedy: 'Open it with a date when the condition holds (R16).',
  },
} as const satisfies Record<string, DiagnosticEntry>;
