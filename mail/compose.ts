/** Makes the bytes of a letter from its content: rendered twice, addressed, threaded. Rounds and previews both ask here. */
import { longDate } from '../domain/letter-dates';
import type { LetterDraft } from '../domain/letter-draft';
import { calendarFile } from './calendar-file';
import type { Sign } from './dkim';
import { type Mailbox, mimeOf } from './mime';
import { type Frame, type Rendered, render } from './render';

export interface Composed extends Rendered {
  /** Without angle brackets. */
  messageId: string;
  bytes: Buffer;
}

/**
 * @param from whom letters come from; its host makes the ids
 * @param sign puts a signature above the letter; null: it goes unsigned
 */
export function composer(from: Mailbox, sign: Sign | null = null): (draft: LetterDraft) => Promise<Composed> {
  const host = from.address.slice(from.address.lastIndexOf('@') + 1);
  return async (draft) => {
    const messageId = `${draft.id}@${host}`;
    const { letter, person, replyTo, datedAt } = draft;
    const rendered = render(letter, frameOf(draft));
    const bytes = await mimeOf(
      {
        messageId,
        thread: `${threadOf(draft)}@${host}`,
        datedAt,
        from: draft.office ? { name: `${draft.office.name}（${from.name}）`, address: from.address } : from,
        to: { name: person.name, address: person.mail },
        replyTo: replyTo && { name: replyTo.name, address: replyTo.mail },
        subject: letter.subject,
        calendar: draft.dates.length === 0 ? null : calendarOf(draft, from, host),
      },
      rendered,
    );
    return { messageId, bytes: sign ? await sign(bytes) : bytes, ...rendered };
  };
}

function calendarOf({ dates, plans, unit, office }: LetterDraft, from: Mailbox, host: string): string {
  return calendarFile(dates, {
    name: `督办：${unit.name}`,
    language: 'zh-CN',
    plans,
    organizer: { name: office?.name ?? from.name, address: from.address },
    host,
  });
}

/** A month of one addressee is one conversation: a letter may speak of several plans, so no plan can be its thread. */
function threadOf({ on, correspondence }: LetterDraft): string {
  return `thread.${on.slice(0, 7).replace('-', '')}.${correspondence}`;
}

function frameOf({ id, unit, person, office, seals, on, dates }: LetterDraft): Frame {
  return {
    addressee: `${unit.name} ${person.name}`,
    office: office?.name ?? '',
    date: longDate(on),
    letter: id,
    calendar: dates.length > 0,
    footnotes: seals.map(({ plan, sealedOn, hash }) => `${plan}截至${sealedOn}的记录封印：${hash}`),
    // The console has no pages of tasks yet: a link that leads nowhere teaches people not to follow any.
    pageOf: null,
  };
}
