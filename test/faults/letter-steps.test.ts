/**
 * `kill -9` at every step between the ledger and the mail server's answer, one after the other: whoever comes next tells
 * every notice once, or again by the same letter, byte for byte, and each addressee in order (D19 to D21).
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { createMailActivities } from '../../activities/mail';
import { instantOf } from '../../domain/days';
import type { RoundKind, Slot } from '../../domain/rounds';
import { type Database, openDatabase } from '../../ledger/database';
import { createRecord } from '../../ledger/record';
import { createPost, type Post } from '../../mail/smtp';
import { Asker, launchPlan, OFFICE } from '../ledger/asker';
import { seededLedger, type TestLedger } from '../ledger/test-ledger';
import { copyTestDatabase, type TestDatabase } from '../support/database';
import { type LedgerLine, type LedgerStop, ledgerLine } from './ledger-line';
import type { SenderOrders } from './sender-process';
import { type SmtpStep, type SteppingMailServer, startSteppingMailServer } from './stepping-mail-server';

const DAY = '2020-03-13';
/** Six addressees; the lead of the last two is second in the order in which letters are sent. */
const TASKS = ['zhuzhou-2020/1-04', 'zhuzhou-2020/1-10', 'zhuzhou-2020/1-11'];
const URGED = 'zhuzhou-2020/1-10';
const LEAD = 'zhuzhou:市商务粮食局';
const TURN = 2;

const BINDS = /update "notices" set "letter" = /;
const INSERTS = /insert into "letters"/;
const LEASES = /update "letters" set [\s\S]*"attempts" = [\w".]*"attempts" \+/;
const SETTLES = /UPDATE letters SET state = 'handed'/;

interface Death {
  /** Where it dies: in the ledger, or at the mail server with its nth letter. */
  at: LedgerStop | { smtp: SmtpStep; letter: number };
  /** What is known of the lead's letter then. */
  found: 'waiting' | 'sending' | 'handed' | null;
  /** How many letters were recorded as handed over. */
  handed: number;
  /** How often the server gets the letter that it died over; every other letter once. */
  copies: 1 | 2;
}

const writing = (statement: RegExp, at: LedgerStop['at']) => ({ statement, nth: TURN, at });
const first = (statement: RegExp, at: LedgerStop['at']) => ({ statement, nth: 1, at });
const smtp = (step: SmtpStep, letter = TURN) => ({ smtp: step, letter });

const DEATHS: [step: string, death: Death][] = [
  ['a letter is to be inserted', { at: writing(INSERTS, 'statement'), found: null, handed: 0, copies: 1 }],
  ['it is inserted, its notices are not bound', { at: writing(BINDS, 'statement'), found: null, handed: 0, copies: 1 }],
  ['it is not committed', { at: writing(INSERTS, 'before-commit'), found: null, handed: 0, copies: 1 }],
  [
    'it is committed, unknown to who wrote it',
    { at: writing(INSERTS, 'after-commit'), found: null, handed: 0, copies: 1 },
  ],
  ['letters are to be leased', { at: first(LEASES, 'statement'), found: 'waiting', handed: 0, copies: 1 }],
  ['the lease is not committed', { at: first(LEASES, 'before-commit'), found: 'waiting', handed: 0, copies: 1 }],
  [
    'the lease is committed, nothing sent',
    { at: first(LEASES, 'after-commit'), found: 'sending', handed: 0, copies: 1 },
  ],
  ['connected, not greeted', { at: smtp('greeting'), found: 'sending', handed: 1, copies: 1 }],
  ['EHLO', { at: smtp('ehlo'), found: 'sending', handed: 1, copies: 1 }],
  ['MAIL FROM', { at: smtp('mail'), found: 'sending', handed: 1, copies: 1 }],
  ['RCPT TO', { at: smtp('rcpt'), found: 'sending', handed: 1, copies: 1 }],
  ['DATA, not yet asked for', { at: smtp('data'), found: 'sending', handed: 1, copies: 1 }],
  ['in the middle of the letter', { at: smtp('body'), found: 'sending', handed: 1, copies: 1 }],
  ['all of it, no answer', { at: smtp('dot'), found: 'sending', handed: 1, copies: 2 }],
  ['answered, not recorded', { at: writing(SETTLES, 'statement'), found: 'sending', handed: 1, copies: 2 }],
  ['recorded, not committed', { at: writing(SETTLES, 'before-commit'), found: 'sending', handed: 1, copies: 2 }],
  ['recorded and committed', { at: writing(SETTLES, 'after-commit'), found: 'handed', handed: 2, copies: 1 }],
  ['between the second and the third of a portion', { at: smtp('mail', 3), found: 'handed', handed: 2, copies: 1 }],
];

let template: TestLedger;
beforeAll(async () => {
  template = await seededLedger();
  await launchPlan(template);
  for (const task of TASKS) await Asker.on(template, task).issue();
  // Only what nobody is connected to can be copied.
  await template.close();
});
afterAll(() => template.drop());

let copy: TestDatabase;
let ledger: Database;
let line: LedgerLine;
let mail: SteppingMailServer;
let post: Post;
let sender: ChildProcess | null = null;
beforeEach(async () => {
  copy = await copyTestDatabase(template.url);
  ledger = openDatabase(copy.url, 4);
  line = await ledgerLine(copy.url);
  mail = await startSteppingMailServer();
  post = createPost(mail.url);
});
afterEach(async () => {
  sender?.kill('SIGKILL');
  post.close();
  await line.close();
  await mail.close();
  await ledger.close();
  await copy.drop();
});

test.each(DEATHS)('killed at: %s', async (_, { at, found, handed, copies }) => {
  await dieAt(at);
  const before = await letters();
  expect(before.filter(({ state }) => state === 'handed')).toHaveLength(handed);
  if (found) expect(before.find(({ to_unit }) => to_unit === LEAD)).toMatchObject({ state: found });

  // The lead is told of something urgent meanwhile. It must not overtake what was under way.
  const asker = new Asker(createRecord(ledger.db), URGED);
  asker.seq = 1;
  const supervisor = { name: '某', role: 'supervisor', unit: OFFICE } as const;
  await asker.move('urge', DAY, supervisor, { move: 'instruct', text: '抓紧。' }, '09:01');

  const rest = others();
  await rest.goOn();
  const all = await letters();
  expect(all.filter(({ state }) => state !== 'handed')).toEqual([]);
  expect(all).toHaveLength(8); // six in the morning; the lead and its head, urgently
  expect(await toldNotOnce()).toEqual([]);

  // What arrived is what was stored, the letter it died over once more, and every other one once.
  const arrived = all.map(({ address, bytes, id }) => {
    const same = mail.seen.filter(({ to, bytes: got }) => to === address && got.equals(bytes));
    return { id, times: same.length };
  });
  expect(arrived.reduce((sum, { times }) => sum + times, 0)).toBe(mail.seen.length);
  const twice = arrived.filter(({ times }) => times !== 1);
  expect(twice).toEqual(copies === 2 ? [{ id: morningOf(all, LEAD), times: 2 }] : []);
  const { address } = all.find(({ to_unit, to_office }) => to_unit === LEAD && to_office === 'liaison') ?? {};
  const toLead = mail.seen.filter(({ to }) => to === address).map(({ bytes }) => messageIdOf(bytes));
  expect(toLead.at(-1)).toMatch(/-u09(05|10)-/);
  expect(toLead.slice(0, -1).every((id) => id.includes('-0900-'))).toBe(true);

  // And the day goes on: nobody is owed anything.
  await rest.at('14:30').round('routine');
  expect(mail.seen).toHaveLength(all.length + copies - 1);
});

test('killed by nobody: each of them arrives once, the lead’s in its turn', async () => {
  const now = instantOf(DAY, '09:00');
  expect(await ended(start({ databaseUrl: line.url, smtpUrl: mail.url, now }))).toEqual([0, null]);
  expect((await letters()).map(({ state }) => state)).toEqual(Array(6).fill('handed'));
  expect(mail.seen).toHaveLength(6);
  expect((await letters()).findIndex(({ to_unit }) => to_unit === LEAD)).toBe(TURN - 1);
});

/** Runs a morning in a process of its own and kills it at that step. */
async function dieAt(at: Death['at']): Promise<void> {
  const isAtServer = 'smtp' in at;
  const last = isAtServer ? at.letter : TURN;
  // A connection for each letter, where the connection is what it dies over.
  mail.hangsUp = isAtServer && ['greeting', 'ehlo'].includes(at.smtp);
  // Each letter is recorded before the next one begins: hand-overs that come together are one transaction.
  const inTurn = async (step: SmtpStep, nth: number) => {
    if (step === 'mail' && nth > 1) await line.passed(SETTLES, nth - 1);
    return true;
  };
  const reached = isAtServer
    ? new Promise<void>((arrived) => {
        mail.goesOn = async (step, nth) => {
          if (step !== at.smtp || nth !== last) return inTurn(step, nth);
          // What went before is known: only this letter is in doubt.
          await line.passed(SETTLES, last - 1);
          arrived();
          return false;
        };
      })
    : line.stopAt(at);
  if (!isAtServer) {
    mail.goesOn = async (step, nth) => step === 'greeting' || step === 'ehlo' || (nth <= last && inTurn(step, nth));
  }
  sender = start({ databaseUrl: line.url, smtpUrl: mail.url, now: instantOf(DAY, '09:00') });
  const end = ended(sender);
  await Promise.race([reached, end]);
  sender.kill('SIGKILL');
  expect(await end).toEqual([null, 'SIGKILL']);
  await line.released();
  mail.goesOn = () => true;
  mail.hangsUp = false;
}

function start(orders: SenderOrders): ChildProcess {
  return spawn(
    process.execPath,
    ['--require', 'tsx/cjs', join(__dirname, 'sender-process.ts'), JSON.stringify(orders)],
    { cwd: resolve(__dirname, '../..'), stdio: ['ignore', 'ignore', 'inherit', 'ipc'] },
  );
}

async function ended(child: ChildProcess): Promise<unknown[]> {
  return once(child, 'exit');
}

/** Another worker, later: it repeats what was begun, and holds the urgent rounds that come meanwhile. */
function others() {
  let now = '';
  const activities = createMailActivities({
    db: ledger.db,
    post,
    clock: () => now,
    from: { name: '督办', address: 'duban@zhuzhou.example' },
    baseUrl: null,
  });
  const slotOf = async (kind: RoundKind): Promise<Slot> => {
    const slot = await activities.openSlot(kind);
    if (!slot) throw new Error(`no slot at ${now}`);
    return slot;
  };
  const rest = {
    at(time: string) {
      now = instantOf(DAY, time);
      return rest;
    },
    async round(kind: RoundKind) {
      const slot = await slotOf(kind);
      await activities.writeLetters(slot);
      return activities.sendLetters(slot);
    },
    async goOn() {
      const morning = await rest.at('09:01').slot('routine');
      await activities.writeLetters(morning);
      await rest.at('09:05').round('urgent');
      expect(await rest.at('09:06').send(morning)).toMatchObject({ left: 0, retryInSeconds: null });
      await rest.at('09:10').round('urgent');
    },
    slot: slotOf,
    send: (slot: Slot) => activities.sendLetters(slot),
  };
  return rest;
}

function letters() {
  return ledger.db.selectFrom('letters').selectAll().orderBy('slot_at').orderBy('id').execute();
}

function morningOf(all: Awaited<ReturnType<typeof letters>>, unit: string): string | undefined {
  return all.find(({ to_unit, round }) => to_unit === unit && round === '09:00')?.id;
}

/** Notices that are not in exactly one letter that was handed over. */
async function toldNotOnce() {
  const { rows } = await ledger.pool.query(
    `SELECT n.id, count(l.id)::int AS letters FROM notices n
     LEFT JOIN letter_notices said ON said.notice = n.id LEFT JOIN letters l ON l.id = said.letter AND l.state = 'handed'
     GROUP BY n.id HAVING count(l.id) <> 1`,
  );
  return rows;
}

function messageIdOf(bytes: Buffer): string {
  return /^Message-ID: (.*)$/im.exec(bytes.toString())?.[1] ?? '';
}
