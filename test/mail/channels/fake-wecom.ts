/**
 * WeCom as its documentation describes it: a token that lives for a while, messages to members in the application's
 * range, errors by `errcode` under HTTP 200, and the same words to the same member once within the interval.
 */
import { type Reply, startVendor, type VendorServer } from './vendor-server';

export const WECOM = { corpId: 'ww0123456789', agentId: 1000002, secret: 'S3cret-of/WeCom+corp' };

export interface FakeWecom extends VendorServer {
  /** Userids that the application may write to. */
  members: Set<string>;
  /** What members have in their chats, duplicates left out. */
  chats: { to: string; text: string }[];
  /** How the next messages are answered, one after the other; null: as usual. */
  next: (Reply | 'take-and-drop' | null)[];
  /** Ends every token, as the vendor may at any time. */
  endTokens(): void;
  secret: string;
}

export async function startWecom(members: string[] = ['wangli']): Promise<FakeWecom> {
  let issued = 0;
  let valid = '';
  const seen = new Set<string>();
  const server = await startVendor((asked): Reply => {
    if (asked.path === '/cgi-bin/gettoken') {
      if (asked.query.get('corpid') !== WECOM.corpId) return { json: { errcode: 40013, errmsg: 'invalid corpid' } };
      if (asked.query.get('corpsecret') !== fake.secret) {
        const hint = `invalid credential, hint: [17000], corpsecret=${asked.query.get('corpsecret')}`;
        return { json: { errcode: 40001, errmsg: hint } };
      }
      issued += 1;
      valid = `token-${issued}-very-secret`;
      return { json: { errcode: 0, errmsg: 'ok', access_token: valid, expires_in: 7200 } };
    }
    if (asked.path !== '/cgi-bin/message/send') return { status: 404, text: 'not found' };
    const token = asked.query.get('access_token');
    if (!token) return { json: { errcode: 41001, errmsg: 'access_token missing' } };
    if (token !== valid) return { json: { errcode: 42001, errmsg: `access_token expired, access_token=${token}` } };
    const next = fake.next.shift();
    if (next && next !== 'take-and-drop') return next;
    const message = asked.json;
    if (!message) return { json: { errcode: 47001, errmsg: 'data format error, Warning: wrong json format.' } };
    const content = (message.text as { content?: string } | undefined)?.content ?? '';
    if (message.agentid !== WECOM.agentId) return { json: { errcode: 40056, errmsg: 'invalid agentid' } };
    if (!content) return { json: { errcode: 44004, errmsg: 'empty content' } };
    if (Buffer.byteLength(content) > 2048) return { json: { errcode: 45002, errmsg: 'content size out of limit' } };
    const to = String(message.touser);
    if (!fake.members.has(to)) return { json: { errcode: 81013, errmsg: 'user & party & tag all invalid' } };
    const again = message.enable_duplicate_check === 1 && seen.has(asked.text);
    seen.add(asked.text);
    if (!again) fake.chats.push({ to, text: content });
    return next === 'take-and-drop' ? 'drop' : { json: { errcode: 0, errmsg: 'ok', invaliduser: '', msgid: 'm1' } };
  });
  const fake: FakeWecom = {
    ...server,
    members: new Set(members),
    chats: [],
    next: [],
    endTokens: () => {
      valid = '';
    },
    secret: WECOM.secret,
  };
  return fake;
}
