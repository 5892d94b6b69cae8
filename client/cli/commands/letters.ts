/** Letters 信件: what was said to whom, when, and what the mail server answered. */

import type { Command } from 'commander';
import { CHANNEL_NAMES } from '../../../domain/channels';
import { type LetterPage, listLetters } from '../../../ledger/letters/list';
import type { LetterTruth } from '../../../ledger/letters/truth';
import { unitNames } from '../../drafts/unit-names';
import { LETTER_STATES } from '../../mail-words';
import { type Answer, act } from '../call';
import { argument, leaf } from '../command';
import { wrongCall } from '../failure';
import { asPlan, shown } from '../inputs';
import { letterInSight, letterJson, lettersJson, readLetter } from '../later';
import { readerOf } from '../people';
import { cityOfPlan } from '../reading';
import type { Session } from '../session';
import { names, table, timeText } from '../table';
import { letterPreview } from './letter-preview';
import { letterRevoke } from './letter-revoke';

interface Filters {
  unit?: string;
  plan?: string;
  failed?: true;
}

export function letters(program: Command): void {
  leaf(program, 'letters', 'what was said to whom, the newest first', 'letters --unit 市税务局 --failed')
    .option('--unit <unit>', 'to one unit')
    .option('--plan <plan>', 'about one plan', asPlan)
    .option('--failed', 'only what did not reach its addressee')
    .action(act<Filters>(list));

  const letter = program.command('letter').description('one letter');
  leaf(letter, 'show <letter>', 'one letter as it was sent', 'letter show 20270315-0900-3f2a9c0b7d11')
    .option('--html', 'its HTML instead of its text')
    .action(act<{ html?: true }>((session, args, { html }) => show(session, argument(args, 0), html === true)));
  letterPreview(letter);
  letterRevoke(letter);
}

const OFFICE = { liaison: '联络员', head: '主要负责人', leader: '分管领导' } as const;

async function list(session: Session, _args: string[], { unit, plan, failed }: Filters): Promise<Answer> {
  const reader = await readerOf(session);
  const { db } = reader.desk;
  const city = plan === undefined ? undefined : await cityOfPlan(reader, plan);
  const to = unit === undefined ? undefined : (await unitNames(db, city))(unit);
  const rows = await listLetters(db, { unit: to, plan, failed, sight: reader.sight });
  const known = await lettersJson(db, rows);
  const text = table(
    [
      '编号',
      '单位',
      '收件人',
      '通知',
      '渠道',
      '状态',
      '写好',
      '送达',
      '应答:20',
      '退回',
      '链接打开',
      '答复:16',
      '主题:30',
    ],
    known.map((row) => [
      row.id,
      names([row.to.unit]),
      row.person ?? OFFICE[row.to.office],
      row.notices,
      CHANNEL_NAMES[row.channel],
      LETTER_STATES['zh-CN'][row.state],
      timeText(row.madeAt),
      timeText(row.handedAt),
      row.answer,
      timeText(row.bouncedAt),
      timeText(row.openedAt),
      answerText(row),
      row.subject,
    ]),
  );
  if (rows.length === 0) return { json: known, text: '没有信件。下一轮: duban round run --now' };
  return { json: known, text: `${text}\n\n${OPENED}` };
}

const OPENED = '“链接打开”可能是邮件安全扫描程序所为，不等于已读。';

/** Who answered last, and whether it waits for a person. */
function answerText({ answers }: LetterTruth): string | null {
  const last = answers.at(-1);
  if (!last) return null;
  return `${last.who ?? ''}${last.state === 'open' ? '（待处理）' : ''}`;
}

async function show(session: Session, id: string, html: boolean): Promise<Answer> {
  if (!/^[A-Za-z0-9-]{1,64}$/.test(id)) {
    throw wrongCall('bad-letter-id', `“${shown(id)}”不是信件编号。`, `"${shown(id)}" is no letter id`, {
      next: 'duban letters',
    });
  }
  // Links are keys: whoever runs the server reads them, another only what a letter says.
  const reader = await readerOf(session);
  const found = session.actorName === null ? await readLetter(reader.desk.db, id) : await letterInSight(reader, id);
  if (!found)
    throw wrongCall('unknown-letter', `没有信件${id}。`, `there is no letter ${id}`, { next: 'duban letters' });
  const { letter, truth } = found;
  const json = letterJson(found, html);
  if (html) return { json, text: found.html ?? '' };
  const lines = [
    `${letter.subject}`,
    `收件 ${names([letter.to.unit])} ${OFFICE[letter.to.office]} ${letter.person ?? '缺'} ${CHANNEL_NAMES[letter.channel]} <${letter.address ?? '无地址'}>`,
    `轮次 ${letter.on} ${letter.round}   状态 ${LETTER_STATES['zh-CN'][letter.state]}   送达 ${timeText(letter.handedAt) ?? '-'}`,
    `应答 ${letter.answer ?? '-'}`,
    ...letter.parcels.map(parcelLine),
    ...(truth.bouncedAt ? [`退回 ${timeText(truth.bouncedAt)} ${truth.bounce ?? ''}`] : []),
    ...(truth.openedAt ? [`链接打开 ${timeText(truth.openedAt)}（可能是邮件安全扫描程序所为，不等于已读）`] : []),
    ...truth.answers.map(({ by, at, who, state }) => {
      const waits = state === 'open' ? '（待处理：duban inbox list）' : '';
      return `${by === 'link' ? '链接答复' : '回信'} ${timeText(at)} ${who ?? ''}${waits}`;
    }),
    '',
    found.text ?? '（没有发出任何内容）',
  ];
  return { json, text: lines.join('\n') };
}

/** `  1 企业微信 <wangli> 未送达：81013 …`. */
function parcelLine({ channel, address, state, answer }: LetterPage['parcels'][number], i: number): string {
  const said = answer === null ? '' : `：${answer}`;
  return `  ${i + 1} ${CHANNEL_NAMES[channel]} <${address}> ${PARCEL_STATES[state]}${said}`;
}

const PARCEL_STATES: Record<LetterPage['parcels'][number]['state'], string> = {
  waiting: '未用',
  handed: '已送达',
  failed: '未送达',
};
