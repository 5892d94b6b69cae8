/** Doubts about one row: its units and its dates. */
import type { DiagnosticEntry } from './diagnostics';

export const ROW_CODES = {
  // The row: units
  'no-text': {
    severity: 'warning',
    means: 'A row names units or a date and says no task.',
    remedy: 'Compare the row with the original and give it a title.',
    zh: { means: '这一行有单位或日期，没有任务名称。', remedy: '请对照原件补上任务名称。' },
  },
  'no-unit': {
    severity: 'warning',
    means: 'The task names no unit.',
    remedy: 'Assign a lead before launch (R11).',
    zh: { means: '任务没有写明单位。', remedy: '请在下达前指定牵头单位。' },
  },
  'lead-unstated': {
    severity: 'warning',
    means: 'Several units are named and nothing says which one leads.',
    remedy: 'Name the lead.',
    zh: { means: '有几个单位，没有写明哪个牵头。', remedy: '请指定牵头单位。' },
  },
  'lead-also-co': {
    severity: 'warning',
    means: 'A unit is named as lead and once more beside it; it was kept as lead.',
    remedy: 'Check the row.',
    zh: { means: '同一单位既是牵头又列在配合中，已按牵头处理。', remedy: '请核对这一行。' },
  },
  'unit-repeated': {
    severity: 'note',
    means: 'A unit is named twice in the same role; it was kept once.',
    remedy: 'Nothing.',
    zh: { means: '同一单位以同一角色写了两次，已只留一个。', remedy: '无须处理。' },
  },
  'unit-unsure': {
    severity: 'warning',
    means: 'A name does not look like a unit; it was kept as written.',
    remedy: 'Check it.',
    zh: { means: '这个名称不像单位，已照原样保留。', remedy: '请核对。' },
  },
  'not-a-unit': {
    severity: 'warning',
    means: 'A text in the place of units is no unit and was left out.',
    remedy: 'Check whether it names one.',
    zh: { means: '单位栏里的这段文字不是单位，已略去。', remedy: '请核对其中是否有单位。' },
  },
  'open-ended': {
    severity: 'note',
    means: 'Units are meant that are not named (等有关单位).',
    remedy: 'Add those you know; nobody else gets a letter (R10).',
    zh: {
      means: '还有没写名称的单位（“等有关单位”）。',
      remedy: '如知道是哪些单位，请补上；没写名称的单位收不到通知。',
    },
  },
  'prefix-completed': {
    severity: 'note',
    means: 'A short name (财政局) was completed as the document writes it elsewhere (市财政局).',
    remedy: 'Check it.',
    zh: { means: '简称（财政局）已按文件他处的写法补全（市财政局）。', remedy: '请核对。' },
  },
  'prefix-elided': {
    severity: 'warning',
    means: 'A name seems to lack 市 or 省, and the document nowhere writes it in full; it was kept as written.',
    remedy: 'Give the full name.',
    zh: { means: '名称前似乎省略了“市”或“省”，文件他处没有全称，已照原样保留。', remedy: '请写出全称。' },
  },
  'known-by-alias': {
    severity: 'note',
    means: 'The directory knows the unit by another name.',
    remedy: 'Nothing; the import uses the directory’s name.',
    zh: { means: '单位目录中此单位用的是另一个名称。', remedy: '无须处理；导入时用单位目录中的名称。' },
  },
  'unknown-unit': {
    severity: 'warning',
    means: 'The directory of units does not know this name.',
    remedy: 'Correct it, add it as an alias, or add the unit.',
    zh: { means: '单位目录中没有这个名称。', remedy: '请改正名称，或登记为别名，或新增单位。' },
  },
  'unit-ambiguous': {
    severity: 'warning',
    means: 'The name is an alias of two units of the directory, so it means neither.',
    remedy: 'Write one of the two names, or take the alias from one of them.',
    zh: { means: '这个名称是两个单位的别名，不能确定指哪一个。', remedy: '请写明其中一个，或从其中一个删去别名。' },
  },
  'unit-added': {
    severity: 'note',
    means: 'The directory did not know the unit; the import adds it without people (--add-units).',
    remedy: 'Enter who answers for it: duban unit edit. Check that it is no other name of a unit that is there.',
    zh: {
      means: '单位目录中原来没有，随导入新增，尚无联络员。',
      remedy: '请用 duban unit edit 补填联络员，并核对是否为已有单位的另一名称。',
    },
  },
  'roles-differ': {
    severity: 'warning',
    means: 'Two names in the row are one unit with two roles, none of them lead; the first role was kept.',
    remedy: 'Check the row.',
    zh: { means: '同一单位以两个名称、两种角色列出。', remedy: '请核对这一行。' },
  },
  'same-as-above': {
    severity: 'note',
    means: 'The cell says 同上 and was read as the cell above.',
    remedy: 'Check it.',
    zh: { means: '单元格写“同上”，已按上一格读取。', remedy: '请核对。' },
  },

  // The row: dates
  'no-deadline': {
    severity: 'warning',
    means: 'The task has no deadline.',
    remedy: 'Give a date, or confirm that it has none (R11).',
    zh: { means: '任务没有时限。', remedy: '请补填日期，或确认没有时限。' },
  },
  'date-ambiguous': {
    severity: 'warning',
    means: 'The words allow two dates (6月前: the end of May or of June).',
    remedy: 'Ask the issuing office and enter the date.',
    zh: {
      means: '这个写法可以有两种理解（“6月前”可指5月底前，也可指6月底前）。',
      remedy: '请向印发单位问明后填写日期。',
    },
  },
  'date-not-exact': {
    severity: 'warning',
    means: 'The words name no day (年初, 尽快, 立即).',
    remedy: 'Enter a date.',
    zh: { means: '这个写法没有具体日期（年初、尽快、立即）。', remedy: '请填写日期。' },
  },
  'date-impossible': {
    severity: 'warning',
    means: 'There is no such day.',
    remedy: 'Compare with the original and enter the date.',
    zh: { means: '没有这一天。', remedy: '请对照原件填写日期。' },
  },
  'date-not-understood': {
    severity: 'warning',
    means: 'The words for the deadline were not understood.',
    remedy: 'Enter the date.',
    zh: { means: '时限的写法没有读懂。', remedy: '请填写日期。' },
  },
  'dates-conflict': {
    severity: 'warning',
    means: 'The document states two different deadlines for the task.',
    remedy: 'Decide which one holds and enter it.',
    zh: { means: '文件对这项任务写了两个不同的时限。', remedy: '请确定以哪个为准，填写日期。' },
  },
  'year-missing': {
    severity: 'warning',
    means: 'A date has no year, and neither title nor date of issue give one.',
    remedy: 'Read again with --year.',
    zh: { means: '日期没有年份，标题和印发日期也看不出年份。', remedy: '请用 --year 指明年份后重读。' },
  },
  'year-supplied': {
    severity: 'note',
    means: 'A date has no year; it was taken from the title, the date of issue or --year.',
    remedy: 'Check it.',
    zh: { means: '日期没有年份，已按标题、印发日期或 --year 补上。', remedy: '请核对。' },
  },
  'year-unclear': {
    severity: 'warning',
    means: 'With the year of issue the date would lie before the issue.',
    remedy: 'Enter the date, or read again with --year.',
    zh: { means: '按印发年份补上，时限会早于印发日期。', remedy: '请填写日期，或用 --year 指明年份后重读。' },
  },
  'due-before-issue': {
    severity: 'warning',
    means: 'The deadline lies before the date of issue.',
    remedy: 'Check both dates.',
    zh: { means: '时限早于印发日期。', remedy: '请核对这两个日期。' },
  },
  'several-milestones': {
    severity: 'note',
    means: 'The deadline names several dates; the last one counts and all are kept in its text.',
    remedy: 'Check it.',
    zh: { means: '时限里有几个日期，以最后一个为准，其余保留在原文中。', remedy: '请核对。' },
  },
  'date-in-text': {
    severity: 'note',
    means: 'The date stands in the text of the task and not in a place for deadlines.',
    remedy: 'Check that it is the deadline.',
    zh: { means: '日期写在任务正文里，不在时限栏。', remedy: '请核对它是否就是时限。' },
  },
  'recurring-deadline': {
    severity: 'warning',
    means: 'The deadline recurs (每季度); it was read as ongoing.',
    remedy: 'Enter a date if there is a last one.',
    zh: { means: '时限按周期重复（每季度），已按持续推进读取。', remedy: '如有最后期限，请填写日期。' },
  },
  'period-from-issue': {
    severity: 'note',
    means: 'The deadline is a period from the date of issue and was reckoned.',
    remedy: 'Check it.',
    zh: { means: '时限从印发之日起算，日期已算出。', remedy: '请核对。' },
  },
  'calendar-needed': {
    severity: 'warning',
    means: 'The deadline counts working days and the calendar was not at hand.',
    remedy: 'Enter the date.',
    zh: { means: '时限按工作日计算，手头没有工作日历。', remedy: '请填写日期。' },
  },
  'condition-read': {
    severity: 'note',
    means: 'The task waits for a condition and has no date.',
    remedy: 'Open it with a date when the condition holds (R16).',
    zh: { means: '任务要等条件具备，没有日期。', remedy: '条件具备后，请确定日期再启动。' },
  },
} as const satisfies Record<string, DiagnosticEntry>;
