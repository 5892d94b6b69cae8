/** PDF with a text layer as blocks. pdf.js works in a thread with bounded time and memory; layout is read here. */
import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import { Worker } from 'node:worker_threads';
import { doubt, quoted } from '../diagnostics';
import type { FormatReading } from '../read-plan';
import { type PdfPage, pdfBlocks } from './pdf-layout';

/** A hundred pages take about two seconds. */
const MOST_MS = 60_000;
const MOST_HEAP_MB = 512;
/** What a thread unpacks lies outside its heap; a few kilobytes can unpack to gigabytes. */
const MOST_GROWTH_MB = 600;
const LOOK_MS = 100;

type Answer = { pages: PdfPage[] } | { failed: string; message: string };

export async function readPdf(bytes: Uint8Array): Promise<FormatReading> {
  const answer = await inThread(bytes);
  if ('failed' in answer) {
    if (answer.failed === 'PasswordException') return { refused: doubt('encrypted-file', '这份 PDF 设有密码') };
    if (answer.failed === 'Timeout')
      return { refused: doubt('too-slow', `这份 PDF 读了${MOST_MS / 1000}秒还没有读完，已停止`) };
    if (answer.failed === 'TooMuchMemory' || answer.failed === 'ERR_WORKER_OUT_OF_MEMORY')
      return { refused: doubt('too-large', '这份 PDF 展开后占用内存过多，已停止读取') };
    if (answer.failed === 'TooManyPages')
      return { refused: doubt('too-large', `这份 PDF 有${answer.message}页，页数过多`) };
    return { refused: doubt('damaged-file', `这份 PDF 打不开（程序报告${quoted(answer.message, 80)}）`) };
  }
  const letters = answer.pages.reduce(
    (n, page) => n + page.texts.reduce((sum, text) => sum + text.letters.length, 0),
    0,
  );
  if (letters < 10 * Math.max(1, answer.pages.length) && letters < 200) {
    return { refused: doubt('scanned-pdf', `这份 PDF 有${answer.pages.length}页，却只有${letters}个字`) };
  }
  return { blocks: pdfBlocks(answer.pages), doubts: [] };
}

function inThread(bytes: Uint8Array): Promise<Answer> {
  const maps = join(dirname(createRequire(__filename).resolve('pdfjs-dist/package.json')), 'cmaps') + sep;
  return new Promise((settle) => {
    const worker = new Worker(join(__dirname, 'pdf-worker.mjs'), {
      // A copy: the thread takes the bytes over.
      workerData: { bytes: bytes.slice(), cMapUrl: maps },
      resourceLimits: { maxOldGenerationSizeMb: MOST_HEAP_MB },
      stdout: true,
      stderr: true,
      execArgv: [],
      env: {},
    });
    const finish = (answer: Answer) => {
      clearTimeout(timer);
      clearInterval(look);
      void worker.terminate();
      settle(answer);
    };
    const timer = setTimeout(() => finish({ failed: 'Timeout', message: '' }), MOST_MS);
    const before = process.memoryUsage.rss();
    const look = setInterval(() => {
      const grown = (process.memoryUsage.rss() - before) / 1024 / 1024;
      if (grown > MOST_GROWTH_MB) finish({ failed: 'TooMuchMemory', message: '' });
    }, LOOK_MS);
    worker.once('message', (answer: Answer) => finish(answer));
    worker.once('error', (error) => finish({ failed: codeOf(error) ?? error.name, message: error.message }));
    worker.once('exit', () => finish({ failed: 'Exit', message: 'the reader ended without an answer' }));
  });
}

const codeOf = (error: Error): string | null => ('code' in error && typeof error.code === 'string' ? error.code : null);
