/**
 * Takes text and drawn lines out of a PDF, in a thread of its own: a malicious file can be stopped there, and pdf.js
 * is loaded as the ES module it is. Plain JavaScript, because a thread starts without our TypeScript loader.
 */
import { parentPort, workerData } from 'node:worker_threads';

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
    for (let n = 1; n <= document.numPages; n++) pages.push(await readPage(await document.getPage(n)));
    parentPort.postMessage({ pages });
  }
} catch (error) {
  parentPort.postMessage({ failed: error?.name ?? 'Error', message: String(error?.message ?? error) });
}

async function readPage(page) {
  const { items } = await page.getTextContent();
  const texts = items
    .filter((item) => typeof item.str === 'string' && item.str.trim() !== '')
    .map(({ str, transform, width, height }) => ({
      text: str,
      x: transform[4],
      y: transform[5],
      width,
      height: height || Math.hypot(transform[2], transform[3]),
    }));
  const [left, bottom, right, top] = page.view;
  return { texts, rules: await rulesOf(page), left, bottom, right, top };
}

/** Boxes of every path that is drawn, in the page's own coordinates. Thin ones are lines of tables. */
async function rulesOf(page) {
  const { fnArray, argsArray } = await page.getOperatorList();
  const rules = [];
  const stack = [];
  let matrix = [1, 0, 0, 1, 0, 0];
  for (let i = 0; i < fnArray.length && rules.length < 20000; i++) {
    const args = argsArray[i];
    if (fnArray[i] === OPS.save) stack.push(matrix);
    else if (fnArray[i] === OPS.restore) matrix = stack.pop() ?? matrix;
    else if (fnArray[i] === OPS.transform) matrix = times(matrix, args);
    else if (fnArray[i] === OPS.constructPath) rules.push(...boxesOf(args, matrix));
  }
  return rules;
}

/** A path may hold many rectangles or lines; each subpath has a box of its own. Numbers of its form: 0 move, 1 line, 2 curve, 4 close. */
function boxesOf([, [data]], matrix) {
  const boxes = [];
  let points = [];
  const close = () => {
    if (points.length > 1) {
      const xs = points.map(([x]) => x);
      const ys = points.map(([, y]) => y);
      boxes.push({ left: Math.min(...xs), right: Math.max(...xs), bottom: Math.min(...ys), top: Math.max(...ys) });
    }
    points = [];
  };
  const add = (x, y) =>
    points.push([matrix[0] * x + matrix[2] * y + matrix[4], matrix[1] * x + matrix[3] * y + matrix[5]]);
  const form = data ?? [];
  for (let k = 0; k < form.length; ) {
    const kind = form[k];
    if (kind === 0) {
      close();
      add(form[k + 1], form[k + 2]);
      k += 3;
    } else if (kind === 1) {
      add(form[k + 1], form[k + 2]);
      k += 3;
    } else if (kind === 2) {
      add(form[k + 5], form[k + 6]);
      k += 7;
    } else if (kind === 3) {
      add(form[k + 3], form[k + 4]);
      k += 5;
    } else k += 1;
  }
  close();
  return boxes;
}

function times(a, b) {
  return [
    a[0] * b[0] + a[2] * b[1],
    a[1] * b[0] + a[3] * b[1],
    a[0] * b[2] + a[2] * b[3],
    a[1] * b[2] + a[3] * b[3],
    a[0] * b[4] + a[2] * b[5] + a[4],
    a[1] * b[4] + a[3] * b[5] + a[5],
  ];
}
