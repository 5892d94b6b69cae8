/** A mail room against real PostgreSQL and a real mail server, with a clock that the test sets. */
import { createMailActivities, type MailActivities } from '../../activities/mail';
import { instantOf } from '../../domain/days';
import type { RoundKind, Slot } from '../../domain/rounds';
import type { DeliveryIntent } from '../../ledger/letters/feedback';
import { type LetterFilter, type LetterRow, listLetters } from '../../ledger/letters/list';
import { editUnit } from '../../ledger/units';
import type { Channels } from '../../mail/channels/channel';
import { createPost, type Post } from '../../mail/smtp';
import { type MailServer, startMailServer } from '../mail/mail-server';
import { Asker, launchPlan } from './asker';
import { seededLedger, type TestLedger } from './test-ledger';

export class MailRoom {
  private now = '';
  private readonly post: Post;
  readonly activities: MailActivities;
  /** What the tasks were told. */
  readonly fed: { task: string; intent: DeliveryIntent }[] = [];
  /** Whether the tasks' processes can be reached. */
  deskOpen = true;

  private constructor(
    readonly ledger: TestLedger,
    readonly server: MailServer,
    channels: Channels,
  ) {
    this.post = createPost(server.url);
    this.activities = createMailActivities({
      db: ledger.db,
      post: this.post,
      clock: () => this.now,
      from: { name: '督办', address: 'duban@zhuzhou.example' },
      baseUrl: null,
      channels,
      desk: {
        deliver: async (task, intents) => {
          if (this.deskOpen) this.fed.push(...intents.map((intent) => ({ task, intent })));
          return this.deskOpen;
        },
      },
    });
  }

  static async open(channels: Channels = {}): Promise<MailRoom> {
    const ledger = await seededLedger();
    await launchPlan(ledger);
    return new MailRoom(ledger, await startMailServer(), channels);
  }

  async close(): Promise<void> {
    this.post.close();
    await this.server.close();
    await this.ledger.drop();
  }

  at(day: string, time: string): this {
    this.now = instantOf(day, time);
    return this;
  }

  async issue(...tasks: string[]): Promise<Asker[]> {
    const askers = tasks.map((task) => Asker.on(this.ledger, task));
    for (const asker of askers) await asker.issue();
    return askers;
  }

  async slot(kind: RoundKind = 'routine'): Promise<Slot> {
    const slot = await this.activities.openSlot(kind);
    if (!slot) throw new Error(`no slot at ${this.now}`);
    return slot;
  }

  /** One whole round, as its workflow runs it, but for one pass of sending. */
  async round(kind: RoundKind = 'routine') {
    const slot = await this.slot(kind);
    const written = await this.activities.writeLetters(slot);
    const sent = await this.activities.sendLetters(slot);
    await this.activities.feedBack();
    return { ...written, ...sent };
  }

  letters(filter: LetterFilter = {}): Promise<LetterRow[]> {
    return listLetters(this.ledger.db, filter);
  }

  /** The fates that were passed on, in order: `failed zhuzhou:市公安局 2020-03-13 issue`. */
  fates(task?: string): string[] {
    return this.fed
      .filter((one) => task === undefined || one.task === task)
      .map(({ intent }) =>
        [intent.outcome, intent.unit, intent.on, ...intent.notices.map(({ kind }) => kind)].join(' '),
      );
  }

  async withoutMail(unit: string, office: 'liaison' | 'head' | 'leader'): Promise<void> {
    await editUnit(this.ledger.db, unit, (known) => ({ ...known, [office]: null }));
  }

  async mailOf(unit: string): Promise<string> {
    const { body } = await this.ledger.db
      .selectFrom('units')
      .select('body')
      .where('id', '=', unit)
      .executeTakeFirstOrThrow();
    return body.liaison?.mail ?? '';
  }

  async waiting(): Promise<string[]> {
    const rows = await this.ledger.db
      .selectFrom('notices')
      .select(['to_unit', 'to_office', 'kind'])
      .where('letter', 'is', null)
      .where('recalled_at', 'is', null)
      .orderBy('id')
      .execute();
    return rows.map(({ to_unit, to_office, kind }) => `${to_unit} ${to_office} ${kind}`);
  }
}
