/** Makes the bytes of a letter from its content: rendered twice, addressed, threaded. Rounds and previews both ask here. */
import type { AnswerLink } from '../domain/answers/answers';
import { CHANNEL_NAMES, type ChannelKind } from '../domain/channels';
import type { LetterDraft } from '../domain/letter-draft';
import { WORDS } from '../domain/letter-words/by-language';
import type { Ask, Letter } from '../domain/letters';
import { languageOf } from '../domain/unit';
import { calendarFile, calendarName } from './calendar-file';
import type { Channels } from './channels/channel';
import type { Sign } from './dkim';
import type { Frame } from './frame';
import { type Mailbox, mimeOf } from './mime';
import { type Rendered, render } from './render';

export interface Composed extends Rendered {
  /** Without angle brackets. */
  messageId: string;
  bytes: Buffer;
  /** One for each of the addressee's channels, in his order. */
  parcels: Parcel[];
}

/** What a letter carries over one channel. */
export interface Parcel {
  channel: ChannelKind;
  address: string;
  /** Null for mail, whose bytes are the letter's own. */
  body: string | null;
  /** Why nothing can be sent over it; null: it can. */
  unusable: string | null;
}

export interface Means {
  /** Puts a signature above the mail; without it: it goes unsigned. */
  sign?: Sign | null;
  /** The signed address of an answer; without it: letters have no links. */
  addressOf?: AddressOf | null;
  /** Those that this installation has beside mail. */
  channels?: Channels;
  /** The mailbox of `from` is read: answers go there beside the coordinator. */
  readsAnswers?: boolean;
}

/** @param from whom letters come from; its host makes the ids */
export function composer(
  from: Mailbox,
  { sign = null, addressOf = null, channels = {}, readsAnswers = false }: Means = {},
): (draft: LetterDraft) => Promise<Composed> {
  const host = from.address.slice(from.address.lastIndexOf('@') + 1);
  return async (draft) => {
    const messageId = `${draft.id}@${host}`;
    const { person, replyTo, datedAt } = draft;
    const letter = addressOf ? withAddresses(draft, addressOf) : draft.letter;
    const rendered = render(letter, frameOf(draft));
    const bytes = await mimeOf(
      {
        messageId,
        thread: `${threadOf(draft)}@${host}`,
        datedAt,
        from: draft.office ? { name: `${draft.office.name}（${from.name}）`, address: from.address } : from,
        to: person.mail === null ? null : { name: person.name, address: person.mail },
        replyTo: replyTo?.mail ? { name: replyTo.name, address: replyTo.mail } : null,
        language: letter.language,
        alsoTo: readsAnswers ? from : null,
        subject: letter.subject,
        calendar: draft.dates.length === 0 ? null : calendarOf(draft, from, host),
      },
      rendered,
    );
    return {
      messageId,
      bytes: sign ? await sign(bytes) : bytes,
      parcels: parcelsOf({ ...draft, letter }, channels),
      ...rendered,
    };
  };
}

function calendarOf({ dates, plans, unit, office }: LetterDraft, from: Mailbox, host: string): string {
  return calendarFile(dates, {
    name: calendarName(unit),
    language: languageOf(unit),
    plans,
    organizer: { name: office?.name ?? from.name, address: from.address },
    host,
  });
}

function parcelsOf(draft: LetterDraft, channels: Channels): Parcel[] {
  return draft.person.addresses.map(({ kind, to }) => {
    if (kind === 'mail') return { channel: kind, address: to, body: null, unusable: null };
    const composed = channels[kind]?.compose({
      letter: draft.id,
      to,
      addressee: `${draft.unit.name} ${draft.person.name}`,
      office: draft.office?.name ?? '',
      date: WORDS[draft.letter.language].longDate(draft.on),
      content: draft.letter,
    }) ?? { unusable: `本系统没有配置${CHANNEL_NAMES[kind]}` };
    return { channel: kind, address: to, body: null, unusable: null, ...composed };
  });
}

/** Where an answer is given: a signed address of the console. */
export type AddressOf = (link: AnswerLink) => string;

/** The letter with the address of each answer, bound to this letter and unit; what is only counted is not answered here. */
function withAddresses({ id, unit, letter }: LetterDraft, addressOf: AddressOf): Letter {
  const signed = (ask: Ask): Ask => ({
    ...ask,
    answers: ask.answers.map((answer) => ({
      ...answer,
      url: addressOf({ ...answer.offer, letter: id, unit: unit.id }),
    })),
  });
  return {
    ...letter,
    sections: letter.sections.map((section) => ({ ...section, asks: section.asks.map(signed) })),
  };
}

/** A month of one addressee is one conversation: a letter may speak of several plans, so no plan can be its thread. */
function threadOf({ on, correspondence }: LetterDraft): string {
  return `thread.${on.slice(0, 7).replace('-', '')}.${correspondence}`;
}

function frameOf({ id, letter, unit, person, office, seals, on, dates }: LetterDraft): Frame {
  return {
    addressee: `${unit.name} ${person.name}`,
    office: office?.name ?? '',
    date: WORDS[letter.language].longDate(on),
    letter: id,
    calendar: dates.length > 0,
    seals,
  };
}
