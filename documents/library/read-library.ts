/** A library document's bytes to indicators and cases with every doubt about them (interface.md, `library import`). */
import { accept } from '../accept';
import type { Block } from '../blocks';
import { isTraditional } from '../characters';
import { decode } from '../decode';
import { type Doubt, diagnose, doubt, quoted } from '../diagnostics';
import { textBlocks } from '../formats/text';
import { MOST_BLOCKS } from '../grammar/limits';
import { cleaned, cleaner, readFormat } from '../read-plan';
import { isBenchmarks, readBenchmarks } from './benchmarks';
import { isCaseBook, readCaseBook } from './case-book';
import { CITY_NAMES } from './city-names';
import type { ReadLibrary } from './library-result';
import type { Line, PlacedDoubt } from './lines';
import { repairGarbled } from './repair';

/**
 * Reads a benchmark guide or a case book; which of them it is, its own words say.
 * @param fileName its ending says what the bytes should be
 */
export async function readLibrary(bytes: Uint8Array, fileName: string): Promise<ReadLibrary> {
  const accepted = accept(bytes, fileName);
  if ('refused' in accepted) return refusal(accepted.refused);
  const reading =
    accepted.format === 'text' ? await readText(bytes, fileName) : await readOther(accepted.format, bytes, fileName);
  if ('refused' in reading) return refusal(reading.refused);
  const lines = linesOf(reading.blocks);
  if (lines.length > MOST_BLOCKS) return refusal(doubt('too-large', `文件有${lines.length}行`));
  const reader = isBenchmarks(lines) ? readBenchmarks : isCaseBook(lines) ? readCaseBook : null;
  if (!reader) {
    const says = `${quoted(fileName)}既没有指标及其二级指标，也没有带背景、做法、成效的案例`;
    return refusal(doubt('no-library', says));
  }
  const { doubts, ...content } = reader(lines);
  const placed = [...reading.doubts, ...doubts].sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
  const empty = content.indicators.length + content.cases.length === 0;
  return {
    content: empty ? null : content,
    diagnostics: placed.map(({ doubt: said, line }) => diagnose(said, line, null)),
  };
}

type Reading = { blocks: Block[]; doubts: PlacedDoubt[] } | { refused: Doubt };

/** Garbled lines are moved back into step before anything else: converted signs have other bytes. */
async function readText(bytes: Uint8Array, fileName: string): Promise<Reading> {
  const decoded = decode(bytes);
  if (!decoded)
    return { refused: doubt('unknown-encoding', `${quoted(fileName)}不是UTF-8、GB18030或UTF-16编码的文本`) };
  if (decoded.text.trim() === '') return { refused: doubt('empty-file', `${quoted(fileName)}只有空白`) };
  const text = decoded.text.replace(/\r\n?/g, '\n');
  const repaired = repairGarbled(text, await namesIn(text));
  const clean = await cleaner(repaired.text);
  const placed = [...decoded.doubts, ...clean.doubts].map((said) => ({ doubt: said, line: null }));
  return { blocks: textBlocks(clean.text(repaired.text)), doubts: [...placed, ...repaired.doubts] };
}

async function readOther(...[format, bytes, fileName]: Parameters<typeof readFormat>): Promise<Reading> {
  const reading = await readFormat(format, bytes, fileName);
  if ('refused' in reading) return reading;
  const { blocks, doubts } = await cleaned(reading.blocks);
  return { blocks, doubts: [...reading.doubts, ...doubts].map((said) => ({ doubt: said, line: null })) };
}

/** Names of cities as the text writes them. */
async function namesIn(text: string): Promise<readonly string[]> {
  if (!isTraditional(text)) return CITY_NAMES;
  const { Converter } = await import('opencc-js/cn2t');
  return CITY_NAMES.map(Converter({ from: 'cn', to: 't' }));
}

/** Paragraphs as lines, the rows of a table one by one; punctuation as Chinese text writes it, left-over markup gone. */
function linesOf(blocks: readonly Block[]): Line[] {
  return blocks
    .flatMap((block): Line[] =>
      block.kind === 'paragraph'
        ? [block]
        : block.rows.map((row) => ({ text: row.cells.map((cell) => cell?.text ?? '').join(' '), line: row.line })),
    )
    .map(({ text, line }) => ({ text: plainText(text), line }))
    .filter(({ text }) => text !== '');
}

const FULL_WIDTH: Record<string, string> = { ',': '，', ';': '；', ':': '：', '?': '？', '!': '！' };

function plainText(text: string): string {
  return text
    .replace(/<?\/p>\s*$/, '')
    .replace(/(?<=[\u3400-\u9fff”》）%\d])[,;:!?](?!\d)/g, (sign) => FULL_WIDTH[sign] ?? sign)
    .trim();
}

function refusal(refused: Doubt): ReadLibrary {
  return { content: null, diagnostics: [diagnose(refused, null, null)] };
}
