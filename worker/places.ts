/** Where the servers are: those the settings name, or the embedded ones of this home. */
import type { Config } from '../config';
import { findPostgres } from '../tools/postgres';
import { findTemporal } from '../tools/temporal-server';
import { ToolError } from '../tools/tool-error';

export interface Places {
  /** Where the embedded catcher keeps letters. */
  home: string;
  databaseUrl: string;
  temporal: {
    /** Fits `Connection.connect` and `NativeConnection.connect`. */
    connection: NonNullable<Config['temporal']['connection']>;
    namespace: string;
    taskQueue: string;
  };
  alarmSpreadMinutes: number;
  mail: {
    /** null: the embedded catcher. */
    smtpUrl: string | null;
    from: { name: string; address: string };
    baseUrl: string | null;
    /** DUBAN_LINK_KEYS; left out or null: the file of the home. */
    linkKeys?: string | null;
    /** How the server is spoken to; left out: the defaults. */
    smtp?: Config['mail']['smtp'];
    /** Left out or null: letters are not signed. */
    dkim?: Config['mail']['dkim'];
    /** The sender's mailbox is read (DUBAN_IMAP_URL). */
    readsAnswers?: boolean;
  };
  /** Left out: letters go by mail alone. */
  channels?: Config['channels'];
}

/** Finds the servers; starts none. Throws ToolError when an embedded one is not running. */
export async function placesOf(config: Config): Promise<Places> {
  const { home, temporal, alarmSpreadMinutes, baseUrl, channels } = config;
  const { namespace, taskQueue } = temporal;
  const databaseUrl = config.databaseUrl ?? (await findPostgres(config.home))?.databaseUrl;
  if (!databaseUrl) throw notRunning('PostgreSQL', config.home, 'DATABASE_URL');
  const connection = temporal.connection ?? (await embeddedTemporal(config.home));
  const readsAnswers = config.imap !== null;
  const mail = { ...config.mail, from: mailboxOf(config.mail.from), baseUrl, linkKeys: config.linkKeys, readsAnswers };
  return { home, databaseUrl, temporal: { connection, namespace, taskQueue }, alarmSpreadMinutes, mail, channels };
}

/** `督办 <duban@localhost>`, or an address alone. */
export function mailboxOf(text: string): Places['mail']['from'] {
  const parts = /^\s*(.*?)\s*<([^<>]+)>\s*$/.exec(text);
  return { name: parts?.[1] || '督办', address: parts?.[2] ?? text.trim() };
}

async function embeddedTemporal(home: string): Promise<Places['temporal']['connection']> {
  const found = await findTemporal(home);
  if (!found) throw notRunning('Temporal server', home, 'TEMPORAL_ADDRESS');
  return { address: found.address };
}

function notRunning(what: string, home: string, variable: string): ToolError {
  return new ToolError(`the embedded ${what} is not running`, home, `start it with duban up, or set ${variable}`);
}
