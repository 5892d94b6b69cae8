/** Which kind of file this is, by its content and its name; or why it is not read. */
import { type Doubt, doubt, quoted } from './diagnostics';

export type Format = 'text' | 'docx' | 'xlsx' | 'html' | 'csv' | 'pdf';

/** 100 MB of text is no list of tasks; the longest real ones stay below 5 MB. */
export const MOST_BYTES = 50 * 1024 * 1024;
const MOST_TEXT_BYTES = 16 * 1024 * 1024;

const BY_NAME: Record<string, Format> = {
  txt: 'text',
  text: 'text',
  md: 'text',
  docx: 'docx',
  docm: 'docx',
  xlsx: 'xlsx',
  xlsm: 'xlsx',
  html: 'html',
  htm: 'html',
  csv: 'csv',
  tsv: 'csv',
  pdf: 'pdf',
};
const OLD: Record<string, string> = {
  doc: ' .docx',
  dot: ' .docx',
  wps: ' .docx',
  rtf: ' .docx',
  odt: ' .docx',
  xls: ' .xlsx',
  et: ' .xlsx',
  ods: ' .xlsx',
  ofd: ' .docx 或带文字层的 .pdf',
  ppt: ' .docx',
  pptx: ' .docx',
};

/** The doubt that refuses a file by its size alone. */
export const tooLarge = (fileName: string, bytes: number): Doubt =>
  doubt('too-large', `${quoted(fileName)}有${megabytes(bytes)} MB，最多读取${megabytes(MOST_BYTES)} MB`);

/** What the content is, in the words of the refusal. */
const KIND_NAMES = { zip: '压缩包（.docx、.xlsx 等）', pdf: ' PDF', picture: '图片', text: '文本' };

/** @returns the format to read the file in, or the doubt that refuses it */
export function accept(bytes: Uint8Array, fileName: string): { format: Format } | { refused: Doubt } {
  const ending = /\.([a-z0-9]+)$/i.exec(fileName.trim())?.[1]?.toLowerCase() ?? '';
  const named = BY_NAME[ending];
  if (bytes.length === 0) return { refused: doubt('empty-file', `${quoted(fileName)}是空文件`) };
  if (bytes.length > MOST_BYTES) return { refused: tooLarge(fileName, bytes.length) };
  const instead = OLD[ending];
  if (instead !== undefined)
    return { refused: doubt('old-format', `${quoted(fileName)}是 .${ending} 文件，不能直接读取，请先转成${instead}`) };
  if (named === undefined) return { refused: doubt('unknown-format', `${quoted(fileName)}的扩展名不在可读取之列`) };
  const actual = byContent(bytes);
  if (actual === 'ole') {
    // Word and Excel lock a .docx or .xlsx with a password inside the container of the old formats.
    if (named === 'docx' || named === 'xlsx') {
      const locked = includes(bytes, utf16('EncryptedPackage'));
      return {
        refused: locked
          ? doubt('encrypted-file', `${quoted(fileName)}设有密码`)
          : doubt('old-format', `${quoted(fileName)}其实是旧版 .doc 或 .xls，只改了扩展名`),
      };
    }
    return { refused: doubt('wrong-extension', `${quoted(fileName)}的内容是旧版 Word 或 Excel 文件，不是 .${ending}`) };
  }
  const kinds: Record<string, Format[]> = {
    zip: ['docx', 'xlsx'],
    pdf: ['pdf'],
    picture: [],
    none: ['text', 'csv', 'html'],
  };
  const fits = kinds[actual ?? 'none']?.includes(named) ?? false;
  if (!fits) {
    const isText = actual === null && !['text', 'csv', 'html'].includes(named);
    if (isText && (named === 'docx' || named === 'xlsx' || named === 'pdf') && !looksLikeText(bytes)) {
      return { refused: doubt('damaged-file', `${quoted(fileName)}的开头不是 .${named} 文件应有的内容`) };
    }
    return {
      refused: doubt(
        'wrong-extension',
        `${quoted(fileName)}的内容是${KIND_NAMES[actual ?? 'text']}，扩展名却是 .${ending}`,
      ),
    };
  }
  if (actual === null && bytes.length > MOST_TEXT_BYTES) {
    return {
      refused: doubt(
        'too-large',
        `${quoted(fileName)}有${megabytes(bytes.length)} MB 文字，最多读取${megabytes(MOST_TEXT_BYTES)} MB`,
      ),
    };
  }
  return { format: named };
}

const megabytes = (n: number): number => Math.round(n / 1024 / 1024);

function byContent(bytes: Uint8Array): 'zip' | 'pdf' | 'ole' | 'picture' | null {
  const starts = (...magic: number[]) => magic.every((byte, i) => bytes[i] === byte);
  if (starts(0x50, 0x4b, 0x03, 0x04) || starts(0x50, 0x4b, 0x05, 0x06)) return 'zip';
  if (starts(0xd0, 0xcf, 0x11, 0xe0)) return 'ole';
  if (starts(0x89, 0x50, 0x4e, 0x47) || starts(0xff, 0xd8, 0xff) || starts(0x47, 0x49, 0x46, 0x38)) return 'picture';
  return includes(
    bytes.subarray(0, 1024),
    [...'%PDF-'].map((c) => c.charCodeAt(0)),
  )
    ? 'pdf'
    : null;
}

const looksLikeText = (bytes: Uint8Array): boolean =>
  !bytes.subarray(0, 512).some((byte) => byte < 9 || (byte > 13 && byte < 32));
const utf16 = (text: string): number[] => [...text].flatMap((c) => [c.charCodeAt(0), 0]);

function includes(bytes: Uint8Array, wanted: number[]): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(Buffer.from(wanted));
}
