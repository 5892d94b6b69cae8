/** The channels that the settings name, and no others. */
import type { Channels } from './channel';
import { createDingtalk, type DingtalkSettings } from './dingtalk';
import { createFeishu, type FeishuSettings } from './feishu';
import { createSms, type SmsSettings } from './sms';
import { createWebhooks, type Endpoint } from './webhook';
import { createWecom, type WecomSettings } from './wecom';

export interface ChannelSettings {
  wecom: WecomSettings | null;
  dingtalk: DingtalkSettings | null;
  feishu: FeishuSettings | null;
  webhooks: readonly Endpoint[];
  sms: SmsSettings | null;
}

export function createChannels({ wecom, dingtalk, feishu, webhooks, sms }: ChannelSettings): Channels {
  return {
    ...(wecom && { wecom: createWecom(wecom) }),
    ...(dingtalk && { dingtalk: createDingtalk(dingtalk) }),
    ...(feishu && { feishu: createFeishu(feishu) }),
    ...(webhooks.length > 0 && { webhook: createWebhooks(webhooks) }),
    ...(sms && { sms: createSms(sms) }),
  };
}
