/** Ways of a letter beside mail. */
import { ConfigError } from './config-error';
import type { Environment } from './environment';
import { together } from './together';
import { isSecure, SECURE } from './values';

/** Null: not set up here. Every URL is https, but for this machine. */
export interface ChannelsConfig {
  wecom: { url: string; corpId: string; agentId: number; secret: string } | null;
  dingtalk: { url: string; appKey: string; appSecret: string; agentId: number } | null;
  feishu: { url: string; appId: string; appSecret: string } | null;
  /** By the names that addresses in the directory begin with. */
  webhooks: { name: string; url: string; secret: string }[];
  sms: { url: string; secret: string } | null;
}

/** Throws ConfigError where half of a channel is set, or a webhook has no secret. */
export function channelsOf(read: Environment): ChannelsConfig {
  const wecom = together({
    DUBAN_WECOM_CORP_ID: read.DUBAN_WECOM_CORP_ID,
    DUBAN_WECOM_AGENT_ID: read.DUBAN_WECOM_AGENT_ID,
    DUBAN_WECOM_SECRET: read.DUBAN_WECOM_SECRET,
  });
  const dingtalk = together({
    DUBAN_DINGTALK_APP_KEY: read.DUBAN_DINGTALK_APP_KEY,
    DUBAN_DINGTALK_AGENT_ID: read.DUBAN_DINGTALK_AGENT_ID,
    DUBAN_DINGTALK_SECRET: read.DUBAN_DINGTALK_SECRET,
  });
  const feishu = together({
    DUBAN_FEISHU_APP_ID: read.DUBAN_FEISHU_APP_ID,
    DUBAN_FEISHU_SECRET: read.DUBAN_FEISHU_SECRET,
  });
  const sms = together({ DUBAN_SMS_URL: read.DUBAN_SMS_URL, DUBAN_SMS_SECRET: read.DUBAN_SMS_SECRET });
  return {
    wecom: wecom && {
      url: read.DUBAN_WECOM_URL,
      corpId: wecom.DUBAN_WECOM_CORP_ID,
      agentId: wecom.DUBAN_WECOM_AGENT_ID,
      secret: wecom.DUBAN_WECOM_SECRET,
    },
    dingtalk: dingtalk && {
      url: read.DUBAN_DINGTALK_URL,
      appKey: dingtalk.DUBAN_DINGTALK_APP_KEY,
      appSecret: dingtalk.DUBAN_DINGTALK_SECRET,
      agentId: dingtalk.DUBAN_DINGTALK_AGENT_ID,
    },
    feishu: feishu && {
      url: read.DUBAN_FEISHU_URL,
      appId: feishu.DUBAN_FEISHU_APP_ID,
      appSecret: feishu.DUBAN_FEISHU_SECRET,
    },
    webhooks: webhooksOf(read.DUBAN_WEBHOOKS, read.DUBAN_WEBHOOK_SECRETS),
    sms: sms && { url: sms.DUBAN_SMS_URL, secret: signingSecret('DUBAN_SMS_SECRET', sms.DUBAN_SMS_SECRET) },
  };
}

/** Throws ConfigError. What it says names endpoints and no secrets. */
function webhooksOf(webhooks = '', secrets = ''): ChannelsConfig['webhooks'] {
  const places = namedParts('DUBAN_WEBHOOKS', webhooks);
  const keys = namedParts('DUBAN_WEBHOOK_SECRETS', secrets);
  for (const name of keys.keys()) {
    if (!places.has(name)) throw new ConfigError(`DUBAN_WEBHOOK_SECRETS has ${name}, which DUBAN_WEBHOOKS has not`);
  }
  return [...places].map(([name, place]) => {
    const secret = keys.get(name);
    if (!secret) throw new ConfigError(`DUBAN_WEBHOOK_SECRETS has nothing for ${name}; expected ${name}=whsec_…`);
    if (!isSecure(place)) throw new ConfigError(`DUBAN_WEBHOOKS has no https URL for ${name}; expected ${SECURE}`);
    return { name, url: place, secret: signingSecret('DUBAN_WEBHOOK_SECRETS', secret) };
  });
}

function namedParts(variable: string, list: string): Map<string, string> {
  const parts = new Map<string, string>();
  for (const part of list.split(',').map((one) => one.trim())) {
    if (part === '') continue;
    const [, name = '', value = ''] = /^([a-z0-9][a-z0-9-]{0,31})=(\S+)$/.exec(part) ?? [];
    if (name === '') throw new ConfigError(`${variable} has a part that is not NAME=…; expected names like oa`);
    if (parts.has(name)) throw new ConfigError(`${variable} has ${name} twice`);
    parts.set(name, value);
  }
  return parts;
}

/** As Standard Webhooks writes keys: whsec_ and base64 of 24 to 64 bytes. */
function signingSecret(variable: string, secret: string): string {
  const [, base64 = ''] = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(secret) ?? [];
  const bytes = Buffer.from(base64, 'base64').length;
  if (bytes >= 24 && bytes <= 64) return secret;
  throw new ConfigError(`${variable} is no key; expected whsec_ and what openssl rand -base64 32 prints`);
}
