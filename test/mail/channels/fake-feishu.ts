/**
 * Feishu as its documentation describes it: errors by `code`, most under HTTP 400, a limit as 429 with the seconds to
 * wait, and the same uuid within an hour once.
 */
import { type Reply, startVendor, type VendorServer } from './vendor-server';

export const FEISHU = { appId: 'cli_a1', appSecret: 'fEishu-s3cret' };

export interface FakeFeishu extends VendorServer {
  /** Ids that the bot may write to, with their kind. */
  people: Map<string, string>;
  chats: {
    to: string;
    content: { zh_cn: { title: string; content: { tag: string; text: string; href?: string }[][] } };
  }[];
  next: (Reply | 'take-and-drop')[];
  endTokens(): void;
}

export async function startFeishu(): Promise<FakeFeishu> {
  let issued = 0;
  let valid = '';
  const seen = new Set<string>();
  const server = await startVendor((asked): Reply => {
    if (asked.path === '/open-apis/auth/v3/tenant_access_token/internal') {
      if (asked.json?.app_id !== FEISHU.appId) return { status: 400, json: { code: 10003, msg: 'invalid param' } };
      if (asked.json?.app_secret !== FEISHU.appSecret) {
        return { status: 400, json: { code: 10014, msg: `app secret invalid: ${String(asked.json?.app_secret)}` } };
      }
      issued += 1;
      valid = `t-${issued}-secret-token`;
      return { json: { code: 0, msg: 'ok', tenant_access_token: valid, expire: 7200 } };
    }
    if (asked.path !== '/open-apis/im/v1/messages') return { status: 404, text: '404 page not found' };
    if (asked.headers.authorization !== `Bearer ${valid}`) {
      return { status: 400, json: { code: 99991663, msg: `Invalid access token: ${asked.headers.authorization}` } };
    }
    const next = fake.next.shift();
    if (next && next !== 'take-and-drop') return next;
    const { receive_id, msg_type, content, uuid } = (asked.json ?? {}) as Record<string, string>;
    const kind = asked.query.get('receive_id_type');
    if (msg_type !== 'post' || !content || !uuid || uuid.length > 50 || fake.people.get(receive_id ?? '') !== kind) {
      const msg = 'Your request contains an invalid request parameter, ext=invalid receive_id';
      return { status: 400, json: { code: 230001, msg } };
    }
    if (asked.text.length > 30_000) return { status: 400, json: { code: 230025, msg: 'content too long' } };
    const again = seen.has(uuid);
    seen.add(uuid);
    if (!again) fake.chats.push({ to: receive_id ?? '', content: JSON.parse(content) });
    return next === 'take-and-drop' ? 'drop' : { json: { code: 0, msg: 'success', data: { message_id: 'om_1' } } };
  });
  const fake: FakeFeishu = {
    ...server,
    people: new Map([
      ['ou_1', 'open_id'],
      ['on_1', 'union_id'],
      ['wangli', 'user_id'],
      ['wangli@tax.example', 'email'],
    ]),
    chats: [],
    next: [],
    endTokens: () => {
      valid = '';
    },
  };
  return fake;
}
