/** The bytes of a letter: made once, stored, and sent as they are, however often (D19). */
import MailComposer from 'nodemailer/lib/mail-composer';
import type { Language } from '../domain/language';
import type { Rendered } from './render';

export interface Mailbox {
  name: string;
  address: string;
}

export interface Envelope {
  /** Without angle brackets or white space; the same for every sending. */
  messageId: string;
  /** The root that letters of one conversation refer to; it never was a letter. Without angle brackets. */
  thread: string;
  /** ISO instant of the Date header. */
  datedAt: string;
  from: Mailbox;
  /** Null: he has no mail address; the letter goes another way, and this is its record. */
  to: Mailbox | null;
  /** The coordinator: an answer reaches a person. */
  replyTo: Mailbox | null;
  language: Language;
  /** A second address of Reply-To, that a program reads. */
  alsoTo?: Mailbox | null;
  subject: string;
  /** An iCalendar file (RFC 5545); null: none goes with it. */
  calendar: string | null;
}

/** Its name in the letter; the letter speaks of it. */
const CALENDAR_NAME = 'duban.ics';

/**
 * A multipart/alternative message with its text twin, and the calendar file beside it where there is one. Header values cannot carry a line break out of their header:
 * control characters become spaces here, and nodemailer encodes what is left.
 */
export async function mimeOf(envelope: Envelope, content: Rendered): Promise<Buffer> {
  const answersTo = [envelope.replyTo, envelope.alsoTo].flatMap((box) => box ?? []);
  const composer = new MailComposer({
    from: boxOf(envelope.from),
    ...(envelope.to ? { to: boxOf(envelope.to) } : {}),
    ...(answersTo.length > 0 ? { replyTo: answersTo.map(boxOf) } : {}),
    subject: plain(envelope.subject),
    messageId: `<${plain(envelope.messageId)}>`,
    inReplyTo: `<${plain(envelope.thread)}>`,
    references: `<${plain(envelope.thread)}>`,
    date: new Date(envelope.datedAt),
    headers: {
      // RFC 3834: nobody's absence note answers a letter of ours.
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'OOF, AutoReply',
      // Titles and official sentences stay Chinese.
      'Content-Language': envelope.language === 'en' ? 'en, zh-CN' : envelope.language,
    },
    text: content.text,
    html: content.html,
    // An attachment and no alternative of the text: programs offer it for the calendar, and ask for no answer.
    attachments:
      envelope.calendar === null
        ? []
        : [
            {
              filename: CALENDAR_NAME,
              contentType: 'text/calendar; charset=utf-8; method=PUBLISH',
              content: envelope.calendar,
              encoding: 'utf-8',
              contentTransferEncoding: 'base64',
            },
          ],
    // Base64 for Chinese text: no line is too long and no server rewrites it.
    textEncoding: 'base64',
    // The boundary comes of the id, so that the same letter is the same bytes.
    baseBoundary: plain(envelope.messageId)
      .replace(/[^A-Za-z0-9]/g, '')
      .slice(-40),
    newline: 'windows',
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().build();
}

function boxOf({ name, address }: Mailbox): Mailbox {
  return { name: plain(name), address: plain(address).replace(/[\s<>]/g, '') };
}

function plain(value: string): string {
  return value.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}
