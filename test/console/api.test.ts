/** The HTTP API as programs meet it: what they read, what they may, what happens once, and how no is said. */
import { Validator } from '@seriousme/openapi-schema-validator';
import { workingDay } from '../../domain/calendar';
import { MOVES } from '../../domain/moves';
import { storeDraft } from '../../ledger/plans';
import { CO, LEAD, type Life, OTHER, oneTaskPlan, unitActor } from '../workflows/town';
import { type ApiTown, formOf, openApiTown, TOKENS } from './api-town';

jest.setTimeout(180_000);

let api: ApiTown;
let life: Life;
let task: string;

beforeAll(async () => {
  api = await openApiTown();
  const today = await api.town.today();
  await api.until(workingDay(api.town.calendar, today, 1), '08:00');
  life = await api.issue({ type: 'fixed', dueOn: workingDay(api.town.calendar, today, 40) });
  task = `tasks/${life.id}`;
});
afterAll(() => api?.close());

test('the document is OpenAPI 3.1 and names every move of the table', async () => {
  const { valid, errors } = await new Validator().validate(api.document);
  expect([valid, errors]).toEqual([true, undefined]);
  expect(api.document.openapi).toBe('3.1.0');
  const said = JSON.stringify(api.document);
  for (const name of Object.keys(MOVES)) expect(said).toContain(`"enum":["${name}"]`);
  const page = await api.app.inject({ method: 'GET', url: '/api' });
  expect([
    page.statusCode,
    page.body.includes('/api/v1/tasks/{plan}/{no}/moves'),
    page.body.includes('<script'),
  ]).toEqual([200, true, false]);
});

test('without a token, or with a wrong one, nobody is told anything', async () => {
  for (const token of [null, 'wrong']) {
    const { status, body, headers } = await api.ask(token, 'GET', task);
    expect([status, body.code]).toEqual([401, 'not-authenticated']);
    expect(String(headers['www-authenticate'])).toMatch(/^Bearer realm="duban"/);
    expect(headers['content-type']).toBe('application/problem+json; charset=utf-8');
  }
  const cookie = await api.ask(null, 'GET', task, {
    headers: { cookie: 'duban=coordinator; __Host-duban=coordinator' },
  });
  expect(cookie.status).toBe(401);
  const english = await api.ask(null, 'GET', task, { headers: { 'accept-language': 'en-GB,en' } });
  expect([english.body.title, english.body.zh]).toEqual([english.body.en, expect.stringContaining('令牌')]);
});

test('one task, its tag and its events, for its parties, its office and the auditor; for others there is none', async () => {
  for (const token of ['lead', 'co', 'coordinator', 'supervisor', 'auditor']) {
    const { status, body, headers } = await api.ask(token, 'GET', `${task}?history=true`);
    expect([token, status, body.id, body.light.colour]).toEqual([token, 200, life.id, 'blue']);
    expect(headers.etag).toBe(`"${body.seq}"`);
    expect(headers['ratelimit-limit']).toBe('300');
  }
  for (const token of ['other', 'elsewhere']) {
    for (const path of [
      task,
      `${task}/events`,
      `${task}/evidence`,
      `plans/${life.plan}`,
      `plans/${life.plan}/rehearsal`,
    ]) {
      const { status, body, raw } = await api.ask(token, 'GET', path);
      expect([path, status, body.code]).toEqual([path, 404, 'not-found']);
      expect(raw).not.toContain('压缩办税时间');
    }
    const list = await api.ask(token, 'GET', `tasks?plan=${life.plan}`);
    expect(list.body).toEqual({ items: [], next: null });
  }
  const unknown = await api.ask('other', 'GET', 'tasks/no-such-plan/1-01');
  const hidden = await api.ask('other', 'GET', task);
  expect(unknown.body).toEqual(hidden.body);
});

test('a move is judged by the rules, the rights and the schema, each with its own code', async () => {
  const moves = `${task}/moves`;
  const may = (token: string, body: unknown) => api.ask(token, 'POST', moves, { body });
  expect((await may('reader', { move: 'acknowledge', unit: LEAD })).body.code).toBe('scope-missing');
  expect((await may('co', { move: 'acknowledge', unit: LEAD })).status).toBe(403);
  expect((await may('auditor', { move: 'acknowledge', unit: LEAD })).status).toBe(403);
  expect((await may('other', { move: 'acknowledge', unit: LEAD })).status).toBe(404);
  expect((await may('elsewhere', { move: 'suspend', reason: '因' })).status).toBe(404);
  expect((await may('coordinator', { move: 'resume' })).body).toMatchObject({ status: 422, code: 'wrong-status' });
  for (const body of [
    {},
    { move: 'fly' },
    { move: 'suspend' },
    { move: 'suspend', reason: '因', more: 1 },
    [],
    null,
    'x',
    7,
  ]) {
    expect([body, (await may('coordinator', body)).status]).toEqual([body, 400]);
  }
  expect((await life.story('acknowledged')).length).toBe(0);
});

test('under one key a move happens once, asked twice at one moment or again later; another body under it is refused', async () => {
  const headers = { 'idempotency-key': 'sign-2027-0001' };
  const body = { move: 'acknowledge', unit: LEAD, handler: '王莉' };
  const [a, b] = await Promise.all([1, 2].map(() => api.ask('lead', 'POST', `${task}/moves`, { body, headers })));
  expect([a?.status, b?.status]).toEqual([200, 200]);
  expect(a?.body.events).toEqual(b?.body.events);
  expect([a?.body.moveId, a?.body.task]).toEqual(['sign-2027-0001', life.id]);
  expect((await api.ask('lead', 'POST', `${task}/moves`, { body, headers })).body.events).toEqual(a?.body.events);
  const other = await api.ask('lead', 'POST', `${task}/moves`, { body: { ...body, handler: '李明' }, headers });
  expect([other.status, other.body.code]).toEqual([422, 'key-reused']);
  const foreign = await api.ask('co', 'POST', `${task}/moves`, { body, headers });
  expect([foreign.status, foreign.body.code]).toEqual([422, 'key-reused']);
  expect((await life.story('acknowledged')).length).toBe(1);
  expect((await api.ask('lead', 'POST', `${task}/moves`, { body, headers: { 'idempotency-key': 'a b' } })).status).toBe(
    400,
  );
});

test('whoever looked before somebody moved is told, and nothing is done over it', async () => {
  const { headers: seen } = await api.ask('coordinator', 'GET', task);
  await life.does(unitActor(CO), { move: 'acknowledge', unit: CO });
  const body = { move: 'urge', text: '请抓紧' };
  const stale = await api.ask('coordinator', 'POST', `${task}/moves`, {
    body,
    headers: { 'if-match': String(seen.etag) },
  });
  expect([stale.status, stale.body.code, stale.body.since.map(({ type }: { type: string }) => type)]).toEqual([
    409,
    'changed',
    ['acknowledged'],
  ]);
  const fresh = await api.ask('coordinator', 'GET', task);
  const done = await api.ask('coordinator', 'POST', `${task}/moves`, {
    body,
    headers: { 'if-match': String(fresh.headers.etag) },
  });
  expect([done.status, done.body.events.length]).toEqual([200, 1]);
});

test('evidence goes in as a form, comes out as it was, and only for who sees the task', async () => {
  const bytes = Buffer.from('办税时间统计\n');
  const form = formOf({ unit: LEAD, number: '株税发〔2027〕3号' }, { '统计.txt': bytes });
  const key = { 'idempotency-key': 'evidence-0001' };
  const add = (token: string) =>
    api.ask(token, 'POST', `${task}/evidence`, { payload: form.payload, headers: { ...form.headers, ...key } });
  expect((await add('co')).status).toBe(403);
  expect((await add('other')).status).toBe(404);
  expect((await add('lead')).status).toBe(200);
  expect((await add('lead')).status).toBe(200);
  const { body } = await api.ask('co', 'GET', `${task}/evidence`);
  expect(body.items.map(({ kind }: { kind: string }) => kind)).toEqual(['file', 'number']);
  const file = `${task}/evidence/${encodeURIComponent(body.items[0].id)}`;
  const read = await api.ask('auditor', 'GET', file);
  expect([read.raw, read.headers['content-disposition']]).toEqual([
    bytes.toString(),
    "attachment; filename*=UTF-8''%E7%BB%9F%E8%AE%A1.txt",
  ]);
  expect((await api.ask('other', 'GET', file)).status).toBe(404);
  expect((await api.ask('lead', 'GET', `${task}/evidence/nothing`)).status).toBe(404);
  const program = formOf({ unit: LEAD }, { 'a.exe': Buffer.from('MZ\x90\0\x03') });
  const refused = await api.ask('lead', 'POST', `${task}/evidence`, program);
  expect([refused.status, refused.body.code]).toEqual([422, 'file-refused']);
  expect(
    (await api.ask('lead', 'POST', `${task}/evidence`, formOf({ unit: LEAD, link: 'javascript:1' }, {}))).status,
  ).toBe(400);
  expect((await api.ask('lead', 'POST', `${task}/evidence`, { body: { unit: LEAD } })).status).toBe(415);
});

test('pages are complete while tasks are added, each once, and say where the next one is', async () => {
  const more = [];
  for (let i = 0; i < 3; i += 1) more.push(await api.issue({ type: 'ongoing' }));
  const ids: string[] = [];
  let path: string | null = 'tasks?limit=2&status=open';
  while (path) {
    const { body, headers } = await api.ask('coordinator', 'GET', path);
    ids.push(...body.items.map(({ id }: { id: string }) => id));
    const link = /^<([^>]+)>; rel="next"$/.exec(String(headers.link ?? ''))?.[1] ?? null;
    expect(link === null).toBe(body.next === null);
    path = link;
    if (ids.length === 2) more.push(await api.issue({ type: 'ongoing' }));
  }
  expect(new Set(ids).size).toBe(ids.length);
  for (const one of [life, ...more.slice(0, 3)]) expect(ids).toContain(one.id);
  const blue = await api.ask('coordinator', 'GET', 'tasks?light=blue&limit=200');
  expect(blue.body.items.every(({ light }: { light: { colour: string } }) => light.colour === 'blue')).toBe(true);
});

test('a draft is its office’s alone: rehearsed by it, launched by it once, under one key', async () => {
  const plan = oneTaskPlan({ type: 'ongoing' });
  await storeDraft(api.town.ledger.db, plan);
  expect((await api.ask('lead', 'GET', `plans/${plan.id}`)).status).toBe(404);
  expect((await api.ask('auditor', 'GET', `plans/${plan.id}`)).body.status).toBe('draft');
  const drafts = await api.ask('coordinator', 'GET', `tasks?plan=${plan.id}`);
  expect(drafts.body.items).toMatchObject([{ id: `${plan.id}/1-01`, status: 'draft' }]);
  expect((await api.ask('coordinator', 'GET', `${`tasks/${plan.id}/1-01`}`)).body.status).toBe('draft');
  const rehearsed = await api.ask(
    'coordinator',
    'GET',
    `plans/${plan.id}/rehearsal?silent=${encodeURIComponent(LEAD)}`,
  );
  expect(rehearsed.body.letters.length).toBeGreaterThan(3);
  const launch = (token: string, headers = {}) =>
    api.ask(token, 'POST', `plans/${plan.id}/launch`, { body: { signedBy: '殷望舒' }, headers });
  expect((await launch('lead')).status).toBe(404);
  expect((await launch('auditor')).status).toBe(403);
  const key = { 'idempotency-key': 'launch-0001' };
  const first = await launch('coordinator', key);
  expect([200, 202]).toContain(first.status);
  expect((await launch('coordinator', key)).body).toEqual(first.body);
  expect((await api.ask('coordinator', 'GET', `plans/${plan.id}/launch`)).body).toMatchObject({
    total: 1,
    signedBy: '殷望舒',
  });
  await api.town.issued(`${plan.id}/1-01`);
  expect((await api.ask('lead', 'GET', `plans/${plan.id}`)).body.corrections).toEqual([]);
});

test('letters: each unit its own, without the keys that stand in them', async () => {
  await api.until(await api.town.today(), '09:00');
  await api.town.desk.temporal.workflow.execute('mailRound', {
    taskQueue: 'duban',
    workflowId: 'round/1',
    args: ['routine'],
  });
  const own = await api.ask('lead', 'GET', 'letters');
  expect(own.body.items.length).toBeGreaterThan(0);
  expect(own.body.items.every(({ to }: { to: { unit: string } }) => to.unit === LEAD)).toBe(true);
  const [letter] = own.body.items;
  expect((await api.ask('coordinator', 'GET', `letters/${letter.id}?html=true`)).body.text).toContain('压缩办税时间');
  for (const token of ['co', 'other', 'elsewhere'])
    expect((await api.ask(token, 'GET', `letters/${letter.id}`)).status).toBe(404);
  const said = await api.ask('co', 'GET', `${task}?history=true`);
  expect(said.body.letters.every(({ to }: { to: { unit: string } }) => to.unit === CO)).toBe(true);
  expect(said.body.notices.every(({ to }: { to: { unit: string } }) => to.unit === CO)).toBe(true);
});

test('the directory: a unit reads itself, an office edits, and not over another one’s edit', async () => {
  const path = (unit: string) => `units/${encodeURIComponent(unit)}`;
  expect((await api.ask('lead', 'GET', 'units')).body.items.map(({ id }: { id: string }) => id)).toEqual([LEAD]);
  expect((await api.ask('lead', 'GET', path(CO))).status).toBe(404);
  expect((await api.ask('coordinator', 'GET', 'units?q=税务&limit=5')).body.items[0].id).toBe(LEAD);
  expect((await api.ask('coordinator', 'GET', 'units?q=%25')).body.items).toEqual([]);
  const { headers } = await api.ask('coordinator', 'GET', path(LEAD));
  const body = { liaison: { name: '李明', mail: 'liming@tax.example' } };
  const edit = (token: string, more = {}) => api.ask(token, 'PATCH', path(LEAD), { body, headers: more });
  expect((await edit('lead')).status).toBe(403);
  expect((await edit('auditor')).status).toBe(403);
  expect((await edit('coordinator', { 'if-match': String(headers.etag) })).body.liaison.name).toBe('李明');
  const late = await edit('coordinator', { 'if-match': String(headers.etag) });
  expect([late.status, late.body.code]).toEqual([409, 'changed']);
  const taken = await api.ask('coordinator', 'PATCH', path(LEAD), { body: { aliases: [CO.split(':')[1]] } });
  expect([taken.status, taken.body.code]).toEqual([422, 'alias-taken']);
  const days = { from: '2090-05-10', to: '2090-05-21', name: '赵六', mail: 'zhao@tax.example' };
  const stand = (token: string, unit: string, sent: unknown = days) =>
    api.ask(token, 'POST', `${path(unit)}/substitutes`, { body: sent });
  expect((await stand('lead', LEAD)).body.substitutes).toContainEqual(days);
  expect((await stand('lead', CO)).status).toBe(404);
  expect((await stand('lead', LEAD, { ...days, to: '2090-05-01' })).body.code).toBe('days-reversed');
});

test('the calendar is read by all and imported by an office; the record is verified by who may', async () => {
  expect((await api.ask('lead', 'GET', 'calendar/2027')).body.status).toMatch(/provisional|confirmed/);
  expect((await api.ask('lead', 'GET', 'calendar/__proto__')).status).toBe(400);
  const year = { status: 'confirmed', off: ['2039-01-01'], on: [] };
  expect((await api.ask('lead', 'PUT', 'calendar/2039', { body: year })).status).toBe(403);
  expect((await api.ask('coordinator', 'PUT', 'calendar/2038', { body: year })).body.code).toBe('bad-calendar');
  expect((await api.ask('coordinator', 'PUT', 'calendar/2039', { body: year })).body).toMatchObject({
    changed: true,
    missing: 0,
  });

  const verify = (token: string, plan?: string) =>
    api.ask(token, 'POST', 'audit/verifications', { body: plan ? { plan } : {} });
  expect((await verify('lead', life.plan)).status).toBe(403);
  expect((await verify('coordinator')).status).toBe(403);
  expect((await verify('elsewhere', life.plan)).status).toBe(404);
  const begun = await verify('auditor');
  expect([begun.status, begun.body.state]).toEqual([202, 'running']);
  let run = begun;
  while (run.body.state === 'running') run = await api.ask('auditor', 'GET', `audit/verifications/${begun.body.id}`);
  expect([run.body.state, run.body.report.firstBad, run.body.report.files]).toEqual(['good', null, 1]);
  expect((await api.ask('coordinator', 'GET', `audit/verifications/${begun.body.id}`)).status).toBe(404);
});

test.each([
  ['GET', 'tasks?limit=0'],
  ['GET', 'tasks?limit=1e9'],
  ['GET', 'tasks?after=%00'],
  ['GET', "tasks?after=task:'--"],
  ['GET', 'tasks?plan=a&plan=b'],
  ['GET', 'tasks?dueBefore=2027-02-30'],
  ['GET', 'tasks?unit=%F0%9F%92%A9'],
  ['GET', 'tasks?light=orange'],
  ['GET', 'tasks/..%2f..%2fetc/1-01'],
  ['GET', 'tasks/%00/1-01'],
  ['GET', 'letters?after=;drop'],
  ['GET', 'letters/%2e%2e'],
  ['GET', 'units?q=%00'],
  ['GET', `units/${'x'.repeat(1500)}`],
  ['GET', 'plans/NO'],
  ['GET', 'audit/verifications/1'],
  ['GET', 'nothing'],
  ['GET', '%'],
  ['DELETE', 'plans/a'],
  ['POST', 'audit/verifications'],
] as const)('%s %s is a problem and no failure', async (method, path) => {
  const { status, body, headers } = await api.ask('coordinator', method, path);
  expect(status).toBeGreaterThanOrEqual(400);
  expect(status).toBeLessThan(500);
  expect(headers['content-type']).toBe('application/problem+json; charset=utf-8');
  expect(body).toMatchObject({ status, code: expect.any(String), zh: expect.any(String), en: expect.any(String) });
});

test.each([
  ['no JSON', '{'],
  ['a prototype', '{"__proto__":{"move":"resume"}}'],
  ['too much', JSON.stringify({ move: 'suspend', reason: 'x'.repeat(2_000_000) })],
  ['a text that cannot be stored', '{"move":"suspend","reason":"\\u0000"}'],
  ['half a character', '{"move":"suspend","reason":"\\ud800"}'],
])('a body with %s is a problem and no failure', async (_what, payload) => {
  const sent = { payload, headers: { 'content-type': 'application/json' } };
  const { status, body } = await api.ask('coordinator', 'POST', `${task}/moves`, sent);
  expect([400, 413]).toContain(status);
  expect(body.code).toEqual(expect.any(String));
});

test('who asks too often is told when to come again, and others are not', async () => {
  let last = await api.ask('other', 'GET', 'plans');
  for (let i = 0; i < 310 && last.status !== 429; i += 1) last = await api.ask('other', 'GET', 'plans');
  expect([last.status, last.body.code, Number(last.headers['retry-after']) > 0]).toEqual([
    429,
    'too-many-requests',
    true,
  ]);
  expect((await api.ask('coordinator', 'GET', 'plans')).status).toBe(200);
});

test('rights: no token of the auditor changes anything, whatever it asks', async () => {
  const before = await api.town.ledger.db
    .selectFrom('events')
    .select(({ fn }) => fn.countAll().as('n'))
    .executeTakeFirst();
  expect(TOKENS.auditor?.user.capacities).toEqual([{ role: 'auditor', unit: null }]);
  const unit = LEAD;
  const samples: Record<string, unknown> = {
    unit,
    of: CO,
    from: LEAD,
    to: OTHER,
    role: 'co',
    colour: 'blue',
    contribution: 'c1',
    version: 1,
    ready: true,
    items: [{ kind: 'number', value: '1号', name: null, bytes: null }],
  };
  for (const [move, { texts, days, fields }] of Object.entries(MOVES)) {
    const body = {
      move,
      ...Object.fromEntries(Object.keys(texts).map((field) => [field, '因'])),
      ...Object.fromEntries(
        Object.keys(fields).flatMap((field) => (field in samples ? [[field, samples[field]]] : [])),
      ),
      ...Object.fromEntries(days.map((field) => [field, '2090-01-03'])),
    };
    const { status } = await api.ask('auditor', 'POST', `${task}/moves`, { body });
    expect([move, status]).toEqual([move, 403]);
  }
  expect(
    await api.town.ledger.db
      .selectFrom('events')
      .select(({ fn }) => fn.countAll().as('n'))
      .executeTakeFirst(),
  ).toEqual(before);
});
