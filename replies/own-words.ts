/**
 * What the sender wrote himself: without the letter that his program quoted, without his signature. A grammar of our own,
 * because the marks of Chinese mail programs are in no kept library (docs/decisions/0021).
 */

/** Who signs: names that a line at the end may consist of. */
export interface KnownNames {
  people: readonly string[];
  units: readonly string[];
}

export interface OwnWords {
  /** Lines that are neither quoted nor signature. */
  lines: string[];
  /** The rest is a mail that was passed on, not one that was answered. */
  forwards: boolean;
}

/** @param text plain text, lines ending in `\n` */
export function ownWords(text: string, names: KnownNames): OwnWords {
  const all = text.split('\n').map(bareLine);
  const cut = all.findIndex((line, index) => beginsQuote(line, all, index));
  const mark = cut < 0 ? '' : (all[cut] ?? '');
  const above = (cut < 0 ? all : all.slice(0, cut))
    // Answers may stand under what they quote; the quoted lines alone are left out.
    .filter((line) => !/^[>＞]/.test(line) && !SENT_WITH.test(line));
  return { lines: withoutSignature(above, names), forwards: /转发|forwarded/i.test(mark) };
}

/** Without odd blanks, and without the frames that some programs draw around a signature. */
function bareLine(line: string): string {
  return line.replace(/[\u00a0\u2000-\u200b\u3000\ufeff]/g, ' ').replace(/^[|\s]+|[|\s]+$/g, '');
}

const SENT_WITH =
  /^(发自|来自|发送自|sent from|get outlook|从 ?(windows|mac|iphone|ipad|android|我的).{0,12}(发送|邮件)|获取 ?outlook)/i;
/** Rules of dashes around words: 原始邮件, 回复的原邮件, Original Message, Forwarded message. */
const RULE =
  /^[-－—_=*]{2,}\s*(原始邮件|原始信件|原邮件|回复的?原邮件|回复的?邮件|转发的?邮件(信息)?|转发邮件信息|被转发邮件|邮件原件|original( message)?|replied message|forwarded message)\s*[-－—_=*]*$/i;
const BARE_RULE = /^(_{8,}|-{20,})$/;
const HEAD_FIELD = /^[|*\s]*(发件人|发信人|寄件人|寄件者|from)\s*[*|]*\s*[:：|]/i;
const OTHER_FIELD = /^[|*\s]*(收件人|发送时间|发送日期|日期|时间|主题|抄送|to|sent|date|subject|cc)\s*[*|]*\s*[:：|]/i;
const WROTE = /(写道|寫道|wrote|写到)\s*[:：]?$/i;

function beginsQuote(line: string, all: readonly string[], index: number): boolean {
  if (RULE.test(line) || /^-- ?$/.test(line)) return true;
  const following = all.slice(index + 1, index + 7).filter((next) => next !== '');
  if (BARE_RULE.test(line)) return following.some((next) => HEAD_FIELD.test(next));
  if (HEAD_FIELD.test(line)) return following.slice(0, 3).some((next) => OTHER_FIELD.test(next));
  // `在 2027年3月15日 09:00，督办 <…> 写道：`, often broken into two or three lines.
  const attribution = [line, ...following.slice(0, 2)];
  return attribution.some((_, length) => isAttribution(attribution.slice(0, length + 1)));
}

function isAttribution(lines: readonly string[]): boolean {
  const whole = lines.join(' ');
  // Somebody's own sentence may end in 写道; a date or an address in it makes it a program's.
  if (whole.length > 300 || !WROTE.test(whole)) return false;
  const begins = lines[0] ?? '';
  return (
    /^(在|于|on |at |["“<＜]?[^，。；]{0,40}[<＜"”]|\d{4}|.{0,20}于 ?\d{4})/i.test(begins) && /\d{4}|@/.test(whole)
  );
}

function withoutSignature(lines: readonly string[], names: KnownNames): string[] {
  let end = lines.length;
  while (end > 0 && (isSignature(lines[end - 1] ?? '', names) || isNameAbove(lines, end))) end -= 1;
  // A mail of a signature alone says nothing; one line before it stays, whatever it is.
  return lines.slice(0, end).filter((line) => line !== '');
}

/** A name alone on a line, above a unit or a telephone number that was taken away already. */
function isNameAbove(lines: readonly string[], end: number): boolean {
  const below = lines.slice(end).some((line) => line !== '' && !CLOSING.test(line) && !DATE_ALONE.test(line));
  return below && NAME_ALONE.test(lines[end - 1] ?? '') && !COMMAND_ALONE.test(lines[end - 1] ?? '');
}

const NAME_ALONE = /^\p{Script=Han}{1,2} ?\p{Script=Han}{1,2}$/u;
const COMMAND_ALONE = /签收|收到|收悉|办结|完成|具备|延期|同意/;
const LABELS =
  /(联系)?(电话|手机|座机|传真|地址|邮编|邮箱|网址|部门|职务|tel|mobile|phone|fax|e-?mail|qq|微信)\s*[:：.]?/gi;
const NUMBERS = /\+?\d[\d\s()（）-]{5,}\d|[\w.+-]+@[\w.-]+|https?:\/\/\S+/g;
const CLOSING =
  /^(谢谢|多谢|感谢|此致|敬礼|此复|特此回复|顺颂商祺|祝好|祝工作顺利|致礼|best( regards)?|regards|thanks|thank you)[!！。.,，~]*$/i;
const DATE_ALONE = /^\d{4} ?[年./-] ?\d{1,2} ?[月./-] ?\d{1,2} ?日?$/;

function isSignature(line: string, { people, units }: KnownNames): boolean {
  if (line === '' || CLOSING.test(line) || DATE_ALONE.test(line)) return true;
  if (people.includes(line.replace(/\s/g, ''))) return true;
  const unit = units.find((name) => name !== '' && line.startsWith(name));
  if (unit !== undefined && line.length <= unit.length + 16 && !/[，。；！？,;!?：:]/.test(line)) return true;
  const rest = line.replace(NUMBERS, '').replace(LABELS, '');
  return rest !== line && rest.replace(/[\s|/、，,：:-]/g, '').length <= 12;
}
