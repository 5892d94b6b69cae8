/**
 * What the library leaves open in a .docx: the other names of each font, and the times and ids that would make the same
 * bulletin different bytes every time it is written.
 */
import JSZip from 'jszip';
import { OTHER_FONTS } from './page';

/** The first day that a zip can name; the paper's own date stands in its text. */
const NO_DAY = new Date(Date.UTC(1980, 0, 1));
const NO_INSTANT = '1980-01-01T00:00:00Z';

export async function settle(docx: Buffer): Promise<Buffer> {
  const made = await JSZip.loadAsync(docx);
  const settled = new JSZip();
  for (const { name, dir } of Object.values(made.files)) {
    if (dir) continue;
    const bytes = await made.files[name]?.async('uint8array');
    settled.file(name, replaced(name, bytes ?? new Uint8Array()), { date: NO_DAY, createFolders: false });
  }
  return settled.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' });
}

function replaced(name: string, bytes: Uint8Array): Uint8Array | string {
  if (name === 'word/fontTable.xml') return fontTable();
  if (name !== 'docProps/core.xml') return bytes;
  return Buffer.from(bytes)
    .toString('utf8')
    .replace(/(<dcterms:(?:created|modified)[^>]*>)[^<]*/g, `$1${NO_INSTANT}`);
}

function fontTable(): string {
  const fonts = Object.entries(OTHER_FONTS).map(
    ([name, other]) => `<w:font w:name="${name}"><w:altName w:val="${other}"/><w:charset w:val="86"/></w:font>`,
  );
  const space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts ${space}>${fonts.join('')}</w:fonts>`;
}
