/**
 * `npm run letters:texts` writes the pages of test/mail/letters anew; `npm run letters:pictures -- FOLDER` draws every
 * letter with Chromium, 600 and 360 px wide, light and dark.
 */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { argv } from 'node:process';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { NOTICE_KINDS } from '../../domain/notices';
import { gallery, pageFile, pageOf } from './gallery';

const WIDTHS = [600, 360];
const LETTER_LINE_PX = 26;
const run = promisify(execFile);

async function main([what, folder]: string[]): Promise<void> {
  if (what === 'texts') {
    const exhibits = await gallery();
    for (const kind of NOTICE_KINDS) writeFileSync(pageFile(kind), pageOf(kind, exhibits));
    return;
  }
  if (what !== 'pictures' || folder === undefined) throw new Error('npm run letters:pictures -- FOLDER');
  const target = resolve(folder);
  mkdirSync(target, { recursive: true });
  const pages = mkdtempSync(join(tmpdir(), 'duban-letters-'));
  try {
    for (const { kind, language, made } of await gallery()) {
      for (const [light, html] of Object.entries(lightsOf(made.html))) {
        const page = join(pages, `${kind}.${language}.${light}.html`);
        writeFileSync(page, html);
        for (const width of WIDTHS) {
          const height = Math.round((made.text.split('\n').length + 12) * LETTER_LINE_PX * (width < 400 ? 1.4 : 1));
          await draw(page, join(target, `${kind}.${language}.${width}.${light}.png`), width, height);
        }
      }
    }
  } finally {
    rmSync(pages, { recursive: true });
  }
}

/** As a program that is light, and as one that is dark and reads the style sheet, shows it. */
function lightsOf(html: string): { light: string; dark: string } {
  return { light: html, dark: html.replace('(prefers-color-scheme: dark)', 'all') };
}

async function draw(page: string, picture: string, width: number, height: number): Promise<void> {
  const options = ['--headless', '--no-sandbox', '--disable-gpu', '--hide-scrollbars'];
  await run('chromium', [
    ...options,
    `--window-size=${width},${height}`,
    `--screenshot=${picture}`,
    pathToFileURL(page).href,
  ]);
}

main(argv.slice(2)).catch((error) => {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
});
