/**
 * Programs of the installation's own that take letters as signed JSON: an office system, a message bus. Letters of one
 * endpoint leave in order (ledger/letters/fate.ts). docs/channels.md is what their authors read.
 */
import type { Ask } from '../../domain/letters';
import { linkedOf } from '../letter-lines';
import type { Channel, ChatMessage } from './channel';
import { plain } from './chat-text';
import { signedPost, silence } from './signed-post';

export interface Endpoint {
  /** What addresses begin with: `oa` in `oa/wangli`. */
  name: string;
  url: string;
  secret: string;
}

export function createWebhooks(endpoints: readonly Endpoint[]): Channel {
  const known = new Map(endpoints.map((endpoint) => [endpoint.name, endpoint]));
  const endpointOf = (to: string) => known.get(to.split('/')[0] ?? '');
  return {
    kind: 'webhook',
    compose(message) {
      const endpoint = endpointOf(message.to);
      return endpoint
        ? { body: JSON.stringify(payloadOf(message)) }
        : { unusable: `本系统没有配置网络接口${message.to.split('/')[0]}` };
    },
    async send({ letter, to, body }) {
      const endpoint = endpointOf(to);
      if (!endpoint) return { outcome: 'misconfigured', answer: '本系统没有配置该网络接口' };
      return signedPost({ url: endpoint.url, secret: endpoint.secret, id: letter, body });
    },
    troubles: () =>
      Promise.all(endpoints.map(async ({ name, url }) => ({ server: name, trouble: await silence(url) }))),
  };
}

/** `type` and `data` as Standard Webhooks has them. */
function payloadOf({ letter, to, addressee, office, date, content }: ChatMessage): object {
  return {
    type: 'letter',
    data: {
      letter,
      to: to.split('/')[1] ?? null,
      addressee: plain(addressee),
      office: plain(office),
      date,
      subject: content.subject,
      summary: content.summary,
      plan: content.plan,
      sections: content.sections.map(({ section, name, asks, counted }) => ({
        section,
        name,
        asks: [...asks, ...counted].map(askOf),
      })),
    },
  };
}

/** What the addressee reads, and the links that are his. */
function askOf(ask: Ask): object {
  const { no, task, title, plan, role, due, left, todo } = ask;
  return { no, task, title, plan, role, due, left, todo, answers: linkedOf(ask) };
}
