/** Word documents as blocks: mammoth makes HTML of them, after automatic numbers were written into the text. */
import JSZip from 'jszip';
import mammoth from 'mammoth';
import type { Block } from '../blocks';
import { doubt, quoted } from '../diagnostics';
import type { FormatReading } from '../read-plan';
import { htmlBlocks } from './html';
import { withNumbers } from './numbering';
import { unpack } from './zip';

const MAIN = 'word/document.xml';
/** Five thousand rows of a task table have some forty thousand paragraphs in ten million letters; mammoth keeps all in memory. */
const MOST_PARAGRAPHS = 100_000;
const MOST_MAIN = 24 * 1024 * 1024;

export async function readDocx(bytes: Uint8Array): Promise<FormatReading> {
  const unpacked = await unpack(
    bytes,
    (name) => /\.(?:xml|rels)$/.test(name) && !/^(?:customXml|docProps)\//.test(name),
  );
  if ('refused' in unpacked) return unpacked;
  const { parts } = unpacked;
  const text = (name: string): string | null => parts.get(name)?.toString('utf8') ?? null;
  const main = text(MAIN);
  if (main === null) {
    const isSheet = parts.has('xl/workbook.xml');
    return {
      refused: isSheet
        ? doubt('wrong-extension', '文件其实是 Excel 工作簿')
        : doubt('damaged-file', '文件里没有 Word 正文'),
    };
  }
  // Word never writes a document type; one is there only to make a reader fetch or multiply something.
  if ([...parts.values()].some((part) => part.includes('<!DOCTYPE') || part.includes('<!ENTITY'))) {
    return { refused: doubt('damaged-file', '文件里有 XML 实体声明，正常的 Word 文件没有这种内容') };
  }
  const paragraphs = main.split('</w:p>').length - 1;
  if (main.length > MOST_MAIN || paragraphs > MOST_PARAGRAPHS)
    return { refused: doubt('too-large', `Word 文件有${paragraphs}个段落，最多读取${MOST_PARAGRAPHS}个`) };
  try {
    const archive = new JSZip();
    for (const [name, content] of parts) archive.file(name, content);
    archive.file(MAIN, withNumbers(main, text('word/numbering.xml'), text('word/styles.xml')));
    const buffer = await archive.generateAsync({ type: 'nodebuffer', compression: 'STORE' });
    const options = { ignoreEmptyParagraphs: true, convertImage: mammoth.images.imgElement(async () => ({ src: '' })) };
    const { value } = await mammoth.convertToHtml({ buffer }, options);
    return { blocks: counted(htmlBlocks(value)), doubts: [] };
  } catch (error) {
    return {
      refused: doubt('damaged-file', `这份 Word 文件打不开（程序报告${quoted(String(error), 80)}）`),
    };
  }
}

/** Word has no lines: paragraphs and rows are counted, in the order of the document. */
function counted(blocks: Block[]): Block[] {
  let n = 0;
  for (const block of blocks) {
    if (block.kind === 'paragraph') block.line = ++n;
    else {
      for (const row of block.rows) row.line = ++n;
      block.line = block.rows[0]?.line ?? n;
    }
  }
  return blocks;
}
