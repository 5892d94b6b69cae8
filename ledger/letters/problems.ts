/** R33: tells the coordinator, once per addressee and day, that a letter did not reach him. */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { CHANNEL_NAMES } from '../../domain/channels';
import { type Day, dayOf } from '../../domain/days';
import { nameOf, type Obligation } from '../../domain/notices';
import { failedParcels } from './parcels';
import type { MailDb } from './tables';

export interface Problem {
  kind: 'no-address' | 'refused' | 'not-handed' | 'no-answer' | 'bounced';
  /** The day it belongs to. */
  on: Day;
  now: string;
}

const OFFICES = { liaison: '联络员', head: '主要负责人', leader: '分管领导' } as const;
const INFORMATION: Obligation = { kind: 'information' };

/**
 * Files a notice to the coordinator about a letter. Nobody is told that the coordinator himself cannot be reached: the
 * list of failed letters and `doctor` show it.
 */
export async function tellProblem(db: MailDb, letterId: string, problem: Problem): Promise<void> {
  const letter = await db
    .selectFrom('letters')
    .select(['to_unit', 'to_office', 'office', 'address', 'answer', 'bounce', 'parcel'])
    .where('id', '=', letterId)
    .executeTakeFirstOrThrow();
  if (letter.to_unit === letter.office && letter.to_office === 'liaison') return;
  const id = `delivery/${letter.office}/${letter.to_unit}/${letter.to_office}/${problem.on}`;
  await file(db, letterId, {
    id,
    office: letter.office,
    now: problem.now,
    text: (count) => problemSentence(letter, count, problem),
  });
}

/**
 * Tells the coordinator that a letter arrived, but not over the channel that its addressee put first: of an address that
 * the channel does not know once per addressee and day, of a channel that refuses us altogether once a day.
 */
export async function tellDetour(
  db: MailDb,
  letterId: string,
  { on, now }: Pick<Problem, 'on' | 'now'>,
): Promise<void> {
  const letter = await db
    .selectFrom('letters')
    .select(['to_unit', 'to_office', 'office', 'channel'])
    .where('id', '=', letterId)
    .executeTakeFirstOrThrow();
  const who = whoIs(letter);
  for (const failed of await failedParcels(db, letterId)) {
    const { channel, address, answer } = failed;
    const name = CHANNEL_NAMES[channel];
    const by = CHANNEL_NAMES[letter.channel];
    if (failed.outcome === 'permanent') {
      const text = `${dayOfMonth(on)}发给${who}的信件，${name}（${address}）不能送达：${answer ?? ''}。已改由${by}送达。请核对单位目录。`;
      const id = `delivery/${letter.office}/${letter.to_unit}/${letter.to_office}/${on}/${channel}`;
      await file(db, letterId, { id, office: letter.office, now, text: () => text });
    }
    if (failed.outcome === 'misconfigured') {
      const text = `${dayOfMonth(on)}${name}通道不能使用：${answer ?? ''}。信件已改由各收件人的下一通道发出。请告知系统管理员。`;
      const id = `delivery/${letter.office}/${channel}/${on}`;
      await file(db, letterId, { id, office: letter.office, now, text: () => text });
    }
  }
}

interface ToTell {
  id: string;
  office: string;
  now: string;
  /** Told how many notices the letter has. */
  text: (count: number) => string;
}

/** One notice to the coordinator; what is filed under the id already stays. */
async function file(db: MailDb, letterId: string, { id, office, now, text }: ToTell): Promise<void> {
  const said = await db
    .selectFrom('letter_notices')
    .innerJoin('notices', 'notices.id', 'letter_notices.notice')
    .leftJoin('streams as plans_stream', (join) => join.on('plans_stream.id', '=', sql`'plan/' || notices.plan`))
    .select(['notices.stream', 'notices.plan', 'plans_stream.id as plan_stream'])
    .where('letter_notices.letter', '=', letterId)
    .orderBy('notices.id')
    .execute();
  const [first] = said;
  if (!first) return;
  await db
    .insertInto('notices')
    .values({
      id,
      // The plan's own stream where there is one: a task that is cancelled must not take the warning with it.
      stream: first.plan_stream ?? first.stream,
      plan: first.plan,
      task: null,
      // It stems from no event; the place among the stream's notices only has to be its own.
      seq: 0,
      ord: createHash('sha256').update(id).digest().readInt32BE(0),
      to_unit: office,
      to_office: 'liaison',
      office,
      kind: 'deliveryProblem',
      rung: null,
      section: 'due',
      urgent: false,
      text: text(said.length),
      due_on: null,
      provisional: false,
      obligation: JSON.stringify(INFORMATION),
      slip: null,
      made_at: now,
      made_on: dayOf(now),
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

interface Failed {
  to_unit: string;
  to_office: keyof typeof OFFICES;
  address: string | null;
  answer: string | null;
  bounce: string | null;
  /** Null: it could go by mail alone. */
  parcel: number | null;
}

function whoIs({ to_unit, to_office }: Pick<Failed, 'to_unit' | 'to_office'>): string {
  return `${nameOf(to_unit)}${OFFICES[to_office]}`;
}

function dayOfMonth(on: Day): string {
  return `${Number(on.slice(5, 7))}月${Number(on.slice(8))}日`;
}

/** What the coordinator is told about it. */
export function problemSentence(letter: Failed, count: number, { kind, on }: Problem): string {
  const who = whoIs(letter);
  const day = dayOfMonth(on);
  const hasChannels = letter.parcel !== null;
  const box = letter.address && !hasChannels ? `（${letter.address}）` : '';
  const answer = letter.answer ? `：${letter.answer}` : '';
  switch (kind) {
    case 'no-address':
      return `${day}有${count}条通知无法送达${who}：${letter.answer ?? '单位目录中没有此人或其邮箱'}。请补录，并先电话告知。`;
    case 'refused':
      if (hasChannels)
        return `${day}发给${who}的信件，各通道均未送达${answer}。请核对单位目录，并先电话告知；通知将在下一工作日再次发送。`;
      return `${day}发给${who}${box}的信件被拒收${answer}。请核对邮箱，并先电话告知；通知将在下一工作日再次发送。`;
    case 'not-handed':
      return `${day}发给${who}${box}的信件至18时未能送出${answer}。请先电话告知；系统将继续发送。`;
    case 'bounced':
      return `${day}发给${who}${box}的信件被退回${letter.bounce ? `：${letter.bounce}` : ''}。请核对邮箱，并先电话告知；通知将在下一工作日再次发送。`;
    case 'no-answer':
      return `${day}发给${who}${box}的信件多次发送均未得到${hasChannels ? '' : '邮件服务器'}答复${answer}。请电话核实是否收到；通知将再次发送。`;
  }
}
