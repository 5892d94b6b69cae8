/** Opens an Excel or WPS workbook whoever it comes from: refused before it can cost memory or time. */
import ExcelJS from 'exceljs';
import JSZip from 'jszip';
import { type Doubt, doubt, quoted } from '../diagnostics';
import { namesOversize, oversize } from './workbook-size';
import { unpack } from './zip';

/**
 * Chinese Excel's built-in formats (2012年3月14日, 2012年3月) have numbers that exceljs lists and does not use; without
 * them the cell is a plain number and no date.
 */
const builtIn = require('exceljs/lib/xlsx/defaultnumformats') as Record<string, { f?: string; 'zh-cn'?: string }>;
for (const format of Object.values(builtIn)) format.f ??= format['zh-cn'];

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
  const refused = oversize(parts);
  if (refused) return { refused };
  const workbook = new ExcelJS.Workbook();
  try {
    const named = parts.get('xl/workbook.xml');
    const whole = named && namesOversize(named) ? await withoutNames(bytes, named) : bytes.slice();
    // The types of exceljs were written for an older Buffer.
    await workbook.xlsx.load(whole.buffer as Parameters<typeof workbook.xlsx.load>[0], {
      ignoreNodes: ['dataValidations', 'conditionalFormatting', 'pageSetup', 'drawing', 'picture'],
    });
  } catch (error) {
    return {
      refused: doubt('damaged-file', `这个工作簿打不开（程序报告${quoted(String(error), 80)}）`),
    };
  }
  return { workbook };
}

/** The same workbook without the names it defines for ranges. */
async function withoutNames(bytes: Uint8Array, workbook: Buffer): Promise<Uint8Array> {
  const archive = await JSZip.loadAsync(bytes);
  archive.file('xl/workbook.xml', workbook.toString('utf8').replace(/<definedNames[\s\S]*<\/definedNames>/, ''));
  return archive.generateAsync({ type: 'uint8array' });
}
