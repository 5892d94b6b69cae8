/**
 * Gets a Temporal dev server with no hands: `temporal` on PATH, what was cached, the SDK's own download, and where
 * that is blocked (closed government networks) a build with Go. What was got is checked before it is used.
 */
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from './run-command';
import { type Say, step } from './say';
import { downloadBySdk, downloadedBySdk } from './sdk-download';
import { ToolError } from './tool-error';

export interface BinaryOptions {
  /** The user's cache folder for Duban; nothing is put into the source tree. */
  cacheDir: string;
  say: Say;
}

/** Newer tags carry a `replace` directive, which `go install` refuses. */
const CLI_VERSION = 'v1.5.1';
/** The server inside that build, on which durability was tested. An older one on PATH is passed over. */
const OLDEST_SERVER = [1, 29] as const;

/** Returns the path of a `temporal` program whose server is new enough. Throws ToolError naming every way tried. */
export async function getTemporalBinary({ cacheDir, say }: BinaryOptions): Promise<string> {
  const sdkFolder = join(cacheDir, 'temporal-sdk');
  const built = join(cacheDir, 'temporal-cli', CLI_VERSION, 'temporal');

  const refused: string[] = [];
  for (const path of ['temporal', downloadedBySdk(sdkFolder), existsSync(built) ? built : null]) {
    if (!path) continue;
    try {
      await checkVersion(path);
      return path;
    } catch (error) {
      // No `temporal` on PATH is the usual case and no news.
      if (path !== 'temporal' || !isMissing(error)) refused.push(`${path}: ${firstLine(error)}`);
    }
  }
  for (const line of refused) say(`Temporal server passed over: ${line}`);

  const ways: { title: string; expected: string; get: () => Promise<string> }[] = [
    {
      title: 'Temporal server: download by the SDK',
      expected: 'tens of megabytes, once',
      get: () => downloadBySdk('dev-server', sdkFolder),
    },
    {
      title: `Temporal server: go install github.com/temporalio/cli ${CLI_VERSION}`,
      expected: 'about three minutes, once',
      get: () => goInstall(built),
    },
  ];
  for (const { title, expected, get } of ways) {
    try {
      return await step(
        say,
        title,
        async () => {
          const path = await get();
          await checkVersion(path);
          return path;
        },
        { expected },
      );
    } catch (error) {
      refused.push(`${title}: ${firstLine(error)}`);
      say(`${title}: did not work, ${firstLine(error)}`);
    }
  }
  throw new ToolError(
    'no Temporal server could be found or got',
    refused.join('\n         '),
    'install the Temporal CLI and put `temporal` on PATH; or install Go 1.25 or newer (GOPROXY may name a mirror) ' +
      'and run this again; or set TEMPORAL_ADDRESS to a running server',
  );
}

async function checkVersion(path: string): Promise<void> {
  const next = 'another way is tried';
  const printed = await runCommand(path, ['--version'], { timeoutMs: 15_000, next });
  const [, major, minor] = /Server (\d+)\.(\d+)\./.exec(printed) ?? [];
  const server = [Number(major), Number(minor)] as const;
  if (server[0] > OLDEST_SERVER[0] || (server[0] === OLDEST_SERVER[0] && server[1] >= OLDEST_SERVER[1])) return;
  throw new ToolError(`needs server ${OLDEST_SERVER.join('.')} or newer, it says "${printed.trim()}"`, path, next);
}

async function goInstall(target: string): Promise<string> {
  const folder = `${target}.building`;
  mkdirSync(folder, { recursive: true });
  // -s -w leave out the debugger's tables: a third of the file.
  const install = [
    'go',
    'install',
    '-trimpath',
    '-ldflags=-s -w',
    `github.com/temporalio/cli/cmd/temporal@${CLI_VERSION}`,
  ];
  await runCommand('env', [`GOBIN=${folder}`, 'CGO_ENABLED=0', ...install], {
    timeoutMs: 20 * 60_000,
    next: 'install Go 1.25 or newer; if its downloads fail, set GOPROXY to a mirror you can reach',
  });
  renameSync(join(folder, 'temporal'), target);
  return target;
}

function isMissing(error: unknown): boolean {
  return (
    error instanceof ToolError && error.cause instanceof Error && 'code' in error.cause && error.cause.code === 'ENOENT'
  );
}

function firstLine(error: unknown): string {
  if (!(error instanceof ToolError)) return error instanceof Error ? error.message : String(error);
  return [error.what, ...error.where.split('\n').slice(1)].join(' ').replaceAll(/\s+/g, ' ').slice(0, 300);
}
