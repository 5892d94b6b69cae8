/**
 * Duban's settings. The only room that reads the environment: everything else gets what it needs as an argument.
 * `.env` in the project's folder is read too; a variable that is set already wins over it.
 */
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { type ChannelsConfig, channelsOf } from './channels';
import { ConfigError } from './config-error';
import { type Environment, environmentSchema } from './environment';
import { type MailConfig, mailOf } from './mail';
import { type OidcConfig, oidcOf } from './oidc';
import { type TemporalConfig, temporalOf, type Variables } from './temporal';

export { ConfigError } from './config-error';

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
  temporal: TemporalConfig;
  mail: MailConfig;
  /** Ways beside mail. */
  channels: ChannelsConfig;
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
  secondFactor: Environment['DUBAN_SECOND_FACTOR'];
  /** The identity provider (OpenID Connect) that people may sign in by; null: there is none. */
  oidc: OidcConfig | null;
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
  logLevel: Environment['DUBAN_LOG'];
  /** 0: every alarm of a day rings at its beginning. */
  alarmSpreadMinutes: number;
  /** `host:port` where a worker shows the Temporal SDK's own figures to Prometheus; null: nowhere. */
  workerMetrics: string | null;
}

const ROOT = join(__dirname, '..');
/** Variables whose values are never shown. */
const SECRETS = /TOKEN|KEY|SECRET/;

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
    temporal: temporalOf(set, read),
    mail: mailOf(read, ROOT),
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
