/** What a document says of itself: title, number 文号, issuing office, date of issue, city. */
import { isDay } from '../../domain/days';
import type { Paragraph } from '../blocks';
import { type Doubt, doubt, quoted } from '../diagnostics';
import { plainDates } from '../number-words';
import type { PlanHeader } from '../result';
import { headingOf, isAnnexMark } from './headings';
import { looksLikeUnit } from './unit-names';

const NUMBER = /^[\u4e00-\u9fff\w（）()、]{1,24}?\s*[〔[（(【]\s*(?:19|20)\d{2}\s*[〕\]）)】]\s*第?\s*\d{1,4}\s*号/;
const TITLE_NOUN =
  '方案|计划|分工|分解|责任分解|分工表|任务表|清单|台账|台帐|要点|意见|措施|举措|通知|安排|一览表|明细表|任务书|目标|规划|行动|责任表|分解表|汇总表|任务|表|办法|规定|决定|部署|细则|纲要|通报|事项|表格|路线图|时间表';
const TITLE = new RegExp(`(?:${TITLE_NOUN})(?:》的通知)?(?:\\s*[（(][^（()）]{1,30}[）)])*$`);
const DAY = /(\d{4})\s*[年.\-/]\s*(\d{1,2})\s*[月.\-/]\s*(\d{1,2})\s*日?/;
const DAY_LINE = new RegExp(`^[（(]?\\s*${DAY.source}\\s*[）)]?$`);
const PRINTED = new RegExp(`^(.*?)\\s*${DAY.source}\\s*印发$`);

export interface HeaderReading {
  header: PlanHeader;
  /** The title's year: 2020年工作要点 (null for none or several). */
  titleYear: number | null;
  doubts: { doubt: Doubt; line: number | null }[];
}

/** Reads the paragraphs before the tasks, and those behind them for a date and a signature at the end. */
export function readHeader(paragraphs: Paragraph[], startsAt: number): HeaderReading {
  const before = paragraphs.filter((p) => p.line < startsAt);
  const behind = paragraphs.filter((p) => p.line >= startsAt);
  const doubts: HeaderReading['doubts'] = [];
  const title = titleIn(before);
  const issue = issueIn(before) ?? issueIn(behind);
  const besideTitle =
    issue === null && title !== null ? dayIn(/[（(][^（()）]*[）)]\s*$/.exec(title.written)?.[0] ?? '') : null;
  if (besideTitle !== null) {
    const says = `全文唯一的日期在${quoted(title?.written ?? '')}末尾，已当作印发日期`;
    doubts.push({ doubt: doubt('issue-date-in-heading', says), line: title?.line ?? null });
  }
  const issuedOn = issue?.day ?? besideTitle;
  const issuer = letterhead(before) ?? issue?.issuer ?? noticing(before);
  const number = before.map((p) => NUMBER.exec(p.text.trim())?.[0]).find((found) => found !== undefined) ?? null;
  if (title === null) doubts.push({ doubt: doubt('title-missing', '没有找到像任务清单标题的一行'), line: null });
  if (issuedOn === null) doubts.push({ doubt: doubt('issue-date-missing', '没有找到印发日期'), line: null });
  if (issuer === null) doubts.push({ doubt: doubt('issuer-missing', '没有找到印发单位'), line: null });
  const header = {
    title: title?.text ?? null,
    number,
    issuer,
    issuedOn,
    city: cityIn(issuer) ?? cityIn(title?.text ?? null),
  };
  return { header, titleYear: yearIn(title?.text ?? '') ?? yearBeside(title?.written ?? ''), doubts };
}

function titleIn(before: Paragraph[]): { text: string; written: string; line: number } | null {
  const annex = before.findLastIndex((p) => isAnnexMark(p.text));
  const candidates = joinBroken(before.slice(annex + 1));
  const fallback = annex >= 0 ? joinBroken(before.slice(0, annex)) : [];
  const found = pickTitle(candidates) ?? pickTitle(fallback);
  if (!found) return null;
  const noticed = /关于(?:印发|发布|下发|转发|公布)\s*[《〈](.+)[》〉]的通知/.exec(found.text)?.[1];
  const text = (noticed ?? found.text).replace(/\s*[（(][^（()）]*\d{4}[^（()）]*[）)]\s*$/, '').trim();
  return { text, written: found.text, line: found.line };
}

/** The first line that reads as a title; in a covering letter the notice itself. */
function pickTitle(lines: Paragraph[]): Paragraph | null {
  return (
    lines.find(
      ({ text }) =>
        text.length >= 4 &&
        text.length <= 120 &&
        TITLE.test(text) &&
        !/[。；;：:]/.test(text.replace(/[》）)]*$/, '')) &&
        !/^附|^\d+$/.test(text) &&
        (headingOf(text)?.level ?? 0) === 0,
    ) ?? null
  );
}

/** A title broken over lines: a 《 that the line does not close, or short lines in a row. */
function joinBroken(lines: Paragraph[]): Paragraph[] {
  const joined: Paragraph[] = [];
  for (const { text, line } of lines) {
    const last = joined.at(-1);
    const words = text.trim();
    if (last && (isOpen(last.text) || continuesTitle(last.text, words, line - last.line)))
      joined[joined.length - 1] = { ...last, text: last.text + words };
    else joined.push({ kind: 'paragraph', text: words, line });
  }
  return joined;
}

const isOpen = (text: string): boolean =>
  text.length <= 80 && (text.match(/[《〈“]/g)?.length ?? 0) > (text.match(/[》〉”]/g)?.length ?? 0);

function continuesTitle(last: string, words: string, apart: number): boolean {
  const plain = (text: string) =>
    text.length <= 40 &&
    !/[。，,；;：:、]$/.test(text) &&
    headingOf(text) === null &&
    !NUMBER.test(text) &&
    !/^附/.test(text);
  return (
    apart <= 2 &&
    last.length >= 8 &&
    plain(last) &&
    plain(words) &&
    !TITLE.test(last) &&
    TITLE.test(words) &&
    !DAY_LINE.test(plainDates(last)) &&
    !/文件$|办公室$|政府$/.test(last)
  );
}

/** The date under a letter with the names above it, or the line of the printing office. */
function issueIn(paragraphs: Paragraph[]): { day: string; issuer: string | null } | null {
  for (const [i, { text }] of paragraphs.entries()) {
    const plain = plainDates(text.trim());
    if (DAY_LINE.test(plain)) {
      const day = dayIn(plain);
      if (day !== null) return { day, issuer: signature(paragraphs.slice(Math.max(0, i - 4), i)) };
    }
  }
  for (const { text } of paragraphs) {
    const printed = PRINTED.exec(plainDates(text.trim()));
    const day = dayIn(printed?.[0] ?? '');
    if (printed && day !== null) return { day, issuer: printed[1]?.trim() || null };
  }
  return null;
}

function signature(above: Paragraph[]): string | null {
  const names: string[] = [];
  for (const { text } of above.toReversed()) {
    const name = text.trim().replace(/\s+/g, '');
    if (!looksLikeUnit(name) && !/小组$/.test(name)) break;
    names.unshift(name);
  }
  return names.length > 0 ? names.join(' ') : null;
}

/** 株洲市人民政府办公室文件: the red heading names the office, or several with spaces between. */
function letterhead(before: Paragraph[]): string | null {
  const head = before.find(
    ({ text }) => /文\s*件$/.test(text.trim()) && text.trim().length <= 80 && !/[，。,：:]/.test(text),
  );
  const names = head?.text
    .trim()
    .replace(/\s*文\s*件$/, '')
    .replace(/\s+/g, ' ');
  return names !== undefined && looksLikeUnit(names.split(' ')[0] ?? '') ? names : null;
}

/** 某市人民政府办公室关于印发…的通知, on one line or with the office on the line above. */
function noticing(before: Paragraph[]): string | null {
  const at = before.findIndex(({ text }) => /^.{0,30}关于.+的(?:通知|意见|方案|决定)$/.test(text.trim()));
  const inTitle = /^(.+?)\s*关于/.exec(before[at]?.text.trim() ?? '')?.[1];
  const name = (inTitle ?? before[at - 1]?.text ?? '').replace(/\s+/g, '');
  return /(?:政府|办公室|办公厅|委员会|[局委厅部])$/.test(name) && looksLikeUnit(name) ? name : null;
}

const PLACE = /^(?:中共)?([\u4e00-\u9fff]{2,6}?(?:自治州|地区|市|州|盟|县|区|省))(?=[\u4e00-\u9fff])/;
const NO_PLACE = /^(?:全|我|本|各|贯彻|关于|加强|推进|落实|进一步|优化|深化|持续|\d)/;

function cityIn(text: string | null): string | null {
  const place = PLACE.exec(text ?? '')?.[1];
  return place === undefined || NO_PLACE.test(place) ? null : place;
}

function dayIn(text: string): string | null {
  const [, year = '', month = '', day = ''] = DAY.exec(plainDates(text)) ?? [];
  const found = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isDay(found) ? found : null;
}

/** 改革事项清单（2022年版） */
function yearBeside(title: string): number | null {
  const year = /[（(]\s*(20\d\d)\s*年(?:度)?版?\s*[）)]/.exec(plainDates(title))?.[1];
  return year === undefined ? null : Number(year);
}

function yearIn(title: string): number | null {
  const years = [
    ...plainDates(title.replace(/〔[^〕]*〕|[（(][^（()）]*[）)]/g, '')).matchAll(
      /(?<!\d)(20\d\d)(?=\s*年|\s*[-—–－~至])/g,
    ),
  ].map((m) => Number(m[1]));
  return new Set(years).size === 1 && !/20\d\d\s*年?\s*[-—–－~至]/.test(title) ? (years[0] ?? null) : null;
}
