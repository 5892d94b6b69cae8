/** Every kind of letter as it reads, in both languages: pages that people reviewed, and what must hold in all of them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'cheerio';
import { simpleParser } from 'mailparser';
import { NOTICE_KINDS } from '../../domain/notices';
import { linkedOf } from '../../mail/letter-lines';
import { type Exhibit, gallery, pageFile, pageOf } from './gallery';

let exhibits: Exhibit[];
beforeAll(async () => {
  exhibits = await gallery();
});

test.each(NOTICE_KINDS)(
  'a letter of kind %s reads as it was reviewed (npm run letters:texts, then read the change)',
  (kind) => {
    expect(pageOf(kind, exhibits)).toBe(readFileSync(pageFile(kind), 'utf8'));
  },
);

test('there is a page for each kind, and no other', () => {
  const pages = readdirSync(join(__dirname, 'letters')).map((name) => name.replace('.txt', ''));
  expect(pages.sort()).toEqual([...NOTICE_KINDS].sort());
});

const compact = (text: string) => text.replace(/[\s\u00a0]+/g, '');

test('both forms have the same facts: numbers, titles, dates, sentences, links', () => {
  for (const { draft, made } of exhibits) {
    const page = load(made.html);
    const links = page('a')
      .map((_, link) => page(link).attr('href'))
      .get();
    page('style, title').remove();
    const [html, text] = [compact(page('body').text()), compact(made.text)];
    const { letter, unit, person, office } = draft;
    const asks = letter.sections.flatMap((section) => section.asks);
    const facts = [
      letter.summary,
      letter.plan,
      unit.name,
      person.name,
      office?.name,
      draft.id,
      ...letter.sections.flatMap((section) => [
        section.name,
        ...section.counted.flatMap(({ no, title, due, left }) => [no, title, due, left]),
      ]),
      ...asks.flatMap(({ no, title, role, due, left, todo, official, reference }) => [
        no,
        title,
        role,
        due,
        left,
        ...todo,
        ...official,
        reference,
      ]),
      ...asks.flatMap((ask) => linkedOf(ask).map(({ label }) => label)),
    ];
    for (const fact of facts.filter((one) => typeof one === 'string')) {
      expect(html).toContain(compact(fact));
      expect(text).toContain(compact(fact));
    }
    for (const { url } of asks.flatMap(linkedOf)) {
      expect(made.text).toContain(url);
      expect(links).toContain(url);
    }
  }
});

test('subjects hold counts and a date: nothing of a title, of evidence or of a reason', () => {
  for (const { draft } of exhibits) {
    const { subject, language, sections } = draft.letter;
    expect(subject).toMatch(
      language === 'en'
        ? /^\[督办 Duban\] (\d+ [a-z ]+(, )?)+(; nearest date \d+ [A-Z][a-z]+( \d{4})?( \(today\))?( \(provisional\))?)?$/
        : /^【督办】(\d+项(逾期|待办|待签收|告知|挂牌督办)、?)+(，最近时限(\d{4}年)?\d+月\d+日(（今日）)?(（暂定）)?)?$/,
    );
    for (const ask of sections.flatMap(({ asks }) => asks)) expect(subject).not.toContain(ask.title);
  }
});

test('an English letter has an English sentence for each ask, and the official one beneath it', () => {
  const english = exhibits.filter(({ language }) => language === 'en');
  for (const { draft, kind } of english) {
    for (const { todo, official } of draft.letter.sections.flatMap(({ asks }) => asks)) {
      // R13: who is to be telephoned is said once, with titles as they are.
      expect([kind, todo.length > 0, official.length > 0]).toEqual([kind, true, kind !== 'telephone']);
      if (kind !== 'telephone') expect(todo.join()).not.toMatch(/[\u4e00-\u9fff]{5}/);
    }
  }
});

test('the message: whose it is, what it answers to, in which language, and a calendar where a date is new', async () => {
  for (const { draft, made, language, kind } of exhibits) {
    const mail = await simpleParser(made.bytes);
    expect(mail.replyTo?.value[0]?.address).toBe(draft.replyTo?.mail);
    expect(mail.headers.get('content-language')).toBe(language === 'en' ? 'en, zh-CN' : 'zh-CN');
    expect([...mail.headers.keys()].filter((name) => name.startsWith('list-'))).toEqual([]);
    expect(mail.subject).toBe(draft.letter.subject);
    const [calendar, ...more] = mail.attachments;
    expect([kind, calendar?.filename, more.length]).toEqual([
      kind,
      draft.dates.length > 0 ? 'duban.ics' : undefined,
      0,
    ]);
    if (!calendar) continue;
    expect(calendar.contentType).toBe('text/calendar');
    expect(calendar.content.toString()).toMatch(/^BEGIN:VCALENDAR\r\n[\s\S]*METHOD:PUBLISH\r\n[\s\S]*END:VCALENDAR/);
  }
});
