/** `replies`: answers by reply and letters that came back, read as a process of their own. */
import type { Command } from 'commander';
import { type Answer, actAsOperator } from '../call';
import { leaf } from '../command';
import { wrongCall } from '../failure';
import { placesOf, startReplies } from '../later';
import type { Session } from '../session';
import { signalled } from '../signals';

export function replies(program: Command): void {
  leaf(program, 'replies', 'read the mailbox of answers (DUBAN_IMAP_URL) until Ctrl-C or SIGTERM', 'replies').action(
    actAsOperator(read),
  );
}

async function read(session: Session): Promise<Answer> {
  const { config, say } = session;
  if (config.imap === null) {
    const next = 'set DUBAN_IMAP_URL=imaps://user:password@host/INBOX';
    throw wrongCall('no-mailbox', '没有设置收回信的邮箱。', 'no mailbox to read', { next });
  }
  // A ledger that was never migrated is said at once, not by every mail that fails on it.
  await session.db();
  const running = await startReplies(config, await placesOf(config), config.imap, say);
  return {
    json: { ready: true, pid: process.pid, mailbox: running.mailbox },
    text: `正在读取${running.mailbox}的回信和退信。Ctrl-C停止。`,
    async serve() {
      await signalled();
      await running.stop();
    },
  };
}
