/**
 * Channels 通道: the ways by which a letter reaches a person. Each person has his own order of them; the first that takes
 * the letter has delivered it, one that fails hands it on to the next.
 */

export const CHANNEL_KINDS = ['mail', 'wecom', 'dingtalk', 'feishu', 'webhook', 'sms'] as const;
export type ChannelKind = (typeof CHANNEL_KINDS)[number];

/** All but mail: what carries a short message that says where the whole letter is. */
export type ChatKind = Exclude<ChannelKind, 'mail'>;

/** One place in a person's order. The mail address stands with the person, once; the others here. */
export type ChannelUse = { kind: 'mail' } | { kind: ChatKind; to: string };

export const CHANNEL_NAMES: Record<ChannelKind, string> = {
  mail: '邮件',
  wecom: '企业微信',
  dingtalk: '钉钉',
  feishu: '飞书',
  webhook: '网络接口',
  sms: '短信',
};

/** As many ways to one person are a mistake, and each costs minutes before the next is tried. */
export const MOST_CHANNELS = 6;

/**
 * What an address may be. Vendors read some signs as several people or as everybody (`|` and `@all` in WeCom, `,` in
 * DingTalk): one letter is for one person, and carries his links.
 */
const ADDRESSES: Record<ChatKind, RegExp> = {
  // Ids of people as administrators give them.
  wecom: /^[A-Za-z0-9][A-Za-z0-9_.@-]{0,63}$/,
  dingtalk: /^[A-Za-z0-9][A-Za-z0-9_.@-]{0,63}$/,
  // open_id (ou_…), union_id (on_…), user_id or a mail address; a group (oc_…) is no person.
  feishu: /^(?!oc_)[A-Za-z0-9][A-Za-z0-9_.@+-]{0,127}$/,
  // The name of an endpoint of the settings, and whom it is for there.
  webhook: /^[a-z0-9][a-z0-9-]{0,31}(\/[A-Za-z0-9][A-Za-z0-9_.@-]{0,63})?$/,
  // A mobile number of the mainland, or any number as E.164 writes it.
  sms: /^(1[3-9]\d{9}|\+[1-9]\d{6,14})$/,
};

/** What an address of each kind looks like, for whoever typed another. */
export const ADDRESS_EXAMPLES: Record<ChatKind, string> = {
  wecom: 'wecom:wangli',
  dingtalk: 'dingtalk:manager4220',
  feishu: 'feishu:ou_7d8a6e6df7621556ce0d21922b676706',
  webhook: 'webhook:oa/wangli',
  sms: 'sms:13800138000',
};

/** Whether this can be somebody's address on this channel. */
export function isChannelAddress(kind: ChatKind, to: string): boolean {
  return ADDRESSES[kind].test(to);
}

/** `wecom:wangli` or `mail` as people write it; null: it is neither. */
export function channelUseOf(text: string): ChannelUse | null {
  if (text === 'mail') return { kind: 'mail' };
  const kind = CHANNEL_KINDS.find((one) => text.startsWith(`${one}:`));
  if (!kind || kind === 'mail') return null;
  const to = text.slice(kind.length + 1);
  return isChannelAddress(kind, to) ? { kind, to } : null;
}
