/** A real IMAP server, a real ledger: each mail of the mailbox once, through crashes, garbage and changed numbers. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ImapFlow } from 'imapflow';
import type { Desk } from '../../client';
import { UnknownOutcome } from '../../client/errors';
import { loadConfig } from '../../config';
import { instantOf } from '../../domain/days';
import { collectOrphans } from '../../ledger/evidence/audit';
import { evidencePath, openEvidence } from '../../ledger/evidence/store';
import { revokeLinks } from '../../ledger/letters/links';
import { letterTruth } from '../../ledger/letters/truth';
import { listReplies, mailboxPlace, settleReply } from '../../ledger/replies';
import { keepReading } from '../../replies/keep-reading';
import { type MailboxAddress, mailboxName, openMailbox } from '../../replies/mailbox';
import { type ReadingParts, readMailbox } from '../../replies/read-mailbox';
import { type ImapServer, startImapServer } from '../../tools/imap-server';
import { waitFor } from '../../tools/processes';
import { type Asker, LEAD } from '../ledger/asker';
import { MailRoom } from '../ledger/mail-room';

const JAVA = ['java', 'mvn'].every((program) => spawnSync(program, ['-version']).status === 0);
// Said aloud, because a skipped file otherwise looks like one that passed.
if (!JAVA) process.stderr.write('test/replies/mailbox: skipped, no Java and Maven for the IMAP server (GreenMail)\n');
const told = JAVA ? test : test.skip;

const SOLO = 'zhuzhou-2020/1-02'; // led by LEAD, no co-unit
const SAMPLE = '20200313-0900-3f2a9c0b7d11@zhuzhou.example';
const LIAISON = 'liaison.shichang-jianguan@zhuzhou.example';
const PASSWORD = 'geheim-42';

let server: ImapServer;
let room: MailRoom;
let solo: Asker;
let client: ImapFlow;
let folder: string;
let files: string;
let letter = '';
let count = 0;
/** The bytes that arrived last. */
let arrived = Buffer.alloc(0);
/** What happens to the next moves, beside being made. */
let afterMove: () => void = () => undefined;

beforeAll(async () => {
  if (!JAVA) return;
  const account = { address: 'duban@zhuzhou.example', user: 'duban', password: PASSWORD };
  server = await startImapServer({ cacheDir: loadConfig().cacheDir, say: () => undefined }, account);
});
afterAll(() => server?.stop());

beforeEach(async () => {
  if (!JAVA) return;
  files = mkdtempSync(join(tmpdir(), 'duban-replies-'));
  room = await MailRoom.open();
  const [asker] = await room.issue(SOLO);
  if (!asker) throw new Error('no task was issued');
  solo = asker;
  await room.at('2020-03-13', '09:00').round();
  letter = `${(await room.letters({ unit: LEAD }))[0]?.id}@zhuzhou.example`;
  client = new ImapFlow({
    host: '127.0.0.1',
    port: server.port,
    secure: false,
    auth: { user: 'duban', pass: PASSWORD },
    logger: false,
  });
  await client.connect();
  folder = `INBOX.life${++count}`;
  await client.mailboxCreate(folder);
  afterMove = () => undefined;
});
afterEach(async () => {
  if (!JAVA) return;
  client.close();
  await room.close();
  rmSync(files, { recursive: true, force: true });
});

/** The task's process, but for Temporal: what it is asked is recorded, and the same id is answered from the ledger. */
const desk: Pick<Desk, 'move'> = {
  async move(task, move, { actor, moveId = '', receivedAt = '' }) {
    if (task !== SOLO) throw new Error(`no process of ${task}`);
    const answer = await solo.ask({ type: 'move', id: moveId, at: receivedAt, actor, move });
    afterMove();
    if (answer.outcome === 'refused') return { outcome: 'refused', refusal: answer.refusal, moveId };
    return { outcome: 'recorded', events: [], moveId };
  },
};

function address(password = PASSWORD): MailboxAddress {
  return { host: '127.0.0.1', port: server.port, secure: false, user: 'duban', password, folder };
}

function parts(more: Partial<ReadingParts> = {}): ReadingParts {
  const { db } = room.ledger;
  return {
    db,
    desk,
    evidence: openEvidence(db, files, 1024 * 1024),
    own: ['duban@zhuzhou.example'],
    authServer: null,
    headOffice: null,
    clock: () => instantOf('2020-03-16', '12:00'),
    largestMail: 1024 * 1024,
    ...more,
  };
}

async function pass(more: Partial<ReadingParts> = {}) {
  const mailbox = await openMailbox(address());
  try {
    return await readMailbox(parts(more), mailbox, mailboxName(address()));
  } finally {
    await mailbox.close();
  }
}

/** A mail of the corpus as an answer to the letter of this life, as the server had it at that time. */
async function arrive(name: string, time = '10:00', change = (text: string) => text): Promise<void> {
  const sample = readFileSync(join(__dirname, 'mails', `${name}.eml`)).toString('latin1');
  const text = change(sample.replaceAll(SAMPLE, letter)).replace('abc123@', `life${++count}@`);
  arrived = Buffer.from(text, 'latin1');
  await client.append(folder, arrived, [], new Date(instantOf('2020-03-16', time)));
}

const moves = () => solo.events.slice(1).map(({ type, at, actor }) => [type, at, actor.name]);
const inbox = async () => (await listReplies(room.ledger.db)).map(({ takenAs, doubts }) => [takenAs, ...doubts]);

told('a reply to a letter that was revoked makes no move', async () => {
  const revocation = { letter: letter.slice(0, letter.indexOf('@')), by: '岳素问', reason: '误发' };
  await revokeLinks(room.ledger.db, { ...revocation, now: instantOf('2020-03-16', '09:30') });
  await arrive('outlook-html');
  expect(await pass()).toEqual({ taken: 1, more: false });
  expect(moves()).toEqual([]);
  expect(await inbox()).toEqual([['unmatched', expect.stringContaining('已被收回')]]);
});

told(
  'a reply signs, at the instant at which the mail server had it, in the name of whom the directory knows',
  async () => {
    // Its Date header says 2020-03-12: a sender's word.
    await arrive('outlook-html', '10:00', (text) =>
      text.replace(/^Date: .*$/m, 'Date: Thu, 12 Mar 2020 09:00:00 +0800'),
    );
    expect(await pass()).toEqual({ taken: 1, more: false });
    const liaison = (await room.letters({ unit: LEAD }))[0]?.person;
    expect(moves()).toEqual([['acknowledged', instantOf('2020-03-16', '10:00'), liaison]]);
    expect(solo.events.at(-1)).toMatchObject({ handler: '王莉', byPhone: false, unit: LEAD });
    expect(await inbox()).toEqual([]);
    await client.mailboxOpen(folder);
    expect(await client.search({ seen: true }, { uid: true })).toHaveLength(1);

    expect(await pass()).toEqual({ taken: 0, more: false });
    // Signed already, said again in another mail: everything is well.
    await arrive('iphone', '10:30');
    expect(await pass()).toEqual({ taken: 1, more: false });
    expect(moves()).toHaveLength(1);
    expect(await inbox()).toEqual([]);
  },
);

told('numbers that count anew: the same mails, nothing done twice', async () => {
  await arrive('outlook-html');
  await pass();
  const [lying] = await listReplies(room.ledger.db, { all: true });
  const before = await mailboxPlace(room.ledger.db, mailboxName(address()));
  // The same mail once more, as a restored mailbox has it, under numbers that count anew.
  await client.append(folder, arrived, [], new Date(instantOf('2020-03-16', '10:00')));
  await room.ledger.asOwner(`UPDATE reply_mailboxes SET uid_validity = '7', last_uid = 90`);
  expect(await pass()).toEqual({ taken: 0, more: false });
  expect(await mailboxPlace(room.ledger.db, mailboxName(address()))).toEqual({ ...before, lastUid: 2 });
  expect(await listReplies(room.ledger.db, { all: true })).toEqual([lying]);
  expect(moves()).toHaveLength(1);
});

told('a reader that dies between a move and its record repeats the move under the same id', async () => {
  await arrive('outlook-html');
  afterMove = () => {
    throw new UnknownOutcome('…');
  };
  await pass();
  expect(await listReplies(room.ledger.db)).toMatchObject([{ state: 'pending' }]);
  afterMove = () => {
    throw new Error('killed');
  };
  await expect(pass()).rejects.toThrow('killed');
  afterMove = () => undefined;
  await pass();
  expect(await listReplies(room.ledger.db, { all: true })).toMatchObject([
    { state: 'done', moves: [{ outcome: 'recorded', moveId: expect.stringMatching(/^reply:[0-9a-f]{24}:1$/) }] },
  ]);
  expect(moves()).toHaveLength(1);
});

told('programs never answer, strangers never sign, and no garbage stops what lies behind it', async () => {
  const before = ['exchange-auto-reply', 'vacation-rfc3834', 'mdn-read', 'own-loop', 'mailing-list'];
  const odd = ['malformed', 'nested-300', 'unknown-sender', 'no-reference', 'two-senders', 'empty', 'forwarded'];
  for (const name of [...before, ...odd, 'qq-bounce-in-words']) await arrive(name);
  await arrive('question', '10:01', (text) => `${text}${'QUJD\r\n'.repeat(300_000)}`);
  await arrive('qq-auto-reply', '10:02', (text) => text.replace(/1234567@qq\.com/g, LIAISON));
  expect(await pass()).toMatchObject({ taken: 15 });
  expect(moves()).toEqual([]);
  expect((await inbox()).map(([takenAs, doubt]) => `${takenAs} ${doubt?.slice(0, 12)}`).sort()).toEqual([
    'answer 回信没有写明办理意见。',
    'answer 是转发的邮件，不是对信件',
    'bounce-in-words 像是退信，但没有可供程序',
    expect.stringMatching(/^unmatched 发件人stranger/),
    expect.stringMatching(/^unmatched 发件人不明不是/),
    'unmatched 没有对应的信件（邮件头中',
    'unmatched 没有对应的信件（邮件头中',
    'unreadable 邮件格式有误，不能读取（',
    'unreadable 邮件过大（2 MB），未',
  ]);
  await arrive('foxmail-gb18030', '10:10');
  await pass();
  expect(moves()).toHaveLength(1);

  const [first] = await listReplies(room.ledger.db);
  const settled = { at: instantOf('2020-03-16', '11:00'), by: '岳素问', how: '无须处理' };
  const twice = [0, 1].map(() => settleReply(room.ledger.db, first?.id ?? '', settled));
  expect((await Promise.all(twice)).sort()).toEqual([false, true]);
  expect(await inbox()).toHaveLength(8);
});

told('a sender for whom the mail server does not vouch is no sender, where it is asked', async () => {
  const server = { authServer: 'mx.zhuzhou.example' };
  const results = (text: string) => (value: string) => `Authentication-Results: ${text}\r\n${value}`;
  await arrive('outlook-html', '10:00');
  await arrive('iphone', '10:01', results('mx.zhuzhou.example; dmarc=fail header.from=zhuzhou.example'));
  await arrive('iphone', '10:02', results('evil.example; dmarc=pass header.from=zhuzhou.example'));
  await pass(server);
  expect(moves()).toEqual([]);
  expect(await inbox()).toHaveLength(3);
  await arrive('iphone', '10:03', results('mx.zhuzhou.example; dmarc=pass header.from=zhuzhou.example'));
  await pass(server);
  expect(moves()).toHaveLength(1);
});

told('a letter that comes back failed; a report that is not the mail server’s is listed, not believed', async () => {
  await arrive('dsn-postfix-delayed', '10:00');
  await arrive('dsn-forged-envelope', '10:01', (text) => text.replace('20200316013000.4F0@', 'forged@'));
  await arrive('dsn-exchange-failed', '10:02', (text) =>
    text.replaceAll(LIAISON, 'liaison.gongan@zhuzhou.example').replace('20200316013000.4F0@', 'another@'),
  );
  await pass();
  expect(await room.letters({ unit: LEAD })).toMatchObject([{ state: 'handed' }]);
  expect(await inbox()).toMatchObject([
    ['bounce', expect.stringMatching(/信封发件人不为空/)],
    ['bounce', expect.stringMatching(/不是发给liaison\.gongan/)],
  ]);
  await arrive('dsn-postfix-failed', '10:03', (text) => text.replace('20200316013000.4F0@', 'true@'));
  await pass();
  const id = letter.slice(0, letter.indexOf('@'));
  expect((await letterTruth(room.ledger.db, [id])).get(id)).toMatchObject({
    bouncedAt: instantOf('2020-03-16', '12:00'),
    bounce: expect.stringMatching(/^550 5\.1\.1/),
    answers: [],
  });
  expect(await room.letters({ unit: LEAD })).toMatchObject([
    { state: 'failed', answer: expect.stringMatching(/^250/) },
  ]);
  expect(await inbox()).toHaveLength(2);
});

told('已办结 with its file is a hand-in, without it a question; files of the inbox are no orphans', async () => {
  await arrive('attachment', '10:00');
  await pass();
  // The empty file beside it makes the hand-in another one than was meant.
  expect(moves()).toEqual([]);
  expect(await inbox()).toEqual([['answer', '附件未保存：“empty.txt”是空文件（0字节）。']]);
  const { db } = room.ledger;
  const [open] = await listReplies(db, {});
  // The mail itself is kept as it came, for who must see to it.
  expect(readFileSync(evidencePath(files, open?.whole ?? ''))).toEqual(arrived);
  expect(await collectOrphans(db, files, '2099-01-01T00:00:00Z')).toEqual([]);

  await arrive('attachment', '10:05', (text) =>
    text
      .replace('att@mail', 'whole@mail')
      .replace(/--mix\r\nContent-Type: text\/plain; name="empty[\s\S]*?\r\n--mix--/, '--mix--'),
  );
  await pass();
  expect(moves().map(([type]) => type)).toEqual(['acknowledged', 'evidenceAdded', 'evidenceSubmitted']);
  const [added] = solo.events.filter(({ type }) => type === 'evidenceAdded');
  expect(added).toMatchObject({ items: [{ kind: 'file', name: '办结报告.pdf', bytes: 15 }] });
});

told('a mail of a sender whom no directory knows belongs to the head office, where one is named', async () => {
  const heads = { headOffice: 'zhuzhou:市优化营商环境协调事务中心' };
  const office = async (subject: string) =>
    (await listReplies(room.ledger.db, { all: true })).find((one) => one.subject.includes(subject))?.office;
  const strange = (from: string, subject: string) => (text: string) =>
    text
      .replace(/^From:.*$/im, `From: <${from}>`)
      .replace(/^Subject:.*(\r\n[ \t].*)*/im, `Subject: ${subject}`)
      .replace(/^(In-Reply-To|References):.*(\r\n[ \t].*)*\r\n/gim, '');
  await arrive('outlook-html', '10:30', strange('nobody@example.com', 'strange-one'));
  await arrive('outlook-html', '10:31', strange(LIAISON, 'known-one'));
  await pass(heads);
  expect([await office('strange-one'), await office('known-one')]).toEqual([heads.headOffice, null]);
});

told('two readers at once are one; both end when they are told to, and no password is said', async () => {
  const said: string[] = [];
  const stopping = new AbortController();
  const options = { everyMs: 200, say: (line: string) => void said.push(line), signal: stopping.signal };
  const readers = [address(), address(), address('falsch-4711')].map((at) => keepReading(parts(), at, options));
  await arrive('outlook-html');
  expect(await waitFor(() => moves().length > 0, { withinMs: 20_000 })).toBe(true);
  await arrive('qq-extension', '10:20', (text) => text.replace(/1234567@qq\.com/g, LIAISON));
  expect(await waitFor(() => moves().length > 1, { withinMs: 20_000 })).toBe(true);
  expect(await waitFor(() => said.some((line) => /tried again/.test(line)), { withinMs: 20_000 })).toBe(true);
  stopping.abort();
  await Promise.all(readers);
  expect(moves().map(([type]) => type)).toEqual(['acknowledged', 'extensionRequested']);
  expect(said.join('\n')).not.toMatch(/falsch|geheim/);
  expect(await listReplies(room.ledger.db, { all: true })).toHaveLength(2);
});
