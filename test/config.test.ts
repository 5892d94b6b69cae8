/** What the environment may say, and what the person is told when it says something else. */
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { ConfigError, parseConfig } from '../config';
import { environmentSchema } from '../config/environment';

const ROOT = resolve(__dirname, '..');

test('with nothing set, everything is embedded and lies in the project', () => {
  expect(parseConfig({})).toMatchObject({
    home: join(ROOT, '.duban'),
    evidenceDir: join(ROOT, '.duban', 'evidence'),
    evidenceMaxMb: 50,
    databaseUrl: null,
    temporal: { connection: null, namespace: 'default', taskQueue: 'duban' },
    mail: { smtpUrl: null, smtp: { caFile: null, connections: 5, perMinute: null }, dkim: null },
    baseUrl: null,
    console: { host: '127.0.0.1', port: null, trustProxy: null },
    logLevel: 'info',
    alarmSpreadMinutes: 150,
  });
});

test('an empty variable counts as not set', () => {
  expect(parseConfig({ DATABASE_URL: '', DUBAN_LOG: '  ', DUBAN_ALARM_SPREAD_MINUTES: '' })).toEqual(parseConfig({}));
});

test('the spread can be switched off', () => {
  expect(parseConfig({ DUBAN_ALARM_SPREAD_MINUTES: '0' }).alarmSpreadMinutes).toBe(0);
});

test('evidence follows a home that was moved', () => {
  expect(parseConfig({ DUBAN_HOME: '/srv/duban' })).toMatchObject({
    home: '/srv/duban',
    evidenceDir: '/srv/duban/evidence',
  });
  expect(parseConfig({ DUBAN_HOME: '/srv/duban', DUBAN_EVIDENCE: '/mnt/evidence' }).evidenceDir).toBe('/mnt/evidence');
});

test("the cache is the user's, not the project's", () => {
  expect(parseConfig({ XDG_CACHE_HOME: '/var/cache' }).cacheDir).toBe('/var/cache/duban');
  expect(parseConfig({ DUBAN_CACHE: '/opt/cache' }).cacheDir).toBe('/opt/cache');
  expect(parseConfig({}).cacheDir.startsWith(homedir())).toBe(true);
});

test('a Temporal address brings its key and namespace along', () => {
  const { temporal } = parseConfig({
    TEMPORAL_ADDRESS: 'temporal.example.gov.cn:7233',
    TEMPORAL_NAMESPACE: 'city',
    TEMPORAL_API_KEY: 'k',
  });
  expect(temporal).toMatchObject({
    connection: { address: 'temporal.example.gov.cn:7233', apiKey: 'k' },
    namespace: 'city',
  });
});

test('a namespace alone stays on the embedded server', () => {
  expect(parseConfig({ TEMPORAL_NAMESPACE: 'city' }).temporal).toMatchObject({ connection: null, namespace: 'city' });
});

test('a DKIM key signs for the domain of the sender, unless another is named', () => {
  const key = '-----BEGIN PRIVATE KEY-----\\nMII\\n-----END PRIVATE KEY-----';
  const from = '督办 <duban@zz.gov.cn>';
  expect(parseConfig({ DUBAN_DKIM_KEY: key, DUBAN_MAIL_FROM: from }).mail.dkim).toEqual({
    domain: 'zz.gov.cn',
    selector: 'duban',
    key: key.replaceAll('\\n', '\n'),
    keyFile: null,
  });
  const named = { DUBAN_DKIM_KEY_FILE: '/etc/duban/dkim.pem', DUBAN_DKIM_DOMAIN: 'gov.cn', DUBAN_DKIM_SELECTOR: 's1' };
  expect(parseConfig(named).mail.dkim).toMatchObject({ domain: 'gov.cn', selector: 's1', key: null });
  expect(() => parseConfig({ ...named, DUBAN_DKIM_KEY: key })).toThrow(ConfigError);
});

test.each(['tls.rejectUnauthorized=false', 'ignoreTLS=true', 'requireTLS=false', 'opportunisticTLS=true'])(
  'a mail server’s URL with %s is refused, and what to set instead is said',
  (query) => {
    expect(() => parseConfig({ DUBAN_SMTP_URL: `smtp://duban:secret@mail.example/?${query}` })).toThrow(
      /^(?!.*secret).*DUBAN_SMTP_CA/,
    );
  },
);

test.each([
  [{ DUBAN_ALARM_SPREAD_MINUTES: 'off' }, 'DUBAN_ALARM_SPREAD_MINUTES is "off"; expected a whole number from 0 to 150'],
  [{ DUBAN_ALARM_SPREAD_MINUTES: '151' }, 'DUBAN_ALARM_SPREAD_MINUTES is "151"; expected a whole number from 0 to 150'],
  [{ DUBAN_EVIDENCE_MAX_MB: '1.5' }, 'DUBAN_EVIDENCE_MAX_MB is "1.5"; expected a whole number from 1 to 2000'],
  [{ DUBAN_LOG: 'loud' }, 'DUBAN_LOG is "loud"; expected one of silent, fatal, error, warn, info, debug, trace'],
  [
    { DATABASE_URL: 'mysql://root:secret@db/duban' },
    'DATABASE_URL is "mysql://root:…@db/duban"; expected a URL like postgresql://user:password@host:5432/duban',
  ],
  [
    { DUBAN_SMTP_URL: 'mail.example.gov.cn' },
    'DUBAN_SMTP_URL is "mail.example.gov.cn"; expected a URL like smtp://user:password@host:587 or smtps://…',
  ],
  [
    { DUBAN_SMTP_URL: 'smpt://duban:p/a:s@s@mail.example' },
    'DUBAN_SMTP_URL is "smpt://duban:…@mail.example"; expected a URL like smtp://user:password@host:587 or smtps://…',
  ],
  [
    { DUBAN_SMS_URL: 'http://sms.example/send?apikey=s3cret' },
    'DUBAN_SMS_URL is "http://sms.example/send?…"; expected a URL like https://oa.example.gov.cn; http only for this machine',
  ],
])('%o is refused by name, value and what is expected, without passwords', (environment, message) => {
  expect(() => parseConfig(environment)).toThrow(new ConfigError(message));
});

test('every wrong variable is named at once', () => {
  expect(() => parseConfig({ DUBAN_LOG: 'loud', DUBAN_EVIDENCE_MAX_MB: '0' })).toThrow(
    /DUBAN_LOG.*\n.*DUBAN_EVIDENCE_MAX_MB/,
  );
});

test('.env.example lists every variable with its description and default', () => {
  const defaults: Record<string, unknown> = environmentSchema.parse({});
  const expected = Object.entries(environmentSchema.shape).map(([name, { description }]) => {
    const line = defaults[name] === undefined ? `# ${name}=` : `${name}=${defaults[name]}`;
    return `# ${description}\n${line}\n`;
  });
  const intro = '# Copy to .env and change what you need; everything has a default.\n';
  expect(readFileSync(join(ROOT, '.env.example'), 'utf8')).toBe([intro, ...expected].join('\n'));
});

describe('channels', () => {
  const KEY = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
  const WECOM = { DUBAN_WECOM_CORP_ID: 'ww1', DUBAN_WECOM_AGENT_ID: '1000002', DUBAN_WECOM_SECRET: 's3cret' };

  test('none is there until it is set', () => {
    expect(parseConfig({}).channels).toEqual({ wecom: null, dingtalk: null, feishu: null, webhooks: [], sms: null });
  });

  test('each of them, with the vendor’s own address or another', () => {
    const { channels } = parseConfig({
      ...WECOM,
      DUBAN_WECOM_URL: 'https://wecom.gov.example',
      DUBAN_DINGTALK_APP_KEY: 'k',
      DUBAN_DINGTALK_AGENT_ID: '7',
      DUBAN_DINGTALK_SECRET: 's',
      DUBAN_FEISHU_APP_ID: 'cli_1',
      DUBAN_FEISHU_SECRET: 's',
      DUBAN_WEBHOOKS: 'oa=https://oa.gov.example/duban?a=b, bus=http://127.0.0.1:9000/',
      DUBAN_WEBHOOK_SECRETS: `bus=${KEY},oa=${KEY}`,
      DUBAN_SMS_URL: 'https://sms.gov.example/',
      DUBAN_SMS_SECRET: KEY,
    });
    expect(channels).toEqual({
      wecom: { url: 'https://wecom.gov.example', corpId: 'ww1', agentId: 1000002, secret: 's3cret' },
      dingtalk: { url: 'https://oapi.dingtalk.com', appKey: 'k', appSecret: 's', agentId: 7 },
      feishu: { url: 'https://open.feishu.cn', appId: 'cli_1', appSecret: 's' },
      webhooks: [
        { name: 'oa', url: 'https://oa.gov.example/duban?a=b', secret: KEY },
        { name: 'bus', url: 'http://127.0.0.1:9000/', secret: KEY },
      ],
      sms: { url: 'https://sms.gov.example/', secret: KEY },
    });
  });

  test.each([
    [{ ...WECOM, DUBAN_WECOM_SECRET: '' }, /DUBAN_WECOM_SECRET missing; expected beside DUBAN_WECOM_CORP_ID/],
    [{ ...WECOM, DUBAN_WECOM_URL: 'http://wecom.gov.example' }, /DUBAN_WECOM_URL is .*; expected a URL like https/],
    [{ DUBAN_FEISHU_SECRET: 's3cret' }, /DUBAN_FEISHU_APP_ID missing/],
    [{ DUBAN_WEBHOOKS: 'oa=https://oa.example' }, /DUBAN_WEBHOOK_SECRETS has nothing for oa/],
    [{ DUBAN_WEBHOOK_SECRETS: `oa=${KEY}` }, /DUBAN_WEBHOOK_SECRETS has oa, which DUBAN_WEBHOOKS has not/],
    [{ DUBAN_WEBHOOKS: 'oa=http://oa.example', DUBAN_WEBHOOK_SECRETS: `oa=${KEY}` }, /no https URL for oa/],
    [{ DUBAN_WEBHOOKS: 'oa=https://u:s3cret@oa.example', DUBAN_WEBHOOK_SECRETS: `oa=${KEY}` }, /no https URL for oa/],
    [{ DUBAN_WEBHOOKS: 's3cret nonsense' }, /DUBAN_WEBHOOKS has a part that is not NAME/],
    [{ DUBAN_WEBHOOKS: 'oa=https://a.example,oa=https://b.example' }, /has oa twice/],
    [{ DUBAN_SMS_URL: 'https://sms.example', DUBAN_SMS_SECRET: 's3cret' }, /DUBAN_SMS_SECRET is no key/],
  ])('%j is refused, and no secret is said', (environment, why) => {
    expect(() => parseConfig(environment)).toThrow(ConfigError);
    expect(() => parseConfig(environment)).toThrow(why);
    expect(() => parseConfig(environment)).not.toThrow(/s3cret|whsec_[A-Za-z0-9+/]/);
  });
});
