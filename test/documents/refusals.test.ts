/** Files that are no list of tasks, or want to do harm: one clear error, in bounded time, and nothing read from them. */
import { randomBytes } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import ExcelJS from 'exceljs';
import JSZip from 'jszip';
import { readPlan } from '../../documents/read-plan';
import { makeDocx, makeXlsx } from './make-office';
import { makePdf } from './make-pdf';

const ONE = {
  before: ['任务分工表'],
  rows: [
    ['序号', '任务', '责任单位'],
    ['1', '推行网办', '市财政局'],
  ],
};

async function refusal(bytes: Uint8Array, name: string) {
  const { tasks, plan, diagnostics } = await readPlan(bytes, name);
  expect([tasks, plan.title]).toEqual([[], null]);
  expect(diagnostics).toMatchObject([{ severity: 'error', line: null, task: null }]);
  // Chinese, but for the names of formats and what a library said, in quotation marks.
  expect(diagnostics[0]?.message.replace(/“[^”]*”/g, '')).not.toMatch(/[a-z]{2,} [a-z]{2,}/);
  return diagnostics[0]?.code;
}

describe('by name and first bytes', () => {
  const ole = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]);
  const locked = Buffer.concat([ole, Buffer.from('EncryptedPackage', 'utf16le')]);
  test.each([
    ['empty.txt', Buffer.alloc(0), 'empty-file'],
    ['blank.txt', Buffer.from('  \n\t\n'), 'empty-file'],
    ['plan.doc', ole, 'old-format'],
    ['plan.xls', ole, 'old-format'],
    ['plan.wps', ole, 'old-format'],
    ['plan.ofd', Buffer.from('PK\u0003\u0004'), 'old-format'],
    ['plan.docx', ole, 'old-format'],
    ['plan.docx', locked, 'encrypted-file'],
    ['plan.xlsx', locked, 'encrypted-file'],
    ['plan.exe', Buffer.from('MZ'), 'unknown-format'],
    ['plan', Buffer.from('任务'), 'unknown-format'],
    ['plan.txt', Buffer.from('PK\u0003\u0004 whatever'), 'wrong-extension'],
    ['plan.txt', Buffer.from('%PDF-1.7'), 'wrong-extension'],
    ['plan.txt', Buffer.from('89504e470d0a1a0a', 'hex'), 'wrong-extension'],
    ['plan.docx', Buffer.from('任务分工表'), 'wrong-extension'],
    ['plan.pdf', Buffer.from('任务分工表'), 'wrong-extension'],
    ['plan.txt', randomBytes(5000), 'unknown-encoding'],
    ['plan.docx', Buffer.concat([Buffer.from([0, 1, 2]), randomBytes(500)]), 'damaged-file'],
    ['plan.txt', Buffer.alloc(17 * 1024 * 1024, '任'), 'too-large'],
    ['plan.docx', Buffer.alloc(51 * 1024 * 1024), 'too-large'],
    ['plan.html', Buffer.from(`${'<div>'.repeat(100_000)}市财政局牵头`), 'damaged-file'],
  ])('%s: %#', async (name, bytes, code) => {
    expect(await refusal(bytes, name)).toBe(code);
  });

  test('how to convert is said', async () => {
    const { diagnostics } = await readPlan(ole, 'plan.doc');
    expect(diagnostics[0]?.message).toContain('.docx');
  });
});

describe('archives', () => {
  const zip = async (parts: Record<string, string>) => {
    const archive = new JSZip();
    for (const [name, text] of Object.entries(parts)) archive.file(name, text);
    return archive.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' });
  };

  test('cut off, or of another kind', async () => {
    const docx = await makeDocx(ONE);
    const xlsx = await makeXlsx([{ name: 's', document: ONE }]);
    expect(await refusal(docx.subarray(0, docx.length - 300), 'plan.docx')).toBe('damaged-file');
    expect(await refusal(xlsx.subarray(0, 1000), 'plan.xlsx')).toBe('damaged-file');
    expect(await refusal(docx, 'plan.xlsx')).toBe('wrong-extension');
    expect(await refusal(xlsx, 'plan.docx')).toBe('wrong-extension');
    expect(await refusal(await zip({ 'a.txt': 'x' }), 'plan.docx')).toBe('damaged-file');
    expect(await refusal(await zip({ 'word/document.xml': '<not closed' }), 'plan.docx')).toBe('damaged-file');
  });

  test('a bomb is not unpacked, also one that lies about its size', async () => {
    const size = 120 * 1024 * 1024;
    const honest = bomb(size, size);
    expect(honest.length).toBeLessThan(200_000);
    const before = process.memoryUsage().rss;
    expect(await refusal(honest, 'plan.docx')).toBe('too-large');
    expect(await refusal(bomb(size, 10), 'plan.docx')).toBe('damaged-file');
    expect(process.memoryUsage().rss - before).toBeLessThan(300 * 1024 * 1024);
  });

  test('external entities and entity bombs are not even parsed', async () => {
    const entity =
      '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><w:document>&a;</w:document>';
    expect(await refusal(await zip({ 'word/document.xml': entity }), 'plan.docx')).toBe('damaged-file');
    expect(await refusal(await zip({ 'xl/workbook.xml': entity }), 'plan.xlsx')).toBe('damaged-file');
  });

  test('merged cells that overlap', async () => {
    const archive = await JSZip.loadAsync(await makeXlsx([{ name: 's', document: ONE }]));
    const sheet = (await archive.file('xl/worksheets/sheet1.xml')?.async('string')) ?? '';
    const merges =
      '<mergeCells count="3"><mergeCell ref="A1:C3"/><mergeCell ref="B2:D4"/><mergeCell ref="A1:C3"/></mergeCells>';
    archive.file('xl/worksheets/sheet1.xml', sheet.replace(/<mergeCells.*<\/mergeCells>/, merges));
    expect(await refusal(await archive.generateAsync({ type: 'nodebuffer' }), 'plan.xlsx')).toBe('damaged-file');
  });

  test('a sheet that claims a million columns is read where its cells are', async () => {
    const workbook = new ExcelJS.Workbook();
    const sheet = workbook.addWorksheet('任务');
    sheet.addRow(['序号', '任务', '责任单位']);
    sheet.addRow([1, '推行网办', '市财政局']);
    sheet.getCell('XFD3').value = '角落';
    const { tasks } = await readPlan(Buffer.from(await workbook.xlsx.writeBuffer()), 'plan.xlsx');
    expect(tasks.map(({ title }) => title)).toEqual(['推行网办']);
  });
});

describe('pages', () => {
  test('pictures of text', async () => {
    expect(await refusal(makePdf([{ lines: [] }, { lines: [{ text: '1', x: 10, y: 10 }] }]), 'plan.pdf')).toBe(
      'scanned-pdf',
    );
  });

  test('locked, and cut off', async () => {
    const pages = [{ lines: [{ text: '任务分工表', x: 10, y: 10 }] }];
    expect(await refusal(makePdf(pages, { encrypt: true }), 'plan.pdf')).toBe('encrypted-file');
    expect(await refusal(makePdf(pages).subarray(0, 200), 'plan.pdf')).toBe('damaged-file');
  });

  test('HTML that claims spans without end', async () => {
    const html = `<table><tr><td rowspan="99999999" colspan="99999999">序号</td></tr>${'<tr><td>1</td></tr>'.repeat(50)}</table>`;
    expect(await refusal(Buffer.from(html), 'plan.html').catch(() => 'no-tasks')).toBe('no-tasks');
  });
});

/** A zip with one part of `size` bytes, which its directory gives as `said`. */
function bomb(size: number, said: number): Buffer {
  const name = Buffer.from('word/document.xml');
  const data = deflateRawSync(Buffer.alloc(size, 'x'));
  const sizes = Buffer.alloc(12);
  sizes.writeUInt32LE(data.length, 4);
  sizes.writeUInt32LE(said, 8);
  const numbers = (...values: number[]) => Buffer.concat(values.map((v) => Buffer.from([v & 255, (v >> 8) & 255])));
  const shared = Buffer.concat([numbers(20, 0, 8, 0, 0), sizes, numbers(name.length, 0)]);
  const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), shared, name, data]);
  const central = Buffer.concat([Buffer.from('PK\u0001\u0002'), numbers(20), shared, Buffer.alloc(14), name]);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 'latin1');
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, central, end]);
}
