/** A real browser for tests: the machine's Chromium, else the one that playwright downloads where the network allows it. */
import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/**
 * Opens it.
 * @throws Error that says how to get one
 */
export async function openChromium(): Promise<Browser> {
  const args = ['--no-sandbox', '--disable-dev-shm-usage'];
  const own = onPath();
  if (own) return chromium.launch({ executablePath: own, args });
  const cli = join(__dirname, '../../node_modules/playwright-core/cli.js');
  try {
    execFileSync(process.execPath, [cli, 'install', '--only-shell', 'chromium'], {
      stdio: 'inherit',
      timeout: 300_000,
    });
  } catch (cause) {
    throw new Error(
      'no Chromium: install the Debian package chromium (tools/ci-setup.sh does), or allow the download',
      {
        cause,
      },
    );
  }
  return chromium.launch({ args });
}

function onPath(): string | null {
  const asked = spawnSync('sh', ['-c', NAMES.map((name) => `command -v ${name}`).join(' || ')], { encoding: 'utf8' });
  return asked.stdout.trim().split('\n')[0] || null;
}
