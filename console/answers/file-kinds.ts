/**
 * Which files are evidence, by what is in them: their names only have to agree. Nothing is ever unpacked here; a packed
 * file that would grow beyond reason is refused for whoever opens it later.
 */
import { open } from 'node:fs/promises';
import { fileTypeFromFile } from 'file-type/node';
import { type Entry, open as openZip, type ZipFile } from 'yauzl';

/** Endings that fit what `file-type` finds in the bytes. */
const ENDINGS: Record<string, readonly string[]> = {
  pdf: ['pdf'],
  docx: ['docx'],
  xlsx: ['xlsx'],
  pptx: ['pptx'],
  odt: ['odt'],
  ods: ['ods'],
  rtf: ['rtf'],
  // The container of Office before 2007 and of WPS.
  cfb: ['doc', 'xls', 'ppt', 'wps', 'et', 'dps'],
  // OFD (GB/T 33190) is a zip that file-type does not know; nor does it know every writer's Office files.
  zip: ['zip', 'ofd', 'docx', 'xlsx', 'pptx', 'odt', 'ods'],
  png: ['png'],
  jpg: ['jpg', 'jpeg'],
  gif: ['gif'],
  webp: ['webp'],
  bmp: ['bmp'],
  tif: ['tif', 'tiff'],
  heic: ['heic', 'heif'],
};
const TEXTS = ['txt', 'csv'];
const ZIPS = ['docx', 'xlsx', 'pptx', 'odt', 'ods', 'zip'];

export const KINDS_IN_WORDS = 'PDF、OFD、Word、Excel、PowerPoint、WPS、图片、文本或zip';
/** For the browser's own choice of files. */
export const ACCEPT = [...new Set([...Object.values(ENDINGS).flat(), ...TEXTS])]
  .map((ending) => `.${ending}`)
  .join(',');

/** Why this file is not taken, in one sentence; null: it is taken. */
export async function whyNot(path: string, name: string, bytes: number): Promise<string | null> {
  if (bytes === 0) return `“${name}”是空文件（0字节）。`;
  const ending = /\.([A-Za-z0-9]{1,8})$/.exec(name)?.[1]?.toLowerCase() ?? '';
  const found = await fileTypeFromFile(path).catch(() => undefined);
  if (!found) {
    if (TEXTS.includes(ending) && (await isText(path))) return null;
    return `“${name}”的内容不是可接受的类型：${KINDS_IN_WORDS}。`;
  }
  const fitting = ENDINGS[found.ext];
  if (!fitting) return `“${name}”的内容是${found.ext}，不是可接受的类型：${KINDS_IN_WORDS}。`;
  if (!fitting.includes(ending)) return `“${name}”的扩展名与内容不符：内容是${found.ext}。`;
  return ZIPS.includes(found.ext) ? await whyNotZip(path, name, bytes) : null;
}

/** So much of a text is looked at. */
const LOOKED_AT = 64 * 1024;

/** UTF-8 or GB 18030 without control characters, as far as its beginning tells. */
async function isText(path: string): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(LOOKED_AT), 0, LOOKED_AT, 0);
    const bytes = buffer.subarray(0, bytesRead);
    if (bytes.some((byte) => byte < 0x20 && ![0x09, 0x0a, 0x0c, 0x0d].includes(byte))) return false;
    return ['utf-8', 'gb18030'].some((encoding) => decodes(bytes, encoding));
  } finally {
    await file.close();
  }
}

function decodes(bytes: Uint8Array, encoding: string): boolean {
  try {
    // What is cut off in the middle of a character at the end is no fault of the file.
    new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** An office document of text packs twenty to one; a hundred to one beyond this size is made to burst. */
const LARGEST_RATIO = 100;
const SMALL_BYTES = 64 * 1024 * 1024;
const LARGEST_UNPACKED_BYTES = 4 * 1024 * 1024 * 1024;
const MOST_ENTRIES = 20_000;

async function whyNotZip(path: string, name: string, bytes: number): Promise<string | null> {
  const unpacked = await unpackedSize(path).catch(() => null);
  if (unpacked === null) return `“${name}”已损坏，不能打开。`;
  const bursts = unpacked > SMALL_BYTES && unpacked > bytes * LARGEST_RATIO;
  return bursts || unpacked > LARGEST_UNPACKED_BYTES ? `“${name}”解压后异常庞大，不予接收。` : null;
}

/** What the directory at its end says, which is what whoever unpacks it goes by. */
async function unpackedSize(path: string): Promise<number> {
  const zip = await new Promise<ZipFile>((settle, reject) =>
    openZip(path, { lazyEntries: true, validateEntrySizes: true }, (error, opened) =>
      error || !opened ? reject(error) : settle(opened),
    ),
  );
  return new Promise<number>((settle, reject) => {
    let size = 0;
    if (zip.entryCount > MOST_ENTRIES) size = Number.MAX_SAFE_INTEGER;
    zip.on('entry', (entry: Entry) => {
      size += entry.uncompressedSize;
      zip.readEntry();
    });
    zip.once('end', () => settle(size));
    zip.once('error', reject);
    if (zip.entryCount > MOST_ENTRIES) {
      zip.close();
      settle(size);
    } else zip.readEntry();
  });
}
