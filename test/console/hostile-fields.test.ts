/**
 * Every form that the pages show to anybody, each of its fields filled with what nobody should type: it is refused or
 * kept as text, nothing breaks, and no page that shows it later has become another page.
 */
import { type CheerioAPI, load } from 'cheerio';
import type { Element } from 'domhandler';
import type { Capacity } from '../../domain/rights';
import { liveUntilToday, NOW } from '../browser/lived-city';
import { LEAD, OFFICE } from '../ledger/asker';
import { type BareConsole, openBareConsole } from './bare-console';
import { formOf } from './form-of';
import { signedInAs } from './people';
import { recordingDesk } from './recording-desk';

const HOSTILE = {
  'a script': '<script>alert(1)</script>',
  'an attribute': `"><img src=x onerror=alert(1)>' onmouseover='alert(1)`,
  'a quote': `' OR '1'='1'; DROP TABLE plans; --`,
  'a null character': 'wang\u0000li',
  'half a surrogate': '\ud800',
  'lines and directions': 'a\r\nSet-Cookie: b=c\r\n\u202Egnp.exe\u200b',
  'a template': '{{7*7}}<%= 7*7 %>%s%n../../etc/passwd',
  'a book': '长'.repeat(6_000),
} as const;

const PEOPLE: Record<string, { capacities: Capacity[]; from: string[] }> = {
  coordinator: {
    capacities: [{ role: 'coordinator', unit: OFFICE }],
    from: ['/cockpit', '/plans', '/imports', '/units', '/users', '/inbox', '/letters', '/account'],
  },
  supervisor: { capacities: [{ role: 'supervisor', unit: OFFICE }], from: ['/supervision', '/wall'] },
  unit: { capacities: [{ role: 'unit', unit: LEAD }], from: ['/owed', '/plans', '/account'] },
  auditor: { capacities: [{ role: 'auditor', unit: null }], from: ['/record', '/record/events'] },
};

/** What no choice and no hidden field may hold is one kind of wrong: two of them stand for the others there. */
const IN_CHOICES = ['a script', 'a null character'];

/** Of pages of one shape so many are opened: tasks differ in what may be done. */
const OF_A_SHAPE = 4;
/** The way out, and what only ends sessions: it is tried at the door (sign-in.test.ts). */
const PASSED_OVER = ['/sign-out'];

interface Form {
  page: string;
  action: string;
  method: 'GET' | 'POST';
  isMultipart: boolean;
  fields: { name: string; value: string; kind: 'text' | 'file' | 'other' }[];
}

let house: BareConsole;
const people = new Map<string, { cookie: string; forms: Map<string, Form>; pages: Set<string> }>();

beforeAll(async () => {
  house = await openBareConsole(NOW, {}, (ledger) => recordingDesk(ledger, NOW));
  await liveUntilToday(house.ledger);
  for (const [who, { capacities, from }] of Object.entries(PEOPLE)) {
    const cookie = await signIn(who, capacities);
    people.set(who, { cookie, ...(await walk(cookie, from)) });
  }
});
afterAll(() => house?.close());

async function signIn(who: string, capacities: Capacity[]): Promise<string> {
  return (await signedInAs({ app: house.app, db: house.ledger.db, now: NOW }, who, capacities)).cookie;
}

test('there is something to fill', () => {
  for (const [who, { forms, pages }] of people) {
    expect([who, forms.size > 2, pages.size > 2]).toEqual([who, true, true]);
  }
  expect(people.get('coordinator')?.forms.size).toBeGreaterThan(30);
});

describe.each(Object.keys(PEOPLE))('%s', (who) => {
  test.each(Object.entries(HOSTILE))('%s in every field', async (what, hostile) => {
    const broken: string[] = [];
    for (const form of people.get(who)?.forms.values() ?? []) {
      const sent = form.fields.map((field) => ({ ...field, value: field.kind === 'other' ? field.value : hostile }));
      broken.push(...(await wrongWith(who, form, sent)));
      if (!IN_CHOICES.includes(what)) continue;
      const names = new Set(['csrf']);
      for (const field of form.fields) {
        // Of boxes of one name the first stands for all.
        if (field.kind !== 'other' || names.has(field.name)) continue;
        names.add(field.name);
        const one = form.fields.map((other) => (other === field ? { ...field, value: hostile } : other));
        broken.push(...(await wrongWith(who, form, one)));
      }
    }
    expect(broken).toEqual([]);
  });
});

test('afterwards every page shows what was typed as text', async () => {
  const broken: string[] = [];
  for (const [who, { pages }] of people) {
    const cookie = await signIn(`${who}-later`, PEOPLE[who]?.capacities ?? []);
    for (const path of pages) {
      const { statusCode, body } = await house.app.inject({ method: 'GET', url: path, headers: headersOf(cookie) });
      if (statusCode >= 500) broken.push(`${path}: ${statusCode}`);
      broken.push(...foreignIn(body).map((what) => `${path}: ${what}`));
    }
  }
  expect(broken).toEqual([]);
});

/** Sends a form; what is wrong with the answer. */
async function wrongWith(who: string, form: Form, fields: Form['fields']): Promise<string[]> {
  const person = people.get(who);
  if (!person) throw new Error(`nobody is called ${who}`);
  const { action, method } = form;
  const query = method === 'GET' ? `?${encoded(fields)}` : '';
  const { type, body } = payloadOf(form, fields);
  const answer = await house.app.inject({
    method,
    url: `${action}${query}`,
    headers: { ...headersOf(person.cookie), ...(method === 'POST' && { 'content-type': type }) },
    ...(method === 'POST' && { payload: body }),
  });
  const wrong = foreignIn(answer.body);
  // A proxy would say the same of an address that is too long.
  if (answer.statusCode >= 500) wrong.push(`status ${answer.statusCode}`);
  const location = String(answer.headers.location ?? '/');
  if (!/^\/(?![/\\])/.test(location)) wrong.push(`leads to ${location}`);
  if (String(answer.headers['set-cookie'] ?? '').includes('b=c')) wrong.push('sets a cookie');
  // Somebody ended his own session: that is what the form is for.
  if (location.startsWith('/sign-in')) person.cookie = await signIn(who, PEOPLE[who]?.capacities ?? []);
  const filled = fields.filter(({ value }, i) => value !== form.fields[i]?.value).map(({ name }) => name);
  return wrong.map((what) => `${method} ${action} (${filled.join(', ')}): ${what}`);
}

function payloadOf({ isMultipart }: Form, fields: Form['fields']): { type: string; body: string | Buffer } {
  if (!isMultipart) return { type: 'application/x-www-form-urlencoded', body: encoded(fields) };
  const files = fields
    .filter(({ kind }) => kind === 'file')
    .map(({ name, value }) => ({
      field: name,
      name: `${value.replace(/["\r\n]/g, '_').slice(0, 200)}.txt`,
      bytes: Buffer.from(value),
    }));
  return formOf(
    Object.fromEntries(fields.flatMap(({ kind, name, value }) => (kind === 'file' ? [] : [[name, value]]))),
    files,
  );
}

function encoded(fields: Form['fields']): string {
  return new URLSearchParams(fields.map(({ name, value }): [string, string] => [name, value])).toString();
}

/** What a page has that no page of ours has. */
function foreignIn(html: string): string[] {
  if (!html.includes('<html')) return [];
  const $ = load(html);
  const scripts = $('script:not([src])').length + $('script[src]:not([src^="/assets/"])').length;
  const foreign = $('img[src="x"], [onerror], [onmouseover], [onload]').length;
  return [
    ...(scripts > 0 ? [`${scripts} foreign scripts`] : []),
    ...(foreign > 0 ? [`${foreign} foreign elements`] : []),
  ];
}

/** Follows every link from these pages, and gathers the forms of each kind once. */
async function walk(
  cookie: string,
  from: readonly string[],
): Promise<{ forms: Map<string, Form>; pages: Set<string> }> {
  const forms = new Map<string, Form>();
  const pages = new Set<string>();
  /** Files, too: each is fetched once, and not by every page that links it. */
  const asked = new Set<string>();
  const shapes = new Map<string, number>();
  const waiting = [...from];
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    const shape = shapeOf(path);
    if (asked.has(path) || (shapes.get(shape) ?? 0) >= OF_A_SHAPE) continue;
    asked.add(path);
    shapes.set(shape, (shapes.get(shape) ?? 0) + 1);
    const { statusCode, headers, body } = await house.app.inject({
      method: 'GET',
      url: path,
      headers: headersOf(cookie),
    });
    if (!String(headers['content-type']).includes('html') || statusCode !== 200) continue;
    pages.add(path);
    const $ = load(body);
    for (const form of formsOf($, path)) {
      const key = `${form.method} ${shapeOf(form.action)} ${form.fields.map(({ name }) => name).sort()}`;
      if (!forms.has(key) && !PASSED_OVER.includes(form.action)) forms.set(key, form);
    }
    for (const link of $('a[href]').toArray()) {
      const to = $(link).attr('href')?.split('#')[0] ?? '';
      if (to.startsWith('/') && !to.startsWith('/assets/')) waiting.push(to);
    }
  }
  return { forms, pages };
}

/** An address without what differs from task to task. */
function shapeOf(path: string): string {
  const [place = '', query = ''] = path.split('?');
  const names = [...new URLSearchParams(query).keys()].sort();
  return `${place.replace(/tasks\/[^/]+/, 'tasks/N').replace(/[0-9a-f-]{36}|\d{4,}|%[^/]+/g, '*')} ${names}`;
}

function formsOf($: CheerioAPI, page: string): Form[] {
  return $('form')
    .toArray()
    .map((form) => ({
      page,
      action: $(form).attr('action')?.split('#')[0] ?? page,
      method: $(form).attr('method')?.toUpperCase() === 'POST' ? 'POST' : 'GET',
      isMultipart: $(form).attr('enctype') === 'multipart/form-data',
      fields: $(form)
        // A box that is not ticked is not sent.
        .find('input[name]:not([type=checkbox]), input[checked][name], textarea[name], select[name], button[name]')
        .toArray()
        .map((field) => fieldOf($, field)),
    }));
}

function fieldOf($: CheerioAPI, field: Element): Form['fields'][number] {
  const type = $(field).attr('type') ?? 'text';
  const name = $(field).attr('name') ?? '';
  if (field.name === 'textarea') return { name, value: $(field).text(), kind: 'text' };
  if (field.name === 'select') {
    const chosen = $(field).find('option[selected]').attr('value') ?? $(field).find('option').last().attr('value');
    return { name, value: chosen ?? '', kind: 'other' };
  }
  const value = $(field).attr('value') ?? '';
  if (type === 'file') return { name, value, kind: 'file' };
  return { name, value, kind: ['hidden', 'checkbox', 'radio', 'submit'].includes(type) ? 'other' : 'text' };
}

function headersOf(cookie: string) {
  return {
    cookie: `duban=${cookie}; __Host-duban=${cookie}`,
    'x-forwarded-for': `203.0.113.${Math.floor(Math.random() * 250)}`,
  };
}
