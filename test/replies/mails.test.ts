/**
 * Mails as the programs of offices write them, byte for byte in mails/: what each is taken for and what it says. The
 * letter that they answer is one of Zhuzhou's; people and addresses are invented.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { kindOf } from '../../replies/kind';
import { ownWords } from '../../replies/own-words';
import { readMail } from '../../replies/read-mail';
import { statementsIn } from '../../replies/statements';

const MAILS = join(__dirname, 'mails');
const OWN = ['duban@zhuzhou.example'];
const NAMES = { people: ['王莉'], units: ['市市场监管局'] };
const LETTER = '20200313-0900-3f2a9c0b7d11@zhuzhou.example';
const LIAISON = 'liaison.shichang-jianguan@zhuzhou.example';

const mailOf = (name: string) => readMail(readFileSync(join(MAILS, `${name}.eml`)));
const sign = (handler: string | null = null) => ({ says: 'sign', handler, numbers: null });

/** What each mail of a person says; what is quoted in it says other things. */
const ANSWERS: Record<string, unknown[]> = {
  'outlook-html': [sign('王莉')],
  'foxmail-gb18030': [sign()],
  'netease-master': [sign()],
  iphone: [sign()],
  'no-reference': [sign()],
  'no-message-id': [sign()],
  'unknown-sender': [sign()],
  'two-senders': [sign()],
  'header-injection': [sign()],
  'nul-and-controls': [{ says: 'text', text: '签 收', numbers: null }, sign()],
  'qq-extension': [
    { says: 'extend', to: '2020-09-30', reason: '系统对接尚未完成', progress: '已完成需求调研。', numbers: ['1-02'] },
  ],
  '163-report': [
    {
      says: 'text',
      text: '已完成企业开办一窗通系统升级，正在组织测试，预计四月底全市上线。',
      numbers: null,
    },
  ],
  'gmail-not-ready': [{ says: 'ready', ready: false, text: '与省平台对接接口，6月底前完成。', numbers: null }],
  'bottom-posting': [{ says: 'ready', ready: true, text: '', numbers: null }],
  attachment: [{ says: 'done', text: '已办结。\n佐证材料见附件。', numbers: ['1-02'] }],
  question: [{ says: 'text', text: '请问附件在哪里？', numbers: null }],
  forwarded: [{ says: 'text', text: '请阅处。', numbers: null }],
  empty: [],
  malformed: [],
};

const OTHERS: Record<string, string> = {
  'exchange-auto-reply': 'auto-reply',
  'qq-auto-reply': 'auto-reply',
  'vacation-rfc3834': 'auto-reply',
  'mailing-list': 'auto-reply',
  'mdn-read': 'receipt',
  'own-loop': 'own',
  'qq-bounce-in-words': 'bounce-in-words',
  '163-bounce-in-words': 'bounce-in-words',
  'dsn-postfix-failed': 'delivery-report',
  'dsn-postfix-delayed': 'delivery-report',
  'dsn-exchange-failed': 'delivery-report',
  'dsn-delivered': 'delivery-report',
  'dsn-forged-envelope': 'delivery-report',
};

test.each(Object.entries(ANSWERS))('%s is an answer, and says what its sender wrote', async (name, said) => {
  const mail = await mailOf(name);
  expect(kindOf(mail, OWN)).toEqual({ kind: 'answer' });
  expect(statementsIn(ownWords(mail.text, NAMES).lines)).toEqual(said);
});

test.each(Object.entries(OTHERS))('%s is no answer but: %s', async (name, kind) => {
  expect(kindOf(await mailOf(name), OWN).kind).toBe(kind);
});

test('every mail of the corpus is told, but for the one that nobody can read', async () => {
  const names = readdirSync(MAILS).map((name) => name.replace(/\.eml$/, ''));
  expect(names.sort()).toEqual([...Object.keys(ANSWERS), ...Object.keys(OTHERS), 'nested-300'].sort());
  await expect(mailOf('nested-300')).rejects.toThrow(/child nodes/);
});

test('a delivery report names the letter, the recipient and the reason', async () => {
  expect(kindOf(await mailOf('dsn-postfix-failed'), OWN)).toEqual({
    kind: 'delivery-report',
    report: {
      messageId: LETTER,
      recipients: [
        {
          address: LIAISON,
          action: 'failed',
          said: `550 5.1.1 <${LIAISON}>: Recipient address rejected: User unknown`,
        },
      ],
    },
  });
  expect(kindOf(await mailOf('dsn-postfix-delayed'), OWN)).toMatchObject({
    report: { recipients: [{ action: 'delayed' }] },
  });
});

test('headers: the letter by its id, one sender or nobody, nothing out of a folded subject', async () => {
  const mail = await mailOf('outlook-html');
  expect(mail).toMatchObject({ from: LIAISON, inReplyTo: LETTER, messageId: 'abc123@mail.example' });
  expect(mail.references.at(-1)).toBe(LETTER);
  expect((await mailOf('two-senders')).from).toBeNull();
  expect((await mailOf('malformed')).from).toBeNull();
  expect((await mailOf('forwarded')).subject).toMatch(/^转发/);
});

test('a mail keeps its name wherever it lies, and two mails never share one', async () => {
  const bytes = readFileSync(join(MAILS, 'outlook-html.eml'));
  const moved = Buffer.concat([Buffer.from('Received: by another.example; later\r\n'), bytes]);
  const { id } = await readMail(bytes);
  expect((await readMail(moved)).id).toBe(id);
  expect(id).toMatch(/^[0-9a-f]{24}$/);
  const copied = Buffer.from(bytes.toString('latin1').replaceAll(LIAISON, 'other@zhuzhou.example'), 'latin1');
  expect((await readMail(copied)).id).not.toBe(id);
  // Without a Message-ID the head is its name, and the head alone gives the same one.
  const nameless = readFileSync(join(MAILS, 'no-message-id.eml'));
  const head = nameless.subarray(0, nameless.indexOf('\r\n\r\n') + 4);
  expect((await readMail(head)).id).toBe((await readMail(nameless)).id);
});

test('files: what was attached, under a plain name; no picture of a signature', async () => {
  const { files } = await mailOf('attachment');
  expect(files.map(({ name, content }) => [name, content.length])).toEqual([
    ['办结报告.pdf', 15],
    ['empty.txt', 0],
  ]);
});

test('ten megabytes, hundreds of thousands of lines, one line without end: read, within bounds', async () => {
  const head = 'From: a@b.example\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n';
  const lines = await readMail(Buffer.from(`${head}${'签收吗\r\n'.repeat(400_000)}`));
  const endless = await readMail(Buffer.from(`${head}${'> 1-07、'.repeat(1_000_000)}`));
  for (const mail of [lines, endless]) {
    expect(mail.text.length).toBeLessThanOrEqual(100_000);
    statementsIn(ownWords(mail.text, NAMES).lines);
  }
});
