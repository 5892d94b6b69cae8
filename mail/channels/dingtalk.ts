/**
 * DingTalk 钉钉: work notices (发送工作通知, asyncsend_v2) of an application of the organisation.
 * https://open.dingtalk.com/document/orgapp/asynchronous-sending-of-enterprise-session-messages (notices and their
 * limits), /orgapp/obtain-orgapp-token (token), /orgapp/server-api-error-codes-1 (error codes)
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Channel, ChatHanding, ChatMessage } from './channel';
import { type Line, messagesOf } from './chat-text';
import { type HttpAnswer, isAnswer, request } from './http';
import { inOrder } from './in-order';
import { type TokenNames, tokenIn, tokenTroubles } from './token-answer';
import { createTokens, type Refused, type Token, withToken } from './tokens';
import { type ErrorTable, verdictOf, verdictOfStatus } from './verdicts';
import { kept } from './words';

export interface DingtalkSettings {
  /** `https://oapi.dingtalk.com`, or a private deployment. */
  url: string;
  appKey: string;
  appSecret: string;
  agentId: number;
}

/** Codes of these calls; 88 carries the real one as `sub_code`. */
const ERRORS: ErrorTable = {
  '-1': 'temporary', // 系统繁忙
  15: 'temporary', // 服务暂不可用
  40001: 'misconfigured', // 获取access_token时Secret错误
  40014: 'token', // 不合法的access_token
  41001: 'token', // 缺少access_token
  42001: 'token', // access_token超时
  33001: 'misconfigured', // 无效的企业ID
  40013: 'misconfigured', // 不合法的corpid
  40035: 'misconfigured', // 不合法的参数
  40056: 'misconfigured', // 不合法的agentid
  40078: 'misconfigured', // 不存在的临时授权码
  40089: 'misconfigured', // 不合法的corpid或corpsecret
  40096: 'misconfigured', // 不合法的appKey或appSecret
  60011: 'misconfigured', // 没有调用该接口的权限
  60020: 'misconfigured', // 访问IP不在白名单之中
  70003: 'misconfigured', // agentid对应微应用不存在
  71006: 'misconfigured', // 企业应用被禁用
  400002: 'permanent', // 参数错误
  33012: 'permanent', // 无效的USERID
  40003: 'permanent', // 不合法的UserID
  60111: 'permanent', // userid不存在
  60121: 'permanent', // 找不到该用户
  141003: 'permanent', // 接收者不存在
  1430000: 'permanent', // 接受者为空
  1430002: 'permanent', // 包含违禁内容
  1430004: 'permanent', // 超级高管保护
  45002: 'permanent', // 消息内容大小超过限制
  90002: 'limited', // 访问过于频繁（企业）
  90003: 'limited', // 访问过于频繁（应用）
  90005: 'limited', // 访问过于频繁（IP）
  90006: 'limited', // 每分钟调用超限
  90018: 'limited', // 接口调用频率超限
  143103: 'limited', // 单应用每分钟发送人次超限
  143104: 'limited', // 企业每分钟发送人次超限
  1430003: 'limited', // 触发系统保护
  143105: 'permanent', // 单应用给单人每日推送量超限
};

/** The same words for the same person on the same day: he has them already. */
const DUPLICATE = '143106';

/** A notice may have 2048 bytes, the JSON around its words included; each person gets at most 500 a day. */
const LIMITS = { bytes: 1800, messages: 4 };

/** The notice is queued; what became of it is known a moment later, and where it is not, it counts as handed over. */
const LOOK_AFTER_MS = [300, 1_200];

const TOKEN: TokenNames = { code: 'errcode', token: 'access_token', seconds: 'expires_in' };

/** @param lookAfterMs when to ask what became of a notice; other moments only in tests */
export function createDingtalk(settings: DingtalkSettings, lookAfterMs: readonly number[] = LOOK_AFTER_MS): Channel {
  const { url, appKey, appSecret, agentId } = settings;
  const tokens = createTokens(fetchToken);
  const say = (text: string) => kept(text, [appSecret, tokens.present()]);

  async function fetchToken(): Promise<Token | ChatHanding> {
    const place = new URL('/gettoken', url);
    place.searchParams.set('appkey', appKey);
    place.searchParams.set('appsecret', appSecret);
    return tokenIn(await request({ method: 'GET', url: place }), TOKEN, judged);
  }

  function judged(got: HttpAnswer): ChatHanding | Refused {
    const { errcode, sub_code, errmsg } = got.json ?? {};
    if (typeof errcode !== 'number') return verdictOfStatus(got);
    const code = errcode === 88 && sub_code !== undefined ? String(sub_code) : String(errcode);
    return verdictOf(ERRORS[code], say(`${code} ${String(errmsg ?? '')}`), got.retryAfterMs);
  }

  async function ask(path: string, token: string, body: string): Promise<ReturnType<typeof request>> {
    const place = new URL(path, url);
    place.searchParams.set('access_token', token);
    return request({ method: 'POST', url: place, body });
  }

  function sendOne(body: string): Promise<ChatHanding> {
    return withToken(tokens, async (token) => {
      const got = await ask('/topapi/message/corpconversation/asyncsend_v2', token, body);
      if (!isAnswer(got)) return got;
      if (got.json?.errcode !== 0) {
        const { errcode, sub_code } = got.json ?? {};
        if ([errcode, sub_code].map(String).includes(DUPLICATE))
          return { outcome: 'handed', answer: say('重复，已送达') };
        return judged(got);
      }
      const task = Number(got.json.task_id);
      return fateOf(task, token);
    });
  }

  /** Whoever is not known, or may get nothing more today, is named only here. */
  async function fateOf(task: number, token: string): Promise<ChatHanding> {
    for (const wait of lookAfterMs) {
      await pause(wait);
      const body = JSON.stringify({ agent_id: agentId, task_id: task });
      const got = await ask('/topapi/message/corpconversation/getsendresult', token, body);
      const result = isAnswer(got) && got.json?.errcode === 0 ? got.json.send_result : null;
      const fate = result ? fateIn(result) : null;
      if (fate) return { ...fate, answer: say(`task_id ${task} ${fate.answer}`) };
    }
    return { outcome: 'handed', answer: `已受理 task_id ${task}` };
  }

  return {
    kind: 'dingtalk',
    compose: (message) => ({ body: JSON.stringify(bodiesOf(message, agentId)) }),
    send: ({ body }) => inOrder(body, sendOne),
    troubles: () => tokenTroubles(url, tokens),
  };
}

/** Null: nothing is known yet. */
function fateIn(result: object): ChatHanding | null {
  const has = (list: string) => {
    const value: unknown = Reflect.get(result, list);
    return Array.isArray(value) ? value.length > 0 : Boolean(value);
  };
  const forbidden: unknown = Reflect.get(result, 'forbidden_list');
  const [first] = Array.isArray(forbidden) ? (forbidden as { code?: unknown }[]) : [];
  if (has('invalid_user_id_list')) return { outcome: 'permanent', answer: '无效的userid' };
  if (String(first?.code) === DUPLICATE) return { outcome: 'handed', answer: '重复，已送达' };
  if (has('forbidden_user_id_list') || first) {
    return { outcome: 'permanent', answer: `被限流 ${String(first?.code ?? '')}` };
  }
  if (has('failed_user_id_list')) return { outcome: 'permanent', answer: '发送失败' };
  if (has('read_user_id_list') || has('unread_user_id_list')) return { outcome: 'handed', answer: '已送达' };
  return null;
}

function bodiesOf(message: ChatMessage, agentId: number): object[] {
  return messagesOf(message, LIMITS, written).map((content) => ({
    agent_id: agentId,
    userid_list: message.to,
    msg: { msgtype: 'text', text: { content } },
  }));
}

/** Text without markup: an address in it can be touched. */
function written({ text, href }: Line): string {
  return href ? `${text}：${new URL(href).href}` : text;
}
