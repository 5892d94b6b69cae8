/**
 * Duban's settings. The only file that reads the environment: everything else gets what it needs as an argument.
 * `.env` in the project's folder is read too; a variable that is set already wins over it.
 */
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { type ClientConnectConfig, loadClientConnectConfig } from '@temporalio/envconfig';
import { z } from 'zod';

export interface Config {
  /** Everything the embedded servers keep. Absolute, like every folder here. */
  home: string;
  /** Downloads and builds shared by all checkouts of this user. */
  cacheDir: string;
  evidenceDir: string;
  /** One file. */
  evidenceMaxMb: number;
  /** null: the embedded PostgreSQL. */
  databaseUrl: string | null;
  temporal: {
    /** null: the embedded server. Otherwise fits `Connection.connect` and `NativeConnection.connect`. */
    connection: ClientConnectConfig['connectionOptions'] | null;
    namespace: string;
    taskQueue: string;
  };
  mail: {
    /** null: the embedded catcher. */
    smtpUrl: string | null;
    from: string;
    smtp: {
      /** PEM of authorities trusted beside Node's own. */
      caFile: string | null;
      connections: number;
      /** null: as many as go. */
      perMinute: number | null;
    };
    /** null: letters are not signed. Of `key` and `keyFile` one is set. */
    dkim: { domain: string; selector: string; key: string | null; keyFile: string | null } | null;
  };
  /** Ways beside mail; null: not set up here. Every URL is https, but for this machine. */
  channels: {
    wecom: { url: string; corpId: string; agentId: number; secret: string } | null;
    dingtalk: { url: string; appKey: string; appSecret: string; agentId: number } | null;
    feishu: { url: string; appId: string; appSecret: string } | null;
    /** By the names that addresses in the directory begin with. */
    webhooks: { name: string; url: string; secret: string }[];
    sms: { url: string; secret: string } | null;
  };
  /** The coordination office that sees to mails of senders whom no directory knows; null: none was named. */
  headOffice: string | null;
  /** The mailbox in which answers to letters and returned letters arrive; null: nobody reads it. */
  imap: {
    url: string;
    /** The mail server whose word on senders is asked (its authserv-id); null: From is believed. */
    authServer: string | null;
  } | null;
  /** Where people open the console from; null: no links in letters. */
  baseUrl: string | null;
  /** Keys of links, `name:secret,name:secret`; null: the file `link-keys` of the home. */
  linkKeys: string | null;
  /** Keys that seal what accounts keep, `name:secret,name:secret`; null: the file `account-keys` of the home. */
  accountKeys: string | null;
  /** Who must show a second factor: officers of a coordination office, or whoever set one up himself. */
  secondFactor: (typeof SECOND_FACTOR)[number];
  /** The identity provider (OpenID Connect) that people may sign in by; null: there is none. */
  oidc: {
    issuer: string;
    clientId: string;
    /** null: a public client, with PKCE alone. */
    clientSecret: string | null;
    scope: string;
    /** What the button is called; null: the issuer's host. */
    label: string | null;
    /** Claims, by dotted path where they lie deeper. */
    loginClaim: string;
    rolesClaim: string;
    roles: { value: string; role: (typeof OIDC_ROLES)[number]; unit: string | null }[];
    /** How long after a sign-in by the provider API tokens of its users count. */
    tokenDays: number;
  } | null;
  /** The console's own server. */
  console: {
    host: string;
    /** null: 8050, or for `up` the next one that is free. */
    port: number | null;
    /** Proxies whose X-Forwarded-For is believed; null: none is. */
    trustProxy: string | null;
    /** Opens `/metrics` to whoever is not on this machine; null: it stays closed. */
    metricsToken: string | null;
  };
  logLevel: (typeof LOG_LEVELS)[number];
  /** 0: every alarm of a day rings at its beginning. */
  alarmSpreadMinutes: number;
  /** `host:port` where a worker shows the Temporal SDK's own figures to Prometheus; null: nowhere. */
  workerMetrics: string | null;
}

/** The environment asks for something that cannot be. `message` has one line for each variable. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

const ROOT = __dirname;
const SECURE = 'a URL like https://oa.example.gov.cn; http only for this machine';
const SECOND_FACTOR = ['required', 'optional'] as const;
const OIDC_ROLES = ['coordinator', 'office-head', 'supervisor', 'unit', 'auditor'] as const;
const LOG_LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;

/** Each description, default and order here is also a line of `.env.example`; a test compares them. */
export const environmentSchema = z.object({
  DUBAN_HOME: text('a folder')
    .default('.duban')
    .describe(
      'Data of the embedded servers, and evidence. A relative folder counts from the project, not from where you are.',
    ),
  DATABASE_URL: url('a URL like postgresql://user:password@host:5432/duban', ['postgres:', 'postgresql:'])
    .optional()
    .describe('Your own PostgreSQL 14 or newer. Without it: an embedded one.'),
  TEMPORAL_ADDRESS: text('host:port')
    .optional()
    .describe(
      "Your own Temporal server. Without it: an embedded one. Temporal's other variables count too: TEMPORAL_API_KEY, TEMPORAL_TLS…, TEMPORAL_PROFILE, TEMPORAL_CONFIG_FILE.",
    ),
  TEMPORAL_NAMESPACE: text('the name of a namespace').default('default').describe('Namespace on the Temporal server.'),
  DUBAN_TASK_QUEUE: text('the name of a task queue').default('duban').describe('Task queue the worker serves.'),
  DUBAN_SMTP_URL: url('a URL like smtp://user:password@host:587 or smtps://…', ['smtp:', 'smtps:'])
    .optional()
    .describe('Where letters are handed over. Without it: an embedded catcher keeps them and sends nothing.'),
  DUBAN_SMTP_CA: text('a file')
    .optional()
    .describe('Certificates (PEM) of authorities that the mail server may be signed by, beside the public ones.'),
  DUBAN_SMTP_CONNECTIONS: wholeNumber(1, 50).default(5).describe('Connections to the mail server at once.'),
  DUBAN_SMTP_RATE: wholeNumber(3, 100_000)
    .optional()
    .describe('Letters that a worker hands over in a minute at most. Without it: as many as go.'),
  DUBAN_DKIM_KEY: text('a private key')
    .optional()
    .describe(
      'Signs letters (DKIM): an RSA private key as PEM, line ends as \\n where a line cannot end; or its file.',
    ),
  DUBAN_DKIM_KEY_FILE: text('a file').optional().describe('The same key in a file.'),
  DUBAN_DKIM_DOMAIN: text('a domain').optional().describe("Domain that signs. Without it: the sender's."),
  DUBAN_DKIM_SELECTOR: text('a name')
    .default('duban')
    .describe('Name of the key: its public half stands at SELECTOR._domainkey.DOMAIN.'),
  DUBAN_MAIL_FROM: text('an address').default('督办 <duban@localhost>').describe('Sender of letters.'),
  DUBAN_WECOM_CORP_ID: text('a CorpID')
    .optional()
    .describe('WeCom 企业微信: the CorpID; the next two belong to it. Without it: no letters by WeCom.'),
  DUBAN_WECOM_AGENT_ID: wholeNumber(1, 2_147_483_647)
    .optional()
    .describe('AgentId of the application that letters come from.'),
  DUBAN_WECOM_SECRET: text('a secret').optional().describe("The application's Secret."),
  DUBAN_WECOM_URL: secureUrl()
    .default('https://qyapi.weixin.qq.com')
    .describe('Where WeCom is asked; another for a private deployment.'),
  DUBAN_DINGTALK_APP_KEY: text('an AppKey')
    .optional()
    .describe('DingTalk 钉钉: the AppKey (Client ID); the next two belong to it. Without it: no letters by DingTalk.'),
  DUBAN_DINGTALK_AGENT_ID: wholeNumber(1, 9_007_199_254_740_991)
    .optional()
    .describe('AgentId of the application whose work notices letters are.'),
  DUBAN_DINGTALK_SECRET: text('a secret').optional().describe("The application's AppSecret (Client Secret)."),
  DUBAN_DINGTALK_URL: secureUrl()
    .default('https://oapi.dingtalk.com')
    .describe('Where DingTalk is asked; another for a private deployment.'),
  DUBAN_FEISHU_APP_ID: text('an App ID')
    .optional()
    .describe('Feishu 飞书: the App ID; the next one belongs to it. Without it: no letters by Feishu.'),
  DUBAN_FEISHU_SECRET: text('a secret').optional().describe("The application's App Secret."),
  DUBAN_FEISHU_URL: secureUrl()
    .default('https://open.feishu.cn')
    .describe('Where Feishu is asked; https://open.larksuite.com for Lark, another for a private deployment.'),
  DUBAN_WEBHOOKS: text('NAME=URL,NAME=URL')
    .optional()
    .describe('Programs that take letters as signed JSON: oa=https://oa.example.gov.cn/duban, separated by commas.'),
  DUBAN_WEBHOOK_SECRETS: text('NAME=SECRET,NAME=SECRET')
    .optional()
    .describe('What each of them checks the signature by: whsec_ and base64, made by openssl rand -base64 32.'),
  DUBAN_SMS_URL: secureUrl()
    .optional()
    .describe('A program that sends short messages: takes signed JSON. Without it: no short messages.'),
  DUBAN_SMS_SECRET: text('whsec_ and base64').optional().describe('What it checks the signature by.'),
  DUBAN_IMAP_URL: url('a URL like imaps://user:password@host/INBOX', ['imaps:', 'imap:'])
    .refine((value) => new URL(value).username !== '', { error: 'a URL like imaps://user:password@host/INBOX' })
    .optional()
    .describe(
      'Mailbox of DUBAN_MAIL_FROM: answers by reply and returned letters are read there, user and password percent-encoded; imap:// means STARTTLS. Without it: nobody reads them.',
    ),
  DUBAN_HEAD_OFFICE: text('an id like zhuzhou:市优化营商环境办')
    .optional()
    .describe(
      'Coordination office, by the id of its unit, that sees to mails of senders whom no directory knows. Without it: the offices of the one city that has any; where there are several, the server alone (duban inbox).',
    ),
  DUBAN_IMAP_AUTHSERV: text('the name of a mail server')
    .optional()
    .describe(
      'Name (authserv-id) that your mail server puts into Authentication-Results: only senders that it vouches for can answer. Without it: From is believed.',
    ),
  DUBAN_BASE_URL: url('a URL like https://duban.example.gov.cn', ['http:', 'https:'])
    .optional()
    .describe(
      "Where people open the console; letters link to it. Without it: duban up uses the console's own address, other workers put no links in letters.",
    ),
  DUBAN_LINK_KEYS: text('name:secret,name:secret')
    .optional()
    .describe(
      'Keys that sign the links in letters, name:secret,name:secret; the first signs, all verify. Without it: the file link-keys in DUBAN_HOME, made once.',
    ),
  DUBAN_ACCOUNT_KEYS: text('name:secret,name:secret')
    .optional()
    .describe(
      'Keys that seal second factors in the database, name:secret,name:secret; the first seals, all open. Without it: the file account-keys in DUBAN_HOME, made once.',
    ),
  DUBAN_SECOND_FACTOR: z
    .enum(SECOND_FACTOR, { error: `one of ${SECOND_FACTOR.join(', ')}` })
    .default('required')
    .describe(
      'required: coordinators, heads of offices and supervisors sign in with a code of an authenticator (TOTP); optional: whoever set one up.',
    ),
  DUBAN_OIDC_ISSUER: secureUrl()
    .optional()
    .describe(
      'Identity provider (OpenID Connect) that people may sign in by; its redirect address is DUBAN_BASE_URL/sign-in/oidc/callback. Without it: passwords alone.',
    ),
  DUBAN_OIDC_CLIENT_ID: text('a client id').optional().describe('Client id that the provider gave.'),
  DUBAN_OIDC_CLIENT_SECRET: text('a secret').optional().describe('Its secret. Without it: a public client (PKCE).'),
  DUBAN_OIDC_SCOPE: text('scopes').default('openid profile').describe('What the provider is asked for.'),
  DUBAN_OIDC_LABEL: text('a name').optional().describe("What its button is called. Without it: the provider's host."),
  DUBAN_OIDC_LOGIN_CLAIM: text('a claim').default('preferred_username').describe('Claim with the login.'),
  DUBAN_OIDC_ROLES_CLAIM: text('a claim')
    .default('groups')
    .describe('Claim with the values that are mapped to roles; dots lead deeper: realm_access.roles.'),
  DUBAN_OIDC_ROLES: text('VALUE=ROLE@UNIT; VALUE=ROLE@UNIT')
    .optional()
    .describe(
      'Role of each value, separated by semicolons: 督办室=coordinator@zhuzhou:市优化营商环境办; staff=unit@{department}; 审计局=auditor. {department} is that claim. Whoever gets none is not let in.',
    ),
  DUBAN_OIDC_TOKEN_DAYS: wholeNumber(1, 366)
    .default(30)
    .describe('API tokens of whoever did not sign in by the provider for so many days count no more, until he does.'),
  DUBAN_HOST: text('an address of this machine')
    .default('127.0.0.1')
    .describe('Address that the console listens on; 0.0.0.0 for all.'),
  DUBAN_PORT: wholeNumber(1, 65_535)
    .optional()
    .describe('Port of the console. Without it: 8050; duban up takes the next free one.'),
  DUBAN_TRUST_PROXY: text('addresses or networks, separated by commas')
    .optional()
    .describe(
      'Reverse proxies whose X-Forwarded-For and X-Forwarded-Proto are believed: loopback, 10.0.0.0/8 … Without it: none.',
    ),
  DUBAN_LOG: z
    .enum(LOG_LEVELS, { error: `one of ${LOG_LEVELS.join(', ')}` })
    .default('info')
    .describe(`How much is logged: ${LOG_LEVELS.join(', ')}.`),
  DUBAN_ALARM_SPREAD_MINUTES: wholeNumber(0, 150)
    .default(150)
    .describe(
      "Alarms of a day ring within this time after 05:00, spread by the task's id; 0: all at 05:00. At most 150, so that they precede the 09:00 round.",
    ),
  DUBAN_CACHE: text('a folder')
    .optional()
    .describe("Downloaded or built servers. Without it: duban/ in the user's cache folder."),
  DUBAN_METRICS_TOKEN: z
    .string({ error: 'at least 16 characters' })
    .min(16, { error: 'at least 16 characters' })
    .optional()
    .describe("Bearer token for the console's /metrics. Without it: answered to this machine only."),
  DUBAN_WORKER_METRICS: z
    .string({ error: 'host:port' })
    .regex(/^\S+:\d{1,5}$/, { error: 'host:port' })
    .optional()
    .describe("host:port where a worker shows the Temporal SDK's own figures to Prometheus. Without it: nowhere."),
  DUBAN_EVIDENCE: text('a folder').optional().describe('Evidence files. Without it: evidence/ in DUBAN_HOME.'),
  DUBAN_EVIDENCE_MAX_MB: wholeNumber(1, 2000).default(50).describe('Largest file of evidence, in megabytes.'),
});

/** The settings of this process. Throws ConfigError. */
export function loadConfig(): Config {
  const file = join(ROOT, '.env');
  if (existsSync(file)) process.loadEnvFile(file);
  return parseConfig(process.env);
}

/** The same from any environment; an empty variable counts as not set. Throws ConfigError. */
export function parseConfig(environment: NodeJS.ProcessEnv): Config {
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim()));
  const parsed = environmentSchema.safeParse(set);
  if (!parsed.success) {
    const lines = parsed.error.issues.map(({ path, message }) => {
      const name = String(path[0]);
      return `${name} is "${SECRETS.test(name) ? '…' : withoutPassword(set[name] ?? '')}"; expected ${message}`;
    });
    throw new ConfigError(lines.join('\n'));
  }
  const read = parsed.data;
  const home = resolve(ROOT, read.DUBAN_HOME);
  return {
    home,
    cacheDir: read.DUBAN_CACHE ? resolve(ROOT, read.DUBAN_CACHE) : join(userCache(set), 'duban'),
    evidenceDir: read.DUBAN_EVIDENCE ? resolve(ROOT, read.DUBAN_EVIDENCE) : join(home, 'evidence'),
    evidenceMaxMb: read.DUBAN_EVIDENCE_MAX_MB,
    databaseUrl: read.DATABASE_URL ?? null,
    temporal: { ...temporalOf(set, read.TEMPORAL_NAMESPACE), taskQueue: read.DUBAN_TASK_QUEUE },
    mail: mailOf(read),
    channels: channelsOf(read),
    headOffice: read.DUBAN_HEAD_OFFICE ?? null,
    imap: read.DUBAN_IMAP_URL ? { url: read.DUBAN_IMAP_URL, authServer: read.DUBAN_IMAP_AUTHSERV ?? null } : null,
    baseUrl: read.DUBAN_BASE_URL?.replace(/\/+$/, '') ?? null,
    linkKeys: read.DUBAN_LINK_KEYS ?? null,
    accountKeys: read.DUBAN_ACCOUNT_KEYS ?? null,
    secondFactor: read.DUBAN_SECOND_FACTOR,
    oidc: oidcOf(read),
    console: {
      host: read.DUBAN_HOST,
      port: read.DUBAN_PORT ?? null,
      trustProxy: read.DUBAN_TRUST_PROXY ?? null,
      metricsToken: read.DUBAN_METRICS_TOKEN ?? null,
    },
    logLevel: read.DUBAN_LOG,
    alarmSpreadMinutes: read.DUBAN_ALARM_SPREAD_MINUTES,
    workerMetrics: read.DUBAN_WORKER_METRICS ?? null,
  };
}

/** Throws ConfigError where the URL would switch the encryption off, or a key is given twice. */
function mailOf(read: z.infer<typeof environmentSchema>): Config['mail'] {
  const smtpUrl = read.DUBAN_SMTP_URL ?? null;
  const weak = smtpUrl === null ? [] : [...new URL(smtpUrl).searchParams].filter(weakens).map(([name]) => name);
  if (weak.length > 0) {
    throw new ConfigError(
      `DUBAN_SMTP_URL says ${weak.join(', ')}; letters go encrypted or not at all: leave it out. For a certificate of your own set DUBAN_SMTP_CA`,
    );
  }
  const key = read.DUBAN_DKIM_KEY?.replaceAll('\\n', '\n') ?? null;
  const keyFile = read.DUBAN_DKIM_KEY_FILE ? resolve(ROOT, read.DUBAN_DKIM_KEY_FILE) : null;
  if (key && keyFile)
    throw new ConfigError('DUBAN_DKIM_KEY and DUBAN_DKIM_KEY_FILE are both set; expected one of them');
  const from = read.DUBAN_MAIL_FROM;
  const domain = read.DUBAN_DKIM_DOMAIN ?? from.slice(from.lastIndexOf('@') + 1).replace(/[>\s]/g, '');
  return {
    smtpUrl,
    from,
    smtp: {
      caFile: read.DUBAN_SMTP_CA ? resolve(ROOT, read.DUBAN_SMTP_CA) : null,
      connections: read.DUBAN_SMTP_CONNECTIONS,
      perMinute: read.DUBAN_SMTP_RATE ?? null,
    },
    dkim: key || keyFile ? { domain, selector: read.DUBAN_DKIM_SELECTOR, key, keyFile } : null,
  };
}

/** Throws ConfigError where the provider has no client, or a role is none. */
function oidcOf(read: z.infer<typeof environmentSchema>): Config['oidc'] {
  const set = together({
    DUBAN_OIDC_ISSUER: read.DUBAN_OIDC_ISSUER,
    DUBAN_OIDC_CLIENT_ID: read.DUBAN_OIDC_CLIENT_ID,
    DUBAN_OIDC_ROLES: read.DUBAN_OIDC_ROLES,
  });
  if (!set) return null;
  return {
    issuer: set.DUBAN_OIDC_ISSUER,
    clientId: set.DUBAN_OIDC_CLIENT_ID,
    clientSecret: read.DUBAN_OIDC_CLIENT_SECRET ?? null,
    scope: read.DUBAN_OIDC_SCOPE,
    label: read.DUBAN_OIDC_LABEL ?? null,
    loginClaim: read.DUBAN_OIDC_LOGIN_CLAIM,
    rolesClaim: read.DUBAN_OIDC_ROLES_CLAIM,
    roles: rolesOf(set.DUBAN_OIDC_ROLES),
    tokenDays: read.DUBAN_OIDC_TOKEN_DAYS,
  };
}

/** A value may be the name of a directory's group, with commas and equals signs: the last sign counts. */
function rolesOf(list: string): NonNullable<Config['oidc']>['roles'] {
  const parts = list.split(';').map((part) => part.trim());
  return parts.filter(Boolean).map((part) => {
    const [, value = '', name = '', unit = null] = /^(.+)=\s*([a-z-]+)(?:@(\S+))?$/.exec(part) ?? [];
    const role = OIDC_ROLES.find((one) => one === name);
    if (!role || (role === 'auditor') !== (unit === null)) {
      const all = OIDC_ROLES.join(', ');
      throw new ConfigError(
        `DUBAN_OIDC_ROLES has "${part}"; expected VALUE=ROLE@UNIT of ${all}, an auditor without unit`,
      );
    }
    return { value: value.trim(), role, unit };
  });
}

/** Options of nodemailer that would let a letter go unread by nobody knows whom. */
function weakens([name, value]: [string, string]): boolean {
  if (name === 'tls.rejectUnauthorized' || name === 'requireTLS') return value === 'false';
  return (name === 'ignoreTLS' || name === 'opportunisticTLS') && value !== 'false';
}

/** Variables whose values are never shown. */
const SECRETS = /TOKEN|KEY|SECRET/;

/** Throws ConfigError where half of a channel is set, or a webhook has no secret. */
function channelsOf(read: z.infer<typeof environmentSchema>): Config['channels'] {
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

/** All of them, or null when none is set. Throws ConfigError where some are missing. */
function together<T extends Record<string, unknown>>(parts: T): { [K in keyof T]: NonNullable<T[K]> } | null {
  const missing = Object.keys(parts).filter((name) => parts[name] === undefined);
  if (missing.length === Object.keys(parts).length) return null;
  if (missing.length > 0) {
    const set = Object.keys(parts).filter((name) => !missing.includes(name));
    throw new ConfigError(`${missing.join(', ')} missing; expected beside ${set.join(', ')}`);
  }
  // Nothing is undefined: that was looked at above.
  return parts as { [K in keyof T]: NonNullable<T[K]> };
}

/** Throws ConfigError. What it says names endpoints and no secrets. */
function webhooksOf(webhooks = '', secrets = ''): Config['channels']['webhooks'] {
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

type Variables = Record<string, string | undefined>;

/**
 * Temporal's own environment configuration counts only when the environment names a server, a profile or a file: a
 * profile that merely lies in the user's folder must not turn `npm start` towards a cluster.
 */
function temporalOf(set: Variables, namespace: string): Pick<Config['temporal'], 'connection' | 'namespace'> {
  if (!set.TEMPORAL_ADDRESS && !set.TEMPORAL_PROFILE && !set.TEMPORAL_CONFIG_FILE)
    return { connection: null, namespace };
  const overrideEnvVars = Object.fromEntries(
    Object.entries(set).flatMap(([name, value]) => (name.startsWith('TEMPORAL_') && value ? [[name, value]] : [])),
  );
  try {
    const loaded = loadClientConnectConfig({
      overrideEnvVars,
      disableFile: !set.TEMPORAL_PROFILE && !set.TEMPORAL_CONFIG_FILE,
    });
    return { connection: loaded.connectionOptions, namespace: loaded.namespace ?? namespace };
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new ConfigError(`TEMPORAL_…: ${why}`, { cause });
  }
}

/** The user's cache folder by the custom of each system. */
function userCache(set: Variables): string {
  if (set.XDG_CACHE_HOME) return set.XDG_CACHE_HOME;
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches');
  if (process.platform === 'win32') return set.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local');
  return join(homedir(), '.cache');
}

/** A malformed URL can hold a password wherever it likes, and gateways take keys as query: neither is shown. */
function withoutPassword(value: string): string {
  return value.replace(/(:\/\/[^:@\s]*:|:).*@/, '$1…@').replace(/\?.+$/, '?…');
}

function text(expected: string) {
  return z.string({ error: expected });
}

function url(expected: string, protocols: string[]) {
  const fits = (value: string) => URL.canParse(value) && protocols.includes(new URL(value).protocol);
  return z.string({ error: expected }).refine(fits, { error: expected });
}

/** Letters and tokens go encrypted, or stay on this machine. */
function isSecure(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, hostname, username } = new URL(value);
  const isHere = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  return username === '' && (protocol === 'https:' || (protocol === 'http:' && isHere));
}

function secureUrl() {
  return z.string({ error: SECURE }).refine(isSecure, { error: SECURE });
}

function wholeNumber(least: number, most: number) {
  const error = `a whole number from ${least} to ${most}`;
  return z
    .string({ error })
    .regex(/^\d+$/, { error })
    .transform(Number)
    .pipe(z.number().min(least, { error }).max(most, { error }));
}
