/**
 * Automatic numbers of Word. They are not in the text, so mammoth cannot give them; a 序号 column is often made of
 * nothing else. This writes each one as text before its paragraph, and mammoth reads the rest.
 */
import { type CheerioAPI, load } from 'cheerio';
import type { Element } from 'domhandler';

interface Level {
  format: string;
  /** `%1.`, `（%1）`, `%1.%2` */
  text: string;
  start: number;
}

/** numId → level → its form */
type Lists = Map<string, { list: string; levels: Map<number, Level> }>;

const CHINESE = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/** document.xml with automatic numbers as text; unchanged without any. */
export function withNumbers(document: string, numbering: string | null, styles: string | null): string {
  if (numbering === null || !document.includes('<w:p')) return document;
  const lists = listsOf(numbering);
  const byStyle = stylesOf(styles);
  const $ = load(document, { xml: true });
  const counters = new Map<string, number[]>();
  for (const paragraph of $('w\\:p').toArray()) {
    const properties = $(paragraph).children('w\\:pPr');
    const own = properties.children('w\\:numPr');
    const style = byStyle.get(properties.children('w\\:pStyle').attr('w:val') ?? '');
    const numId = own.children('w\\:numId').attr('w:val') ?? style?.numId;
    const level = Number(own.children('w\\:ilvl').attr('w:val') ?? style?.level ?? 0);
    const list = lists.get(numId ?? '');
    const form = list?.levels.get(level);
    if (!list || !form || form.format === 'none' || form.format === 'bullet') continue;
    const label = labelOf(list, level, counters);
    own.remove();
    properties
      .children('w\\:pStyle')
      .filter(() => style !== undefined)
      .remove();
    prepend($, paragraph, label);
  }
  return $.xml();
}

function prepend($: CheerioAPI, paragraph: Element, label: string): void {
  const run = `<w:r><w:t xml:space="preserve">${label.replace(/[<&>]/g, '')}</w:t></w:r>`;
  const properties = $(paragraph).children('w\\:pPr').first();
  if (properties.length > 0) properties.after(run);
  else $(paragraph).prepend(run);
}

/** The next number of this level, with those above it; deeper levels begin anew. */
function labelOf(
  { list, levels }: { list: string; levels: Map<number, Level> },
  level: number,
  counters: Map<string, number[]>,
): string {
  const counts = counters.get(list) ?? [];
  counts[level] = (counts[level] ?? (levels.get(level)?.start ?? 1) - 1) + 1;
  counts.length = level + 1;
  counters.set(list, counts);
  const form = levels.get(level);
  return (form?.text ?? '').replace(/%(\d)/g, (_, digit: string) => {
    const at = Number(digit) - 1;
    const count = counts[at] ?? levels.get(at)?.start ?? 1;
    return written(count, levels.get(at)?.format ?? 'decimal');
  });
}

function written(n: number, format: string): string {
  if (/^(?:chinese|ideograph|taiwanese|japaneseCounting)/.test(format) && !/^ideographEnclosedCircle/.test(format))
    return chinese(n);
  if (/EnclosedCircle/i.test(format) && n <= 20) return String.fromCharCode(0x245f + n);
  if (/Letter$/.test(format)) return String.fromCharCode((format.startsWith('upper') ? 64 : 96) + Math.min(n, 26));
  return String(n);
}

function chinese(n: number): string {
  if (n < 10) return CHINESE[n] ?? String(n);
  if (n >= 100) return String(n);
  const tens = Math.floor(n / 10);
  return `${tens > 1 ? (CHINESE[tens] ?? '') : ''}十${n % 10 > 0 ? (CHINESE[n % 10] ?? '') : ''}`;
}

function listsOf(numbering: string): Lists {
  const $ = load(numbering, { xml: true });
  const abstracts = new Map(
    $('w\\:abstractNum')
      .toArray()
      .map((abstract) => {
        const levels = new Map(
          $(abstract)
            .children('w\\:lvl')
            .toArray()
            .map((lvl): [number, Level] => [
              Number($(lvl).attr('w:ilvl') ?? 0),
              {
                format: $(lvl).children('w\\:numFmt').attr('w:val') ?? 'decimal',
                text: $(lvl).children('w\\:lvlText').attr('w:val') ?? '%1.',
                start: Number($(lvl).children('w\\:start').attr('w:val') ?? 1),
              },
            ]),
        );
        return [$(abstract).attr('w:abstractNumId') ?? '', levels] as const;
      }),
  );
  return new Map(
    $('w\\:num')
      .toArray()
      .map((num) => {
        const id = $(num).attr('w:numId') ?? '';
        const abstract = $(num).children('w\\:abstractNumId').attr('w:val') ?? '';
        // Two lists of the same form count apart only where one says it starts over.
        const list = $(num).children('w\\:lvlOverride').length > 0 ? `${abstract}#${id}` : abstract;
        return [id, { list, levels: abstracts.get(abstract) ?? new Map<number, Level>() }] as const;
      }),
  );
}

function stylesOf(styles: string | null): Map<string, { numId: string; level: number }> {
  if (styles === null) return new Map();
  const $ = load(styles, { xml: true });
  return new Map(
    $('w\\:style')
      .toArray()
      .flatMap((style) => {
        const numPr = $(style).find('w\\:numPr');
        const numId = numPr.children('w\\:numId').attr('w:val');
        if (numId === undefined) return [];
        return [
          [
            $(style).attr('w:styleId') ?? '',
            { numId, level: Number(numPr.children('w\\:ilvl').attr('w:val') ?? 0) },
          ] as const,
        ];
      }),
  );
}
