/** From bytes to a mail, whatever program wrote them: bounded, and nothing in them opens a file or an address. */
import { createHash } from 'node:crypto';
import { type Attachment, type HeaderLines, type ParsedMail, simpleParser } from 'mailparser';
import type { Mail, MailFile } from './mail';

/** A longer HTML part is a newsletter; its text is not looked for. */
const LONGEST_HTML = 2_000_000;
/** Nobody reads more, and neither does the grammar. */
const LONGEST_TEXT = 100_000;
const LONGEST_NAME = 200;
/** References grow with a conversation; the newest count. */
const MOST_REFERENCES = 50;

const OPTIONS = {
  keepDeliveryStatus: true,
  ignoreEmbedded: true,
  keepCidLinks: true,
  skipTextToHtml: true,
  checksumAlgo: false,
  maxHtmlLengthToParse: LONGEST_HTML,
  maxChildNodes: 200,
} as const;

/**
 * Reads a mail.
 * @param bytes the whole mail, or its head alone
 * @throws Error when it cannot be read at all
 */
export async function readMail(bytes: Buffer): Promise<Mail> {
  const parsed = await simpleParser(bytes, OPTIONS);
  const headers = headersOf(parsed.headerLines);
  const messageId = idsIn(headers.get('message-id')?.[0] ?? '')[0] ?? null;
  const from = senderOf(parsed, headers);
  return {
    id: idOf(bytes, messageId, from),
    messageId,
    inReplyTo: idsIn(headers.get('in-reply-to')?.[0] ?? '')[0] ?? null,
    references: idsIn((headers.get('references') ?? []).join(' ')).slice(-MOST_REFERENCES),
    from,
    fromName: storable(parsed.from?.value[0]?.name ?? '').slice(0, 100),
    subject: storable(parsed.subject ?? '').slice(0, 500),
    headers,
    text: storable((await textOf(parsed)).slice(0, LONGEST_TEXT)),
    report: reportIn(headers.get('content-type')?.[0] ?? '', parsed.attachments),
    files: filesIn(parsed.attachments),
  };
}

/** What is known of a mail without reading it. */
export type Head = Pick<Mail, 'id' | 'messageId' | 'from' | 'subject'>;

/** Reads a mail's head, and says little where it cannot be read. */
export async function headOf(head: Buffer): Promise<Head> {
  try {
    const { id, messageId, from, subject } = await readMail(head);
    return { id, messageId, from, subject };
  } catch {
    return { id: idOf(head, null, null), messageId: null, from: null, subject: '' };
  }
}

/** Only what the database can hold, on lines that end in one way (D8). */
function storable(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\t\n]/gu, ' ')
    .replace(/\p{Cs}/gu, '\ufffd');
}

/** The parser makes text of HTML only where that is the whole mail: beside a picture or a file it is asked again. */
async function textOf({ text = '', html }: ParsedMail): Promise<string> {
  if (text.trim() !== '' || !html || html.length > LONGEST_HTML) return text;
  const alone = `Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n`;
  const again = await simpleParser(`${alone}${Buffer.from(html, 'utf8').toString('base64')}`, OPTIONS);
  return again.text ?? '';
}

/** Two mails that only share a Message-ID are two: whoever copies one from a letter must not hide another's answer. */
function idOf(bytes: Buffer, messageId: string | null, from: string | null): string {
  const hash = createHash('sha256');
  if (messageId) hash.update(`${messageId}\n${from ?? ''}`);
  else hash.update(headIn(bytes));
  return hash.digest('hex').slice(0, 24);
}

function headIn(bytes: Buffer): Buffer {
  const ends = ['\r\n\r\n', '\n\n'].map((end) => bytes.indexOf(end)).filter((at) => at >= 0);
  return ends.length > 0
    ? bytes.subarray(0, Math.min(...ends))
    : Buffer.from(bytes.toString('latin1').trimEnd(), 'latin1');
}

function headersOf(lines: HeaderLines): Map<string, string[]> {
  const headers = new Map<string, string[]>();
  for (const { key, line } of lines) {
    const value = storable(line.slice(line.indexOf(':') + 1).replace(/\r?\n[ \t]*/g, ' ')).trim();
    headers.set(key, [...(headers.get(key) ?? []), value.slice(0, 10_000)]);
  }
  return headers;
}

/** A From of two people, or two of them, is nobody's word. */
function senderOf(parsed: ParsedMail, headers: ReadonlyMap<string, string[]>): string | null {
  if (headers.get('from')?.length !== 1) return null;
  const people = parsed.from?.value ?? [];
  const address = people.length === 1 ? people[0]?.address?.trim().toLowerCase() : undefined;
  return address && /^[^\s@<>"]+@[^\s@<>"]+$/.test(address) ? storable(address).slice(0, 320) : null;
}

function idsIn(value: string): string[] {
  return [...value.matchAll(/<([^<>\s]{1,500})>/g)].flatMap(([, id]) => id ?? []);
}

const REPORT_PARTS =
  /^(message\/(delivery-status|disposition-notification|rfc822(-headers)?|global.*)|text\/rfc822-headers)$/;

function reportIn(contentType: string, attachments: Attachment[]): Mail['report'] {
  if (!/^multipart\/report\b/i.test(contentType)) return null;
  const type = /report-type\s*=\s*"?([\w-]+)/i.exec(contentType)?.[1]?.toLowerCase() ?? '';
  const parts = attachments
    .filter((part) => REPORT_PARTS.test(part.contentType))
    .map((part) => ({
      type: part.contentType,
      text: storable(part.content.subarray(0, LONGEST_TEXT).toString('utf8')),
    }));
  return { type, parts };
}

/** Files that somebody attached: no pictures of a signature, no parts that programs read. */
function filesIn(attachments: Attachment[]): MailFile[] {
  return attachments
    .filter((part) => !part.related && !REPORT_PARTS.test(part.contentType))
    .filter((part) => part.contentDisposition === 'attachment' || (part.filename !== undefined && !part.cid))
    .map((part, index) => ({ name: plainName(part.filename) ?? `附件${index + 1}`, content: part.content }));
}

/** A name without folders, control characters and tricks of direction. */
function plainName(name: string | undefined): string | null {
  const bare = storable(name ?? '')
    .replace(/[\n\t]/g, ' ')
    .replace(/\p{Cf}/gu, '')
    .split(/[\\/]/)
    .at(-1)
    ?.trim();
  return bare && !/^\.+$/.test(bare) ? bare.slice(-LONGEST_NAME) : null;
}
