/**
 * Feishu 飞书: messages of the application's bot to one person (im/v1/messages) with a tenant_access_token.
 * https://open.feishu.cn/document/server-docs/im-v1/message/create (messages, their limits and error codes),
 * /document/server-docs/authentication-management/access-token/tenant_access_token_internal (token),
 * /document/server-docs/api-call-guide/generic-error-code (common error codes)
 */
import { createHash } from 'node:crypto';
import { FRAME_WORDS } from '../frame-words';
import type { Channel, ChatHanding, ChatMessage } from './channel';
import { chatTextOf, cut, type Line, plain } from './chat-text';
import { type HttpAnswer, isAnswer, request } from './http';
import { inOrder } from './in-order';
import { type TokenNames, tokenIn, tokenTroubles } from './token-answer';
import { createTokens, type Refused, type Token, withToken } from './tokens';
import { type ErrorTable, verdictOf, verdictOfStatus } from './verdicts';
import { kept } from './words';

export interface FeishuSettings {
  /** `https://open.feishu.cn`, Lark's, or a private deployment. */
  url: string;
  appId: string;
  appSecret: string;
}

const ERRORS: ErrorTable = {
  1500: 'temporary', // internal error
  10003: 'misconfigured', // invalid app_id
  10005: 'misconfigured', // app is not authorised
  10012: 'misconfigured', // app_id or app_secret missing
  10014: 'misconfigured', // app secret invalid
  10015: 'misconfigured', // app secret error
  230001: 'permanent', // invalid request parameter, such as receive_id
  230002: 'permanent', // the bot is not in the chat
  230006: 'misconfigured', // bot ability is not activated
  230013: 'permanent', // the bot has no availability to this user
  230018: 'permanent', // not allowed at current settings
  230020: 'limited', // frequency limit
  230022: 'permanent', // sensitive information
  230025: 'permanent', // content too long
  230027: 'misconfigured', // lack of necessary permissions
  230028: 'permanent', // did not pass the audit
  230029: 'permanent', // user has resigned
  230034: 'permanent', // receive_id is invalid
  230035: 'permanent', // send permission denied
  230036: 'permanent', // tenant crypt key was deleted
  230038: 'permanent', // cross tenant chat forbidden
  230049: 'temporary', // the message is being sent
  230053: 'permanent', // the user stopped the bot
  230101: 'temporary', // sending is temporarily unavailable
  99991400: 'limited', // request trigger frequency limit
  99991401: 'misconfigured', // IP is denied by the app's settings
  99991661: 'token', // missing access token
  99991663: 'token', // invalid tenant_access_token
  99991664: 'token', // invalid app_access_token
  99991665: 'token', // invalid tenant code
  99991668: 'token', // invalid access token
  99991671: 'token', // invalid access token, must start with t-
  99991677: 'token', // token expired
  99991662: 'misconfigured', // app is disabled
  99991672: 'misconfigured', // no permission of the needed scope
  99991673: 'misconfigured', // app unavailable
  99992351: 'permanent', // open_id does not exist
  99992352: 'permanent', // user_id does not exist
  99992361: 'permanent', // open_id of another app
};

/** A rich text may have 30 KB, written as JSON inside JSON. */
const LONGEST_BYTES = 24_000;

const TOKEN: TokenNames = { code: 'code', token: 'tenant_access_token', seconds: 'expire' };

export function createFeishu({ url, appId, appSecret }: FeishuSettings): Channel {
  const tokens = createTokens(fetchToken);
  const say = (text: string) => kept(text, [appSecret, tokens.present()]);

  async function fetchToken(): Promise<Token | ChatHanding> {
    const place = new URL('/open-apis/auth/v3/tenant_access_token/internal', url);
    const body = JSON.stringify({ app_id: appId, app_secret: appSecret });
    return tokenIn(await request({ method: 'POST', url: place, body }), TOKEN, judged);
  }

  function judged(got: HttpAnswer): ChatHanding | Refused {
    const { code, msg } = got.json ?? {};
    if (typeof code !== 'number') return verdictOfStatus(got);
    const meaning = ERRORS[code] ?? (got.status === 429 ? 'limited' : undefined);
    return verdictOf(meaning, say(`${code} ${String(msg ?? '')}`), got.retryAfterMs);
  }

  function sendOne(body: string): Promise<ChatHanding> {
    return withToken(tokens, async (token) => {
      const place = new URL('/open-apis/im/v1/messages', url);
      const { receive_id_type, ...message } = JSON.parse(body) as Record<string, string>;
      place.searchParams.set('receive_id_type', receive_id_type ?? '');
      const got = await request({
        method: 'POST',
        url: place,
        headers: { authorization: `Bearer ${token}` },
        body: JSON.stringify(message),
      });
      if (!isAnswer(got)) return got;
      if (got.json?.code !== 0) return judged(got);
      const { data } = got.json;
      const id: unknown = typeof data === 'object' && data !== null ? Reflect.get(data, 'message_id') : '';
      return { outcome: 'handed', answer: say(`success ${String(id ?? '')}`) };
    });
  }

  return {
    kind: 'feishu',
    compose: (message) => ({ body: JSON.stringify([bodyOf(message)]) }),
    send: ({ body }) => inOrder(body, sendOne),
    troubles: () => tokenTroubles(url, tokens),
  };
}

/** A rich text (post): its parts are text and links by their place in the JSON, so that nothing in them is markup. */
function bodyOf(message: ChatMessage): object {
  const { head, asks, foot } = chatTextOf(message);
  const [title, ...summary] = head;
  const end = [{ text: FRAME_WORDS[message.content.language].number(message.letter) }];
  for (let shown = asks.length; ; shown -= 1) {
    const blocks = [summary, ...asks.slice(0, shown), [...foot(asks.length - shown), ...end]];
    const lines = blocks.flatMap((block, i) => [...(i > 0 ? [[{ tag: 'text', text: '' }]] : []), ...block.map(pieces)]);
    const content = JSON.stringify({ zh_cn: { title: cut(plain(title?.text ?? ''), 300), content: lines } });
    if (Buffer.byteLength(content) <= LONGEST_BYTES || shown === 0) {
      return {
        receive_id_type: idTypeOf(message.to),
        receive_id: message.to,
        msg_type: 'post',
        content,
        // At most 50 signs; the same within an hour arrives once.
        uuid: createHash('sha256').update(`${message.letter} ${message.to}`).digest('hex').slice(0, 40),
      };
    }
  }
}

/** One ask of many thousand signs would leave no room for any other. */
const LONGEST_LINE_BYTES = 3_000;

function pieces({ text, href }: Line): object[] {
  const short = cut(text, LONGEST_LINE_BYTES);
  return href ? [{ tag: 'a', text: short, href: new URL(href).href }] : [{ tag: 'text', text: short }];
}

/** Feishu tells ids apart by their beginning. */
function idTypeOf(to: string): string {
  if (to.includes('@')) return 'email';
  if (to.startsWith('ou_')) return 'open_id';
  return to.startsWith('on_') ? 'union_id' : 'user_id';
}
