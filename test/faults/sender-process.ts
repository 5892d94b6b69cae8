/**
 * A morning's letters, written and sent by a process of their own, to be killed at a step. It is the product's
 * activities over a ledger and a mail server that the test stops; its clock stands still.
 * Started by letter-steps.test.ts, never imported.
 */
import { createMailActivities } from '../../activities/mail';
import { openDatabase } from '../../ledger/database';
import { createPost } from '../../mail/smtp';

export interface SenderOrders {
  databaseUrl: string;
  smtpUrl: string;
  /** The instant, ISO, at which everything happens. */
  now: string;
}

async function send({ databaseUrl, smtpUrl, now }: SenderOrders): Promise<void> {
  const { db } = openDatabase(databaseUrl);
  const activities = createMailActivities({
    db,
    // One letter after the other: so it is known which were sent and which were only taken.
    post: createPost(smtpUrl, { connections: 1 }),
    clock: () => now,
    from: { name: '督办', address: 'duban@zhuzhou.example' },
    baseUrl: null,
  });
  const slot = await activities.openSlot('routine');
  if (!slot) throw new Error(`no slot at ${now}`);
  await activities.writeLetters(slot);
  await activities.sendLetters(slot);
}

// Whoever started it is gone.
process.once('disconnect', () => process.exit(1));
send(JSON.parse(process.argv[2] ?? '') as SenderOrders).then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(1);
  },
);
