/** Runs the console in this process: the desk it stands on, and where it listens. */
import { identityProvider } from '../../accounts/oidc';
import type { Config } from '../../config';
import { buildConsole } from '../../console/app';
import { CONSOLE_POOL } from '../../console/pool';
import type { AccountParts } from '../../console/session/parts';
import { openEvidence } from '../../ledger/evidence/store';
import { loadKeys, loadLinkKeys } from '../../links/keys';
import type { Places } from '../../worker/places';
import { openDesk } from '..';
import { addressOf, portFailure } from './console-address';

export interface RunningConsole {
  /** Its own address, `http://127.0.0.1:8050`. */
  url: string;
  stop(): Promise<void>;
}

/**
 * Starts it.
 * @throws CliFailure `port-taken`
 * @public read by later.ts
 */
export async function startConsole(config: Config, places: Places, port: number): Promise<RunningConsole> {
  const { baseUrl, from: mailFrom } = places.mail;
  const { evidenceDir, evidenceMaxMb, logLevel } = config;
  const { host, trustProxy, metricsToken } = config.console;
  const keys = await loadLinkKeys(config.linkKeys, config.home);
  const desk = await openDesk({ ...places, pool: CONSOLE_POOL });
  const evidence = openEvidence(desk.db, evidenceDir, evidenceMaxMb * 1024 * 1024);
  const now = () => new Date().toISOString();
  const answers = { desk, evidence, evidenceMaxMb, keys, now, mailFrom };
  const accounts = await accountsOf(config, baseUrl ?? addressOf(host, port));
  const app = await buildConsole({ ...answers, baseUrl, trustProxy, metricsToken, logLevel, accounts });
  const stop = async () => {
    await app.close();
    await desk.close();
  };
  try {
    await listenQuietly(app, { host, port });
  } catch (error) {
    await stop();
    throw portFailure(host, port, error);
  }
  return { url: addressOf(host, port), stop };
}

/** The command says in its own words where the pages are: the server's line about it would be the only JSON on the screen. */
async function listenQuietly(
  app: Awaited<ReturnType<typeof buildConsole>>,
  place: { host: string; port: number },
): Promise<void> {
  const { level } = app.log;
  if (level === 'info') app.log.level = 'warn';
  try {
    await app.listen(place);
  } finally {
    app.log.level = level;
  }
}

/** @param base where people open the console: the identity provider sends them back there */
async function accountsOf(config: Config, base: string): Promise<AccountParts> {
  const { accountKeys, home, secondFactor, oidc } = config;
  return {
    keys: await loadKeys(accountKeys, home, 'account-keys'),
    factorRule: secondFactor,
    provider: oidc && {
      label: oidc.label ?? new URL(oidc.issuer).host,
      redirectUri: `${base}/sign-in/oidc/callback`,
      by: identityProvider(oidc),
      tokenDays: oidc.tokenDays,
    },
  };
}
