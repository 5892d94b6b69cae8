/**
 * Short messages by an adapter: a program of the installation's own that speaks to whichever gateway the city has a
 * contract with, and takes signed JSON. docs/channels.md is what its author reads.
 */
import type { Channel, ChatMessage } from './channel';
import { plain } from './chat-text';
import { signedPost, silence } from './signed-post';

export interface SmsSettings {
  url: string;
  secret: string;
}

/** Gateways of the mainland charge by 70 signs, and by 67 in a longer message: two of those at most. */
const LONGEST_SIGNS = 134;

export function createSms({ url, secret }: SmsSettings): Channel {
  return {
    kind: 'sms',
    compose: (message) => ({ body: JSON.stringify({ type: 'sms', data: { to: message.to, text: textOf(message) } }) }),
    send: ({ letter, body }) => signedPost({ url, secret, id: letter, body }),
    troubles: async () => [{ server: new URL(url).host, trouble: await silence(url) }],
  };
}

/** What is owed and the nearest date, and whom to ask: a telephone is no place for a list. */
function textOf({ content, office, letter }: ChatMessage): string {
  const end = `——${plain(office)}（${letter.slice(0, 13)}）`;
  const said = plain(content.subject);
  const room = LONGEST_SIGNS - [...end].length;
  const signs = [...said];
  return `${signs.length > room ? `${signs.slice(0, room - 1).join('')}…` : said}${end}`;
}
