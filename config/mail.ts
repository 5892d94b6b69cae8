/** The mail server that letters are handed to, and who signs them. */
import { resolve } from 'node:path';
import { ConfigError } from './config-error';
import type { Environment } from './environment';

export interface MailConfig {
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
}

/**
 * @param root the folder from which relative files count
 * @throws ConfigError where the URL would switch the encryption off, or a key is given twice
 */
export function mailOf(read: Environment, root: string): MailConfig {
  const smtpUrl = read.DUBAN_SMTP_URL ?? null;
  const weak = smtpUrl === null ? [] : [...new URL(smtpUrl).searchParams].filter(weakens).map(([name]) => name);
  if (weak.length > 0) {
    throw new ConfigError(
      `DUBAN_SMTP_URL says ${weak.join(', ')}; letters go encrypted or not at all: leave it out. For a certificate of your own set DUBAN_SMTP_CA`,
    );
  }
  const key = read.DUBAN_DKIM_KEY?.replaceAll('\\n', '\n') ?? null;
  const keyFile = read.DUBAN_DKIM_KEY_FILE ? resolve(root, read.DUBAN_DKIM_KEY_FILE) : null;
  if (key && keyFile)
    throw new ConfigError('DUBAN_DKIM_KEY and DUBAN_DKIM_KEY_FILE are both set; expected one of them');
  const from = read.DUBAN_MAIL_FROM;
  const domain = read.DUBAN_DKIM_DOMAIN ?? from.slice(from.lastIndexOf('@') + 1).replace(/[>\s]/g, '');
  return {
    smtpUrl,
    from,
    smtp: {
      caFile: read.DUBAN_SMTP_CA ? resolve(root, read.DUBAN_SMTP_CA) : null,
      connections: read.DUBAN_SMTP_CONNECTIONS,
      perMinute: read.DUBAN_SMTP_RATE ?? null,
    },
    dkim: key || keyFile ? { domain, selector: read.DUBAN_DKIM_SELECTOR, key, keyFile } : null,
  };
}

/** Options of nodemailer that would let a letter go unread by nobody knows whom. */
function weakens([name, value]: [string, string]): boolean {
  if (name === 'tls.rejectUnauthorized' || name === 'requireTLS') return value === 'false';
  return (name === 'ignoreTLS' || name === 'opportunisticTLS') && value !== 'false';
}
