/** Marks between words, as each language writes them. */
import type { Language } from '../../domain/language';

interface Marks {
  /** Between a name and what is said of it. */
  colon: string;
  /** Between the items of a list, and between its parts. */
  comma: string;
  semicolon: string;
  /** Something said beside. */
  aside(text: string | number): string;
}

export const marks: Record<Language, Marks> = {
  'zh-CN': { colon: '：', comma: '、', semicolon: '；', aside: (text) => `（${text}）` },
  en: { colon: ': ', comma: ', ', semicolon: '; ', aside: (text) => ` (${text})` },
};
