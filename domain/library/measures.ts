/** Numbers with their units as documents write them: 0.5个工作日, 139天, 9.66%. */

/** A number read out of a text; null where the text is no single number with a unit. */
export interface Measure {
  value: number | null;
  /** As written, `个工作日`; null where there is none. */
  unit: string | null;
}

const NUMBER = String.raw`[-−]?\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|[-−]?\d{1,15}(?:\.\d{1,15})?`;
const WHOLE = new RegExp(`^(${NUMBER})\\s*([^\\d\\s.,，。；;、]{0,12})$`);

/** `0.5个工作日` → 0.5 and 个工作日. Ranges, several numbers and words around them give null. */
export function measureOf(text: string): Measure {
  const match = WHOLE.exec(plain(text));
  if (!match?.[1]) return { value: null, unit: null };
  return { value: numberOf(match[1]), unit: match[2] ? match[2] : null };
}

/** Whether two units are the same one: 工作日 and 个工作日, ％ and %. 天 and 工作日 are not, nor 元 and 万元. */
export function sameUnit(a: string | null, b: string | null): boolean {
  return (a === null) === (b === null) && (a === null || unitKey(a) === unitKey(b ?? ''));
}

function unitKey(unit: string): string {
  const key = plain(unit);
  return key.length > 1 ? key.replace(/^[个個]/, '') : key;
}

/** Full-width digits and signs as their plain ones. */
function plain(text: string): string {
  return text.trim().replace(/[０-９．％－]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0));
}

function numberOf(text: string): number {
  return Number(text.replace(/[,，]/g, '').replace('−', '-'));
}
