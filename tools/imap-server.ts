/**
 * GreenMail, a real IMAP server in one Java archive, for tests: copied by Maven into the cache, started on a free port,
 * and gone with whoever started it. Production never needs it.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { freePort } from './free-port';
import { waitFor } from './processes';
import { runCommand } from './run-command';
import { type Say, step } from './say';
import { ToolError } from './tool-error';

const VERSION = '2.1.8';
const NEXT = 'install Java 11 or newer and Maven (on Debian: default-jre-headless maven) and run this again';

export interface ImapServer {
  port: number;
  stop(): Promise<void>;
}

/** The archive's path. Throws ToolError where Java or Maven is missing or Maven cannot download. */
async function getGreenMail(cacheDir: string, say: Say): Promise<string> {
  const folder = join(cacheDir, 'greenmail', VERSION);
  const archive = join(folder, `greenmail-standalone-${VERSION}.jar`);
  if (existsSync(archive)) return archive;
  await runCommand('java', ['-version'], { timeoutMs: 20_000, next: NEXT });
  const fresh = `${folder}.new-${process.pid}`;
  const goal = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy';
  const artifact = `-Dartifact=com.icegreen:greenmail-standalone:${VERSION}`;
  const args = ['--batch-mode', '--quiet', goal, artifact, `-DoutputDirectory=${fresh}`];
  mkdirSync(fresh, { recursive: true });
  await step(
    say,
    `GreenMail ${VERSION} by Maven`,
    () => runCommand('mvn', args, { timeoutMs: 5 * 60_000, next: NEXT }),
    {
      expected: 'ten megabytes, once',
    },
  );
  rmSync(folder, { recursive: true, force: true });
  renameSync(fresh, folder);
  return archive;
}

/** Java's own start takes a second or two; a busy machine's more. */
const STARTS_WITHIN_MS = 60_000;

/**
 * Starts the server with one account.
 * @param account its address, whose part before the `@` is the user's name too
 */
export async function startImapServer(
  { cacheDir, say }: { cacheDir: string; say: Say },
  account: { address: string; user: string; password: string },
): Promise<ImapServer> {
  const archive = await getGreenMail(cacheDir, say);
  const port = await freePort();
  const domain = account.address.slice(account.address.indexOf('@') + 1);
  const options = [
    '-XX:+UseSerialGC',
    '-XX:TieredStopAtLevel=1',
    '-Dgreenmail.hostname=127.0.0.1',
    `-Dgreenmail.imap.port=${port}`,
    `-Dgreenmail.users=${account.user}:${account.password}@${domain}`,
  ];
  // `cat` ends when this process does, however it ends, and Java with it.
  const script = 'java "$@" >/dev/null 2>&1 & java=$!; cat >/dev/null; kill "$java" 2>/dev/null; wait "$java"';
  const child = spawn('sh', ['-c', script, 'greenmail', ...options, '-jar', archive], {
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const stop = () => stopped(child);
  const isUp = await waitFor(() => answers(port), { withinMs: STARTS_WITHIN_MS, everyMs: 100 });
  if (isUp) return { port, stop };
  await stop();
  throw new ToolError('GreenMail did not start', archive, 'look at what java -jar says of it');
}

async function stopped(child: ChildProcess): Promise<void> {
  const gone = new Promise((settle) => child.once('exit', settle));
  child.stdin?.end();
  if (child.exitCode === null) await gone;
}

/** A greeting, not only a port that is bound. */
function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    const say = (yes: boolean) => {
      socket.destroy();
      resolve(yes);
    };
    socket.setTimeout(2_000, () => say(false));
    socket.once('error', () => say(false));
    socket.once('data', () => say(true));
  });
}
