/** Doubts about a file: whether it can be read, and how its characters were. */
import type { DiagnosticEntry } from './diagnostics';

export const FILE_CODES = {
  'empty-file': {
    severity: 'error',
    means: 'The file holds nothing to read.',
    remedy: 'Check that the right file was given and that it was saved.',
    zh: { means: '文件里没有可读的内容。', remedy: '请确认选对了文件，并且已经保存。' },
  },
  'too-large': {
    severity: 'error',
    means: 'The file, or what it unpacks to, is larger than any list of tasks.',
    remedy: 'Save the list of tasks alone in a file of its own.',
    zh: { means: '文件（或解压后的内容）太大，不像一份任务清单。', remedy: '请把任务清单单独存成一个文件再读。' },
  },
  'wrong-extension': {
    severity: 'error',
    means: 'The content is of another kind than the file name says.',
    remedy: 'Rename the file to what it is, or save it again in the format of its name.',
    zh: { means: '文件内容与扩展名不符。', remedy: '请把扩展名改成实际格式，或用原程序另存为扩展名所示的格式。' },
  },
  'unknown-format': {
    severity: 'error',
    means: 'The file is of no kind that can be read.',
    remedy: 'Save it as .docx, .xlsx, .html, .csv, .txt or a .pdf with text.',
    zh: { means: '不支持这种文件。', remedy: '请另存为 .docx、.xlsx、.html、.csv、.txt，或带文字层的 .pdf。' },
  },
  'old-format': {
    severity: 'error',
    means: 'The file is .doc, .xls, .wps, .et or .ofd, which are not read.',
    remedy: 'Open it in WPS Office or Word and save it as .docx or .xlsx; print an .ofd to a PDF with text.',
    zh: {
      means: '不读 .doc、.xls、.wps、.et、.ofd 等格式。',
      remedy: '可用 WPS 或 Word 打开后另存；.ofd 可在阅读器里导出或打印成带文字层的 PDF。',
    },
  },
  'scanned-pdf': {
    severity: 'error',
    means: 'The PDF holds pictures of pages and no text.',
    remedy: 'Recognise the text first (WPS: 图片转文字, or any OCR), check it, and save it as .docx or .txt.',
    zh: {
      means: 'PDF 是扫描图片，没有文字。',
      remedy: '请先识别文字（WPS 的“图片转文字”或其他 OCR 工具），核对后存为 .docx 或 .txt。',
    },
  },
  'damaged-file': {
    severity: 'error',
    means: 'The file is corrupt or cut off.',
    remedy: 'Fetch it again, or open it in its program and save it anew.',
    zh: { means: '文件已损坏或不完整。', remedy: '请重新取得文件，或用原程序打开后另存一份。' },
  },
  'encrypted-file': {
    severity: 'error',
    means: 'The file asks for a password.',
    remedy: 'Save a copy without a password.',
    zh: { means: '文件设有密码。', remedy: '请另存一份不带密码的文件。' },
  },
  'too-slow': {
    severity: 'error',
    means: 'Reading the file took longer than any list of tasks does, and was stopped.',
    remedy: 'Save the list of tasks alone in a file of its own.',
    zh: { means: '读取时间过长，已停止。', remedy: '请把任务清单单独存成一个文件再读。' },
  },
  'unknown-encoding': {
    severity: 'error',
    means: 'The text is in none of UTF-8, GB18030 and UTF-16, or is no text.',
    remedy: 'Save it as UTF-8.',
    zh: { means: '文字不是 UTF-8、GB18030 或 UTF-16 编码，或者根本不是文本。', remedy: '请另存为 UTF-8 编码的文本。' },
  },
  'encoding-assumed': {
    severity: 'note',
    means: 'The text has no mark of its encoding; the one that fits was taken.',
    remedy: 'If characters look wrong, save the file as UTF-8.',
    zh: { means: '文件没有标明编码，已按吻合的编码读取。', remedy: '如有乱码，请另存为 UTF-8。' },
  },
  'traditional-converted': {
    severity: 'note',
    means: 'The text is in traditional characters and was read in simplified ones.',
    remedy: 'Check the names of units.',
    zh: { means: '原文是繁体字，已转成简体读取。', remedy: '请核对单位名称。' },
  },
  'characters-repaired': {
    severity: 'note',
    means: 'Characters that only look right (Kangxi radicals, invisible ones) were replaced.',
    remedy: 'Nothing, unless a name looks odd.',
    zh: {
      means: '形似而实非的字符（康熙部首、不可见字符等）已替换。',
      remedy: '无须处理；如名称看着不对，请核对原文。',
    },
  },
  'garbled-text': {
    severity: 'warning',
    means: 'The line holds characters that were lost before the file was saved.',
    remedy: 'Compare the line with the original.',
    zh: { means: '这一行有乱码，文件保存之前就已丢字。', remedy: '请对照原件核对这一行。' },
  },
  'formula-without-value': {
    severity: 'warning',
    means: 'A cell holds a formula whose value was not saved.',
    remedy: 'Open the workbook, let it calculate, and save it.',
    zh: { means: '单元格里是公式，没有保存计算结果。', remedy: '请打开表格，重新计算后保存。' },
  },
  'hidden-sheet': {
    severity: 'note',
    means: 'A hidden sheet was not read.',
    remedy: 'Show it and read again, if its tasks belong to the plan.',
    zh: { means: '隐藏的工作表没有读取。', remedy: '如其中有任务，请取消隐藏后重读。' },
  },
} as const satisfies Record<string, DiagnosticEntry>;
