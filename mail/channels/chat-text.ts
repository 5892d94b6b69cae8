/**
 * A letter as a chat carries it: the same asks in plain lines, cut into as few messages as the vendor's limit allows.
 * What does not fit is counted, never dropped without a word.
 */
import type { Ask, Letter } from '../../domain/letters';
import { FRAME_WORDS } from '../frame-words';
import { countedOf, factsOf, linkedOf, titleOf } from '../letter-lines';
import type { ChatMessage } from './channel';

/** One line, and where it leads. */
export interface Line {
  text: string;
  href?: string;
}

/** Lines that stand together. */
type Block = Line[];

export interface ChatText {
  head: Block;
  asks: Block[];
  /** @param omitted how many asks do not stand above it */
  foot: (omitted: number) => Block;
}

export function chatTextOf({ content, addressee, office, date }: ChatMessage): ChatText {
  const words = FRAME_WORDS[content.language];
  return {
    head: [
      { text: plain(content.subject) },
      { text: `${plain(addressee)}${words.colon} ${plain(content.summary)}`.replace('： ', '：') },
      ...(content.plan ? [{ text: `${words.plan}${plain(content.plan)}` }] : []),
    ],
    asks: content.sections.flatMap(({ name, asks, counted }) => [
      ...asks.map((ask) => fullOf(name, ask, content)),
      ...counted.map((ask) => [{ text: plain(`【${name}】${countedOf(ask, content)}`) }]),
    ]),
    foot: (omitted) => [
      ...(omitted > 0 ? [{ text: words.omitted(omitted, plain(office)) }] : []),
      { text: `${plain(office)} ${plain(date)}` },
    ],
  };
}

/** An address has some 200 bytes, of which a message has room for a few. */
const MOST_LINKS = 2;

function fullOf(section: string, ask: Ask, letter: Letter): Block {
  const facts = factsOf(ask, letter);
  const { separator } = FRAME_WORDS[letter.language];
  return [
    { text: plain(`【${section}】${titleOf(ask)}`) },
    ...(facts.length > 0 ? [{ text: plain(facts.join(separator)) }] : []),
    ...linkedOf(ask)
      .slice(0, MOST_LINKS)
      .map(({ label, url }) => ({ text: plain(label), href: url })),
    ...ask.todo.map((todo) => ({ text: plain(todo) })),
  ];
}

/** One line of ours, whatever was typed into it: no line breaks, nothing that turns text around or hides it. */
export function plain(text: string): string {
  return text.replace(/[\s\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]+/gu, ' ').trim();
}

export interface Limits {
  /** UTF-8 bytes of one message, everything in it included. */
  bytes: number;
  /** Messages for one letter at most. */
  messages: number;
}

/**
 * The messages of a letter, each within the limit.
 * @param write how the vendor writes one line
 */
export function messagesOf(message: ChatMessage, limits: Limits, write: (line: Line) => string): string[] {
  const { head, asks, foot } = chatTextOf(message);
  // It ends every message, so that two letters are never the same bytes.
  const number = FRAME_WORDS[message.content.language].number(message.letter);
  const endOf = (part: number, parts: number) => `\n\n${parts > 1 ? `（${part}/${parts}）` : ''}${number}`;
  const room = limits.bytes - bytesOf(endOf(9, 9));
  for (let shown = asks.length; ; shown -= 1) {
    const blocks = [head, ...asks.slice(0, shown), foot(asks.length - shown)].map((block) =>
      fitted(block, room, write),
    );
    const parts = packed(blocks, room);
    if (parts.length <= limits.messages || shown === 0) {
      return parts.map((part, i) => `${part}${endOf(i + 1, parts.length)}`);
    }
  }
}

/** A block as text; where it alone is too long, its lines from the last but the first on are left out, then cut. */
function fitted(block: Block, room: number, write: (line: Line) => string): string {
  const all = block.map(write);
  while (all.length > 1 && bytesOf(all.join('\n')) > room) all.pop();
  return cut(all.join('\n'), room);
}

function packed(blocks: readonly string[], room: number): string[] {
  const parts: string[] = [];
  for (const block of blocks) {
    const last = parts.at(-1);
    const joined = last === undefined ? block : `${last}\n\n${block}`;
    if (last !== undefined && bytesOf(joined) <= room) parts[parts.length - 1] = joined;
    else parts.push(block);
  }
  return parts;
}

/** So many bytes at most, on the border of a character, with `…` where something is missing. */
export function cut(text: string, bytes: number): string {
  if (bytesOf(text) <= bytes) return text;
  let short = '';
  let size = bytesOf('…');
  for (const sign of text) {
    size += bytesOf(sign);
    if (size > bytes) break;
    short += sign;
  }
  return `${short}…`;
}

function bytesOf(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}
