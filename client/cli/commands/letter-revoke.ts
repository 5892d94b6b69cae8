/** `letter revoke`: a letter in wrong hands; its links count no more, nor does a reply to it. */
import type { Command } from 'commander';
import { linkedLetter, revokeLinks } from '../../../ledger/letters/links';
import { type Answer, act } from '../call';
import { argument, leaf } from '../command';
import { wrongCall } from '../failure';
import { asText, shown } from '../inputs';
import { authorised } from '../people';
import type { Session } from '../session';
import { timeText } from '../table';

export function letterRevoke(letter: Command): void {
  leaf(
    letter,
    'revoke <letter>',
    'make the links of a letter void; what was answered by them stays',
    'letter revoke 20270315-0900-3f2a9c0b7d11 --reason 误发给外单位',
  )
    .requiredOption('--reason <text>', 'why', asText('理由', 2000))
    .action(act<{ reason: string }>((session, args, { reason }) => revoke(session, argument(args, 0), reason)));
}

async function revoke(session: Session, id: string, reason: string): Promise<Answer> {
  const db = await session.db();
  const letter = /^[A-Za-z0-9-]{1,64}$/.test(id) ? await linkedLetter(db, id) : null;
  if (!letter) {
    throw wrongCall('unknown-letter', `没有信件“${shown(id)}”。`, `there is no letter "${shown(id)}"`, {
      next: 'duban letters',
    });
  }
  const actor = await authorised(session, 'revokeLinks', { office: letter.office });
  await revokeLinks(db, { letter: id, by: actor.name, reason, now: session.now() });
  // Revoked before, it keeps its first day.
  const revokedAt = (await linkedLetter(db, id))?.revokedAt ?? null;
  return {
    json: { letter: id, revokedAt },
    text: `信件${id}的链接和对它的回信已失效（${timeText(revokedAt) ?? ''}）；已经记录的答复不受影响。`,
  };
}
