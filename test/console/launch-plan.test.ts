/** A draft is rehearsed, launched once and reported on in the browser; its evidence leaves as a pack that can be checked. */
import { createHash } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import JSZip from 'jszip';
import { numbersOf } from '../../client/reading/plan-numbers';
import { reissue } from '../../domain/drafts/reissue';
import { rehearse } from '../../domain/rehearsal';
import { planSchema } from '../../domain/schemas';
import { loadCalendar } from '../../ledger/calendars';
import { evidencePath, openEvidence } from '../../ledger/evidence/store';
import { acceptLaunch, editDraft, showPlan, storeDraft } from '../../ledger/plans';
import { listUnits } from '../../ledger/units';
import zhuzhouPlan from '../../seeds/plans/zhuzhou-2020.json';
import { waitFor } from '../../tools/processes';
import { COORDINATOR, LEAD, OFFICE, SUPERVISOR, unitActor } from '../workflows/town';
import { type Browser, type Shown, signedInAs } from './people';
import { MAX_MB, openPostOffice, type PostOffice } from './post-office';

jest.setTimeout(120_000);

let post: PostOffice;
let coordinator: Browser;
let supervisor: Browser;
let auditor: Browser;
let unit: Browser;
let plan: string;
let launchMonth: string;
let openedAt: string;

beforeAll(async () => {
  post = await openPostOffice();
  const { db } = post.town.ledger;
  const now = await post.town.now();
  launchMonth = now.slice(0, 7);
  openedAt = now;
  const at = { app: post.app, db, now };
  coordinator = await signedInAs(at, COORDINATOR.name, [{ role: 'coordinator', unit: OFFICE }]);
  supervisor = await signedInAs(at, SUPERVISOR.name, [{ role: 'supervisor', unit: OFFICE }]);
  auditor = await signedInAs(at, '审计员', [{ role: 'auditor', unit: null }]);
  unit = await signedInAs(at, '王莉', [{ role: 'unit', unit: LEAD }]);
  const year = Number(now.slice(0, 4)) + 1;
  plan = `zhuzhou-${year}`;
  await storeDraft(db, planSchema.parse(reissue(planSchema.parse(zhuzhouPlan), year, plan, 'settled')));
});
afterAll(() => post?.close());

const hidden = ({ body }: Shown, name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(body)?.[1] ?? '';

describe('the rehearsal', () => {
  test('has every letter of the year, as the command line has them, and each by its day', async () => {
    const { db } = post.town.ledger;
    const page = await coordinator.get(`/plans/${plan}/rehearsal`);
    expect(page.status).toBe(200);
    const stored = await showPlan(db, plan);
    const from = hidden(page, 'from');
    const units = await listUnits(db);
    const { letters, slips, checkIns } = rehearse(stored.plan, units, await loadCalendar(db), numbersOf(stored), {
      from,
    });
    expect(page.body).toContain(`全年信件${letters.length}封，督办单${slips.length}份，季度反馈${checkIns.length}份`);
    expect(page.body.match(/<table class="month">/g)?.length).toBeGreaterThanOrEqual(12);
    const first = letters.at(-1);
    const day = await coordinator.get(`/plans/${plan}/rehearsal?from=${from}&on=${first?.on}`);
    expect(day.body).toContain(first?.notices[0]?.text);
    expect(day.body.match(/class="letter"/g)?.length).toBe(letters.filter(({ on }) => on === first?.on).length);
  });

  test('a unit that keeps silent is a choice in the address', async () => {
    const silent = await coordinator.get(`/plans/${plan}/rehearsal?silent=${encodeURIComponent(LEAD)}`);
    expect(silent.body).toMatch(/督办单[1-9]\d*份/);
    expect(silent.body).toContain('始终不办理的单位：市税务局');
    const one = await coordinator.get(`/plans/${plan}/rehearsal?unit=${encodeURIComponent(LEAD)}`);
    expect(one.body).toContain('日历：市税务局');
    const wrong = await coordinator.get(`/plans/${plan}/rehearsal?from=2027-02-31&silent=nobody&on=x&unit=y`);
    expect([wrong.status, wrong.body]).toEqual([200, expect.stringContaining('下达日不是有效日期')]);
  });

  test('is for the office and for auditors', async () => {
    expect((await auditor.get(`/plans/${plan}/rehearsal`)).status).toBe(200);
    expect((await unit.get(`/plans/${plan}/rehearsal`)).status).toBe(404);
    expect((await coordinator.get('/plans/no-such-plan/rehearsal')).status).toBe(404);
  });
});

describe('the launch', () => {
  const launch = () => `/plans/${plan}/launch`;
  const issued = async () => {
    const { rows } = await post.town.ledger.asOwner(
      `SELECT count(*) AS n FROM events WHERE type = 'issued' AND stream LIKE 'task/${plan}/%'`,
    );
    return Number(rows[0]?.n);
  };

  test('says what is in the way, each with the place where it is mended', async () => {
    const old = planSchema.parse({ ...planSchema.parse(zhuzhouPlan) });
    await storeDraft(post.town.ledger.db, old);
    const page = await coordinator.get('/plans/zhuzhou-2020/launch');
    expect(page.body).toContain('今天下达会被拒绝');
    expect(page.body).toMatch(/href="\/plans\/zhuzhou-2020\/draft\?edit=1-01#t-1-01"/);
    const tried = await coordinator.post('/plans/zhuzhou-2020/launch', {
      revision: '1',
      signedBy: '殷望舒',
      confirm: 'yes',
    });
    expect([tried.status, await issued()]).toEqual([409, 0]);
  });

  test('asks for a signature, a confirmation, an instant to come and the draft that was seen', async () => {
    const { db } = post.town.ledger;
    const page = await coordinator.get(launch());
    const revision = hidden(page, 'revision');
    expect(page.body).toContain('没有妨碍下达的问题');
    const asked = { revision, signedBy: '殷望舒', confirm: 'yes' };
    const wrongs: Record<string, string>[] = [
      { confirm: '' },
      { signedBy: ' ' },
      { at: 'soon' },
      { at: '2020-01-01T08:00' },
    ];
    for (const wrong of wrongs) {
      expect((await coordinator.post(launch(), { ...asked, ...wrong })).status).toBe(422);
    }
    const correction = { at: await post.town.now(), by: '他人', note: '', changes: [] };
    await editDraft(db, plan, Number(revision), correction, (before) => ({ ...before, title: '改过的方案' }));
    const late = await coordinator.post(launch(), asked);
    expect([late.status, late.body]).toEqual([409, expect.stringContaining('他人刚刚改动了这份草稿')]);
    for (const other of [unit, auditor]) expect([403, 404]).toContain((await other.post(launch(), asked)).status);
    expect(await issued()).toBe(0);
  });

  test('clicked twice it happens once; how far it is outlives the request', async () => {
    const revision = hidden(await coordinator.get(launch()), 'revision');
    const click = () => coordinator.post(launch(), { revision, signedBy: '殷望舒', confirm: 'yes' });
    const both = await Promise.all([click(), click()]);
    expect(both.map(({ status, location }) => [status, location])).toEqual([
      [303, launch()],
      [303, launch()],
    ]);
    const { total } = await post.town.desk.launch({ plan, signedBy: '另一人', actor: COORDINATOR });
    expect(total).toBe(zhuzhouPlan.tasks.length);
    const page = await coordinator.get(launch());
    expect(page.body).toMatch(/已于.*下达，签发人殷望舒/);
    // The back button, and a form of before.
    expect((await click()).location).toBe(launch());
    expect((await coordinator.post(`${launch()}/resume`)).location).toBe(launch());
    // Each task's own process records that it was issued.
    await waitFor(async () => (await issued()) >= zhuzhouPlan.tasks.length, { withinMs: 20_000, everyMs: 50 });
    expect(await issued()).toBe(zhuzhouPlan.tasks.length);
    expect((await coordinator.get(`/plans/${plan}/draft`)).body).toContain('方案已经下达');
    const edit = await coordinator.post(`/plans/${plan}/draft/tasks/1-01`, { title: '改', revision: '2' });
    expect(edit.status).toBe(409);
  });

  test('accepted by a server that died before its process began, it goes on', async () => {
    const { db } = post.town.ledger;
    const [id, at] = ['interrupted-2099', `${openedAt.slice(0, 10)}T00:00:00.000Z`];
    const stored = await showPlan(db, plan);
    const tasks = stored.plan.tasks.map((task) => ({ ...task, id: task.id.replace(plan, id) }));
    await storeDraft(db, { ...stored.plan, id, tasks });
    await acceptLaunch(db, id, { launchOn: at.slice(0, 10), signedBy: '殷望舒', at });
    const page = await coordinator.get(`/plans/${id}/launch`);
    expect(page.body).toContain(`已启动0项，共${tasks.length}项`);
    expect((await unit.post(`/plans/${id}/launch/resume`)).status).toBe(404);
    expect((await auditor.post(`/plans/${id}/launch/resume`)).status).toBe(403);
    expect((await coordinator.post(`/plans/${id}/launch/resume`)).status).toBe(303);
    await post.town.desk.launch({ plan: id, signedBy: '殷望舒', actor: COORDINATOR });
    expect((await coordinator.get(`/plans/${id}/launch`)).body).toContain('签发人殷望舒');
  });

  test('for a later instant it waits, and says until when', async () => {
    const year = Number(launchMonth.slice(0, 4)) + 2;
    const later = `zhuzhou-${year}`;
    await coordinator.post(`/plans/${plan}/draft/reissue`, { toYear: String(year) });
    const page = await supervisor.get(`/plans/${later}/launch`);
    const at = `${year}-01-05T08:30`;
    const sent = await supervisor.post(`/plans/${later}/launch`, {
      revision: hidden(page, 'revision'),
      signedBy: '殷望舒',
      at,
      confirm: 'yes',
    });
    expect(sent.status).toBe(303);
    const waiting = await supervisor.get(`/plans/${later}/launch`);
    expect(waiting.body).toContain(`已受理，将于${at.replace('T', ' ')}下达`);
    expect(waiting.headers.refresh).toBe('3');
  });
});

describe('the papers', () => {
  test('a bulletin stands on the page and leaves as a Word document', async () => {
    const page = await coordinator.get(`/plans/${plan}/bulletin?month=${launchMonth}`);
    expect([page.status, page.body]).toEqual([200, expect.stringContaining('一、')]);
    const docx = await auditor.get(
      `/plans/${plan}/bulletin?month=${launchMonth}&format=docx&number=${encodeURIComponent('株优办〔2027〕1号')}`,
    );
    const text = await (await JSZip.loadAsync(docx.raw)).file('word/document.xml')?.async('string');
    expect(text).toContain('株优办〔2027〕1号');
    expect((await coordinator.get(`/plans/${plan}/bulletin?month=2999`)).status).toBe(422);
    expect((await coordinator.get(`/plans/${plan}/bulletin?month=2019-01`)).status).toBe(422);
    expect((await coordinator.get('/plans/zhuzhou-2020/bulletin')).body).toContain('方案尚未下达');
    expect((await unit.get(`/plans/${plan}/bulletin?month=${launchMonth}`)).status).toBe(404);
  });

  test('the ledger leaves as a workbook, for the office and auditors', async () => {
    const xlsx = await supervisor.get(`/plans/${plan}/ledger`);
    expect([xlsx.status, (await JSZip.loadAsync(xlsx.raw)).file('xl/workbook.xml')]).toEqual([200, expect.anything()]);
    expect(String(xlsx.headers['content-disposition'])).toMatch(/filename\*=UTF-8''.*%E5%8F%B0%E8%B4%A6/);
    expect((await unit.get(`/plans/${plan}/ledger`)).status).toBe(404);
  });

  test('the evidence pack has every file with its digest, and says what is missing or altered', async () => {
    const { db } = post.town.ledger;
    const store = openEvidence(db, post.evidenceDir, MAX_MB * 1024 * 1024);
    const task = zhuzhouPlan.tasks.find(({ parties }) =>
      parties.some(({ unit: id, role }) => id === LEAD && role === 'lead'),
    );
    const id = `${plan}/${task?.id.slice(task.id.indexOf('/') + 1)}`;
    const put = async (text: string, name: string) => {
      const bytes = Buffer.from(text);
      const { digest } = await store.put([bytes] as unknown as AsyncIterable<Uint8Array>, name);
      return { kind: 'file' as const, value: digest, name, bytes: bytes.length };
    };
    const items = [
      await put('第一份', '证明.txt'),
      await put('第二份', '证明.txt'),
      await put('会丢失', '..\\../丢失.txt'),
      await put('会被改', '=改动.txt'),
      { kind: 'number' as const, value: '株税发〔2027〕3号', name: null, bytes: null },
    ];
    const move = { move: 'addEvidence' as const, unit: LEAD, items };
    expect((await post.town.desk.move(id, move, { actor: unitActor(LEAD) })).outcome).toBe('recorded');
    await rm(evidencePath(post.evidenceDir, items[2]?.value ?? ''));
    await writeFile(evidencePath(post.evidenceDir, items[3]?.value ?? ''), '已被改');
    const { status, raw } = await auditor.get(`/plans/${plan}/evidence`);
    expect(status).toBe(200);
    const zip = await JSZip.loadAsync(raw);
    const folder = id.slice(id.indexOf('/') + 1);
    const files = Object.keys(zip.files);
    expect(files).toEqual([
      `${folder}/证明.txt`,
      `${folder}/证明 (2).txt`,
      `${folder}/=改动.txt`,
      'manifest.json',
      '清单.csv',
      'manifest.sha256',
      'SHA256SUMS',
    ]);
    const bytesOf = async (path: string) => (await zip.file(path)?.async('nodebuffer')) ?? Buffer.alloc(0);
    const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
    for (const line of (await bytesOf('SHA256SUMS')).toString().trim().split('\n')) {
      const [digest, path] = line.split('  ');
      expect(sha256(await bytesOf(path ?? ''))).toBe(digest);
    }
    const manifest = await bytesOf('manifest.json');
    expect((await bytesOf('manifest.sha256')).toString()).toBe(`${sha256(manifest)}  manifest.json\n`);
    const told = JSON.parse(manifest.toString());
    const packed = told.tasks.find((one: { task: string }) => one.task === id);
    expect(packed.items.map(({ file }: { file: { state: string } | null }) => file?.state ?? null)).toEqual([
      'same',
      'same',
      'missing',
      'altered',
      null,
    ]);
    expect(packed.items[0]).toMatchObject({ addedBy: '经办人', versions: [], value: items[0]?.value });
    expect(told.tasks).toHaveLength(zhuzhouPlan.tasks.length);
    const { rows } = await post.town.ledger.asOwner(`SELECT head_hash FROM streams WHERE id = 'task/${id}'`);
    expect(packed.headHash).toBe(rows[0]?.head_hash);
    const list = (await bytesOf('清单.csv')).toString();
    expect(list).toContain('文件缺失');
    expect(list).toContain(`"株税发〔2027〕3号"`.replaceAll('"', ''));
    expect((await unit.get(`/plans/${plan}/evidence`)).status).toBe(404);
  });
});
