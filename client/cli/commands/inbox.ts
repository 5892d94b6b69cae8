/** The coordinator's inbox 收件箱: mails that could not be matched or not wholly be carried out. */

import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import { assertNever } from '../../../domain/assert-never';
import { MOVES } from '../../../domain/moves';
import { openEvidence } from '../../../ledger/evidence/store';
import { type Reply, settleReply, showReply } from '../../../ledger/replies';
import { inboxOf, replyInSight } from '../../inbox';
import { REPLY_KINDS, REPLY_STATES } from '../../mail-words';
import { type Answer, act } from '../call';
import { argument, group, leaf } from '../command';
import { CliFailure, wrongCall } from '../failure';
import { asText, shown } from '../inputs';
import { authorised, readerOf } from '../people';
import type { Session } from '../session';
import { names, table, timeText } from '../table';

export function inbox(program: Command): void {
  const room = group(program, 'inbox', 'mails that a coordinator must see to: list, show, settle');
  leaf(room, 'list', 'what lies in the inbox, the oldest first', 'inbox list')
    .option('--all', 'every mail that was read, the newest first')
    .action(act<{ all?: true }>((session, _args, { all }) => list(session, all === true)));
  leaf(
    room,
    'show <mail>',
    'one mail: what it says, why it lies here, what was done',
    'inbox show 3f2a9c0b7d113f2a9c0b7d11',
  )
    .option('--save <folder>', 'write its files there')
    .action(act<{ save?: string }>((session, args, { save }) => show(session, argument(args, 0), save)));
  leaf(
    room,
    'settle <mail>',
    'say that it was seen to, and how',
    'inbox settle 3f2a9c0b7d113f2a9c0b7d11 --as 已电话核实，代签收',
  )
    .option('--as <text>', 'what was done', asText('处理情况', 500))
    .option('--ignore', 'nothing is to be done')
    .action(
      act<{ as?: string; ignore?: true }>((session, args, options) => settle(session, argument(args, 0), options)),
    );
}

async function list(session: Session, all: boolean): Promise<Answer> {
  const found = await inboxOf(await readerOf(session), { all });
  const text = table(
    ['编号', '收到', '单位', '发件人:32', '种类', '状态', '原因:60'],
    found.map((mail) => [
      mail.id,
      timeText(mail.receivedAt),
      mail.unit === null ? '-' : names([mail.unit]),
      mail.from ?? '不明',
      REPLY_KINDS['zh-CN'][mail.takenAs],
      REPLY_STATES['zh-CN'][mail.state],
      mail.doubts.join(' '),
    ]),
  );
  const empty = all ? '还没有读过邮件。' : '收件箱没有待处理的邮件。';
  return { json: found, text: found.length === 0 ? empty : text };
}

async function found(session: Session, id: string): Promise<Reply> {
  const mail = await replyInSight(await readerOf(session), id);
  if (mail) return mail;
  throw wrongCall('unknown-mail', `没有邮件“${shown(id)}”。`, `there is no mail "${shown(id)}"`, {
    next: 'duban inbox list --all',
  });
}

async function show(session: Session, id: string, folder: string | undefined): Promise<Answer> {
  const mail = await found(session, id);
  const saved = folder === undefined ? [] : await save(session, mail, folder);
  const lines = [
    mail.subject || '（无主题）',
    `收到 ${timeText(mail.receivedAt)}   发件人 ${mail.from ?? '不明'}   ${REPLY_KINDS['zh-CN'][mail.takenAs]}，${REPLY_STATES['zh-CN'][mail.state]}`,
    ...(mail.letter
      ? [`所回信件 ${mail.letter}   单位 ${mail.unit ? names([mail.unit]) : '-'} ${mail.person ?? ''}`]
      : []),
    ...mail.moves.map((one) => `  ${one.task} ${MOVES[one.move.move].zh}：${outcomeText(one.outcome)}`),
    ...mail.doubts.map((doubt) => `  待处理：${doubt}`),
    ...mail.files.map(({ name, bytes, digest }) => `  附件 ${name}（${bytes}字节，${digest.slice(0, 12)}）`),
    ...(mail.settled ? [`  ${timeText(mail.settled.at)} ${mail.settled.by}：${mail.settled.how}`] : []),
    ...saved.map((path) => `  已保存 ${path}`),
    '',
    mail.body || '（没有文字）',
  ];
  return { json: { ...mail, saved }, text: lines.join('\n') };
}

function outcomeText(outcome: Reply['moves'][number]['outcome']): string {
  switch (outcome) {
    case 'recorded':
      return '已记录';
    case 'refused':
      return '未记录';
    case null:
      return '办理中';
    default:
      return assertNever(outcome);
  }
}

/** Under names of the sender, made plain when the mail was read; what lies there already stays. */
async function save(session: Session, mail: Reply, folder: string): Promise<string[]> {
  const { evidenceDir, evidenceMaxMb } = session.config;
  const store = openEvidence(await session.db(), evidenceDir, evidenceMaxMb * 1024 * 1024);
  mkdirSync(folder, { recursive: true });
  const saved: string[] = [];
  for (const [index, { digest, name }] of mail.files.entries()) {
    const content = await store.read(digest);
    const path = join(folder, `${index + 1}-${name}`);
    if (!content) {
      const next = 'duban audit verify';
      throw new CliFailure(1, 'file-missing', `附件${name}不在佐证文件夹中。`, `${digest} is not in the store`, {
        next,
      });
    }
    try {
      await pipeline(content, createWriteStream(path, { flags: 'wx' }));
    } catch (error) {
      const en = error instanceof Error ? error.message : String(error);
      throw new CliFailure(1, 'not-saved', `附件${name}未能保存。`, en, { next: 'choose another folder' });
    }
    saved.push(path);
  }
  return saved;
}

async function settle(session: Session, id: string, options: { as?: string; ignore?: true }): Promise<Answer> {
  if ((options.as === undefined) === (options.ignore === undefined)) {
    throw wrongCall('as-or-ignore', '请选择--as或--ignore其中之一。', 'say either --as TEXT or --ignore');
  }
  const mail = await found(session, id);
  const by = await settlerOf(session, mail);
  const how = options.as ?? '无须处理';
  if (!(await settleReply(await session.db(), id, { at: session.now(), by, how }))) {
    const zh = `邮件${id}${mail.state === 'pending' ? '正在办理' : '已经处理过'}。`;
    throw new CliFailure(4, 'not-open', zh, `the mail ${id} is ${mail.state}`, { next: `duban inbox show ${id}` });
  }
  return { json: await showReply(await session.db(), id), text: `已处理：${how}` };
}

/** Whoever coordinates the plan of its letter; of a mail that nobody could place, any coordinator. */
async function settlerOf(session: Session, { office }: Reply): Promise<string> {
  return (await authorised(session, 'settleReply', office === null ? {} : { office })).name;
}
