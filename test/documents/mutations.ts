/** Files that offices make, damaged in the ways files are: bits, ends, pieces of other files, and the parts inside them. */
import JSZip from 'jszip';
import { makeDocx, makeXlsx } from './make-office';
import { makePdf, pdfTable } from './make-pdf';

export interface Fixture {
  name: string;
  bytes: Buffer;
}

const ROWS = [
  ['序号', '任务', '牵头单位', '配合单位', '完成时限'],
  ['1', '推行网上办理', '市财政局', '市司法局、市公安局', '2021年6月底前'],
  ['2', '开展信用监管', '市发展改革委', '各县、区人民政府', '持续推进'],
];

/** One small file of each kind. */
export async function fixtures(): Promise<Fixture[]> {
  const before = ['衡山市2021年重点任务分工表', '一、优化环境（2项）'];
  const document = { before, rows: ROWS, after: ['有2个以上单位的，排在第一位的为牵头单位。'] };
  const merged = {
    before,
    rows: [...ROWS, [{ text: '（一）其他', columns: 5 }], [{ text: '3', rows: 2 }, 'x', 'y', '', '']],
  };
  const table = pdfTable(ROWS, [40, 120, 120, 120, 110]);
  const html = `<meta charset="utf-8"><h1>${before[0]}</h1><table>${ROWS.map((row) => `<tr><td rowspan="1">${row.join('<td colspan=1>')}</tr>`).join('\n')}</table><p>市财政局牵头，6月底前完成。`;
  const text = [...before, ...ROWS.map((row) => row.join('\t'))].join('\n');
  return [
    { name: 'a.docx', bytes: await makeDocx(document) },
    { name: 'b.docx', bytes: await makeDocx(merged) },
    {
      name: 'a.xlsx',
      bytes: await makeXlsx([
        { name: '任务', document },
        { name: '旧', document: merged, hidden: true },
      ]),
    },
    { name: 'a.pdf', bytes: makePdf([{ lines: table.lines, rules: table.rules ?? [] }, { lines: table.lines }]) },
    { name: 'a.html', bytes: Buffer.from(html) },
    { name: 'a.csv', bytes: Buffer.from(ROWS.map((row) => row.map((part) => `"${part}"`).join(',')).join('\r\n')) },
    { name: 'a.txt', bytes: Buffer.from(text) },
    { name: 'b.txt', bytes: Buffer.from(`\ufeff${text}`, 'utf16le') },
  ];
}

/** Whole numbers below n, the same for the same seed (mulberry32). */
export function dice(seed: number): (n: number) => number {
  let state = seed >>> 0;
  return (n) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % Math.max(1, n);
  };
}

/** The file damaged once or a few times; for archives, half of the time inside a part. */
export async function damaged(fixture: Fixture, others: Fixture[], seed: number): Promise<Fixture> {
  const roll = dice(seed);
  const isArchive = /x$/.test(fixture.name);
  if (isArchive && roll(3) > 0) return { name: fixture.name, bytes: await damagedInside(fixture.bytes, roll) };
  let { bytes } = fixture;
  for (let n = 1 + roll(4); n > 0; n--) bytes = once(bytes, others[roll(others.length)]?.bytes ?? bytes, roll);
  return { name: fixture.name, bytes };
}

async function damagedInside(bytes: Buffer, roll: (n: number) => number): Promise<Buffer> {
  const archive = await JSZip.loadAsync(bytes);
  const names = Object.keys(archive.files).filter((name) => /\.(?:xml|rels)$/.test(name));
  for (let n = 1 + roll(3); n > 0; n--) {
    const name = names[roll(names.length)] ?? '';
    const part = archive.file(name);
    if (!part) continue;
    const text = await part.async('string');
    if (roll(12) === 0) archive.remove(name);
    else archive.file(name, inMarkup(text, roll));
  }
  return archive.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' });
}

const STRANGE = [
  '0',
  '-1',
  '1',
  '99999999',
  '4294967296',
  '1e9',
  '',
  'NaN',
  '\u0000',
  'A1:XFD1048576',
  '&lt;',
  '市财政局',
];

/** Tags lost, doubled and moved, numbers and values replaced. */
function inMarkup(text: string, roll: (n: number) => number): string {
  const tags = [...text.matchAll(/<[^>]*>/g)];
  const tag = tags[roll(tags.length)];
  const at = tag?.index ?? roll(text.length);
  const end = at + (tag?.[0].length ?? 1);
  const strange = STRANGE[roll(STRANGE.length)] ?? '';
  switch (roll(6)) {
    case 0:
      return text.slice(0, at) + text.slice(end);
    case 1:
      return text.slice(0, end) + text.slice(at, end).repeat(1 + roll(300)) + text.slice(end);
    case 2: {
      const from = tags[roll(tags.length)]?.index ?? 0;
      const [low, high] = [Math.min(from, at), Math.max(from, at)];
      return text.slice(0, high) + text.slice(low, high) + text.slice(high);
    }
    case 3: {
      const values = [...text.matchAll(/"[^"]*"/g)];
      const value = values[roll(values.length)];
      return value ? `${text.slice(0, value.index)}"${strange}"${text.slice(value.index + value[0].length)}` : text;
    }
    case 4:
      return text.slice(0, end) + strange + text.slice(end);
    default:
      return text.slice(0, roll(text.length));
  }
}

function once(bytes: Buffer, other: Buffer, roll: (n: number) => number): Buffer {
  const at = roll(bytes.length);
  const length = 1 + roll(Math.min(200, bytes.length));
  const [before, behind] = [bytes.subarray(0, at), bytes.subarray(at)];
  switch (roll(7)) {
    case 0: {
      const copy = Buffer.from(bytes);
      for (let n = 1 + roll(10); n > 0; n--) {
        const place = roll(copy.length);
        copy[place] = (copy[place] ?? 0) ^ (1 << roll(8));
      }
      return copy;
    }
    case 1:
      return before;
    case 2:
      return Buffer.concat([before, other.subarray(roll(other.length)).subarray(0, length), behind]);
    case 3:
      return Buffer.concat([before, behind.subarray(0, length), behind]);
    case 4:
      return Buffer.concat([before, behind.subarray(length)]);
    case 5: {
      // Numbers of a PDF and of text formats, in their own alphabet.
      const numbers = [...bytes.toString('latin1').matchAll(/\d+/g)];
      const number = numbers[roll(numbers.length)];
      const strange = Buffer.from(STRANGE[roll(8)] ?? '');
      if (!number) return bytes;
      return Buffer.concat([bytes.subarray(0, number.index), strange, bytes.subarray(number.index + number[0].length)]);
    }
    default:
      return Buffer.concat([before, Buffer.alloc(length, roll(256)), behind]);
  }
}
