/**
 * Gets the time-skipping test server with no hands: the cache, the SDK's own download, and where that is blocked the
 * same server as Java archives from Maven, behind a two-line launcher. For developers and CI; production never needs it.
 */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from './run-command';
import { step } from './say';
import { downloadBySdk, downloadedBySdk } from './sdk-download';
import type { BinaryOptions } from './temporal-binary';
import { ToolError } from './tool-error';

/** The one on which the tests were written; see "Testing with the time-skipping server" in the design notes. */
const VERSION = '1.38.0';

/**
 * Returns a path for `TestWorkflowEnvironment.createTimeSkipping({ server: { executable: { type: 'existing-path', path } } })`.
 * Throws ToolError naming every way tried.
 */
export async function getTestServer({ cacheDir, say }: BinaryOptions): Promise<string> {
  const sdkFolder = join(cacheDir, 'temporal-test-sdk');
  const mavenFolder = join(cacheDir, 'temporal-test-server', VERSION);
  const launcher = join(mavenFolder, 'temporal-test-server');

  const cached = downloadedBySdk(sdkFolder) ?? (existsSync(launcher) ? launcher : null);
  if (cached) return cached;

  const failures: string[] = [];
  const ways = [
    { title: 'Temporal test server: download by the SDK', get: () => downloadBySdk('time-skipping', sdkFolder) },
    { title: `Temporal test server: ${VERSION} by Maven`, get: () => copyByMaven(mavenFolder, launcher) },
  ];
  for (const { title, get } of ways) {
    try {
      return await step(say, title, get, { expected: 'tens of megabytes, once' });
    } catch (error) {
      const why =
        error instanceof ToolError ? `${error.what}; ${error.where.split('\n').at(-1)?.trim()}` : String(error);
      failures.push(`${title}: ${why}`);
      say(`${title}: did not work, ${why.slice(0, 300)}`);
    }
  }
  throw new ToolError(
    'the time-skipping test server could not be got',
    failures.join('\n         '),
    'install Java 11 or newer and Maven (on Debian: default-jre-headless maven) and run this again',
  );
}

/** `io.temporal:temporal-test-server` with what it depends on, made beside its place and renamed into it. */
async function copyByMaven(folder: string, launcher: string): Promise<string> {
  const next = 'install Java 11 or newer and Maven; if its downloads fail, name a mirror in ~/.m2/settings.xml';
  await runCommand('java', ['-version'], { timeoutMs: 20_000, next });
  const fresh = `${folder}.new-${process.pid}`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  writeFileSync(join(fresh, 'pom.xml'), POM);
  const goal = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies';
  const args = ['--batch-mode', '--quiet', `--file=${join(fresh, 'pom.xml')}`, goal, '-DincludeScope=runtime'];
  await runCommand('mvn', [...args, `-DoutputDirectory=${join(fresh, 'lib')}`], { timeoutMs: 10 * 60_000, next });
  if (!readdirSync(join(fresh, 'lib')).includes(`temporal-test-server-${VERSION}.jar`)) {
    throw new ToolError('Maven copied no temporal-test-server', join(fresh, 'lib'), next);
  }
  writeFileSync(join(fresh, 'temporal-test-server'), LAUNCHER, { mode: 0o755 });
  rmSync(folder, { recursive: true, force: true });
  renameSync(fresh, folder);
  return launcher;
}

// `exec`, so that the process the SDK stops is Java itself. Serial collector and first-level compiler: it lives for
// seconds, and starts in half the time.
const LAUNCHER = `#!/bin/sh
exec java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "$(dirname "$0")/lib/*" io.temporal.testserver.TestServer "$@"
`;

// slf4j-nop: without it every start prints three lines about missing logging.
const POM = `<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>duban</groupId>
  <artifactId>test-server</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>io.temporal</groupId>
      <artifactId>temporal-test-server</artifactId>
      <version>${VERSION}</version>
    </dependency>
    <dependency>
      <groupId>org.slf4j</groupId>
      <artifactId>slf4j-nop</artifactId>
      <version>1.7.36</version>
    </dependency>
  </dependencies>
</project>
`;
