/**
 * WeCom 企业微信: application messages (发送应用消息) with the corporation's access token.
 * https://developer.work.weixin.qq.com/document/path/90236 (messages), /path/91039 (token), /path/90455 (error codes)
 */
import type { Channel, ChatHanding, ChatMessage, ChatParcel } from './channel';
import { type Line, messagesOf } from './chat-text';
import { type HttpAnswer, isAnswer, request } from './http';
import { inOrder } from './in-order';
import { type TokenNames, tokenIn, tokenTroubles } from './token-answer';
import { createTokens, type Refused, type Token, withToken } from './tokens';
import { type ErrorTable, verdictOf, verdictOfStatus } from './verdicts';
import { kept } from './words';

export interface WecomSettings {
  /** `https://qyapi.weixin.qq.com`, or a private deployment. */
  url: string;
  corpId: string;
  agentId: number;
  secret: string;
}

/** Of the documentation's global codes those that these two calls can meet. */
const ERRORS: ErrorTable = {
  '-1': 'temporary', // 系统繁忙
  6000: 'temporary', // 数据版本冲突
  40001: 'token', // 不合法的secret；凭证与它不符时也是
  40013: 'misconfigured', // 不合法的CorpID
  40014: 'token', // 不合法的access_token
  41001: 'token', // 缺少access_token
  42001: 'token', // access_token已过期
  40003: 'permanent', // 无效的UserID
  40031: 'permanent', // 不合法的UserID列表
  46004: 'permanent', // 成员不存在
  60111: 'permanent', // UserID不存在
  81013: 'permanent', // 全部接收人无权限或不存在
  82001: 'permanent', // 指定的成员不在应用可见范围
  44004: 'permanent', // 文本消息content参数为空
  45002: 'permanent', // 消息内容大小超过限制
  45008: 'permanent', // 图文消息的文章数量不能超过限制
  45009: 'limited', // 接口调用超过限制
  45033: 'limited', // 接口并发调用超过限制
  45047: 'limited', // 客服接口下行条数超过上限
  40056: 'misconfigured', // 不合法的agentid
  41004: 'misconfigured', // 缺少secret
  41011: 'misconfigured', // 缺少agentid
  48002: 'misconfigured', // API接口无权限调用
  48004: 'misconfigured', // API接口被封禁
  50001: 'misconfigured', // redirect_url未登记可信域名
  60011: 'misconfigured', // 指定的成员/部门/标签参数无权限
  60020: 'misconfigured', // 不安全的访问IP
  301002: 'misconfigured', // 无权限操作指定的应用
  301021: 'misconfigured', // 应用已停用
};

/** 文本消息: 2048 bytes at most, the rest is cut off; 30 messages a minute for one member at most. */
const LIMITS = { bytes: 2048, messages: 4 };
/** The longest that the vendor remembers a message by: four hours. The same words then arrive once. */
const DUPLICATES_SECONDS = 14_400;

const TOKEN: TokenNames = { code: 'errcode', token: 'access_token', seconds: 'expires_in' };

export function createWecom({ url, corpId, agentId, secret }: WecomSettings): Channel {
  const tokens = createTokens(fetchToken);
  const say = (text: string) => kept(text, [secret, tokens.present()]);

  async function fetchToken(): Promise<Token | ChatHanding> {
    const place = new URL('/cgi-bin/gettoken', url);
    place.searchParams.set('corpid', corpId);
    place.searchParams.set('corpsecret', secret);
    return tokenIn(await request({ method: 'GET', url: place }), TOKEN, judged);
  }

  function judged(got: HttpAnswer): ChatHanding | Refused {
    const { errcode, errmsg } = got.json ?? {};
    if (typeof errcode !== 'number') return verdictOfStatus(got);
    return verdictOf(ERRORS[errcode], say(`${errcode} ${String(errmsg ?? '')}`), got.retryAfterMs);
  }

  function sendOne(body: string): Promise<ChatHanding> {
    return withToken(tokens, async (token) => {
      const place = new URL('/cgi-bin/message/send', url);
      place.searchParams.set('access_token', token);
      const got = await request({ method: 'POST', url: place, body });
      if (!isAnswer(got)) return got;
      if (got.json?.errcode !== 0) return judged(got);
      // Accepted for everybody it knows, which of one person may be nobody.
      const { invaliduser, unlicenseduser, msgid } = got.json;
      if (invaliduser) return { outcome: 'permanent', answer: say(`invaliduser ${String(invaliduser)}`) };
      if (unlicenseduser) return { outcome: 'permanent', answer: say(`unlicenseduser ${String(unlicenseduser)}`) };
      return { outcome: 'handed', answer: say(`ok ${String(msgid ?? '')}`) };
    });
  }

  return {
    kind: 'wecom',
    compose: (message) => ({ body: JSON.stringify(bodiesOf(message, agentId)) }),
    send: ({ body }: ChatParcel) => inOrder(body, sendOne),
    troubles: () => tokenTroubles(url, tokens),
  };
}

function bodiesOf(message: ChatMessage, agentId: number): object[] {
  return messagesOf(message, LIMITS, written).map((content) => ({
    touser: message.to,
    msgtype: 'text',
    agentid: agentId,
    text: { content },
    safe: 0,
    enable_duplicate_check: 1,
    duplicate_check_interval: DUPLICATES_SECONDS,
  }));
}

/** A text message takes `<a href>` for a link: brackets that people typed are no markup. */
function written({ text, href }: Line): string {
  const safe = text.replaceAll('<', '＜').replaceAll('>', '＞');
  return href ? `<a href="${new URL(href).href.replaceAll('"', '%22')}">${safe}</a>` : safe;
}
