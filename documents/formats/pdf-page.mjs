/**
 * What stands on a page of a PDF: its letters where they are printed, and the boxes of what is drawn. pdf.js's own
 * text joins letters over the sides of cells, so they are taken from the drawing commands, with their exact widths.
 */
const IDENTITY = [1, 0, 0, 1, 0, 0];
/** More drawn boxes than any table has: a picture. */
const MOST_BOXES = 6000;
/** Letters of one page; a page printed as small as can be read has some ten thousand. */
const MOST_LETTERS = 50_000;

/** The page upright, whatever way it is turned: texts left to right on their base lines, measured from the lower left. */
export async function readPage(page, OPS) {
  const view = page.getViewport({ scale: 1 });
  const upright = times([1, 0, 0, -1, 0, view.height], view.transform);
  const { fnArray, argsArray } = await page.getOperatorList();
  const reader = new PageReader(page, OPS, upright, view);
  for (let i = 0; i < fnArray.length; i++) reader.take(fnArray[i], argsArray[i] ?? []);
  return { texts: reader.texts, rules: reader.boxes, left: 0, bottom: 0, right: view.width, top: view.height };
}

class PageReader {
  texts = [];
  boxes = [];
  stack = [];
  letters = 0;
  state = {
    matrix: IDENTITY,
    text: IDENTITY,
    font: null,
    size: 0,
    letterSpace: 0,
    wordSpace: 0,
    scale: 1,
    rise: 0,
    leading: 0,
    x: 0,
    y: 0,
    lineX: 0,
  };

  constructor(page, OPS, upright, view) {
    this.page = page;
    this.view = view;
    this.state.matrix = upright;
    this.steps = new Map(Object.entries(this.commands(OPS)).map(([number, step]) => [Number(number), step]));
    this.unseen = OPS.endPath;
    this.filled = new Set([OPS.fill, OPS.eoFill]);
  }

  take(command, args) {
    this.steps.get(command)?.(args);
  }

  commands(OPS) {
    const save = () => this.stack.push({ ...this.state });
    const restore = () => {
      this.state = this.stack.pop() ?? this.state;
    };
    const transform = (matrix) => {
      this.state.matrix = times(this.state.matrix, matrix);
    };
    const move = (x, y) => {
      this.state.lineX += x;
      this.state.x = this.state.lineX;
      this.state.y += y;
    };
    const place = (matrix) => {
      Object.assign(this.state, { text: matrix, x: 0, y: 0, lineX: 0 });
    };
    const picture = () => this.box([0, 1], [0, 1], true);
    return {
      [OPS.save]: save,
      [OPS.restore]: restore,
      [OPS.beginGroup]: save,
      [OPS.endGroup]: restore,
      [OPS.transform]: transform,
      [OPS.paintFormXObjectBegin]: ([matrix]) => {
        save();
        if (matrix) transform(matrix);
      },
      [OPS.paintFormXObjectEnd]: restore,
      [OPS.constructPath]: ([how, [data]]) => this.path(how, data),
      // Some programs print the lines of a table as pictures one dot high.
      [OPS.paintImageXObject]: picture,
      [OPS.paintInlineImageXObject]: picture,
      [OPS.paintImageMaskXObject]: picture,
      [OPS.paintSolidColorImageMask]: picture,
      [OPS.beginText]: () => place(IDENTITY),
      [OPS.setTextMatrix]: (args) => place(args.length === 6 ? args : args[0]),
      [OPS.moveText]: ([x, y]) => move(x, y),
      [OPS.setLeading]: ([leading]) => {
        this.state.leading = -leading;
      },
      [OPS.setLeadingMoveText]: ([x, y]) => {
        this.state.leading = y;
        move(x, y);
      },
      [OPS.nextLine]: () => move(0, this.state.leading),
      [OPS.setFont]: ([name, size]) => {
        const fonts = String(name).startsWith('g_') ? this.page.commonObjs : this.page.objs;
        Object.assign(this.state, { font: fonts.has(name) ? fonts.get(name) : null, size: Math.abs(size) });
      },
      [OPS.setCharSpacing]: ([space]) => {
        this.state.letterSpace = space;
      },
      [OPS.setWordSpacing]: ([space]) => {
        this.state.wordSpace = space;
      },
      [OPS.setHScale]: ([percent]) => {
        this.state.scale = percent / 100;
      },
      [OPS.setTextRise]: ([rise]) => {
        this.state.rise = rise;
      },
      [OPS.showText]: ([glyphs]) => this.show(glyphs),
    };
  }

  show(glyphs) {
    const { state } = this;
    const unit = state.size * (state.font?.fontMatrix?.[0] ?? 0.001);
    for (const glyph of glyphs) {
      if (typeof glyph === 'number') state.x -= (glyph * state.size * state.scale) / 1000;
      else if (glyph) {
        const width = glyph.width * unit * state.scale;
        this.letter(glyph.unicode ?? '', width);
        state.x += width + (state.letterSpace + (glyph.isSpace ? state.wordSpace : 0)) * state.scale;
      }
    }
  }

  /** Letters that touch are one text; a gap, a turn or another size begins the next. Turned text is a watermark. */
  letter(written, width) {
    const { state } = this;
    if (written === '' || this.letters++ > MOST_LETTERS) return;
    const m = times(state.matrix, state.text);
    const height = Math.hypot(m[2], m[3]) * state.size;
    if (!(m[0] > 0) || Math.abs(m[1]) > 0.02 * m[0] || !(height > 0)) return;
    const [x, y] = at(m, state.x, state.y + state.rise);
    const end = x + Math.abs(m[0] * width);
    if (!Number.isFinite(end) || !Number.isFinite(y)) return;
    const last = this.texts.at(-1);
    const gap = last ? x - last.ends.at(-1) : Number.NaN;
    const touches =
      last &&
      Math.abs(last.y - y) < 0.1 * height &&
      Math.abs(last.height - height) < 0.1 * height &&
      Math.abs(gap) < 0.12 * height;
    if (touches) {
      last.letters.push(written);
      last.ends.push(end);
    } else this.texts.push({ letters: [written], x, y, height, ends: [end] });
  }

  /** A path may hold many rectangles or lines; each subpath has a box of its own. Numbers of its form: 0 move, 1 line, 2 curve, 3 short curve, 4 close. */
  path(how, data) {
    if (how === this.unseen || !data) return;
    const fills = this.filled.has(how);
    let xs = [];
    let ys = [];
    const close = () => {
      if (xs.length > 1) this.box(xs, ys, fills);
      xs = [];
      ys = [];
    };
    const steps = [2, 2, 6, 4];
    for (let k = 0; k < data.length && this.boxes.length < MOST_BOXES; ) {
      const kind = data[k];
      const n = steps[kind] ?? 0;
      if (kind === 0) close();
      if (n > 0) {
        xs.push(data[k + n - 1]);
        ys.push(data[k + n]);
      }
      k += 1 + n;
    }
    close();
  }

  box(xs, ys, fills) {
    if (this.boxes.length >= MOST_BOXES) return;
    const points = xs.map((x, i) => at(this.state.matrix, x, ys[i]));
    const [left, right] = ends(points.map(([x]) => x));
    const [bottom, top] = ends(points.map(([, y]) => y));
    // The paper itself.
    const ground = fills && right - left > 0.95 * this.view.width && top - bottom > 0.95 * this.view.height;
    const box = { left, right, bottom, top };
    if (ground || !Number.isFinite(right - left + top - bottom)) return;
    const last = this.boxes.at(-1);
    if (last && isNextDot(last, box))
      Object.assign(last, { right, top: Math.max(top, last.top), bottom: Math.min(bottom, last.bottom) });
    else this.boxes.push(box);
  }
}

/** Whether a box is the next dot of a dotted line. */
function isNextDot(line, dot) {
  if (dot.right - dot.left > 5 || dot.top - dot.bottom > 5) return false;
  const near = (a, b) => Math.abs(a - b) < 0.2;
  const apart = (from, to) => from - to > -0.2 && from - to < 5;
  const level = near(line.bottom, dot.bottom) && near(line.top, dot.top) && apart(dot.left, line.right);
  const upright =
    near(line.left, dot.left) &&
    near(line.right, dot.right) &&
    (apart(line.bottom, dot.top) || apart(dot.bottom, line.top));
  return level || upright;
}

function ends(values) {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return [least, most];
}

const at = (m, x, y) => [m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]];

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
