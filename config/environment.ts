/** Every variable that Duban reads, what it may hold, and what people are told of it. */
import { z } from 'zod';
import { secureUrl, text, url, wholeNumber } from './values';

const SECOND_FACTOR = ['required', 'optional'] as const;
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

/** The variables as they were read: checked, with their defaults. */
export type Environment = z.infer<typeof environmentSchema>;
