/** The activities of a mail round, in the order in which its workflow asks for them (R34, D18 to D23). */

import type { Db } from '../ledger/database';
import type { Channels } from '../mail/channels/channel';
import type { AddressOf } from '../mail/compose';
import type { Sign } from '../mail/dkim';
import type { Mailbox } from '../mail/mime';
import type { Post } from '../mail/smtp';
import { createFeedBack, type Desk, type FeedBackActivities } from './feed-back';
import { createSendLetters, type SendActivities } from './send-letters';
import { createWriteLetters, type WriteActivities } from './write-letters';

export interface MailParts {
  db: Db;
  post: Post;
  /** The channels beside mail that this installation has. */
  channels?: Channels;
  /** The instant now, ISO. */
  clock: () => string;
  /** Whom letters come from. */
  from: Mailbox;
  /** Where people open the console; null: no links. */
  baseUrl: string | null;
  /** The signed address of an answer; left out or null: letters have no links. */
  addressOf?: AddressOf | null;
  /** Signs letters before they are stored; left out or null: they go unsigned. */
  sign?: Sign | null;
  /** The sender's mailbox is read: letters ask for answers there too. */
  readsAnswers?: boolean;
  /** Reaches the tasks' processes. Without it, fates of letters stay owed until somebody passes them on. */
  desk?: Desk;
}

export type MailActivities = WriteActivities & SendActivities & FeedBackActivities;

export function createMailActivities(parts: MailParts): MailActivities {
  return { ...createWriteLetters(parts), ...createSendLetters(parts), ...createFeedBack(parts) };
}
