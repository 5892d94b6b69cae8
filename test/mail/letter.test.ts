/** A letter is rendered, stored as bytes, sent over SMTP, fetched back and read. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import type { Offer } from '../../domain/answers/answers';
import type { Letter } from '../../domain/letters';
import { startCatcher } from '../../mail/catcher';
import type { Frame } from '../../mail/frame';
import { type Envelope, mimeOf } from '../../mail/mime';
import { render } from '../../mail/render';
import { createPost } from '../../mail/smtp';
import { startMailServer } from './mail-server';

const offer: Offer = {
  answer: 'evidence',
  about: 'zz-2020/1-01',
  role: 'unit',
  of: null,
  seq: 1,
  until: '2020-09-30',
};
const letter: Letter = {
  language: 'zh-CN',
  subject: '【督办】1项逾期、1项待签收，最近时限6月30日',
  summary: '截至2020年6月22日（周一）：1项逾期、1项待签收，最近时限6月30日。',
  plan: '某市责任分工方案',
  sections: [
    {
      section: 'overdue',
      name: '逾期',
      asks: [
        {
          no: '1-01',
          task: 'zz-2020/1-01',
          title: '实行“全程网上办” <b>&amp; more</b>',
          plan: null,
          role: '牵头',
          due: '6月19日（周五）',
          left: '已逾期1个工作日',
          todo: ['督办单〔2020〕12号：至今未报送。', '请于6月30日（周二）前整改。'],
          answers: [
            { label: '报送佐证材料', offer, url: 'https://duban.example/a/1?a="b"' },
            { label: '申请延期', offer, url: null },
          ],
          official: [],
          reference: null,
        },
      ],
      counted: [],
    },
    {
      section: 'sign',
      name: '待签收',
      asks: [],
      counted: [
        {
          no: '1-02',
          task: 'zz-2020/1-02',
          title: '压缩时间',
          plan: null,
          role: '配合',
          due: '6月30日（周二）',
          left: '还有5个工作日',
          todo: [],
          answers: [],
          official: [],
          reference: null,
        },
      ],
    },
  ],
};
const frame: Frame = {
  addressee: '市税务局 糜履冰',
  office: '市营商办',
  date: '2020年6月22日（周一）',
  letter: '20200622-0900-abc',
  calendar: false,
  seals: [{ plan: 'zz-2020', sealedOn: '2020-06-21', hash: '9f86d0' }],
};
const envelope: Envelope = {
  messageId: '20200622-0900-abc@zz.example',
  thread: 'thread.202006.abc@zz.example',
  datedAt: '2020-06-22T01:00:00.000Z',
  from: { name: '市营商办（督办）', address: 'duban@zz.example' },
  to: { name: '糜履冰', address: 'liaison@zz.example' },
  replyTo: { name: '岳素问', address: 'yue@zz.example' },
  language: 'zh-CN',
  subject: letter.subject,
  calendar: null,
};

const words = (text: string) => text.replace(/[\s\u00a0]+/g, '');

test('fetched back over SMTP, it says what was meant, to whom it was meant', async () => {
  const server = await startMailServer();
  const post = createPost(server.url);
  const bytes = await mimeOf(envelope, render(letter, frame));
  await post.send({ from: envelope.from.address, to: envelope.to?.address ?? '', bytes });
  expect(server.seen[0]?.bytes.equals(bytes)).toBe(true);
  const mail = await server.read(0);
  expect(mail.subject).toBe(letter.subject);
  expect(mail.messageId).toBe('<20200622-0900-abc@zz.example>');
  expect(mail.date?.toISOString()).toBe(envelope.datedAt);
  expect(mail.from?.value).toEqual([{ name: '市营商办（督办）', address: 'duban@zz.example' }]);
  expect(mail.to).toMatchObject({ value: [{ name: '糜履冰', address: 'liaison@zz.example' }] });
  expect(mail.replyTo?.value).toEqual([{ name: '岳素问', address: 'yue@zz.example' }]);
  expect(mail.inReplyTo).toBe('<thread.202006.abc@zz.example>');
  expect(mail.references).toBe('<thread.202006.abc@zz.example>');
  // An official duty is not subscribed to: there is nothing to unsubscribe from.
  expect([...mail.headers.keys()].filter((name) => name.startsWith('list'))).toEqual([]);
  expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
  expect(mail.headers.get('content-type')).toMatchObject({ value: 'multipart/alternative' });
  expect(mail.attachments).toEqual([]);
  post.close();
  await server.close();
});

test('the text twin states every fact that the page states', async () => {
  const { text, html } = await simpleParser(await mimeOf(envelope, render(letter, frame)));
  const page = words(
    String(html)
      .replace(/<(style|title)[\s\S]*?<\/\1>/g, '')
      .replace(/<[^>]+>/g, ' ')
      .replace(/&quot;/g, '"')
      .replace(/&lt;/g, '<')
      .replace(/&gt;/g, '>')
      .replace(/&amp;/g, '&'),
  );
  const facts = [
    frame.addressee,
    letter.summary,
    '某市责任分工方案',
    '1-01 实行“全程网上办” <b>&amp; more</b>',
    '牵头｜时限：6月19日（周五），已逾期1个工作日',
    '督办单〔2020〕12号：至今未报送。',
    '请于6月30日（周二）前整改。',
    '报送佐证材料',
    '共1项：',
    '1-02 压缩时间（6月30日（周二），还有5个工作日）',
    frame.office,
    frame.date,
    '20200622-0900-abc',
    '9f86d0',
  ];
  for (const fact of facts) {
    expect(words(text ?? '')).toContain(words(fact));
    expect(page).toContain(words(fact));
  }
});

test('what people typed is text, and nothing is fetched from anywhere', () => {
  const { html } = render(letter, frame);
  expect(html).toContain('&lt;b&gt;&amp;amp; more&lt;/b&gt;');
  expect(html).toContain('href="https://duban.example/a/1?a=&quot;b&quot;"');
  expect(html).not.toMatch(/<img|<link|<script|src=|url\(|@import/i);
});

test('an answer without an address is no link', () => {
  const { html, text } = render(letter, frame);
  expect(`${html}${text}`).not.toContain('申请延期');
});

test('a line of the text is no wider than 76 columns, a Chinese character being two; addresses stay whole', () => {
  const url = `https://duban.example/a/${'x'.repeat(300)}`;
  const [overdue] = letter.sections;
  const [ask] = overdue?.asks ?? [];
  if (!overdue || !ask) throw new Error('the sample has an overdue ask');
  const todo = [
    '请加快推进“一窗受理、并行办理”（含电子证照）；'.repeat(8),
    'Please complete it and hand it in. '.repeat(6),
  ];
  const answers = [{ label: '签收', offer, url }];
  const { text } = render({ ...letter, sections: [{ ...overdue, asks: [{ ...ask, todo, answers }] }] }, frame);
  const lines = text.split('\n');
  expect(lines).toContain(`  签收：${url}`);
  for (const line of lines.filter((one) => !one.includes('https:'))) {
    // GB/T 15834: a closing sign stands with what it closes; it may stand one column out.
    expect([...line].reduce((sum, sign) => sum + (/[\u2e80-\uffef]/.test(sign) ? 2 : 1), 0)).toBeLessThanOrEqual(78);
    expect(line).not.toMatch(/^\s*[，。；）”]/);
    expect(line).not.toMatch(/[（“]$/);
  }
});

test('nothing that was typed leaves its header', async () => {
  const evil = '某人\r\nBcc: all@zz.example\r\n\r\n<script>';
  const bytes = await mimeOf(
    {
      ...envelope,
      messageId: `a\r\nBcc: x@y@zz.example`,
      thread: `a>\r\nBcc: x@y@zz.example`,
      subject: `${letter.subject}\r\nBcc: all@zz.example`,
      to: { name: evil, address: 'liaison@zz.example>\r\nBcc: all@zz.example' },
      replyTo: { name: evil, address: 'yue@zz.example' },
    },
    render({ ...letter, subject: evil }, { ...frame, addressee: evil }),
  );
  const headers = bytes.toString().split('\r\n\r\n')[0] ?? '';
  expect(headers).not.toMatch(/^bcc:/im);
  const mail = await simpleParser(bytes);
  expect(mail.bcc).toBeUndefined();
  expect(mail.headers.has('bcc')).toBe(false);
  expect(mail.subject).toContain('最近时限6月30日');
});

test('a title with line breaks is one line of the text twin', () => {
  const [overdue] = letter.sections;
  const [ask] = overdue?.asks ?? [];
  if (!overdue || !ask) throw new Error('the sample has an overdue ask');
  const injected = { ...ask, title: '标题\n【告知】\n* 9-99 伪造' };
  const { text } = render({ ...letter, sections: [{ ...overdue, asks: [injected] }] }, frame);
  expect(text.split('\n').filter((line) => line.startsWith('* '))).toEqual(['* 1-01 标题 【告知】 * 9-99 伪造']);
});

test('the same letter is the same bytes', async () => {
  const rendered = render(letter, frame);
  expect((await mimeOf(envelope, rendered)).equals(await mimeOf(envelope, rendered))).toBe(true);
});

test('the embedded catcher keeps each letter as a file, whole', async () => {
  const home = mkdtempSync(join(tmpdir(), 'catcher-'));
  const catcher = await startCatcher({ home });
  const post = createPost(catcher.url);
  const bytes = await mimeOf(envelope, render(letter, frame));
  for (let i = 0; i < 2; i++) {
    expect(await post.send({ from: 'a@zz.example', to: 'b@zz.example', bytes })).toMatchObject({ outcome: 'handed' });
  }
  const files = readdirSync(catcher.folder);
  expect(files).toEqual([expect.stringMatching(/\.eml$/), expect.stringMatching(/\.eml$/)]);
  expect(readFileSync(join(catcher.folder, files[0] ?? '')).equals(bytes)).toBe(true);
  post.close();
  await catcher.close();
  rmSync(home, { recursive: true });
});
