/** Numbers as documents write them: 二〇二〇年, 第十三条, ３０日, 二十三项. */

const DIGITS: Record<string, number> = {
  〇: 0,
  零: 0,
  '○': 0,
  Ｏ: 0,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};
const UNITS: Record<string, number> = { 十: 10, 百: 100, 千: 1000 };

/** Full-width digits, letters and signs of dates as their plain ones: `２０２０．６` → `2020.6`. Length is kept. */
function toHalfWidth(text: string): string {
  return text.replace(/[０-９Ａ-Ｚａ-ｚ．－／％]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0));
}

/** The value of a number in Chinese or Arabic digits, up to 9999; null if it is none. */
export function numberOf(text: string): number | null {
  const plain = toHalfWidth(text).trim();
  if (/^\d{1,6}$/.test(plain)) return Number(plain);
  if (plain === '' || /[^〇零○一二两三四五六七八九十百千]/.test(plain)) return null;
  // 二〇二〇: digit by digit
  if (!/[十百千]/.test(plain)) return plain.length <= 4 ? Number([...plain].map((c) => DIGITS[c]).join('')) : null;
  let sum = 0;
  let digit = 0;
  for (const c of plain) {
    const unit = UNITS[c];
    if (unit === undefined) digit = DIGITS[c] ?? 0;
    else {
      sum += (digit || 1) * unit;
      digit = 0;
    }
  }
  return sum + digit;
}

const NUMERAL = '[〇零○一二两三四五六七八九十百]';
const COUNTED = new RegExp(`(${NUMERAL}{1,5})(?=(?:年|月|日|号|个?工作日|个月|天|季度))`, 'g');

/**
 * A text whose dates can be read: digits plain and Arabic, no space inside a date. For reading only; what is quoted
 * is always the document's own text.
 */
export function plainDates(text: string): string {
  return toHalfWidth(text)
    .replace(COUNTED, (all, numeral: string) => String(numberOf(numeral) ?? all))
    .replace(/(\d)\s+(?=[年月日号季底前末内个天工])/g, '$1')
    .replace(/([年月日度])\s+(?=[\d底末前上下中内])/g, '$1');
}
