/** Doubts about a file and about a document as a whole. */
import type { DiagnosticEntry } from './diagnostics';

export const DOCUMENT_CODES = {
  // The file
  'empty-file': {
    severity: 'error',
    means: 'The file holds nothing to read.',
    remedy: 'Check that the right file was given and that it was saved.',
  },
  'too-large': {
    severity: 'error',
    means: 'The file, or what it unpacks to, is larger than any list of tasks.',
    remedy: 'Save the list of tasks alone in a file of its own.',
  },
  'wrong-extension': {
    severity: 'error',
    means: 'The content is of another kind than the file name says.',
    remedy: 'Rename the file to what it is, or save it again in the format of its name.',
  },
  'unknown-format': {
    severity: 'error',
    means: 'The file is of no kind that can be read.',
    remedy: 'Save it as .docx, .xlsx, .html, .csv, .txt or a .pdf with text.',
  },
  'old-format': {
    severity: 'error',
    means: 'The file is .doc, .xls, .wps, .et or .ofd, which are not read.',
    remedy: 'Open it in WPS Office or Word and save it as .docx or .xlsx; print an .ofd to a PDF with text.',
  },
  'scanned-pdf': {
    severity: 'error',
    means: 'The PDF holds pictures of pages and no text.',
    remedy: 'Recognise the text first (WPS: 图片转文字, or any OCR), check it, and save it as .docx or .txt.',
  },
  'damaged-file': {
    severity: 'error',
    means: 'The file is corrupt or cut off.',
    remedy: 'Fetch it again, or open it in its program and save it anew.',
  },
  'encrypted-file': {
    severity: 'error',
    means: 'The file asks for a password.',
    remedy: 'Save a copy without a password.',
  },
  'too-slow': {
    severity: 'error',
    means: 'Reading the file took longer than any list of tasks does, and was stopped.',
    remedy: 'Save the list of tasks alone in a file of its own.',
  },
  'unknown-encoding': {
    severity: 'error',
    means: 'The text is in none of UTF-8, GB18030 and UTF-16, or is no text.',
    remedy: 'Save it as UTF-8.',
  },
  'encoding-assumed': {
    severity: 'note',
    means: 'The text has no mark of its encoding; the one that fits was taken.',
    remedy: 'If characters look wrong, save the file as UTF-8.',
  },
  'traditional-converted': {
    severity: 'note',
    means: 'The text is in traditional characters and was read in simplified ones.',
    remedy: 'Check the names of units.',
  },
  'characters-repaired': {
    severity: 'note',
    means: 'Characters that only look right (Kangxi radicals, invisible ones) were replaced.',
    remedy: 'Nothing, unless a name looks odd.',
  },
  'garbled-text': {
    severity: 'warning',
    means: 'The line holds characters that were lost before the file was saved.',
    remedy: 'Compare the line with the original.',
  },
  'formula-without-value': {
    severity: 'warning',
    means: 'A cell holds a formula whose value was not saved.',
    remedy: 'Open the workbook, let it calculate, and save it.',
  },
  'hidden-sheet': {
    severity: 'note',
    means: 'A hidden sheet was not read.',
    remedy: 'Show it and read again, if its tasks belong to the plan.',
  },

  // The document
  'no-tasks': {
    severity: 'error',
    means: 'No task was found.',
    remedy: 'Check that this is a list of tasks; a table needs a row of column names.',
  },
  'empty-table': {
    severity: 'warning',
    means: 'A table has column names and no rows.',
    remedy: 'Check whether rows were lost.',
  },
  'table-not-read': {
    severity: 'note',
    means: 'A table has no column names of a list of tasks and was left aside.',
    remedy: 'If it holds tasks, name its columns (序号, 任务, 牵头单位, 完成时限).',
  },
  'column-not-read': {
    severity: 'note',
    means: 'A column is of no known kind and was left aside.',
    remedy: 'If it matters, rename it or add its text to the content.',
  },
  'person-column': {
    severity: 'note',
    means: 'A column names persons (责任领导, 责任人). Persons are no parties.',
    remedy: 'Enter them in the directory of units.',
  },
  'assignments-outside-table': {
    severity: 'warning',
    means: 'The text around the tables assigns tasks too; only the tables were read.',
    remedy: 'Check that the tables repeat what the text assigns.',
  },
  'part-without-tasks': {
    severity: 'note',
    means: 'A part of the document was read as having no tasks.',
    remedy: 'If it has any, give them a unit or a number.',
  },
  'count-differs': {
    severity: 'warning',
    means: 'The document states a number of tasks and has another.',
    remedy: 'Check whether rows were lost or the statement is a slip.',
  },
  'text-cut': {
    severity: 'warning',
    means: 'A cell is longer than any list of units, deadline or title is, and was cut.',
    remedy: 'Check whether rows ran together.',
  },
  'number-repeats': {
    severity: 'warning',
    means: 'A number stands on two tasks of the same part; the later one was numbered on.',
    remedy: 'Check whether one of the rows is misnumbered.',
  },
  'number-skips': { severity: 'warning', means: 'The numbers leave a gap.', remedy: 'Check whether a row was lost.' },
  'measure-number-differs': {
    severity: 'warning',
    means: 'The number printed before a measure is not its place in the row.',
    remedy: 'Check whether a measure was lost.',
  },
  'cells-realigned': {
    severity: 'warning',
    means: 'A row has another number of cells than the table has columns; they were placed by what they say.',
    remedy: 'Compare the row with the original.',
  },
  'title-missing': {
    severity: 'warning',
    means: 'No title of the document was found.',
    remedy: 'Give one when importing.',
  },
  'issue-date-missing': {
    severity: 'note',
    means: 'The document states no date of issue.',
    remedy: 'Give one when importing.',
  },
  'issuer-missing': {
    severity: 'note',
    means: 'The document names no issuing office.',
    remedy: 'Give one when importing.',
  },
  'issue-date-in-heading': {
    severity: 'note',
    means: 'The only date of the document stands beside its title and was taken as the date of issue.',
    remedy: 'Check it.',
  },
  'rule-quoted': {
    severity: 'note',
    means: 'A rule that the document states for many tasks was applied.',
    remedy: 'Check that it was meant for them.',
  },
  'rule-unclear': {
    severity: 'warning',
    means: 'The document states a rule whose tasks are not clear; it was applied to none.',
    remedy: 'Enter the units or dates of the tasks it means.',
  },
  'reporting-duty': {
    severity: 'note',
    means: 'The document asks for regular reports on the plan as a whole.',
    remedy: 'Name who owes them when importing (R18).',
  },
} as const satisfies Record<string, DiagnosticEntry>;
