/** A letter as channels get it, for their tests. */
import type { Ask, Letter } from '../../../domain/letters';
import type { Channel, ChatMessage } from '../../../mail/channels/channel';

export function ask(over: Partial<Ask> = {}): Ask {
  return {
    no: '1-01',
    task: 'zz-2020/1-01',
    title: '实行“全程网上办”',
    plan: null,
    role: '牵头',
    due: '6月30日（周二）',
    left: '还有5个工作日',
    answers: [],
    official: [],
    todo: ['请于6月30日（周二）前办结并报送佐证材料。'],
    reference: null,
    ...over,
  };
}

export function letterOfAsks(asks: Ask[]): Letter {
  return {
    language: 'zh-CN',
    subject: `【督办】${asks.length}项待办，最近时限6月30日`,
    summary: `截至2020年6月22日（周一）：${asks.length}项待办，最近时限6月30日。`,
    plan: '某市责任分工方案',
    sections: [{ section: 'due', name: '待办', asks, counted: [] }],
  };
}

export function message(over: Partial<ChatMessage> = {}): ChatMessage {
  return {
    letter: '20200622-0900-0123456789ab',
    to: 'wangli',
    addressee: '市税务局 王莉',
    office: '市营商办',
    date: '2020年6月22日（周一）',
    content: letterOfAsks([ask()]),
    ...over,
  };
}

/** Composes and sends. */
export async function deliver(channel: Channel, given: Partial<ChatMessage> = {}) {
  const whole = message(given);
  const composed = channel.compose(whole);
  if (!('body' in composed)) throw new Error(composed.unusable);
  return channel.send({ letter: whole.letter, to: whole.to, body: composed.body });
}

/** What is stored of a message. */
export function bodyOf(channel: Channel, given: Partial<ChatMessage> = {}): string {
  const composed = channel.compose(message(given));
  return 'body' in composed ? composed.body : '';
}
