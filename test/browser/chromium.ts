/** A real browser for tests: the machine's Chromium, else the one that `npm test` downloaded where the network allowed it. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** The program, or null where there is none: its tests are skipped then, and say so. */
export function chromiumPath(): string | null {
  const asked = spawnSync('sh', ['-c', NAMES.map((name) => `command -v ${name}`).join(' || ')], { encoding: 'utf8' });
  const own = asked.stdout?.trim().split('\n')[0];
  if (own) return own;
  const fetched = chromium.executablePath();
  return existsSync(fetched) ? fetched : null;
}

/** Downloads one into the user's cache. Throws where the network does not allow it. */
export function fetchChromium(): void {
  const cli = join(__dirname, '../../node_modules/playwright-core/cli.js');
  execFileSync(process.execPath, [cli, 'install', 'chromium'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: 300_000,
  });
}

/** What to do where the tests are skipped. */
export const NO_CHROMIUM = 'no Chromium: install it (Debian: apt-get install chromium) to run the tests of pages';

/** Opens it. */
export async function openChromium(): Promise<Browser> {
  const executablePath = chromiumPath();
  if (executablePath === null) throw new Error(NO_CHROMIUM);
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
}
