/** Opens an Excel or WPS workbook whoever it comes from: refused before it can cost memory or time. */
import ExcelJS from 'exceljs';
import { type Doubt, doubt, quoted } from '../diagnostics';
import { unpack } from './zip';

/** More than any list of tasks; exceljs keeps every cell in memory. */
const MOST_CELLS = 500_000;

export async function openWorkbook(bytes: Uint8Array): Promise<{ workbook: ExcelJS.Workbook } | { refused: Doubt }> {
  const unpacked = await unpack(bytes, (name) => /\.(?:xml|rels)$/.test(name));
  if ('refused' in unpacked) return unpacked;
  const { parts } = unpacked;
  if (!parts.has('xl/workbook.xml')) {
    const isWord = parts.has('word/document.xml');
    return {
      refused: isWord ? doubt('wrong-extension', '文件其实是 Word 文档') : doubt('damaged-file', '文件里没有工作簿'),
    };
  }
  if ([...parts.values()].some((part) => part.includes('<!DOCTYPE') || part.includes('<!ENTITY'))) {
    return { refused: doubt('damaged-file', '文件里有 XML 实体声明，正常的工作簿没有这种内容') };
  }
  const cells = [...parts]
    .filter(([name]) => /^xl\/worksheets\/[^/]+\.xml$/.test(name))
    .reduce((n, [, part]) => n + count(part, '<c '), 0);
  if (cells > MOST_CELLS) return { refused: doubt('too-large', `工作簿有${cells}个单元格，最多读取${MOST_CELLS}个`) };
  const workbook = new ExcelJS.Workbook();
  try {
    // The types of exceljs were written for an older Buffer.
    await workbook.xlsx.load(bytes.slice().buffer as Parameters<typeof workbook.xlsx.load>[0], {
      ignoreNodes: ['dataValidations', 'conditionalFormatting', 'pageSetup', 'drawing', 'picture'],
    });
  } catch (error) {
    return {
      refused: doubt('damaged-file', `这个工作簿打不开（程序报告${quoted(String(error), 80)}）`),
    };
  }
  return { workbook };
}

function count(part: Buffer, wanted: string): number {
  let n = 0;
  for (let at = part.indexOf(wanted); at >= 0; at = part.indexOf(wanted, at + 1)) n += 1;
  return n;
}
