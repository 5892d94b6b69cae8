/**
 * Word and Excel files are zip archives. Their parts are taken out here, counting what really comes out, so that a few
 * kilobytes cannot become gigabytes, whatever their directory claims.
 */
import { type Entry, fromBuffer, type ZipFile } from 'yauzl';
import { type Doubt, doubt, quoted } from '../diagnostics';

/** 5,000 rows of real text unpack to about 10 MB. */
const MOST_UNPACKED_BYTES = 96 * 1024 * 1024;
const MOST_ENTRIES = 2000;

export type Unpacked = { parts: Map<string, Buffer> } | { refused: Doubt };

/** @param wanted which parts to keep; all are counted */
export async function unpack(bytes: Uint8Array, wanted: (name: string) => boolean): Promise<Unpacked> {
  const parts = new Map<string, Buffer>();
  let archive: ZipFile | null = null;
  try {
    archive = await open(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    if (archive.entryCount > MOST_ENTRIES)
      return { refused: doubt('too-large', `文件里有${archive.entryCount}个部件，最多读取${MOST_ENTRIES}个`) };
    let total = 0;
    for (let entry = await next(archive); entry !== null; entry = await next(archive)) {
      if (entry.isEncrypted()) return { refused: doubt('encrypted-file', '文件的一部分设有密码') };
      if (!wanted(entry.fileName)) continue;
      const content = await contentOf(archive, entry, MOST_UNPACKED_BYTES - total);
      if (content === null)
        return { refused: doubt('too-large', `文件解压后超过${MOST_UNPACKED_BYTES / 1024 / 1024} MB`) };
      total += content.length;
      parts.set(entry.fileName, content);
    }
    return { parts };
  } catch (error) {
    return {
      refused: doubt('damaged-file', `文件不完整，无法解开（程序报告${quoted(String(error), 80)}）`),
    };
  } finally {
    archive?.close();
  }
}

function open(buffer: Buffer): Promise<ZipFile> {
  return new Promise((settle, reject) => {
    fromBuffer(buffer, { lazyEntries: true, validateEntrySizes: true }, (error, archive) =>
      archive ? settle(archive) : reject(error),
    );
  });
}

function next(archive: ZipFile): Promise<Entry | null> {
  return new Promise((settle, reject) => {
    const done = () => {
      archive.removeListener('entry', found);
      archive.removeListener('end', ended);
      archive.removeListener('error', failed);
    };
    const found = (entry: Entry) => {
      done();
      settle(entry);
    };
    const ended = () => {
      done();
      settle(null);
    };
    const failed = (error: Error) => {
      done();
      reject(error);
    };
    archive.on('entry', found);
    archive.on('end', ended);
    archive.on('error', failed);
    archive.readEntry();
  });
}

/** The entry's bytes, or null once they are more than `most`. */
function contentOf(archive: ZipFile, entry: Entry, most: number): Promise<Buffer | null> {
  if (entry.uncompressedSize > most) return Promise.resolve(null);
  return new Promise((settle, reject) => {
    archive.openReadStream(entry, (error, stream) => {
      if (error) return reject(error);
      const chunks: Buffer[] = [];
      let size = 0;
      stream.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > most) {
          stream.destroy();
          settle(null);
        } else chunks.push(chunk);
      });
      stream.on('end', () => settle(Buffer.concat(chunks)));
      stream.on('error', reject);
    });
  });
}
