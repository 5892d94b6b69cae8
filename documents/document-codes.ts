/** Doubts about a document as a whole. */
import type { DiagnosticEntry } from './diagnostics';

export const DOCUMENT_CODES = {
  'no-tasks': {
    severity: 'error',
    means: 'No task was found.',
    remedy: 'Check that this is a list of tasks; a table needs a row of column names.',
    zh: { means: '没有找到任务。', remedy: '请确认这是任务清单；表格须有一行列名。' },
  },
  'empty-table': {
    severity: 'warning',
    means: 'A table has column names and no rows.',
    remedy: 'Check whether rows were lost.',
    zh: { means: '表格只有列名，没有内容。', remedy: '请核对是否漏了行。' },
  },
  'table-not-read': {
    severity: 'note',
    means: 'A table has no column names of a list of tasks and was left aside.',
    remedy: 'If it holds tasks, name its columns (序号, 任务, 牵头单位, 完成时限).',
    zh: {
      means: '表格没有任务清单的列名，未读取。',
      remedy: '如其中有任务，请补上列名（序号、任务、牵头单位、完成时限）。',
    },
  },
  'column-not-read': {
    severity: 'note',
    means: 'A column is of no known kind and was left aside.',
    remedy: 'If it matters, rename it or add its text to the content.',
    zh: { means: '这一列不认得，未读取。', remedy: '如有用，请改列名，或把内容并入任务内容。' },
  },
  'person-column': {
    severity: 'note',
    means: 'A column names persons (责任领导, 责任人). Persons are no parties.',
    remedy: 'Enter them in the directory of units.',
    zh: { means: '这一列是人名（责任领导、责任人），人不是责任方。', remedy: '请在单位目录中登记这些人员。' },
  },
  'assignments-outside-table': {
    severity: 'warning',
    means: 'The text around the tables assigns tasks too; only the tables were read.',
    remedy: 'Check that the tables repeat what the text assigns.',
    zh: { means: '表格以外的正文也分派了任务，只读了表格。', remedy: '请核对正文分派的任务是否都在表格里。' },
  },
  'part-without-tasks': {
    severity: 'note',
    means: 'A part of the document was read as having no tasks.',
    remedy: 'If it has any, give them a unit or a number.',
    zh: { means: '文件的这一部分没有读出任务。', remedy: '如有任务，请补上单位或编号。' },
  },
  'count-differs': {
    severity: 'warning',
    means: 'The document states a number of tasks and has another.',
    remedy: 'Check whether rows were lost or the statement is a slip.',
    zh: { means: '文件写明的任务数与实际不符。', remedy: '请核对是否漏行，或原文数字有误。' },
  },
  'text-cut': {
    severity: 'warning',
    means: 'A cell is longer than any list of units, deadline or title is, and was cut.',
    remedy: 'Check whether rows ran together.',
    zh: { means: '单元格内容过长，已截短。', remedy: '请核对是否有几行连在了一起。' },
  },
  'number-repeats': {
    severity: 'warning',
    means: 'A number stands on two tasks of the same part; the later one was numbered on.',
    remedy: 'Check whether one of the rows is misnumbered.',
    zh: { means: '同一部分有两项任务编号相同，后一项已顺延编号。', remedy: '请核对是否编错了号。' },
  },
  'number-skips': {
    severity: 'warning',
    means: 'The numbers leave a gap.',
    remedy: 'Check whether a row was lost.',
    zh: { means: '编号不连续。', remedy: '请核对是否漏行。' },
  },
  'measure-number-differs': {
    severity: 'warning',
    means: 'The number printed before a measure is not its place in the row.',
    remedy: 'Check whether a measure was lost.',
    zh: { means: '措施前的编号与它的次序不符。', remedy: '请核对是否漏了措施。' },
  },
  'cells-realigned': {
    severity: 'warning',
    means: 'A row has another number of cells than the table has columns; they were placed by what they say.',
    remedy: 'Compare the row with the original.',
    zh: { means: '这一行的单元格数与列数不符，已按内容归入各列。', remedy: '请对照原件核对这一行。' },
  },
  'title-missing': {
    severity: 'warning',
    means: 'No title of the document was found.',
    remedy: 'Give one when importing.',
    zh: { means: '没有找到文件标题。', remedy: '请在导入时补填。' },
  },
  'issue-date-missing': {
    severity: 'note',
    means: 'The document states no date of issue.',
    remedy: 'Give one when importing.',
    zh: { means: '文件没有写明印发日期。', remedy: '请在导入时补填。' },
  },
  'issuer-missing': {
    severity: 'note',
    means: 'The document names no issuing office.',
    remedy: 'Give one when importing.',
    zh: { means: '文件没有写明印发单位。', remedy: '请在导入时补填。' },
  },
  'issue-date-in-heading': {
    severity: 'note',
    means: 'The only date of the document stands beside its title and was taken as the date of issue.',
    remedy: 'Check it.',
    zh: { means: '全文唯一的日期在标题旁，已当作印发日期。', remedy: '请核对。' },
  },
  'rule-quoted': {
    severity: 'note',
    means: 'A rule that the document states for many tasks was applied.',
    remedy: 'Check that it was meant for them.',
    zh: { means: '文件对多项任务的统一规定，已套用到各项任务。', remedy: '请核对是否适用于这些任务。' },
  },
  'rule-unclear': {
    severity: 'warning',
    means: 'The document states a rule whose tasks are not clear; it was applied to none.',
    remedy: 'Enter the units or dates of the tasks it means.',
    zh: { means: '文件有统一规定，但看不出适用于哪些任务，未套用。', remedy: '请为所指的任务补填单位或日期。' },
  },
  'correction-stale': {
    severity: 'warning',
    means: 'A saved correction was not made again: its task is gone, bears another title, or reads otherwise now.',
    remedy: 'Compare the row with the original and correct it anew: duban plan edit.',
    zh: {
      means: '保存的更正未重新套用：任务已不在、名称不同，或文件内容已变。',
      remedy: '请对照原件，用 duban plan edit 重新更正。',
    },
  },
  'reporting-duty': {
    severity: 'note',
    means: 'The document asks for regular reports on the plan as a whole.',
    remedy: 'Name who owes them when importing (R18).',
    zh: { means: '文件要求定期反馈整个方案的进展。', remedy: '请在导入时指明由谁反馈。' },
  },
} as const satisfies Record<string, DiagnosticEntry>;
