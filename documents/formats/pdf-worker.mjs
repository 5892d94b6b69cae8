/**
 * Takes letters and drawn lines out of a PDF, in a thread of its own: a malicious file can be stopped there, and pdf.js
 * is loaded as the ES module it is. Plain JavaScript, because a thread starts without our TypeScript loader.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { readPage } from './pdf-page.mjs';

// pdf.js wants these for drawing only; text needs none of them, so the optional canvas package may be missing.
globalThis.DOMMatrix ??= class {};
globalThis.ImageData ??= class {};
globalThis.Path2D ??= class {};

const MOST_PAGES = 500;

const { getDocument, OPS, VerbosityLevel } = await import('pdfjs-dist/legacy/build/pdf.mjs');

try {
  const document = await getDocument({
    data: workerData.bytes,
    // CMaps of predefined Chinese encodings stand beside the package; nothing is fetched.
    cMapUrl: workerData.cMapUrl,
    cMapPacked: true,
    isEvalSupported: false,
    useSystemFonts: true,
    disableFontFace: true,
    stopAtErrors: false,
    verbosity: VerbosityLevel.ERRORS,
  }).promise;
  if (document.numPages > MOST_PAGES)
    parentPort.postMessage({ failed: 'TooManyPages', message: String(document.numPages) });
  else {
    const pages = [];
    for (let n = 1; n <= document.numPages; n++) {
      const page = await document.getPage(n);
      pages.push(await readPage(page, OPS));
      page.cleanup();
    }
    parentPort.postMessage({ pages });
  }
} catch (error) {
  parentPort.postMessage({ failed: error?.name ?? 'Error', message: String(error?.message ?? error) });
}
