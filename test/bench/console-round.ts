/** A mail round as a process of its own, on a city's ledger: writes and sends what waits, and prints how many letters. */
import { createMailActivities } from '../../activities/mail';
import { nextWorkingDay } from '../../domain/calendar';
import { addDays, dayOf, instantOf } from '../../domain/days';
import { loadCalendar } from '../../ledger/calendars';
import { openDatabase } from '../../ledger/database';
import { createPost } from '../../mail/smtp';

interface Place {
  databaseUrl: string;
  smtpPort: number;
}

async function hold({ databaseUrl, smtpPort }: Place): Promise<void> {
  const { db, close } = openDatabase(databaseUrl);
  const post = createPost(`smtp://127.0.0.1:${smtpPort}`);
  const on = nextWorkingDay(await loadCalendar(db), addDays(dayOf(new Date().toISOString()), 1));
  const now = instantOf(on, '09:00');
  const from = { name: '督办', address: 'duban@bench.example' };
  const mail = createMailActivities({ db, post, clock: () => now, from, baseUrl: 'https://duban.bench.example' });
  const slot = await mail.openSlot('routine');
  if (!slot) throw new Error('no slot');
  const { letters } = await mail.writeLetters(slot);
  while ((await mail.sendLetters(slot)).left > 0);
  post.close();
  await close();
  process.stdout.write(`${letters}\n`);
}

hold(JSON.parse(process.argv[2] ?? '{}') as Place).catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});
