/**
 * Which files are evidence, by what is in them: their names only have to agree. Nothing unpacked is ever kept; a packed
 * file that would grow beyond reason, or beyond what it says of itself, is refused for whoever opens it later.
 */
import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
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
    if (TEXTS.includes(ending) && (await textEncoding(path))) return null;
    return `“${name}”的内容不是可接受的类型：${KINDS_IN_WORDS}。`;
  }
  const fitting = ENDINGS[found.ext];
  if (!fitting) return `“${name}”的内容是${found.ext}，不是可接受的类型：${KINDS_IN_WORDS}。`;
  if (!fitting.includes(ending)) return `“${name}”的扩展名与内容不符：内容是${found.ext}。`;
  return ZIPS.includes(found.ext) ? await whyNotZip(path, name, bytes) : null;
}

/** What a browser may show by itself; everything else, and whatever could hold a script, is only downloaded. */
const SHOWN: Partial<Record<string, string>> = {
  pdf: 'application/pdf',
  png: 'image/png',
  jpg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  bmp: 'image/bmp',
};

/** The type under which a stored file can be shown, by its bytes; null: it is only downloaded. */
export async function shownAs(path: string, name: string): Promise<string | null> {
  const found = await fileTypeFromFile(path).catch(() => undefined);
  if (found) return SHOWN[found.ext] ?? null;
  if (!/\.(txt|csv)$/i.test(name)) return null;
  const encoding = await textEncoding(path);
  return encoding && `text/plain; charset=${encoding}`;
}

/** So much of a text is looked at. */
const LOOKED_AT = 64 * 1024;

/** UTF-8 or GB 18030 without control characters, as far as its beginning tells; null: it is no text. */
async function textEncoding(path: string): Promise<'utf-8' | 'gb18030' | null> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(LOOKED_AT), 0, LOOKED_AT, 0);
    const bytes = buffer.subarray(0, bytesRead);
    if (bytes.some((byte) => byte < 0x20 && ![0x09, 0x0a, 0x0c, 0x0d].includes(byte))) return null;
    return (['utf-8', 'gb18030'] as const).find((encoding) => decodes(bytes, encoding)) ?? null;
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
/** What is unpacked to be counted must not take minutes either. */
const LARGEST_UNPACKED_BYTES = 1024 * 1024 * 1024;
const MOST_ENTRIES = 20_000;

async function whyNotZip(path: string, name: string, bytes: number): Promise<string | null> {
  try {
    const unpacked = await statedSize(path);
    const bursts = unpacked > SMALL_BYTES && unpacked > bytes * LARGEST_RATIO;
    if (bursts || unpacked > LARGEST_UNPACKED_BYTES) return `“${name}”解压后异常庞大，不予接收。`;
    await unpackToNowhere(path);
    return null;
  } catch {
    return `“${name}”已损坏，不能打开。`;
  }
}

/** What its directory says that it unpacks to, in bytes; nothing is unpacked for it. */
async function statedSize(path: string): Promise<number> {
  let size = 0;
  await eachEntry(path, (zip, { uncompressedSize }) => {
    size = zip.entryCount > MOST_ENTRIES ? Number.MAX_SAFE_INTEGER : size + uncompressedSize;
    return Promise.resolve(size <= LARGEST_UNPACKED_BYTES);
  });
  return size;
}

/** Throws where an entry is not as long as the directory says: yauzl counts while it unpacks. */
async function unpackToNowhere(path: string): Promise<void> {
  await eachEntry(path, async (zip, entry) => {
    // Who has the password, or the program for a rarer way of packing, looks for himself.
    if (entry.isEncrypted() || ![0, 8].includes(entry.compressionMethod)) return true;
    const content = await new Promise<Readable>((settle, reject) =>
      zip.openReadStream(entry, (error, stream) => (error || !stream ? reject(error) : settle(stream))),
    );
    await finished(content.resume());
    return true;
  });
}

/** Goes through the directory until `visit` says that it has seen enough. */
async function eachEntry(path: string, visit: (zip: ZipFile, entry: Entry) => Promise<boolean>): Promise<void> {
  const zip = await new Promise<ZipFile>((settle, reject) =>
    openZip(path, { lazyEntries: true, validateEntrySizes: true, autoClose: false }, (error, opened) =>
      error || !opened ? reject(error) : settle(opened),
    ),
  );
  try {
    await new Promise<void>((settle, reject) => {
      zip.on('entry', (entry: Entry) => {
        visit(zip, entry).then((goesOn) => (goesOn ? zip.readEntry() : settle()), reject);
      });
      zip.once('end', () => settle());
      zip.once('error', reject);
      zip.readEntry();
    });
  } finally {
    zip.close();
  }
}
