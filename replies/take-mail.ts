/** One mail, from its bytes to its row in the ledger: what it is, whose it is, what it asks for. Makes no move itself. */

import { Readable } from 'node:stream';
import { nameOf } from '../domain/notices';
import type { UnitId } from '../domain/plan';
import type { Db } from '../ledger/database';
import { LedgerRefusal } from '../ledger/errors';
import { whyNot } from '../ledger/evidence/kinds';
import type { EvidenceStore } from '../ledger/evidence/store';
import { bounceLetter } from '../ledger/letters/bounce';
import { linkedLetter } from '../ledger/letters/links';
import { type AnsweredLetter, answeredLetter, isKnownSender, type Reply, storeReply } from '../ledger/replies';
import type { ReplyFile } from '../ledger/tables';
import { unitsById } from '../ledger/units';
import { decideReply } from './decide';
import type { DeliveryReport } from './delivery-report';
import { hasEmptyReturnPath, kindOf } from './kind';
import type { Mail } from './mail';
import { type OwnWords, ownWords } from './own-words';
import { isVouchedFor, personOf } from './sender';
import { statementsIn } from './statements';

export interface TakingParts {
  db: Db;
  evidence: EvidenceStore;
  /** Addresses that letters come from, in lower case. */
  own: readonly string[];
  /** Sees to mails of senders whom no directory knows; null: the offices of the only city, or nobody but the server. */
  headOffice: UnitId | null;
  /** The mail server whose word on senders is asked; null: From is believed. */
  authServer: string | null;
  clock: () => string;
}

type Taken = Omit<Reply, 'whole' | 'settled' | 'id' | 'messageId' | 'receivedAt' | 'readAt' | 'from' | 'subject'>;

/** More is no evidence but an archive: it goes to the inbox as it is. */
const MOST_FILES = 20;
const LONGEST_BODY = 20_000;

/**
 * Takes a mail: stores what it is, with the moves that it asks for still to be made. Taken again, it changes nothing.
 * @param bytes the whole mail
 * @param receivedAt when the mail server had it (INTERNALDATE); the Date header is the sender's word
 * @throws LedgerUnavailable
 */
export async function takeMail(parts: TakingParts, mail: Mail, bytes: Buffer, receivedAt: string): Promise<void> {
  const readAt = parts.clock();
  // A mail server whose clock goes ahead makes nobody's answer refused.
  const at = receivedAt < readAt ? receivedAt : readAt;
  const { id, messageId, from, subject } = mail;
  const taken = await ofAnOffice(parts, from, await takenOf(parts, mail, at));
  const whole = taken.state === 'done' ? null : await keepWhole(parts.evidence, bytes);
  await storeReply(parts.db, { id, messageId, receivedAt: at, readAt, from, subject, ...taken, whole });
}

/** For what cannot be read, or is too large to be: a line in the inbox, by its head. */
export async function listUnread(
  parts: Pick<TakingParts, 'db' | 'clock' | 'headOffice'>,
  head: Pick<Mail, 'id' | 'messageId' | 'from' | 'subject'>,
  receivedAt: string,
  why: string,
): Promise<void> {
  const { id, messageId, from, subject } = head;
  const { db, clock } = parts;
  const taken = await ofAnOffice(parts, from, inInbox('unreadable', why));
  await storeReply(db, { id, messageId, receivedAt, readAt: clock(), from, subject, ...taken, whole: null });
}

/** What belongs to no letter is its sender's city's to see to (ledger/replies.ts); a sender whom nobody knows, the head office's. */
async function ofAnOffice(
  { db, headOffice }: Pick<TakingParts, 'db' | 'headOffice'>,
  from: string | null,
  taken: Taken,
): Promise<Taken> {
  if (taken.office !== null || headOffice === null || (await isKnownSender(db, from))) return taken;
  return { ...taken, office: headOffice };
}

/** The mail as it came, for who sees to it. One that no file may be as large as stays in the mailbox alone. */
async function keepWhole(store: EvidenceStore, bytes: Buffer): Promise<string | null> {
  try {
    return (await store.put(Readable.from([bytes]), null)).digest;
  } catch (error) {
    if (error instanceof LedgerRefusal && error.code === 'too-large') return null;
    throw error;
  }
}

async function takenOf(parts: TakingParts, mail: Mail, receivedAt: string): Promise<Taken> {
  const kind = kindOf(mail, parts.own);
  switch (kind.kind) {
    case 'answer':
      return answer(parts, mail, receivedAt);
    case 'delivery-report':
      return returned(parts, mail, kind.report);
    case 'bounce-in-words':
      return { ...inInbox('bounce-in-words', IN_WORDS), body: bodyOf(mail) };
    case 'auto-reply':
    case 'receipt':
    case 'own':
      return { ...EMPTY, takenAs: kind.kind, state: 'done', body: bodyOf(mail).slice(0, 2_000) };
  }
}

const EMPTY = { letter: null, unit: null, person: null, office: null, doubts: [], body: '', files: [], moves: [] };
const IN_WORDS = '像是退信，但没有可供程序读取的投递报告；请核对收件邮箱，必要时电话告知。';

function inInbox(takenAs: Taken['takenAs'], ...doubts: string[]): Taken {
  return { ...EMPTY, takenAs, state: 'open', doubts };
}

function bodyOf({ text }: Mail): string {
  return text.trim().slice(0, LONGEST_BODY);
}

async function answer(parts: TakingParts, mail: Mail, receivedAt: string): Promise<Taken> {
  const { files, lost } = await storeFiles(parts.evidence, mail);
  const letter = await answeredLetter(parts.db, refersTo(mail));
  const unmatched = (doubt: string): Taken => ({
    ...inInbox('unmatched', doubt, ...lost),
    letter: letter?.id ?? null,
    office: letter?.office ?? null,
    body: bodyOf(mail),
    files,
  });
  if (!letter) return unmatched('没有对应的信件（邮件头中没有所回信件的编号）。');
  if ((await linkedLetter(parts.db, letter.id))?.revokedAt)
    return unmatched('所回的信件已被收回（letter revoke），可能在他人手中，请核实后代为办理。');
  const unit = (await unitsById(parts.db, [letter.unit])).get(letter.unit);
  const person = mail.from === null ? null : personOf(mail.from, letter, unit, receivedAt);
  if (person === null)
    return unmatched(`发件人${mail.from ?? '不明'}不是${nameOf(letter.unit)}在单位目录中的人员，不能代其答复。`);
  if (parts.authServer !== null && !isVouchedFor(mail, parts.authServer)) {
    return unmatched('邮件服务器未能验证发件人（SPF、DKIM或DMARC未通过），请电话核实后办理。');
  }
  const names = {
    people: [mail.fromName, ...peopleOf(unit, person)],
    units: [unit?.name ?? nameOf(letter.unit), ...(unit?.aliases ?? [])],
  };
  const words = ownWords(mail.text, names);
  const known = { letter: letter.id, unit: letter.unit, person, office: letter.office, files };
  const body = words.lines.join('\n').slice(0, LONGEST_BODY);
  if (words.forwards || FORWARDED.test(mail.subject)) {
    return { ...inInbox('answer', '是转发的邮件，不是对信件的答复。'), ...known, body: bodyOf(mail) };
  }
  return { ...decided(mail, words, letter, files, lost), ...known, body };
}

const FORWARDED = /^\s*(转发|轉發|转寄|fw|fwd)\s*[:：]/i;

function decided(
  mail: Mail,
  words: OwnWords,
  letter: AnsweredLetter,
  files: ReplyFile[],
  lost: string[],
): Pick<Taken, 'takenAs' | 'state' | 'doubts' | 'moves'> {
  const offers = files.map(({ digest, name, bytes }) => ({ kind: 'file', value: digest, name, bytes }) as const);
  const { unit, tasks } = letter;
  const asked = decideReply(statementsIn(words.lines), { unit, tasks, files: offers });
  // A hand-in that lacks a file would be another one than was sent.
  const moves = lost.length > 0 ? asked.moves.filter(({ move }) => !NEEDS_FILES.includes(move.move)) : asked.moves;
  return {
    takenAs: 'answer',
    state: 'pending',
    doubts: [...asked.doubts, ...lost],
    moves: moves.map(({ task, move }, index) => ({
      task,
      move,
      // Made of the mail: whoever repeats it repeats the same move (D4).
      moveId: `reply:${mail.id}:${index + 1}`,
      outcome: null,
      refusal: null,
    })),
  };
}

const NEEDS_FILES: readonly string[] = ['addEvidence', 'submitEvidence', 'completeContribution'];

/** In-Reply-To, then References from the newest. */
function refersTo({ inReplyTo, references }: Mail): string[] {
  return [...new Set([...(inReplyTo === null ? [] : [inReplyTo]), ...references.toReversed()])];
}

function peopleOf(
  unit: Awaited<ReturnType<typeof unitsById>> extends Map<string, infer U> ? U | undefined : never,
  person: string,
): string[] {
  const people = [unit?.liaison, unit?.head, unit?.leader, ...(unit?.substitutes ?? [])];
  return [person, ...people.flatMap((one) => (one ? [one.name] : []))];
}

/** D25: on the disk under their digests before anything names them. What does not fit is said, and not kept. */
async function storeFiles(store: EvidenceStore, { files }: Mail): Promise<{ files: ReplyFile[]; lost: string[] }> {
  const kept: ReplyFile[] = [];
  const lost: string[] = files.length > MOST_FILES ? [`附件超过${MOST_FILES}个，其余未保存。`] : [];
  for (const { name, content } of files.slice(0, MOST_FILES)) {
    try {
      const staged = await store.stage(Readable.from([content]));
      const { digest, bytes } = staged;
      const why = await whyNot(staged.path, name, bytes);
      if (why) {
        lost.push(`附件未保存：${why}`);
        await staged.drop();
        continue;
      }
      await staged.keep(name);
      if (!kept.some((one) => one.digest === digest)) kept.push({ digest, name, bytes });
    } catch (error) {
      if (!(error instanceof LedgerRefusal && error.code === 'too-large')) throw error;
      lost.push(`附件${name}过大，未保存。`);
    }
  }
  return { files: kept, lost };
}

/** R33: a letter of ours that came back. A report that is not about one is listed, not believed. */
async function returned(parts: TakingParts, mail: Mail, { messageId, recipients }: DeliveryReport): Promise<Taken> {
  const body = bodyOf(mail);
  const failed = recipients.filter(({ action }) => action === 'failed');
  if (failed.length === 0) return { ...EMPTY, takenAs: 'delivery-report', state: 'done', body };
  if (!hasEmptyReturnPath(mail) && mail.headers.has('return-path')) {
    return { ...inInbox('bounce', '投递报告不是邮件服务器发出的（信封发件人不为空），未采信。'), body };
  }
  if (messageId === null) return { ...inInbox('bounce', '退信没有附原信的邮件头，不知退的是哪一封。'), body };
  const doubts: string[] = [];
  let about: { letter: string; office: string } | null = null;
  for (const { address, said } of failed) {
    const outcome = await bounceLetter(parts.db, { messageId, recipient: address, said }, parts.clock());
    if (outcome.outcome === 'unknown') doubts.push(`退信所指的不是本系统的信件（收件人${address}）。`);
    if (outcome.outcome === 'other-recipient') doubts.push(`退信所指的信件不是发给${address}的，未采信。`);
    if (outcome.outcome !== 'unknown') about = { letter: outcome.letter, office: outcome.office };
  }
  const state = doubts.length > 0 ? ('open' as const) : ('done' as const);
  return { ...EMPTY, ...about, takenAs: 'bounce', state, doubts, body };
}
