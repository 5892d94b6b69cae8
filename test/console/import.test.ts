/** A document becomes a draft in the browser: read, looked at, corrected, stored; and everything that must not get in. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plan } from '../../domain/plan';
import type { Unit } from '../../domain/unit';
import { showPlan } from '../../ledger/plans';
import { listUnits, putUnits } from '../../ledger/units';
import zhuzhouPlan from '../../seeds/plans/zhuzhou-2020.json';
import zhuhaiUnits from '../../seeds/units/zhuhai.json';
import { LEAD, OFFICE } from '../workflows/town';
import { type BareConsole, openBareConsole } from './bare-console';
import { filled } from './filled';
import { formOf } from './form-of';
import { type Browser, type Shown, signedInAs } from './people';

jest.setTimeout(120_000);

const NOW = '2026-03-02T02:00:00.000Z';
const DOCUMENTS = join(__dirname, '..', 'seeds', 'documents');
const ZHUZHOU = readFileSync(join(DOCUMENTS, 'zhuzhou-2020.txt'));

let post: BareConsole;
let coordinator: Browser;
let colleague: Browser;
let unit: Browser;

beforeAll(async () => {
  post = await openBareConsole(NOW);
  const { db } = post.ledger;
  await putUnits(db, zhuhaiUnits as Unit[]);
  const at = { app: post.app, db, now: NOW };
  coordinator = await signedInAs(at, '岳素问', [{ role: 'coordinator', unit: OFFICE }]);
  colleague = await signedInAs(at, '程立言', [{ role: 'office-head', unit: OFFICE }]);
  unit = await signedInAs(at, '王莉', [{ role: 'unit', unit: LEAD }]);
});
afterAll(() => post?.close());

const hidden = ({ body }: Shown, name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(body)?.[1] ?? '';

async function upload(who: Browser, name: string, bytes: Buffer, csrf?: string): Promise<Shown> {
  const page = await who.get('/imports');
  const { type, body } = formOf({ csrf: csrf ?? hidden(page, 'csrf') }, [{ field: 'file', name, bytes }]);
  return who.send('/imports', type, body);
}

/** What the open form of a task sends when nothing in it is touched. */
function typed({ body }: Shown): Record<string, string | string[]> {
  const form = /<form method="post" action="[^"]*" class="edit"[\s\S]*?<\/form>/.exec(body)?.[0] ?? '';
  const fields: Record<string, string | string[]> = { unit: [], role: [] };
  for (const [, name, value] of form.matchAll(/<input (?:[^>]*? )?name="([a-zA-Z]+)"(?:[^>]*? )?value="([^"]*)"/g)) {
    if (name === 'unit') fields.unit = [...(fields.unit ?? []), value ?? ''];
    else if (name && name !== 'csrf' && name !== 'openEnded') fields[name] = value ?? '';
  }
  for (const [, name, value] of form.matchAll(/<textarea [^>]*name="([a-zA-Z]+)"[^>]*>([\s\S]*?)<\/textarea>/g))
    fields[name ?? ''] = value ?? '';
  for (const [, name, options] of form.matchAll(/<select [^>]*name="([a-zA-Z]+)"[^>]*>([\s\S]*?)<\/select>/g)) {
    const chosen = /<option (?:selected )?value="([^"]*)"(?: selected)?/.exec(
      options
        ?.split('<option')
        .find((option) => option.includes('selected'))
        ?.replace(/^/, '<option') ?? '',
    )?.[1];
    if (name === 'role') fields.role = [...(fields.role ?? []), chosen ?? ''];
    else fields[name ?? ''] = chosen ?? '';
  }
  return fields;
}

describe('the plan of Zhuzhou', () => {
  let here = '';

  test('is uploaded, read beside the server and shown beside its tasks', async () => {
    const sent = await upload(coordinator, 'C:\\文件\\株洲 2020.txt', ZHUZHOU);
    expect([sent.status, sent.location]).toEqual([303, expect.stringMatching(/^\/imports\/[0-9a-f-]{36}$/)]);
    here = sent.location ?? '';
    const page = await coordinator.get(here);
    expect(page.status).toBe(200);
    expect(page.body).toContain('株洲 2020.txt');
    expect(page.body).toContain('共36项任务，错误0处，警告0处');
    expect(page.body).toContain('id="t-1-01"');
    // What stands in the document, line by line, beside what was found in it.
    expect(page.body).toMatch(/<li value="\d+">/);
    expect(page.body.length).toBeLessThan(80_000);
    expect((await coordinator.get('/imports')).body).toContain('株洲 2020.txt');
  });

  test('belongs to who uploaded it', async () => {
    expect((await colleague.get(here)).status).toBe(404);
    expect((await colleague.get('/imports')).body).not.toContain('株洲 2020.txt');
    expect((await colleague.post(`${here}/store`, { revision: '2' })).status).toBe(404);
    expect((await colleague.post(`${here}/discard`)).status).toBe(303);
    expect((await unit.get('/imports')).status).toBe(403);
    expect((await unit.get(here)).status).toBe(403);
    expect((await upload(unit, 'x.txt', ZHUZHOU)).status).toBe(403);
    expect((await coordinator.get(here)).status).toBe(200);
  });

  test('a correction is refused with what was typed, and taken once it can be', async () => {
    const page = await coordinator.get(`${here}?edit=1-07`);
    expect(page.body).toContain('class="edit"');
    const fields = typed(page);
    const task = zhuzhouPlan.tasks.find(({ id }) => id === 'zhuzhou-2020/1-07');
    expect(fields.title).toBe(task?.title);
    const form = `${here}/tasks/1-07`;
    const unknown = await coordinator.post(form, {
      ...fields,
      unit: ['市不存在局'],
      role: ['lead'],
      title: '改过的名称',
    });
    expect([unknown.status, unknown.body]).toEqual([422, expect.stringContaining('单位目录中没有“市不存在局”')]);
    expect(unknown.body).toContain('改过的名称');
    const done = await coordinator.post(form, {
      ...fields,
      title: '改过的名称',
      deadline: 'fixed',
      dueOn: '2020-11-30',
      note: '按会议纪要',
    });
    expect([done.status, done.location]).toEqual([303, `${here}?page=1#t-1-07`]);
    const after = await coordinator.get(here);
    expect(after.body).toContain('改过的名称');
    expect(after.body).toContain('已更正');
    // The same page of before, sent again from another tab.
    const late = await coordinator.post(form, { ...fields, title: '又一个名称' });
    expect([late.status, late.body]).toEqual([409, expect.stringContaining('另一窗口')]);
  });

  test('survives a restart while it is being read', async () => {
    const { db } = post.ledger;
    await db.updateTable('uploads').set({ reading: null }).execute();
    expect((await coordinator.get(here)).body).toContain('改过的名称');
  });

  test('is stored as a draft once, however often somebody clicks', async () => {
    const page = await coordinator.get(here);
    const store = () => coordinator.post(`${here}/store`, { revision: hidden(page, 'revision') });
    const both = await Promise.all([store(), store()]);
    expect(both.map(({ location }) => location)).toEqual(['/plans/zhuzhou-2020/draft', '/plans/zhuzhou-2020/draft']);
    const { plan, corrections, revision } = await showPlan(post.ledger.db, 'zhuzhou-2020');
    const { policy: _, ...byHand } = zhuzhouPlan as Plan;
    const tasks = byHand.tasks.map((task) =>
      task.id.endsWith('1-07')
        ? { ...task, title: '改过的名称', deadline: { ...task.deadline, dueOn: '2020-11-30' } }
        : task,
    );
    expect(plan).toMatchObject({ ...byHand, reporting: null, tasks });
    expect(revision).toBe(1);
    expect(corrections).toMatchObject([
      { by: '岳素问', note: '按会议纪要', changes: [{ field: 'title' }, { field: 'deadline' }] },
    ]);
    expect((await coordinator.get(here)).location).toBe('/plans/zhuzhou-2020/draft');
    expect((await coordinator.get('/imports')).body).toContain('没有未完成的导入');
  });

  test('two people correct the draft: the later one is told, and nothing he typed is lost', async () => {
    const draft = '/plans/zhuzhou-2020/draft';
    const [mine, hers] = [await coordinator.get(`${draft}?edit=1-02`), await colleague.get(`${draft}?edit=1-02`)];
    const form = `${draft}/tasks/1-02`;
    expect((await colleague.post(form, { ...typed(hers), title: '她的名称' })).location).toContain('done=saved#t-1-02');
    const late = await coordinator.post(form, { ...typed(mine), title: '我的名称' });
    expect([late.status, late.body]).toEqual([409, expect.stringContaining('他人刚刚改动了这份草稿')]);
    expect(late.body).toContain('我的名称');
    expect(late.body).toContain('她的名称');
    expect((await unit.get(draft)).status).toBe(404);
    expect((await unit.post(form, typed(hers))).status).toBe(404);
  });

  test('the numbers of its rules are changed until the launch, each told with its name', async () => {
    const path = '/plans/zhuzhou-2020/draft/policy';
    const page = await coordinator.get(path);
    const { csrf: _, ...fields } = filled(page.body, path, {
      reminderRungs: '10、5、0',
      'ladder.1.limitWorkingDays': '3',
    });
    const wrong = await coordinator.post(path, { ...fields, 'review.leaderOn': '二' });
    expect([wrong.status, wrong.body]).toEqual([
      422,
      expect.stringContaining('“未审核报督查领导（第几个工作日）”有误'),
    ]);
    expect(wrong.body).toContain('value="10、5、0"');
    expect((await coordinator.post(path, fields)).location).toBe(`${path}?done=saved`);
    const { plan, corrections } = await showPlan(post.ledger.db, 'zhuzhou-2020');
    expect(plan.policy).toMatchObject({ reminderRungs: [10, 5, 0], ladder: [{}, { limitWorkingDays: 3 }, {}] });
    expect(corrections.at(-1)).toMatchObject({ by: '岳素问', changes: [{ field: 'policy', before: null }] });
    expect((await coordinator.get('/plans/zhuzhou-2020/draft')).body).toContain(
      '规则数值：默认 → 到期前提醒（还有几个工作日，0为当日） 10、5、0；橙色督办单整改时限（工作日） 3',
    );
    expect((await coordinator.get('/policy?plan=zhuzhou-2020')).body).toContain('还有10、5个工作日时');

    // Somebody else was first: what was typed stays, and nothing is overwritten.
    const late = await colleague.post(path, { ...fields, nearWorkingDays: '4' });
    expect([late.status, late.body]).toEqual([409, expect.stringContaining('他人刚刚改动了这份草稿')]);
    const { csrf: __, ...again } = filled((await colleague.get(path)).body, path);
    expect((await colleague.post(path, { ...again, defaults: 'yes' })).status).toBe(303);
    expect((await showPlan(post.ledger.db, 'zhuzhou-2020')).plan.policy).toBeUndefined();

    expect([(await unit.get(path)).status, (await unit.post(path, fields)).status]).toEqual([404, 404]);
    const at = { app: post.app, db: post.ledger.db, now: NOW };
    const supervisor = await signedInAs(at, '殷望舒', [{ role: 'supervisor', unit: OFFICE }]);
    expect((await supervisor.get(path)).location).toBe('/policy?plan=zhuzhou-2020');
    expect((await supervisor.post(path, fields)).status).toBe(403);
  });

  test('the workbook goes out and comes back; the plan is issued again for another year', async () => {
    const draft = '/plans/zhuzhou-2020/draft';
    const out = await coordinator.get(`${draft}/workbook`);
    expect([out.status, String(out.headers['content-disposition'])]).toEqual([200, expect.stringContaining('.xlsx')]);
    const csrf = hidden(await coordinator.get(draft), 'csrf');
    const { type, body } = formOf({ csrf }, [{ field: 'file', name: '分工.xlsx', bytes: out.raw }]);
    expect((await coordinator.send(`${draft}/workbook`, type, body)).location).toBe(`${draft}?done=nothing`);
    const broken = formOf({ csrf }, [{ field: 'file', name: '分工.xlsx', bytes: Buffer.from('no workbook') }]);
    expect((await coordinator.send(`${draft}/workbook`, broken.type, broken.body)).status).toBe(422);
    expect((await coordinator.post(`${draft}/reissue`, { toYear: '2027' })).location).toBe(
      '/plans/zhuzhou-2027/draft?done=reissued',
    );
    expect((await coordinator.get('/plans/zhuzhou-2027/draft')).body).toContain('2027-');
    expect((await coordinator.post(`${draft}/reissue`, { toYear: '2027' })).body).toContain('已有这个编号的方案');
  });
});

test('what a document lacks is asked for; a unit that nobody knows is chosen or added', async () => {
  const text = [
    '关于优化服务的实施方案',
    '1. 推行网上办理。（市行政审批和政务服务局牵头，市税务总局、市新设局配合，2026年6月底前完成）',
  ];
  const { location } = await upload(coordinator, '服务.txt', Buffer.from(text.join('\n')));
  const here = location ?? '';
  const page = await coordinator.get(here);
  expect(page.body).toContain('还缺：');
  expect(page.body).not.toContain('统筹单位、统筹单位');
  expect(page.body).toContain('单位目录中没有的单位');
  expect(
    (await coordinator.post(`${here}/store`, { revision: hidden(page, 'revision'), allowWarnings: 'yes' })).status,
  ).toBe(422);
  const other = await coordinator.post(`${here}/head`, {
    revision: hidden(page, 'revision'),
    office: 'zhuhai:市营商环境协调办公室',
  });
  expect(other.status).toBe(403);
  const head = { office: OFFICE, issuer: '市政府', issuedOn: '2026-02-01', id: 'services-2026' };
  expect((await coordinator.post(`${here}/head`, { revision: hidden(page, 'revision'), ...head })).status).toBe(303);
  const asked = await coordinator.get(here);
  const written = [...asked.body.matchAll(/name="written" value="([^"]*)"/g)].map(([, name]) => name ?? '');
  expect(written).toContain('市新设局');
  const choice = written.map((name) => (name === '市新设局' ? 'add' : LEAD));
  await coordinator.post(`${here}/units`, { revision: hidden(asked, 'revision'), written, choice });
  const ready = await coordinator.get(here);
  const stored = await coordinator.post(`${here}/store`, { revision: hidden(ready, 'revision'), allowWarnings: 'yes' });
  expect(stored.location).toBe('/plans/services-2026/draft');
  const { db } = post.ledger;
  expect((await listUnits(db)).map(({ id }) => id)).toContain('zhuzhou:市新设局');
  const { plan } = await showPlan(db, 'services-2026');
  expect(plan.tasks[0]?.parties.map(({ unit: id }) => id)).toContain(LEAD);
});

test.each([
  ['垃圾.docx', Buffer.from('PK no document at all')],
  ['谎称.xlsx', lyingZip()],
  ['垃圾.pdf', Buffer.from('%PDF-1.7 nothing')],
  ['空.txt', Buffer.alloc(0)],
  ['程序.exe', Buffer.from('MZ')],
  ['二进制.txt', Buffer.from([0, 1, 2, 0, 255, 0])],
])('%s is refused in words, and kept for nobody else', async (name, bytes) => {
  const { status, location } = await upload(coordinator, name, bytes);
  expect(status).toBe(303);
  const page = await coordinator.get(location ?? '');
  expect([page.status, page.body]).toEqual([200, expect.stringContaining('不能存为草稿')]);
  // Nothing else is asked of what cannot be read.
  expect(page.body).not.toContain('id="head"');
  expect((await coordinator.post(`${location}/store`, { revision: '0' })).status).toBe(422);
  await coordinator.post(`${location}/discard`);
  expect((await coordinator.get(location ?? '')).status).toBe(404);
});

test('a form without its token, with no file, or with too large a one leaves nothing', async () => {
  const before = (await post.ledger.db.selectFrom('uploads').select('id').execute()).length;
  expect((await upload(coordinator, 'x.txt', ZHUZHOU, 'x'.repeat(32))).status).toBe(403);
  const csrf = hidden(await coordinator.get('/imports'), 'csrf');
  const none = formOf({ csrf }, []);
  expect((await coordinator.send('/imports', none.type, none.body)).status).toBe(422);
  expect((await upload(coordinator, 'x.txt', Buffer.alloc(51 * 1024 * 1024, 0x20))).status).toBe(413);
  expect((await post.ledger.db.selectFrom('uploads').select('id').execute()).length).toBe(before);
});

/** The head of a zip whose one entry says that it unpacks to four gigabytes. */
function lyingZip(): Buffer {
  const name = Buffer.from('xl/workbook.xml');
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(8, 8);
  local.writeUInt32LE(20, 18);
  local.writeUInt32LE(0xfffffffe, 22);
  local.writeUInt16LE(name.length, 26);
  return Buffer.concat([local, name, Buffer.alloc(20, 0x55)]);
}
