/** Doubts about a document of the reference library. */
import type { DiagnosticEntry } from './diagnostics';

export const LIBRARY_CODES = {
  'no-library': {
    severity: 'error',
    means: 'The file is neither a benchmark guide nor a case book.',
    remedy:
      'Give a document that names indicators with their 二级指标, or cases with background, practice and results.',
    zh: {
      means: '这份文件既不是指标指南，也不是案例汇编。',
      remedy: '请给出写明指标及其二级指标的文件，或带有背景、做法、成效的案例文件。',
    },
  },
  'garbled-repaired': {
    severity: 'note',
    means: 'A garbled line was restored from its own bytes.',
    remedy: 'Compare the line with the original where its wording matters.',
    zh: { means: '这一行有乱码，已按其字节还原。', remedy: '措辞要紧时请对照原件。' },
  },
  'sub-indicators-missing': {
    severity: 'warning',
    means: 'The text on an indicator does not list its sub-indicators (二级指标).',
    remedy: 'Compare the paragraph with the original.',
    zh: { means: '指标的说明没有列出二级指标。', remedy: '请对照原件核对这一段。' },
  },
  'best-value-unmatched': {
    severity: 'warning',
    means:
      'A best value fits none, or more than one, of the indicator’s sub-indicators; it was kept with the indicator.',
    remedy: 'Look at the indicator when you compare figures.',
    zh: { means: '最佳指标不能对应到唯一的二级指标，已留在指标名下。', remedy: '比较数据时请查看该项指标。' },
  },
  'best-value-unread': {
    severity: 'warning',
    means: 'A best value is not a number with a unit; its words were kept.',
    remedy: 'Figures are not compared with it.',
    zh: { means: '最佳指标不是带单位的数值，已保留原文。', remedy: '不与它比较数据。' },
  },
  'case-city-unlisted': {
    severity: 'note',
    means: 'A case is of a city that the document does not list among the best ones.',
    remedy: 'Nothing; both were kept as written.',
    zh: { means: '案例城市不在文件所列的最佳实践城市之中。', remedy: '无须处理，两处均按原文保留。' },
  },
  'case-section-missing': {
    severity: 'note',
    means: 'A case has no section for its background, practice or results; nothing was put in its place.',
    remedy: 'Nothing.',
    zh: { means: '案例没有背景、做法或成效一节，未作补充。', remedy: '无须处理。' },
  },
  'library-line-unread': {
    severity: 'warning',
    means: 'A line belongs to no indicator, practice or case and was left out.',
    remedy: 'Compare the line with the original.',
    zh: { means: '这一行不属于任何指标、做法或案例，没有读取。', remedy: '请对照原件核对这一行。' },
  },
} as const satisfies Record<string, DiagnosticEntry>;
