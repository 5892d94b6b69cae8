/**
 * PDF files with a text layer, written by hand: pdf libraries would have to embed a Chinese font, and reading needs
 * only the map from the codes on the page to their characters.
 */

export interface PdfLine {
  text: string;
  x: number;
  y: number;
  size?: number;
}

export interface PdfSheet {
  lines: PdfLine[];
  /** Drawn lines: x1, y1, x2, y2. */
  rules?: [number, number, number, number][];
}

const CMAP = `/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CMapName /Identity-UCS def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange
1 beginbfrange <0000> <FFFF> <0000> endbfrange
endcmap CMapName currentdict /CMap defineresource pop end end`;

export function makePdf(pages: PdfSheet[], options: { encrypt?: boolean } = {}): Buffer {
  const objects: string[] = [];
  const add = (body: string) => objects.push(body);
  const kids = pages.map((_, i) => `${7 + 2 * i} 0 R`).join(' ');
  add('<< /Type /Catalog /Pages 2 0 R >>');
  add(`<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`);
  add(
    '<< /Type /Font /Subtype /Type0 /BaseFont /SimSun /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 6 0 R >>',
  );
  add(
    '<< /Type /Font /Subtype /CIDFontType2 /BaseFont /SimSun /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor 5 0 R /DW 1000 >>',
  );
  add(
    '<< /Type /FontDescriptor /FontName /SimSun /Flags 4 /FontBBox [0 -200 1000 800] /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>',
  );
  add(stream(CMAP));
  pages.forEach((page, i) => {
    add(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${8 + 2 * i} 0 R >>`,
    );
    add(stream(contentOf(page)));
  });
  let body = '%PDF-1.4\n';
  const offsets = objects.map((object, i) => {
    const at = body.length;
    body += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const start = body.length;
  const table = offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('');
  const locked = options.encrypt
    ? `/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <${'41'.repeat(32)}> /U <${'42'.repeat(32)}> >> /ID [<00> <00>]`
    : '';
  body += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer << /Size ${objects.length + 1} /Root 1 0 R ${locked} >>\nstartxref\n${start}\n%%EOF`;
  return Buffer.from(body, 'latin1');
}

const stream = (text: string): string => `<< /Length ${text.length} >>\nstream\n${text}\nendstream`;

function contentOf({ lines, rules = [] }: PdfSheet): string {
  const hex = (text: string) => [...text].map((c) => c.charCodeAt(0).toString(16).padStart(4, '0')).join('');
  const texts = lines.map(({ text, x, y, size = 10 }) => `BT /F1 ${size} Tf ${x} ${y} Td <${hex(text)}> Tj ET`);
  const drawn = rules.map(([x1, y1, x2, y2]) => `${x1} ${y1} m ${x2} ${y2} l S`);
  return [...drawn, ...texts].join('\n');
}

/** A table with drawn lines, its cells broken at the width of their column. `size` is the width of a letter too. */
export function pdfTable(
  rows: string[][],
  widths: number[],
  options: { top?: number; left?: number; size?: number } = {},
): PdfSheet & { bottom: number } {
  const { top = 780, left = 40, size = 10 } = options;
  const lines: PdfLine[] = [];
  const rules: [number, number, number, number][] = [];
  const xs = [left];
  for (const width of widths) xs.push((xs.at(-1) ?? left) + width);
  const right = xs.at(-1) ?? left;
  let y = top;
  rules.push([left, y, right, y]);
  for (const row of rows) {
    const broken = row.map((text, c) =>
      text.split('\n').flatMap((part) => chunks(part, Math.floor((widths[c] ?? 0) / size))),
    );
    const height = Math.max(1, ...broken.map((parts) => parts.length)) * (size + 4) + 4;
    broken.forEach((parts, c) => {
      // Word centres short cells vertically: the number stands in the middle of its row.
      const down = (height - parts.length * (size + 4)) / 2;
      parts.forEach((text, i) => {
        lines.push({ text, x: (xs[c] ?? 0) + 1, y: y - down - (i + 1) * (size + 4) + 5, size });
      });
    });
    for (const x of xs) rules.push([x, y, x, y - height]);
    y -= height;
    rules.push([left, y, right, y]);
  }
  return { lines, rules, bottom: y };
}

const chunks = (text: string, n: number): string[] =>
  text === '' ? [] : Array.from({ length: Math.ceil(text.length / n) }, (_, i) => text.slice(i * n, (i + 1) * n));
