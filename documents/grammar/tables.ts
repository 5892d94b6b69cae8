/** Tables of tasks 任务分工表: which rows are names of columns, headings, notes, and which are tasks. */
import type { Block, Cell, Row, Table } from '../blocks';
import { doubt, quoted } from '../diagnostics';
import { numberOf } from '../number-words';
import { type ColumnKind, columnKind, isHeaderRow, settleColumns } from './columns';
import { type Heading, headingName, headingOf, isAnnexMark, isTitleLine } from './headings';
import type { RawDocument } from './raw-task';
import { type Columns, rawTask } from './table-row';

/** Reads every table of the document that names its columns as a list of tasks does. */
export function readTables(blocks: Block[]): RawDocument {
  const reader = new TableReader();
  for (const block of blocks) {
    if (block.kind === 'table') reader.table(block);
    else reader.paragraph(block.text, block.line);
  }
  return reader.document;
}

class TableReader {
  readonly document: RawDocument = { tasks: [], parts: [], sections: [], notes: [], doubts: [], startsAt: null };
  private pendingPart: { heading: Heading; line: number } | null = null;
  private category: string | null = null;
  private columns: Columns | null = null;
  private rowsUnderHeader = 0;
  /** A section began since the last row: numbers that begin anew are that section's. */
  private sectionBegan = false;

  paragraph(text: string, line: number): void {
    const heading = headingOf(text);
    if (isAnnexMark(text)) this.newPart(null, line);
    // 一、各单位要按季报送进展，… 。: a sentence of the covering letter heads no rows.
    if (heading && isTitleLine(heading) && !/，.*。$/.test(text)) {
      if (heading.level === 1) this.newPart(heading, line);
      else if (heading.level === 2) this.newCategory(heading, line);
    } else if (/^(?:注|备注|说明)\s*[：:]/.test(text)) this.document.notes.push({ text, line });
  }

  table(table: Table): void {
    let seen = this.columns !== null && this.columns.names.length === widthOf(table) && this.continues(table);
    let headerLine: number | null = null;
    for (let i = 0; i < table.rows.length; i++) {
      const row = table.rows[i];
      if (!row) continue;
      const header = headerAt(table, i);
      if (header) {
        seen = true;
        headerLine = row.line;
        this.openColumns(header.names, table.rows.slice(i + header.rows), row.line);
        i += header.rows - 1;
      } else if (seen && this.columns) this.row(row, this.columns);
      else this.beforeHeader(row);
    }
    if (!seen && table.rows.length > 1) {
      const says = `第${table.line}行起的表格${table.name === null ? '' : `（工作表${quoted(table.name)}）`}没有任务清单的列名，未读取`;
      this.document.doubts.push({ doubt: doubt('table-not-read', says), line: table.line });
    }
    if (headerLine !== null && this.rowsUnderHeader === 0) {
      this.document.doubts.push({
        doubt: doubt('empty-table', '表格只有列名，下面没有内容'),
        line: headerLine,
      });
    }
  }

  /** A table without column names that goes on with the numbers of the one before it: the next page. */
  private continues(table: Table): boolean {
    const at = this.columns?.kinds.indexOf('no') ?? -1;
    const first = table.rows.map((row) => numberOf(row.cells[at]?.text ?? '')).find((no) => no !== null);
    const last = this.document.tasks.at(-1)?.printedNo;
    return at >= 0 && first !== undefined && (first === (last ?? 0) + 1 || first === 1) && headerAt(table, 0) === null;
  }

  private beforeHeader(row: Row): void {
    const texts = textsOf(row);
    const [only] = texts;
    if (texts.length === 1 && only !== undefined) this.paragraph(only, row.line);
  }

  private openColumns(names: string[], below: Row[], line: number): void {
    const repeated = this.columns !== null && names.join('|') === this.columns.written;
    if (!repeated) this.sayColumns(names, line);
    if (
      this.pendingPart === null &&
      !this.sectionBegan &&
      this.columns !== null &&
      numbersRestart(names, below, this.document)
    ) {
      this.newPart(null, line);
    }
    this.columns = { names, written: names.join('|'), kinds: settleColumns(names, mergedTitle(names, below)) };
    this.rowsUnderHeader = 0;
  }

  private sayColumns(names: string[], line: number): void {
    for (const name of names.filter((text) => text.trim() !== '')) {
      // 责任单位（排第一的为牵头单位）
      if (/[（(]/.test(name)) this.document.notes.push({ text: name, line });
      const kind = columnKind(name);
      if (kind === 'person')
        this.document.doubts.push({
          doubt: doubt('person-column', `${quoted(name)}这一列是人名，人不是责任方，未读取`),
          line,
        });
      if (kind === null)
        this.document.doubts.push({ doubt: doubt('column-not-read', `不认得${quoted(name)}这一列，未读取`), line });
    }
  }

  private row(row: Row, columns: Columns): void {
    const texts = textsOf(row);
    const [only] = texts;
    if (only === undefined) return;
    if (texts.length === 1) this.singleCell(only, row, columns);
    if (texts.length === 1 || /^(?:合计|小计|总计)/.test(only)) return;
    this.rowsUnderHeader += 1;
    this.sectionBegan = false;
    this.document.startsAt ??= row.line;
    const part = this.currentPart(row.line);
    const previous = this.document.tasks.at(-1);
    const task = rawTask(row, columns, {
      part,
      category: this.category,
      previous: previous?.part === part ? previous : null,
    });
    if (task) this.document.tasks.push(task);
  }

  private singleCell(text: string, row: Row, columns: Columns): void {
    const heading = headingOf(text);
    if (/^(?:注|备注|说明)\s*[：:]/.test(text)) this.document.notes.push({ text, line: row.line });
    else if (heading && heading.level <= 2 && text.length <= 80) {
      if (heading.level === 1) this.newPart(heading, row.line);
      else this.newCategory(heading, row.line);
    } else if (
      text.length <= 40 &&
      !/[。；;]/.test(text) &&
      numberOf(text) === null &&
      row.cells[0]?.text.trim() === text
    ) {
      this.category = text;
    } else if (columns.kinds.some((kind, i) => isText(kind) && row.cells[i]?.text.trim() === text)) {
      // A task that nobody is named for: kept, so that it is asked about.
      this.rowsUnderHeader += 1;
      this.document.startsAt ??= row.line;
      const task = rawTask(row, columns, {
        part: this.currentPart(row.line),
        category: this.category,
        previous: this.document.tasks.at(-1) ?? null,
      });
      if (task) this.document.tasks.push(task);
    }
  }

  private newPart(heading: Heading | null, line: number): void {
    this.pendingPart = { heading: heading ?? { level: 1, no: 0, text: '', stated: null }, line };
    this.category = null;
  }

  private newCategory(heading: Heading, line: number): void {
    this.category = headingName(heading);
    this.sectionBegan = true;
    if (heading.stated !== null) {
      const part = this.pendingPart === null ? Math.max(0, this.document.parts.length - 1) : this.document.parts.length;
      this.document.sections.push({ part, name: this.category, line, stated: heading.stated });
    }
  }

  /** A part begins with its first task: headings of a covering letter have none. */
  private currentPart(line: number): number {
    const { parts } = this.document;
    if (this.pendingPart !== null || parts.length === 0) {
      const { heading, line: at } = this.pendingPart ?? { heading: null, line };
      parts.push({ heading: heading?.text ?? '', line: at, stated: heading?.stated ?? null });
      this.document.startsAt = Math.min(this.document.startsAt ?? at, at);
      this.pendingPart = null;
    }
    return parts.length - 1;
  }
}

const isText = (kind: ColumnKind | null | undefined): boolean =>
  kind === 'title' || kind === 'content' || kind === 'measures';
const widthOf = (table: Table): number => Math.max(0, ...table.rows.map((row) => row.cells.length));
const textsOf = (row: Row): string[] =>
  row.cells.filter((c): c is Cell => c !== null && !c.fromAbove && c.text.trim() !== '').map((c) => c.text.trim());

/** Names of columns at this row, which may be two rows deep (责任分工 over 牵头单位 | 配合单位). */
function headerAt(table: Table, i: number): { names: string[]; rows: number } | null {
  const row = table.rows[i];
  // A row that begins with a number is a row of the list, as most are.
  if (!row || /^\s*\d{1,4}\s*$/.test(row.cells.find((c) => c !== null && c.text !== '')?.text ?? '')) return null;
  const upper = spread(row);
  const next = table.rows[i + 1];
  if (next?.cells.some((c) => c?.fromAbove) && row.cells.some((c) => c && c.span > 1 && c.text.trim() !== '')) {
    const lower = spread(next);
    const names = Array.from({ length: Math.max(upper.length, lower.length) }, (_, k) =>
      nameOf(upper[k] ?? '', lower[k] ?? ''),
    );
    const changed = next.cells.some((c) => c !== null && !c.fromAbove && c.text.trim() !== '');
    if (changed && isHeaderRow(names) && lower.every((name) => name.length <= 14)) return { names, rows: 2 };
  }
  const names = row.cells.map((c) => c?.text.trim() ?? '');
  return isHeaderRow(names) && !row.cells.every((c) => c === null || c.fromAbove) ? { names, rows: 1 } : null;
}

const nameOf = (upper: string, lower: string): string =>
  lower === '' || lower === upper ? upper : columnKind(lower) !== null ? lower : `${upper}${lower}`;

/** A cell's text in every column it covers. */
function spread(row: Row): string[] {
  const texts: string[] = [];
  row.cells.forEach((c, i) => {
    if (c) for (let k = 0; k < c.span; k++) texts[i + k] = c.text.trim();
  });
  return Array.from(texts, (text) => text ?? '');
}

/** A title column whose cells cover several numbered rows holds categories, if another column can hold the titles. */
function mergedTitle(names: string[], below: Row[]): number | null {
  const kinds = names.map(columnKind);
  const no = kinds.indexOf('no');
  const titles = kinds.flatMap((kind, i) => (kind === 'title' ? [i] : []));
  const at = titles[0];
  if (at === undefined || kinds.filter(isText).length < 2) return null;
  const covers = below.some((row) => {
    if (no < 0) return row.cells[at]?.fromAbove && ownText(row, kinds, at) && ownAssignment(row, kinds);
    const numbered = no >= 0 && row.cells[no] && !row.cells[no].fromAbove && numberOf(row.cells[no].text) !== null;
    return numbered && row.cells[at]?.fromAbove;
  });
  return covers ? at : null;
}

/** Without numbers: another column of text and one of units or dates that begin anew in the row. */
const ownText = (row: Row, kinds: (ColumnKind | null)[], title: number): boolean =>
  kinds.some((kind, i) => i !== title && isText(kind) && isOwn(row.cells[i]));
const ownAssignment = (row: Row, kinds: (ColumnKind | null)[]): boolean =>
  kinds.some((kind, i) => kind !== null && ASSIGNING.includes(kind) && isOwn(row.cells[i]));
const isOwn = (place: Cell | null | undefined): boolean =>
  place != null && !place.fromAbove && place.text.trim() !== '';
const ASSIGNING: ColumnKind[] = ['lead', 'responsible', 'co', 'deadline'];

/** A second table with other columns whose numbers begin anew is another part. */
function numbersRestart(names: string[], below: Row[], document: RawDocument): boolean {
  const no = names.map(columnKind).indexOf('no');
  const first = below.map((row) => numberOf(row.cells[no]?.text ?? '')).find((n) => n !== null);
  return no >= 0 && first === 1 && (document.tasks.at(-1)?.printedNo ?? 0) >= 1;
}
