/** The page of a task and the forms of its moves: the right user through the form, the wrong one not, nothing twice. */
import { UnknownOutcome } from '../../client';
import { deskAs } from '../../client/as-user';
import { beginSession } from '../../ledger/accounts/sessions';
import { CO, LEAD, type Life, OFFICE, OTHER } from '../workflows/town';
import { openBareConsole } from './bare-console';
import { type Browser, type Shown, signedInAs } from './people';
import { openPostOffice, type PostOffice } from './post-office';

jest.setTimeout(180_000);

const PDF = Buffer.from('%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n');
const HOSTILE = `<script>alert(1)</script>"'><img src=x onerror=alert(2)>{{7*7}}`;

let post: PostOffice;
let life: Life;
let at: string;
let coordinator: Browser;
let supervisor: Browser;
let auditor: Browser;
let lead: Browser;
let co: Browser;
let other: Browser;
let elsewhere: Browser;

beforeAll(async () => {
  post = await openPostOffice();
  const launchedOn = await post.town.workingDay(1);
  await post.until(launchedOn, '08:00');
  life = await post.town.issue({ type: 'fixed', dueOn: await post.town.workingDay(30) });
  at = `/plans/${life.plan}/tasks/1-01`;
  const who = { app: post.app, db: post.town.ledger.db, now: await post.town.now() };
  const as = (name: string, role: 'coordinator' | 'supervisor' | 'unit', unit: string) =>
    signedInAs(who, name, [{ role, unit }]);
  coordinator = await as('岳素问', 'coordinator', OFFICE);
  supervisor = await as('殷望舒', 'supervisor', OFFICE);
  auditor = await signedInAs(who, '审计员', [{ role: 'auditor', unit: null }]);
  lead = await as('王莉', 'unit', LEAD);
  co = await as('李明', 'unit', CO);
  other = await as('赵六', 'unit', OTHER);
  elsewhere = await as('区协调员', 'coordinator', 'zhuzhou:天元区');
});
afterAll(() => post?.close());

/** What the form of a move carries unseen, as a browser sends it back. */
function hidden(page: Pick<Shown, 'body'>): Record<string, string> {
  const { csrf: _, ...fields } = carried(page);
  return fields;
}

/** The same with the session's token, which a {@link Browser} adds by itself. */
function carried({ body }: Pick<Shown, 'body'>): Record<string, string> {
  const form = body.slice(body.indexOf('<form method="post" action="/plans/'));
  const inputs = [...form.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)];
  return Object.fromEntries(inputs.map(([, name = '', value = '']) => [name, value]));
}

const formOf = (who: Browser, move: string, query = '') => who.get(`${at}/moves/${move}${query}`);

/** Opens the form, fills it, sends it. */
async function makes(who: Browser, move: string, typed: Record<string, string> = {}): Promise<Shown> {
  return who.post(`${at}/moves/${move}`, { ...hidden(await formOf(who, move)), ...typed });
}

test('a task out of sight is like one that there is none of', async () => {
  for (const who of [other, elsewhere]) {
    expect((await who.get(at)).status).toBe(404);
    expect((await formOf(who, 'report')).status).toBe(404);
    expect((await who.post(`${at}/moves/report`, { unit: LEAD, text: '冒名' })).status).toBe(404);
  }
  expect((await lead.get('/plans/none/tasks/1-99')).status).toBe(404);
  expect((await lead.get(`${at}/moves/nonsense`)).status).toBe(404);
  expect((await lead.get(`${at}/moves/constructor`)).status).toBe(404);
  expect(await life.story('reported')).toEqual([]);
});

test('the page says what is so, and each button that is greyed says why', async () => {
  const page = await lead.get(at);
  expect(page.status).toBe(200);
  for (const said of ['压缩办税时间', '正常推进', '未签收', '将要发生的提醒', '下达', '尚未添加佐证材料'])
    expect(page.body).toContain(said);
  expect(page.body).toContain(`href="${at}/moves/report"`);
  expect(page.body).toMatch(/disabled[^>]*>报送佐证材料<\/button>.*尚未添加任何佐证材料/s);
  expect(page.body).not.toContain('审核通过');
  const seen = await co.get(at);
  expect(seen.body).toMatch(/disabled[^>]*>申请延期<\/button>.*不是本任务的牵头单位/s);
  expect((await auditor.get(at)).body).toContain('您只能查看此任务');
});

test('an auditor moves nothing, and a unit only in its own name', async () => {
  expect((await auditor.post(`${at}/moves/urge`, { text: '快' })).status).toBe(404);
  expect((await formOf(lead, 'urge')).status).toBe(404);
  expect((await lead.post(`${at}/moves/suspend`, { reason: '我要' })).status).toBe(404);
  const forged = await makes(co, 'report', { unit: LEAD, text: '冒名' });
  expect([forged.status, forged.body]).toEqual([422, expect.stringContaining('不能代其操作')]);
  expect(await life.story('reported', 'suspended', 'urged')).toEqual([]);
});

test('a unit signs, and a second click is the same signature', async () => {
  const fields = hidden(await formOf(lead, 'acknowledge'));
  const send = () => lead.post(`${at}/moves/acknowledge`, { ...fields, handler: '王莉' });
  const [first, second] = await Promise.all([send(), send()]);
  expect([first.location, second.location]).toEqual(Array(2).fill(`${at}?done=acknowledge`));
  expect((await life.story('acknowledged')).length).toBe(1);
  const page = await lead.get(first.location ?? '');
  expect(page.body).toContain('已记录');
  expect(page.body).toMatch(/市税务局.*王莉/s);
  expect(page.body).toMatch(/disabled[^>]*>签收<\/button>.*已经签收/s);
});

test('what people type is shown as they typed it, and is never markup', async () => {
  expect((await makes(lead, 'report', { text: HOSTILE, percent: '40' })).status).toBe(303);
  const page = await coordinator.get(at);
  expect(page.body).toContain('&lt;script>alert(1)');
  expect(page.body).not.toContain('<script>alert');
  expect(page.body).not.toContain('<img src=x');
  const again = await makes(lead, 'requestExtension', { to: HOSTILE, reason: HOSTILE, progress: HOSTILE });
  expect(again.status).toBe(422);
  expect(again.body).not.toContain('<script>alert');
  expect(again.body).toContain('不是有效日期');
  const query = await formOf(lead, 'report', `?text=${encodeURIComponent(HOSTILE)}&back=//evil.example`);
  expect(query.body).not.toContain('<script>alert');
  expect(query.body).not.toMatch(/(href|value|action)="\/\/evil/);
});

test('a refused form comes back filled, and the next try is another move', async () => {
  const refused = await makes(lead, 'report', { text: '有进展', percent: '400' });
  expect([refused.status, refused.body]).toEqual([422, expect.stringContaining('0到100')]);
  expect(refused.body).toContain('有进展');
  const mended = await lead.post(`${at}/moves/report`, { ...hidden(refused), text: '有进展', percent: '50' });
  expect(mended.status).toBe(303);
});

test('who was not first is shown what the other did, and nothing is overwritten', async () => {
  const stale = hidden(await formOf(coordinator, 'suspend'));
  await makes(co, 'report', { text: '配合部分已完成' });
  const told = await coordinator.post(`${at}/moves/suspend`, { ...stale, reason: '等待上级部署' });
  expect(told.status).toBe(409);
  expect(told.body).toContain('他人已经更改');
  expect(told.body).toContain('配合部分已完成');
  expect(told.body).toContain('等待上级部署');
  expect(await life.story('suspended')).toEqual([]);
  const after = await coordinator.post(`${at}/moves/suspend`, { ...hidden(told), reason: '等待上级部署' });
  expect(after.location).toBe(`${at}?done=suspend`);
  expect((await makes(coordinator, 'resume')).status).toBe(303);
});

test('a form sent again after its move was recorded is told so, not that somebody else was first', async () => {
  const fields = hidden(await formOf(lead, 'report'));
  expect((await lead.post(`${at}/moves/report`, { ...fields, text: '一次' })).status).toBe(303);
  await makes(co, 'report', { text: '另一单位' });
  expect((await lead.post(`${at}/moves/report`, { ...fields, text: '一次' })).status).toBe(303);
  const said = (await life.task()).reports.last?.text;
  expect(said).toBe('另一单位');
});

test('an id of an alarm to come cannot be taken by a form', async () => {
  const fields = hidden(await formOf(lead, 'report'));
  const alarm = (await life.task()).alarms[0]?.id ?? '';
  expect((await lead.post(`${at}/moves/report`, { ...fields, moveId: `ring:${alarm}`, text: '占号' })).status).toBe(
    303,
  );
  const user = {
    login: 'w',
    name: '王莉',
    capacities: [{ role: 'unit', unit: LEAD } as const],
    language: 'zh-CN' as const,
  };
  const move = { move: 'report' as const, unit: LEAD, text: '占号' };
  const taken = await deskAs(post.town.desk, user).move(life.id, move, { moveId: `ring:${alarm}` });
  expect(taken).toMatchObject({ outcome: 'refused', refusal: { refused: 'bad-field' } });
  const { rows } = await post.town.ledger.asOwner(`SELECT intent FROM intents WHERE intent LIKE 'ring:%'`);
  expect(rows.some(({ intent }: { intent: string }) => intent === `ring:${alarm}`)).toBe(false);
});

async function uploads(who: Browser, parts: { name: string; bytes: Uint8Array }[], typed: Record<string, string> = {}) {
  const fields = { ...carried(await formOf(who, 'addEvidence')), ...typed };
  const boundary = '----a-boundary-of-this-test';
  const chunks: Uint8Array[] = Object.entries(fields).map(([name, value]) =>
    Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`),
  );
  for (const { name, bytes } of parts) {
    const head = `Content-Disposition: form-data; name="files"; filename="${name}"\r\nContent-Type: text/html`;
    chunks.push(Buffer.from(`--${boundary}\r\n${head}\r\n\r\n`), bytes, Buffer.from('\r\n'));
  }
  chunks.push(Buffer.from(`--${boundary}--\r\n`));
  const answer = await post.app.inject({
    method: 'POST',
    url: `${at}/moves/addEvidence`,
    headers: { cookie: `__Host-duban=${who.cookie}`, 'content-type': `multipart/form-data; boundary=${boundary}` },
    payload: Buffer.concat(chunks),
  });
  return { status: answer.statusCode, body: answer.body, location: String(answer.headers.location ?? '') };
}

test('evidence is added and handed in; a co-unit hands nothing in', async () => {
  const file = { name: '好.pdf', bytes: PDF };
  const { csrf: ofAnother = '' } = carried(await formOf(co, 'addEvidence'));
  for (const csrf of ['x', ofAnother]) expect((await uploads(lead, [file], { csrf })).status).toBe(403);
  // Signed in again in another window: the words stay, the files are chosen again, nothing is recorded.
  const place = { address: '127.0.0.1', userAgent: 'test' };
  const cookie = await beginSession(post.town.ledger.db, lead.login, place, await post.town.now());
  const stale = await uploads({ ...lead, cookie }, [file], { number: '株税发〔2027〕9号' });
  expect([stale.status, stale.body]).toEqual([422, expect.stringContaining('您已重新登录，还没有提交')]);
  expect(stale.body).toContain('value="株税发〔2027〕9号"');
  expect((await life.task()).evidence).toEqual([]);
  const bad = await uploads(lead, [{ name: '网页.html', bytes: Buffer.from('<!DOCTYPE html><script>1</script>') }], {
    number: '株税发〔2027〕3号',
  });
  expect([bad.status, bad.body]).toEqual([422, expect.stringContaining('不是可接受的类型')]);
  expect(bad.body).toContain('株税发〔2027〕3号');
  const badLink = await uploads(lead, [], { link: 'javascript:alert(1)' });
  expect(badLink.status).toBe(422);
  const good = await uploads(lead, [{ name: `${HOSTILE.slice(0, 8)}.pdf`, bytes: PDF }], { figure: '1.2=0.5个工作日' });
  expect(good.location).toBe(`${at}?done=addEvidence`);
  expect((await uploads(co, [{ name: '说明.txt', bytes: Buffer.from('配合说明') }])).status).toBe(303);
  const closed = await makes(co, 'submitEvidence', { unit: CO });
  expect([closed.status, closed.body]).toEqual([422, expect.stringContaining('不是本任务的牵头单位')]);
  expect((await makes(lead, 'submitEvidence')).location).toBe(`${at}?done=submitEvidence`);
  const page = await coordinator.get(at);
  expect(page.body).toMatch(/SHA-256 [0-9a-f]{64}/);
  expect(page.body).toContain('待审');
});

test('files are shown under a policy that lets them do nothing, and to nobody out of sight', async () => {
  const { evidence } = await life.task();
  const idOf = (end: string) => evidence.find(({ name }) => name?.endsWith(end))?.id;
  const pdf = await coordinator.get(`${at}/evidence/${idOf('.pdf')}/view`);
  expect(pdf.headers).toMatchObject({ 'content-type': 'application/pdf', 'x-content-type-options': 'nosniff' });
  expect(pdf.headers['content-security-policy']).toContain("default-src 'none'");
  const text = await coordinator.get(`${at}/evidence/${idOf('.txt')}/view`);
  expect(text.headers['content-type']).toBe('text/plain; charset=utf-8');
  expect(text.headers['content-security-policy']).toContain('sandbox');
  expect(text.body).toBe('配合说明');
  const saved = await coordinator.get(`${at}/evidence/${idOf('.txt')}`);
  expect(saved.headers['content-disposition']).toContain('attachment');
  expect((await other.get(`${at}/evidence/${idOf('.pdf')}`)).status).toBe(404);
  expect((await coordinator.get(`${at}/evidence/e99`)).status).toBe(404);
});

test('the coordinator returns, the unit hands in again, the supervisor instructs', async () => {
  const form = await formOf(coordinator, 'returnEvidence');
  expect(form.body).toContain('待审核的材料');
  expect((await makes(coordinator, 'returnEvidence', { reason: HOSTILE })).status).toBe(303);
  expect((await lead.get(at)).body).not.toContain('<script>alert');
  expect((await makes(supervisor, 'instruct', { text: '请尽快办结' })).status).toBe(303);
  expect(
    (await makes(coordinator, 'reassign', { from: `co ${CO}`, to: '没有这个局', reason: '职责调整' })).body,
  ).toContain('单位目录中没有');
  expect((await makes(coordinator, 'addParty', { unit: '市自然资源和规划局', role: 'support' })).status).toBe(303);
  expect((await other.get(at)).status).toBe(200);
  const asked = await makes(lead, 'askContribution', {
    of: CO,
    text: '请提供接口',
    dueOn: await post.town.workingDay(10),
  });
  expect(asked.status).toBe(303);
  expect((await makes(co, 'completeContribution', { contribution: 'c1', text: '已提供' })).status).toBe(303);
  expect((await makes(lead, 'submitEvidence')).status).toBe(303);
  expect((await makes(coordinator, 'acceptEvidence')).status).toBe(303);
  const done = await lead.get(at);
  expect(done.body).toContain('按期办结');
  expect(done.body).toMatch(/disabled[^>]*>反馈进展<\/button>.*已办结/s);
  expect(done.body.length).toBeLessThan(60_000);
});

test('an answer that is lost leaves the outcome unknown, and the same form makes the same move once', async () => {
  const later = await post.town.issue({ type: 'fixed', dueOn: await post.town.workingDay(30) });
  const place = `/plans/${later.plan}/tasks/1-01/moves/report`;
  const { desk } = post.town;
  const deaf = await openBareConsole(await post.town.now(), {
    desk: {
      ...desk,
      async move(...asked) {
        const { moveId } = await desk.move(...asked);
        throw new UnknownOutcome(moveId);
      },
    },
  });
  try {
    const headers = { cookie: `duban=${lead.cookie}` };
    const csrf = carried(await lead.get(place)).csrf ?? '';
    const form = hidden(await lead.get(place));
    const sent = await deaf.app.inject({
      method: 'POST',
      url: place,
      headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ ...form, csrf, text: '第一次' }).toString(),
    });
    expect([sent.statusCode, sent.body]).toEqual([503, expect.stringContaining('结果暂时不明')]);
    const again = hidden({ body: sent.body });
    expect(again.moveId).toBe(form.moveId);
    expect((await lead.post(place, { ...again, text: '第一次' })).status).toBe(303);
    expect((await later.story('reported')).length).toBe(1);
  } finally {
    await deaf.close();
  }
});
