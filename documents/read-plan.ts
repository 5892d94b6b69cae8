/** A plan document's bytes to its tasks and every doubt about them. What is wrong with a file is an answer, not an exception. */
import { accept, type Format } from './accept';
import type { Block } from './blocks';
import { isTraditional, repaired, withZhe } from './characters';
import { declaredEncoding, decode, strictly } from './decode';
import { type Doubt, doubt, quoted } from './diagnostics';
import { textBlocks } from './formats/text';
import { MOST_LETTERS } from './grammar/limits';
import { longestLine, type ReadOptions, readDocument, refusal, tooLong } from './read-document';
import type { ReadPlan } from './result';

/** What a format gives: blocks, or the doubt that refuses the file. */
export type FormatReading = { blocks: Block[]; doubts: Doubt[] } | { refused: Doubt };

/**
 * Reads a list of tasks (interface.md, `plan check`).
 * @param fileName its ending says what the bytes should be
 * @param options the year of dates without one, and the working calendar for periods
 */
export async function readPlan(bytes: Uint8Array, fileName: string, options: ReadOptions = {}): Promise<ReadPlan> {
  return (await readPlanWithBlocks(bytes, fileName, options)).read;
}

/** The same with the blocks that it was read from, for whoever shows them beside it; none where the file is refused. */
export async function readPlanWithBlocks(
  bytes: Uint8Array,
  fileName: string,
  options: ReadOptions = {},
): Promise<{ read: ReadPlan; blocks: Block[] }> {
  const accepted = accept(bytes, fileName);
  if ('refused' in accepted) return { read: refusal(accepted.refused), blocks: [] };
  const reading = await readFormat(accepted.format, bytes, fileName);
  if ('refused' in reading) return { read: refusal(reading.refused), blocks: [] };
  const { blocks, doubts } = await cleaned(reading.blocks);
  return { read: readDocument(blocks, [...reading.doubts, ...doubts], options), blocks };
}

/**
 * The readers of formats bring heavy libraries, so each is loaded when its format comes. By `require`: `import()` in a
 * CommonJS program looks for files with their extensions.
 */
type Docx = typeof import('./formats/docx');
type Xlsx = typeof import('./formats/xlsx');
type Pdf = typeof import('./formats/pdf');
type Html = typeof import('./formats/html');
type Csv = typeof import('./formats/csv');
const readDocx: Docx['readDocx'] = (...given) => (require('./formats/docx') as Docx).readDocx(...given);
const readXlsx: Xlsx['readXlsx'] = (...given) => (require('./formats/xlsx') as Xlsx).readXlsx(...given);
const readPdf: Pdf['readPdf'] = (...given) => (require('./formats/pdf') as Pdf).readPdf(...given);
const htmlBlocks: Html['htmlBlocks'] = (...given) => (require('./formats/html') as Html).htmlBlocks(...given);
const isTooDeep: Html['isTooDeep'] = (...given) => (require('./formats/html') as Html).isTooDeep(...given);
const readCsv: Csv['readCsv'] = (...given) => (require('./formats/csv') as Csv).readCsv(...given);

export async function readFormat(format: Format, bytes: Uint8Array, fileName: string): Promise<FormatReading> {
  if (format === 'docx') return readDocx(bytes);
  if (format === 'xlsx') return readXlsx(bytes);
  if (format === 'pdf') return readPdf(bytes);
  const declared = format === 'html' ? declaredEncoding(Buffer.from(bytes.subarray(0, 2048)).toString('latin1')) : null;
  const decoded = (declared === null ? null : strictly(declared, bytes)) ?? decode(bytes);
  if (!decoded)
    return { refused: doubt('unknown-encoding', `${quoted(fileName)}不是 UTF-8、GB18030 或 UTF-16 编码的文本`) };
  if (decoded.text.trim() === '') return { refused: doubt('empty-file', `${quoted(fileName)}里只有空白`) };
  const { doubts } = decoded;
  if (format === 'html') {
    const deep = `${quoted(fileName)}的网页标签嵌套过深，不是正常的网页`;
    return isTooDeep(decoded.text)
      ? { refused: doubt('damaged-file', deep) }
      : { blocks: htmlBlocks(decoded.text), doubts };
  }
  const longest = longestLine(decoded.text);
  if (longest > MOST_LETTERS) return { refused: tooLong(longest) };
  if (format === 'csv') return readCsv(decoded.text, doubts);
  // Column names must be readable before lines can be told to be a table.
  const clean = await cleaner(decoded.text);
  return { blocks: textBlocks(clean.text(decoded.text)), doubts: [...doubts, ...clean.doubts] };
}

/** Look-alike characters replaced and traditional text in simplified characters, in every format alike. */
export async function cleaned(blocks: Block[]): Promise<{ blocks: Block[]; doubts: Doubt[] }> {
  const { text, doubts } = await cleaner(JSON.stringify(blocks));
  for (const block of blocks) {
    if (block.kind === 'paragraph') block.text = text(block.text);
    else for (const row of block.rows) for (const place of row.cells) if (place) place.text = text(place.text);
  }
  return { blocks, doubts };
}

/** @param sample the whole of the text, to know how it is written */
export async function cleaner(sample: string): Promise<{ text: (part: string) => string; doubts: Doubt[] }> {
  const { doubts } = repaired(sample);
  if (!isTraditional(sample)) return { text: (part) => repaired(part).text, doubts };
  const simplified = (await import('opencc-js/t2cn')).Converter({ from: 't', to: 'cn' });
  const said = [...doubts, doubt('traditional-converted', '原文是繁体字，已转成简体读取')];
  return { text: (part) => withZhe(simplified(repaired(part).text)), doubts: said };
}
