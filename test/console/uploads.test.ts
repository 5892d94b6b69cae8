/** Evidence handed in through a link: files good and bad, whole or not at all. */
import { existsSync, readdirSync } from 'node:fs';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import JSZip from 'jszip';
import { workingDay } from '../../domain/calendar';
import { LEAD, type Life, OFFICE } from '../workflows/town';
import { MAX_MB, openPostOffice, type Page, type PostOffice } from './post-office';

jest.setTimeout(180_000);

const PDF = Buffer.from('%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n');
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

let post: PostOffice;
let life: Life;
let path: string;

beforeAll(async () => {
  post = await openPostOffice();
  const launchedOn = workingDay(post.town.calendar, await post.town.today(), 1);
  await post.until(launchedOn, '08:00');
  const dueOn = workingDay(post.town.calendar, launchedOn, 10);
  life = await post.town.issue({ type: 'fixed', dueOn });
  await post.until(workingDay(post.town.calendar, dueOn, -5), '09:00');
  await post.round();
  ({ path } = await post.link(LEAD, '报送佐证材料'));
});
afterAll(() => post?.close());

/** Files that lie in the store or on their way there. */
function stored(): string[] {
  if (!existsSync(post.evidenceDir)) return [];
  const files = readdirSync(post.evidenceDir, { recursive: true, withFileTypes: true });
  return files.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
}

/** Waits for something that another process or socket does. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise(setImmediate);
}

const add = async (parts: { name: string; bytes: Buffer }[], typed?: Record<string, string>): Promise<Page> =>
  post.upload(path, await post.get(path), parts, typed);

/** A document whose directory says that it unpacks to three gigabytes. */
async function bomb(): Promise<Buffer> {
  const bytes = await new JSZip()
    .file('word/document.xml', '0'.repeat(1000))
    .generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' });
  bytes.writeUInt32LE(3_000_000_000, bytes.lastIndexOf('PK\x01\x02', undefined, 'latin1') + 24);
  return bytes;
}

/** One whose directory says a thousand bytes and that unpacks to two million. */
async function liar(): Promise<Buffer> {
  const bytes = await new JSZip()
    .file('word/document.xml', '0'.repeat(2_000_000))
    .generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' });
  bytes.writeUInt32LE(1_000, bytes.lastIndexOf('PK\x01\x02', undefined, 'latin1') + 24);
  return bytes;
}

test('nothing is there yet, so nothing can be handed in', async () => {
  const page = await post.get(path);
  expect(page.body).toContain('尚未添加佐证材料');
  expect(page.body).not.toContain('报送以上');
  expect((await post.send(path, { ...page, body: page.body.replace('/evidence"', '"') })).body).toContain(
    '尚未添加任何佐证材料',
  );
});

test.each<[string, string, Buffer | (() => Promise<Buffer>), RegExp]>([
  ['0 bytes', '空.pdf', Buffer.alloc(0), /空文件/],
  ['one byte too large', '大.txt', Buffer.alloc(MAX_MB * 1024 * 1024 + 1, 'a'), /超过1 MB/],
  ['a program', '工具.exe', Buffer.from('MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0'), /不是可接受的类型/],
  [
    'a program called a document',
    '说明.docx',
    Buffer.from('\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0'),
    /不是可接受的类型/,
  ],
  ['a page', '网页.html', Buffer.from('<!DOCTYPE html><script>alert(1)</script>'), /不是可接受的类型/],
  ['a picture called a document', '图.pdf', PNG, /扩展名与内容不符/],
  ['bytes called a text', '文.txt', Buffer.from([0xff, 0xfe, 0, 1, 2]), /不是可接受的类型/],
  ['a broken zip', '坏.zip', Buffer.from('PK\x03\x04\x14\0\0\0\x08\0'), /损坏|不是可接受的类型/],
  ['a zip bomb', '总结.docx', bomb, /异常庞大/],
  ['a zip bomb that lies about its size', '总结.docx', liar, /损坏/],
  ['a name of nothing but folders', '../..', PDF, /文件名无效/],
])('%s is refused in words, and the good file beside it is not stored either', async (_what, name, made, said) => {
  const bytes = typeof made === 'function' ? await made() : made;
  const refused = await add(
    [
      { name: '好.pdf', bytes: PDF },
      { name, bytes },
    ],
    { number: '株税发〔2027〕3号' },
  );
  expect([refused.status, refused.body]).toEqual([422, expect.stringMatching(said)]);
  expect(refused.body).toContain('株税发〔2027〕3号');
  expect(stored()).toEqual([]);
  expect((await life.task()).evidence).toEqual([]);
});

test('too many files at once are refused as a whole', async () => {
  const parts = Array.from({ length: 21 }, (_, i) => ({ name: `${i}.pdf`, bytes: PDF }));
  const refused = await add(parts);
  expect([refused.status, refused.body]).toEqual([422, expect.stringContaining('一次最多添加20个文件')]);
  expect(stored()).toEqual([]);
});

test('an upload of somebody else, or of no form, stores nothing', async () => {
  const stale = await post.upload(path, { status: 200, body: '', headers: {} }, [{ name: '好.pdf', bytes: PDF }]);
  expect(stale.status).toBe(422);
  const long = await add([{ name: '好.pdf', bytes: PDF }], { number: '号'.repeat(3_000) });
  expect([long.status, stored()]).toEqual([422, []]);
  const plain = await post.app.inject({
    method: 'POST',
    url: `${path}/evidence`,
    payload: 'x',
    headers: { 'content-type': 'text/plain' },
  });
  expect([plain.statusCode, plain.body]).toEqual([422, expect.stringContaining('请用页面上的表单添加')]);
  expect((await post.get('/a/k1.x.y')).status).toBe(404);
  expect((await life.task()).evidence).toEqual([]);
});

test('a form that is cut off is taken for no form', async () => {
  const boundary = 'cut';
  const field = (name: string, value: string) =>
    `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
  const file = (bytes: string) =>
    `--${boundary}\r\nContent-Disposition: form-data; name="files"; filename="好.pdf"\r\n\r\n${bytes}`;
  const page = (await post.get(path)).body;
  const form = /name="form" value="([^"]+)"/.exec(page.slice(page.indexOf('/evidence"')))?.[1] ?? '';
  const whole = `${field('form', form)}${file(PDF.toString())}\r\n`;
  for (const payload of [whole, `${whole}${file('%PDF-1.7 half')}`, field('form', form).slice(0, -6)]) {
    const headers = { 'content-type': `multipart/form-data; boundary=${boundary}` };
    const refused = await post.app.inject({ method: 'POST', url: `${path}/evidence`, headers, payload });
    expect([refused.statusCode, refused.body]).toEqual([400, expect.stringContaining('内容不完整')]);
  }
  expect(stored()).toEqual([]);
  expect((await life.task()).evidence).toEqual([]);
});

test('an upload that is given up on its way leaves nothing', async () => {
  await post.app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = post.app.server.address() as AddressInfo;
  const page = (await post.get(path)).body;
  const form = /name="form" value="([^"]+)"/.exec(page.slice(page.indexOf('/evidence"')))?.[1] ?? '';
  const part = (head: string, body: string) => `--b\r\nContent-Disposition: form-data; ${head}\r\n\r\n${body}\r\n`;
  const sent = `${part('name="form"', form)}${part('name="files"; filename="好.pdf"', PDF.toString())}`;
  const head = `POST ${path}/evidence HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 100000\r\n\r\n`;
  const answered = new Promise<number>((settle) => {
    post.app.server.once('request', (_request, response) => response.once('close', () => settle(response.statusCode)));
  });
  const socket = connect(port, '127.0.0.1', () => socket.write(head + sent));
  await until(() => stored().length > 0);
  socket.destroy();
  await answered;
  await until(() => stored().length === 0);
  expect((await life.task()).evidence).toEqual([]);
});

test('files, a number and an address are added, once, under their own names, and then handed in', async () => {
  const office = await new JSZip().file('OFD.xml', '<OFD/>').generateAsync({ type: 'nodebuffer' });
  const page = await post.get(path);
  const parts = [
    { name: 'C:\\\\报告\\\\..\\\\总结<b>.pdf', bytes: PDF },
    { name: '../../etc/截图.png', bytes: PNG },
    { name: '公文.ofd', bytes: office },
    { name: '数据.csv', bytes: Buffer.from([0xca, 0xfd, 0xbe, 0xdd, 0x2c, 0x31]) },
  ];
  const typed = { number: '株税发〔2027〕3号', link: 'https://example.gov.cn/1', who: '糜履冰' };
  const added = await post.upload(path, page, parts, typed);
  expect([added.status, added.body]).toEqual([200, expect.stringContaining('已添加6件材料，尚未报送')]);
  expect((await post.upload(path, page, parts, typed)).status).toBe(200);
  // A browser that went back shows the same form; other files in it are others.
  const later = await post.upload(path, page, [{ name: '补充.txt', bytes: Buffer.from('补充说明') }]);
  expect(later.body).toContain('已添加1件材料');
  const names = (await life.task()).evidence.map(({ kind, name, value }) => (kind === 'file' ? name : value));
  expect(names).toEqual([
    '总结<b>.pdf',
    '截图.png',
    '公文.ofd',
    '数据.csv',
    '株税发〔2027〕3号',
    'https://example.gov.cn/1',
    '补充.txt',
  ]);
  expect(stored()).toHaveLength(5);
  const list = await post.get(path);
  expect(list.body).toContain('总结&lt;b>.pdf');
  expect(list.body).not.toContain('<b>');

  const file = await post.app.inject({ method: 'GET', url: `${path}/file/e1` });
  expect(file.rawPayload.equals(PDF)).toBe(true);
  expect(file.headers['content-disposition']).toMatch(/^attachment; filename\*=UTF-8''%E6%80%BB/);
  expect((await post.get(`${path}/file/e5`)).status).toBe(404);

  const done = await post.send(path, list);
  expect([done.status, done.body]).toEqual([200, expect.stringContaining('已记录：市税务局')]);
  expect((await life.task()).review).toMatchObject({ version: 1 });
  expect((await post.get(path)).body).toContain('已经办过了');
  expect((await add([{ name: '再.pdf', bytes: PDF }]).catch(() => null))?.body ?? '').not.toContain('已添加');
});

test('the coordinator opens a file from his letter, and accepts', async () => {
  await post.until(workingDay(post.town.calendar, await post.town.today(), 1), '09:00');
  await post.round();
  const accept = await post.link(OFFICE, '审核通过');
  const page = await post.get(accept.path);
  expect(page.body).toContain('报送第1版佐证材料');
  const file = await post.app.inject({ method: 'GET', url: `${accept.path}/file/e2` });
  expect(file.rawPayload.equals(PNG)).toBe(true);
  expect((await post.send(accept.path, page)).status).toBe(200);
  expect((await life.task()).status).toBe('completed');
});
