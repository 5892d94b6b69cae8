/**
 * What every channel beside mail can do: make the message that is stored, and hand it over. None of them opens a
 * database or decides what happens next; that is ledger/letters/fate.ts.
 */
import type { ChatKind } from '../../domain/channels';
import type { Letter } from '../../domain/letters';
import type { Handing } from '../smtp';

/** One letter as a channel gets it. */
export interface ChatMessage {
  /** The letter's id, by which people speak of it and a repeated message is known again. */
  letter: string;
  /** The address on this channel (domain/channels.ts). */
  to: string;
  /** 市税务局 王莉. */
  addressee: string;
  /** The coordination office. */
  office: string;
  /** `2026年6月30日（周二）`. */
  date: string;
  content: Letter;
}

/** A stored message on its way. */
export interface ChatParcel {
  letter: string;
  to: string;
  body: string;
}

/** What became of one try, in the words of mail/smtp.ts, and whether the server asked us to be quiet for a while. */
export interface ChatHanding {
  /** misconfigured: it refuses us, whomever the letter is for. */
  outcome: Handing['outcome'] | 'misconfigured';
  answer: string;
  /** The server takes nothing from us for so long. */
  pauseMs?: number;
}

/** `unusable`: this installation has nothing to reach the address with. */
export type Composed = { body: string } | { unusable: string };

export interface Channel {
  kind: ChatKind;
  /** The same message makes the same bytes: servers know repeated ones by them. It holds no secret. */
  compose(message: ChatMessage): Composed;
  send(parcel: ChatParcel): Promise<ChatHanding>;
  /** For `doctor`: each server of this channel, and null if it lets us in, else what it said. */
  troubles(): Promise<{ server: string; trouble: string | null }[]>;
}

/** The channels that this installation has settings for. */
export type Channels = Partial<Record<ChatKind, Channel>>;
