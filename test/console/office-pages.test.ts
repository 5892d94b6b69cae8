/** The office's housekeeping and the auditor's pages: what each role sees, what is changed and by whom, and what leaks to nobody. */
import { Readable } from 'node:stream';
import type { Unit } from '../../domain/unit';
import { sealPlan } from '../../ledger/audit/seals';
import { storeReply } from '../../ledger/replies';
import { putUnits, unitsById } from '../../ledger/units';
import zhuhaiUnits from '../../seeds/units/zhuhai.json';
import { Asker, LEAD, launchPlan, OFFICE, TASK, unitActor } from '../ledger/asker';
import { type BareConsole, openBareConsole } from './bare-console';
import { filled } from './filled';
import { type Browser, signedInAs } from './people';

jest.setTimeout(60_000);

const NOW = '2020-03-17T02:00:00.000Z';
const CO = 'zhuzhou:市公安局';
const MAIL = 'a'.repeat(24);
const UNPLACED: Parameters<typeof storeReply>[1] = {
  id: MAIL,
  messageId: null,
  receivedAt: NOW,
  readAt: NOW,
  from: 'liaison.shuiwu@zhuzhou.example',
  subject: '<script>收到</script>',
  letter: null,
  unit: null,
  person: null,
  office: null,
  takenAs: 'unmatched',
  state: 'open',
  doubts: ['未能对应信件'],
  body: '已收到',
  files: [],
  whole: null,
  moves: [],
};
let console_: BareConsole;
let coordinator: Browser;
let elsewhere: Browser;
let unit: Browser;
let auditor: Browser;
const path = (id: string) => `/units/${encodeURIComponent(id)}`;

beforeAll(async () => {
  console_ = await openBareConsole(NOW);
  const { db } = console_.ledger;
  await putUnits(db, zhuhaiUnits as Unit[]);
  await launchPlan(console_.ledger);
  const task = Asker.on(console_.ledger, TASK);
  await task.issue();
  await task.move('ack', '2020-03-16', unitActor(LEAD), { move: 'acknowledge', unit: LEAD });
  const at = { app: console_.app, db, now: NOW };
  coordinator = await signedInAs(at, '岳素问', [{ role: 'coordinator', unit: OFFICE }]);
  elsewhere = await signedInAs(at, '珠海', [{ role: 'coordinator', unit: 'zhuhai:市发展改革局' }]);
  unit = await signedInAs(at, '王莉', [{ role: 'unit', unit: LEAD }]);
  auditor = await signedInAs(at, '审计员', [{ role: 'auditor', unit: null }]);
  await storeReply(db, UNPLACED);
});
afterAll(() => console_?.close());

test.each([
  ['/units', [200, 200, 200, 200]],
  ['/letters', [200, 200, 200, 200]],
  ['/inbox', [200, 200, 200, 200]],
  ['/calendar', [200, 200, 200, 200]],
  ['/calendar?year=2027', [200, 200, 200, 200]],
  ['/policy', [200, 200, 200, 200]],
  ['/policy?plan=zhuzhou-2020', [200, 404, 200, 200]],
  ['/library', [200, 200, 200, 200]],
  ['/record', [200, 200, 403, 200]],
  ['/record/events', [200, 200, 403, 200]],
  ['/record/events.csv', [200, 200, 403, 200]],
  [path(LEAD), [200, 200, 200, 200]],
  [path(CO), [200, 200, 404, 200]],
  [`/inbox/${MAIL}`, [200, 404, 404, 200]],
])('%s for a coordinator, one of another city, a unit and an auditor', async (address, expected) => {
  const pages = await Promise.all([coordinator, elsewhere, unit, auditor].map((who) => who.get(address)));
  expect(pages.map(({ status }) => status)).toEqual(expected);
  for (const { body } of pages) {
    expect(body).not.toContain('<script');
    expect(body).not.toMatch(/ style="/);
  }
});

test('whoever is not signed in sees none of it', async () => {
  for (const url of ['/units', '/record/events.csv', '/inbox', '/calendar']) {
    const { statusCode, headers } = await console_.app.inject({ method: 'GET', url });
    expect([url, statusCode, String(headers.location).startsWith('/sign-in')]).toEqual([url, 303, true]);
  }
});

test('the directory is searched, its gaps are said, and a unit is edited by an office only', async () => {
  const found = await coordinator.get(`/units?q=${encodeURIComponent('市场监管')}`);
  expect(found.body).toContain(path(LEAD));
  expect(found.body).not.toContain(path(CO));
  expect((await coordinator.get('/units?q=%25%27%00')).status).toBe(200);
  const shown = await coordinator.get(path(LEAD));
  const seen = /name="seen" value="([^"]*)"/.exec(shown.body)?.[1]?.replaceAll('&quot;', '"') ?? '';
  const edit = {
    seen,
    liaisonName: '',
    headName: '周衡',
    headMail: 'zhouheng@example.com',
    aliases: '市场局\n市监局',
    language: 'zh-CN',
  };
  for (const who of [unit, auditor]) expect((await who.post(path(LEAD), edit)).status).toBe(403);
  expect((await coordinator.post(path(LEAD), edit, 'forged')).status).toBe(403);
  expect((await coordinator.post(path(LEAD), edit)).location).toBe(`${path(LEAD)}?saved=1`);
  const after = await coordinator.get(path(LEAD));
  expect(after.body).toContain('缺联络员');
  expect((await coordinator.get('/units?gaps=1')).body).toContain(path(LEAD));
  const late = await coordinator.post(path(LEAD), { ...edit, headName: '别人' });
  expect([late.status, late.body.includes('刚刚被他人修改'), late.body.includes('value="别人"')]).toEqual([
    409,
    true,
    true,
  ]);
  const taken = await coordinator.post(path(CO), { aliases: '市监局' });
  expect([taken.status, taken.body.includes('已是')]).toEqual([422, true]);
  const mail = await coordinator.post(path(CO), { liaisonName: '李明', liaisonMail: 'a@b' });
  expect([mail.status, mail.body.includes('联络员的邮箱地址有误')]).toEqual([422, true]);
  expect((await coordinator.get('/units?city=NOPE')).body).not.toContain(path(CO));
  const bad = await coordinator.post(path(CO), { liaisonName: '<b>', liaisonChannels: 'wecom:@all' });
  expect([bad.status, bad.body.includes('<b>')]).toEqual([422, false]);
});

test('an office adds a unit to its own city, once, and nobody else does', async () => {
  const add = (who: Browser, name: string, city = 'zhuzhou') => who.post('/units', { city, name });
  for (const who of [unit, auditor, elsewhere]) expect((await add(who, '市数据局')).status).toBe(403);
  expect((await coordinator.post('/units', { city: 'zhuzhou', name: '市数据局' }, 'forged')).status).toBe(403);
  expect((await coordinator.get('/units')).body).toContain('新增单位');
  expect((await unit.get('/units')).body).not.toContain('新增单位');
  for (const wrong of ['', ' ', '市 数据局', 'a/b', 'x:y', '市'.repeat(65), '市\u0000局']) {
    const { status, body } = await add(coordinator, wrong);
    expect([wrong, status, body.includes('单位名称不能为空')]).toEqual([wrong, 422, true]);
  }
  expect((await coordinator.get('/units/zhuzhou%3A%00')).status).toBe(404);
  const taken = await add(coordinator, '市市场监管局');
  expect([taken.status, taken.body]).toEqual([422, expect.stringContaining('已有市市场监管局')]);
  expect(taken.body).toContain('value="市市场监管局"');
  const both = await Promise.all([add(coordinator, '市数据局'), add(coordinator, '市数据局')]);
  expect(both.map(({ status }) => status).sort()).toEqual([303, 422]);
  expect(both.find(({ status }) => status === 303)?.location).toBe(`${path('zhuzhou:市数据局')}?saved=1`);
  expect((await coordinator.get(path('zhuzhou:市数据局'))).body).toContain('缺联络员');
});

test('a unit names its own substitute and gets its own calendar address', async () => {
  const days = { from: '2020-05-10', to: '2020-05-21', name: '李明', mail: 'liming@example.com' };
  expect((await unit.post(`${path(LEAD)}/substitutes`, days)).status).toBe(303);
  expect((await unit.get(path(LEAD))).body).toContain('李明');
  expect((await unit.post(`${path(CO)}/substitutes`, days)).status).toBe(404);
  expect((await auditor.post(`${path(LEAD)}/substitutes`, days)).status).toBe(403);
  expect((await unit.post(`${path(LEAD)}/substitutes`, { ...days, to: '2020-05-01' })).status).toBe(422);
  const feed = async (renew = '') =>
    /http:[^<]*\.ics/.exec((await unit.follow(unit.post(`${path(LEAD)}/feed`, { renew }))).body)?.[0];
  const first = await feed();
  expect(await feed()).toBe(first);
  expect(await feed('1')).not.toBe(first);
  const sent = await unit.post(`${path(LEAD)}/feed`, { renew: '1' });
  const address = async () => /http:[^<]*\.ics/.exec((await unit.follow(sent)).body)?.[0];
  expect([sent.status, sent.location]).toEqual([303, path(LEAD)]);
  // Shown once; a reload renews nothing, and the secret is in no address.
  const shown = await address();
  expect([shown !== undefined, await address()]).toEqual([true, undefined]);
  expect(await feed()).toBe(shown);
  expect((await auditor.post(`${path(LEAD)}/feed`)).status).toBe(403);
});

test('another city has no hand in the units of this one, and does not read what its people wrote', async () => {
  const stands = { from: '2020-04-01', to: '2020-04-03', name: '外人', mail: 'outside@example.com' };
  for (const [what, fields] of [
    ['', { liaisonName: '外人', liaisonMail: 'outside@example.com' }],
    ['/substitutes', stands],
    ['/feed', {}],
  ] as const) {
    const refused = await elsewhere.post(`${path(CO)}${what}`, fields);
    expect([what, refused.status, refused.body.includes('/calendar/')]).toEqual([what, 403, false]);
  }
  const [known] = (await unitsById(console_.ledger.db, [CO])).values();
  expect(JSON.stringify(known)).not.toContain('外人');
  expect((await coordinator.post(`${path(CO)}/substitutes`, stands)).status).toBe(303);
});

test('a district’s coordinator has a hand in the people of his district only', async () => {
  const { db } = console_.ledger;
  const own = 'zhuzhou:天元区';
  const district = await signedInAs({ app: console_.app, db, now: NOW }, '区协调员', [
    { role: 'coordinator', unit: own },
  ]);
  const isOpen = ({ body }: { body: string }) => !body.includes('<fieldset disabled') && body.includes('/substitutes"');
  const edit = { liaisonName: '他人', liaisonMail: 'other@example.com' };
  const days = { from: '2020-06-10', to: '2020-06-21', name: '他人', mail: 'other@example.com' };
  for (const unitId of [CO, OFFICE, 'zhuzhou:攸县']) {
    const page = await district.get(path(unitId));
    expect([page.status, isOpen(page)]).toEqual([200, false]);
    for (const [what, fields] of [
      ['', edit],
      ['/substitutes', days],
      ['/feed', {}],
    ] as const)
      expect([unitId, what, (await district.post(`${path(unitId)}${what}`, fields)).status]).toEqual([
        unitId,
        what,
        403,
      ]);
    const login = { login: 'by.district', name: '某', role: 'unit', unit: unitId };
    expect((await district.post('/users', login)).status).toBe(422);
  }
  // Nor in the calendar, on which the dates of the whole city stand.
  expect((await district.get('/calendar')).body).not.toContain('action="/calendar/import"');
  const holiday = { year: '2020', status: 'confirmed', off: '2020-05-06', on: '', sure: '1' };
  const refused = await district.post('/calendar/import', holiday);
  expect([refused.status, refused.body.includes('市级统筹单位')]).toEqual([403, true]);
  expect(isOpen(await district.get(path(own)))).toBe(true);
  expect((await district.post(`${path(own)}/substitutes`, days)).status).toBe(303);
  expect(isOpen(await coordinator.get(path(own)))).toBe(true);
  expect((await district.post('/users', { login: 'of.district', name: '某', role: 'unit', unit: own })).status).toBe(
    303,
  );
});

test('a mail of nobody’s letter is its sender’s city’s to see to, and an unknown sender’s the head office’s', async () => {
  const { db } = console_.ledger;
  const liaison = async (id: string) => (await unitsById(db, [id])).get(id)?.liaison?.mail?.toUpperCase() ?? '';
  const mails = {
    本市来信: { from: await liaison(CO), office: null },
    珠海来信: { from: await liaison('zhuhai:市发展改革局'), office: null },
    不明来信: { from: 'nobody@example.com', office: null },
    退信: { from: null, office: OFFICE },
  };
  const ids = Object.keys(mails).map((_, i) => `b${i}`.repeat(12));
  for (const [i, [subject, mail]] of Object.entries(mails).entries())
    await storeReply(db, { ...UNPLACED, ...mail, id: ids[i] ?? '', subject });
  const expected = {
    coordinator: ['本市来信', '退信'],
    elsewhere: ['珠海来信'],
    auditor: Object.keys(mails),
  };
  for (const [name, who] of Object.entries({ coordinator, elsewhere, auditor })) {
    const seen = expected[name as keyof typeof expected];
    for (const address of ['/inbox', '/inbox?all=1']) {
      const { body } = await who.get(address);
      expect([name, Object.keys(mails).filter((subject) => body.includes(subject))]).toEqual([name, seen]);
    }
    const shown = await Promise.all(ids.map(async (id) => (await who.get(`/inbox/${id}`)).status));
    expect([name, shown]).toEqual([name, Object.keys(mails).map((subject) => (seen.includes(subject) ? 200 : 404))]);
  }
  expect((await elsewhere.post(`/inbox/${ids[0]}/settle`, { how: '已处理' })).status).toBe(404);
  expect((await coordinator.post(`/inbox/${ids[1]}/match`, { letter: 'L1' })).status).toBe(404);
  // The cockpit counts what the inbox shows.
  const { body } = await coordinator.get('/inbox');
  const open = body.match(/href="\/inbox\/[0-9a-f]{24}"/g)?.length;
  expect((await coordinator.get('/cockpit')).body).toContain(`${open} 封`);
  // With one city that has coordinators, what nobody knows is theirs.
  await console_.ledger.asOwner(`UPDATE users SET disabled_at = now() WHERE login = '${elsewhere.login}'`);
  expect((await coordinator.get('/inbox')).body).toContain('不明来信');
  await console_.ledger.asOwner(`UPDATE users SET disabled_at = NULL WHERE login = '${elsewhere.login}'`);
});

test('a mail is seen to once, by who settles replies', async () => {
  const page = await coordinator.get(`/inbox/${MAIL}`);
  expect(page.body).toContain('&lt;script>收到');
  expect((await auditor.post(`/inbox/${MAIL}/settle`, { how: '看过' })).status).toBe(403);
  expect((await unit.post(`/inbox/${MAIL}/settle`, { how: '看过' })).status).toBe(404);
  expect((await coordinator.post(`/inbox/${MAIL}/settle`, { how: ' ' })).status).toBe(422);
  expect((await coordinator.post(`/inbox/${MAIL}/match`, { letter: "x' OR 1=1" })).status).toBe(422);
  const both = await Promise.all([1, 2].map(() => coordinator.post(`/inbox/${MAIL}/settle`, { how: '已电话核实' })));
  expect(both.map(({ status }) => status).sort()).toEqual([303, 409]);
  expect((await coordinator.get(`/inbox/${MAIL}`)).body).toContain('岳素问');
});

test('a mail is placed to its letter by the form of its page, by one of two, and thrown away by one of two', async () => {
  const [placed, thrown] = ['c'.repeat(24), 'd'.repeat(24)];
  for (const id of [placed, thrown]) await storeReply(console_.ledger.db, { ...UNPLACED, id, subject: `来信${id[0]}` });
  const { db } = console_.ledger;
  const letter = { id: 'L1' };
  await console_.ledger.asOwner(`
    INSERT INTO letters (id, slot_on, round, slot_at, to_unit, to_office, office, person, subject, message_id, dated_at, bytes, state)
    VALUES ('L1', '2020-03-13', '09:00', '2020-03-13T01:00Z', '${LEAD}', 'liaison', '${OFFICE}', '王莉', '任务下达', 'm1',
      now(), '', 'handed')`);
  // A filter that nothing fits finds nothing, rather than everything.
  for (const [filter, isFound] of [
    ['unit=市场监管', true],
    ['unit=市市场监管局', true],
    ['unit=没有此局', false],
    ['plan=zhuzhou-2020', false],
  ] as const) {
    const { body } = await coordinator.get(`/letters?${encodeURI(filter)}`);
    expect([filter, body.includes('href="/letters/L1"')]).toEqual([filter, isFound]);
  }
  const match = `/inbox/${placed}/match`;
  const settle = `/inbox/${placed}/settle`;
  const page = await coordinator.get(`/inbox/${placed}`);
  const shut = await auditor.get(`/inbox/${placed}`);
  for (const action of [match, settle]) expect(shut.body).not.toContain(`action="${action}"`);
  const { csrf: _, ...fields } = filled(page.body, match, { letter: letter.id });
  expect((await auditor.post(match, fields)).status).toBe(403);
  expect((await unit.post(match, fields)).status).toBe(404);
  const unknown = await coordinator.post(match, { ...fields, letter: 'no-such-letter' });
  expect([unknown.status, unknown.body]).toEqual([422, expect.stringContaining('没有这封信件')]);
  expect(unknown.body).toContain('value="no-such-letter"');
  const second = await signedInAs({ app: console_.app, db, now: NOW }, '程协调', [
    { role: 'coordinator', unit: OFFICE },
  ]);
  const both = await Promise.all([coordinator.post(match, fields), second.post(match, fields)]);
  expect(both.map(({ status }) => status).sort()).toEqual([303, 409]);
  expect(both.find(({ status }) => status === 409)?.body).toContain('此邮件已经对应或处理过');
  const after = await coordinator.get(`/inbox/${placed}`);
  expect(after.body).toContain(`href="/letters/${letter.id}"`);
  expect(after.body).not.toContain(`action="${match}"`);
  // From here on it is the office's own.
  expect((await elsewhere.get(`/inbox/${placed}`)).status).toBe(404);

  const form = filled((await coordinator.get(`/inbox/${thrown}`)).body, `/inbox/${thrown}/settle`);
  const drop = (who: Browser) => who.post(`/inbox/${thrown}/settle`, { how: form.how ?? '', ignore: '1' });
  const dropped = await Promise.all([drop(coordinator), drop(second)]);
  expect(dropped.map(({ status }) => status).sort()).toEqual([303, 409]);
  const late = dropped.find(({ status }) => status === 409)?.body ?? '';
  expect(late).toContain('正在办理或已经处理过');
  expect(late).toContain('无须处理');
  expect((await coordinator.get('/inbox')).body).not.toContain('来信d');
  expect((await coordinator.get('/inbox?all=1')).body).toContain('来信d');
});

test('what a mail holds is taken away as bytes by who settles it, and by nobody else', async () => {
  const id = 'e'.repeat(24);
  const { db } = console_.ledger;
  const page = Buffer.from('<!DOCTYPE html><script>alert(1)</script>');
  const eml = Buffer.from('From: x@example.com\r\nSubject: =?utf-8?q?x?=\r\n\r\n<b>hello</b>');
  const put = (bytes: Buffer) => console_.evidence.put(Readable.from([bytes]), null);
  const [file, whole] = [await put(page), await put(eml)];
  const name = '附件"<b>.html';
  await storeReply(db, { ...UNPLACED, id, files: [{ ...file, name }], whole: whole.digest });
  const shown = await coordinator.get(`/inbox/${id}`);
  for (const [path, bytes] of [
    [`/inbox/${id}/files/1`, page],
    [`/inbox/${id}/whole`, eml],
  ] as const) {
    expect(shown.body).toContain(`href="${path}"`);
    const got = await coordinator.get(path);
    expect(got.raw).toEqual(bytes);
    expect(got.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'content-disposition': expect.stringMatching(/^attachment; filename="[^"<>]*"; filename\*=/),
      'content-security-policy': expect.stringContaining('sandbox'),
    });
    expect([(await auditor.get(path)).status, (await unit.get(path)).status]).toEqual([403, 404]);
  }
  expect((await auditor.get(`/inbox/${id}`)).body).not.toContain(`/inbox/${id}/`);
  for (const none of [`/inbox/${id}/files/2`, `/inbox/${id}/files/-1`, `/inbox/${MAIL}/whole`, `/inbox/${id}/files/x`])
    expect((await coordinator.get(none)).status).toBe(404);
  await coordinator.post(`/inbox/${id}/match`, { letter: 'L1' });
  expect((await elsewhere.get(`/inbox/${id}/whole`)).status).toBe(404);
  expect((await coordinator.get(`/inbox/${id}/whole`)).status).toBe(200);
});

test('a year is previewed with what it would move, and imported only then, by an office only', async () => {
  const typed = { year: '2020', status: 'confirmed', off: '2020-06-01至2020-06-30', on: '' };
  expect((await unit.post('/calendar/import', typed)).status).toBe(403);
  expect((await auditor.post('/calendar/import', { ...typed, sure: '1' })).status).toBe(403);
  const preview = await coordinator.post('/calendar/import', typed);
  expect(preview.status).toBe(200);
  expect(preview.body).toContain('1项的提醒将改期');
  expect(preview.body).toMatch(/zhuzhou-2020\/1-01[^<]*：2020-\d\d-\d\d → 2020-/);
  // Another city's coordinator may change the calendar of all, and reads no task of this one.
  const other = await elsewhere.post('/calendar/import', typed);
  expect([other.status, other.body.includes('zhuzhou-2020/1-01')]).toEqual([200, false]);
  expect((await coordinator.post('/calendar/import', { ...typed, off: '2020-02-30' })).body).toContain('不是日期');
  for (const [wrong, said] of [
    [{ off: '2021-01-01' }, '不是2020年的日期'],
    [{ off: '2020-06-01', on: '2020-06-01' }, '既列为放假又列为上班'],
    [{ off: '' }, '没有放假日期'],
    [{ year: '1890' }, '四位数字'],
    [{ year: 'abcd' }, '四位数字'],
  ] as const) {
    const { status, body } = await coordinator.post('/calendar/import', { ...typed, ...wrong });
    expect([wrong, status, body.includes(said)]).toEqual([wrong, 422, true]);
  }
  // One day is changed without typing the year again.
  expect((await coordinator.get('/calendar?year=2020')).body).toMatch(
    /<textarea id="off"[^>]*>2020-01-01\n2020-01-2\d至/,
  );
  const years = await console_.ledger.db.selectFrom('calendars').select('body').where('year', '=', '2020').execute();
  expect(JSON.stringify(years)).not.toContain('2020-06-15');
});

test('the auditor verifies the whole, sees the first row that was altered, and takes every event away', async () => {
  await sealPlan(console_.ledger.db, 'zhuzhou-2020', '2020-03-16').catch(() => undefined);
  const outcome = async () => {
    const { location } = await auditor.post('/record/verify', { plan: '' });
    let page = await auditor.get(String(location));
    while (page.body.includes('<progress')) page = await auditor.get(String(location));
    return page.body;
  };
  expect(await outcome()).toContain('全部一致');
  expect((await coordinator.post('/record/verify', { plan: '' })).status).toBe(403);
  expect((await elsewhere.post('/record/verify', { plan: 'zhuzhou-2020' })).status).toBe(422);
  expect((await unit.post('/record/verify', { plan: 'zhuzhou-2020' })).status).toBe(403);
  expect((await coordinator.post('/record/verify', { plan: 'zhuzhou-2020' })).status).toBe(303);
  const csv = (await auditor.get(`/record/events.csv?task=${TASK}`)).body;
  expect(csv.split('\r\n').filter((line) => line.startsWith('"task/')).length).toBe(2);
  const lines = (await auditor.get('/record/events.jsonl')).body
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines.map(({ type }) => type)).toEqual(['acknowledged', 'issued']);
  expect(lines[0].prevHash).toBe(lines[1].hash);
  expect((await elsewhere.get('/record/events.jsonl')).body).toBe('');
  const byActor = await auditor.get(`/record/events?actor=${encodeURIComponent('经办人')}&on=2020-03-16`);
  expect([byActor.body.includes('<td>签收</td>'), byActor.body.includes('<td>下达</td>')]).toEqual([true, false]);
  expect((await auditor.get('/record/events?after=%00&on=x&plan=%27')).status).toBe(200);

  await console_.ledger.asOwner(`ALTER TABLE events DISABLE TRIGGER ALL;
    UPDATE events SET bytes = replace(bytes, '经办人', '别人') WHERE stream = 'task/${TASK}' AND seq = 2`);
  const bad = await outcome();
  expect(bad).toContain('不一致');
  expect(bad).toMatch(new RegExp(`task/${TASK}[\\s\\S]*<dd>2</dd>`));
});
