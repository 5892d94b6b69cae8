/**
 * A letter as people see it: plain text and HTML with the same facts. HTML for mail programs: tables, inline styles,
 * 600 px, no image and nothing remote; colours are chosen to survive a program that turns them dark.
 */
import type { Ask, Letter, LetterSection } from '../domain/letters';
import type { Section } from '../domain/notices';
import type { TaskId } from '../domain/plan';
import { Html, html } from './html';

/** What stands round the content: who writes to whom. */
export interface Frame {
  /** 市税务局 糜履冰. */
  addressee: string;
  /** The coordination office. */
  office: string;
  /** `2026年6月30日（周二）`. */
  date: string;
  /** The letter's id, by which people speak of it. */
  letter: string;
  /** Whether a calendar file goes with it. */
  calendar: boolean;
  /** Lines under the signature, such as the seal of the record (D11). */
  footnotes: string[];
  /** The console's page of a task; null where there is no console to open. */
  pageOf: ((task: TaskId) => string) | null;
}

export interface Rendered {
  text: string;
  html: string;
}

const PAGE = '打开任务页面';
const CALENDAR = '附件是以上时限的日程文件，可导入日历；时限变动或撤销时，随信的新文件会更新同一日程。';
const HOW_TO_ANSWER = '如有疑问或需要电话签收，请直接回复本邮件。';

/** Both forms of one letter. */
export function render(letter: Letter, frame: Frame): Rendered {
  return { text: textOf(letter, frame), html: htmlOf(letter, frame).markup };
}

function textOf(letter: Letter, frame: Frame): string {
  const page = (ask: Ask) => (ask.task && frame.pageOf ? [`  ${PAGE}：${frame.pageOf(ask.task)}`] : []);
  const full = (ask: Ask) => [
    `* ${titleOf(ask)}`,
    ...(factsOf(ask).length > 0 ? [`  ${factsOf(ask).join('｜')}`] : []),
    ...ask.todo.map((todo) => `  ${todo}`),
    ...(ask.reference ? [`  ${ask.reference}`] : []),
    ...page(ask),
    '',
  ];
  const lines = [
    `${frame.addressee}：`,
    '',
    letter.summary,
    ...(letter.plan ? [`方案：${letter.plan}`] : []),
    '',
    ...letter.sections.flatMap((section) => [
      `【${headingOf(section)}】`,
      '',
      ...section.asks.flatMap(full),
      ...(section.counted.length > 0 ? [`${othersOf(section)}：`, ...section.counted.map(countedOf), ''] : []),
    ]),
    HOW_TO_ANSWER,
    ...(frame.calendar ? [CALENDAR] : []),
    '',
    frame.office,
    frame.date,
    '',
    '--',
    ...endOf(frame),
  ];
  return `${lines.map(oneLine).join('\n')}\n`;
}

/** Colours per section: a bar and a heading, the only places that carry meaning by colour, and never alone. */
const COLOURS: Record<Section, string> = {
  overdue: '#c0392b',
  due: '#b9770e',
  sign: '#2471a3',
  information: '#5f6b76',
};

const FONT = "font-family:'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif";

/** For programs that read it; the inline styles alone make a complete light page. */
const STYLE = `
  :root { color-scheme: light dark; supported-color-schemes: light dark; }
  @media (prefers-color-scheme: dark) {
    .page { background: #14171a !important; }
    .sheet { background: #1f2428 !important; }
    .ink { color: #eceff1 !important; }
    .soft { color: #aeb6bd !important; }
    .line { border-color: #3a4249 !important; }
    .link, .sign { color: #7fb8ea !important; }
    .overdue { color: #f1938a !important; }
    .due { color: #efb95c !important; }
    .information { color: #aeb6bd !important; }
  }
  @media (max-width: 480px) { .pad { padding-left: 16px !important; padding-right: 16px !important; } }
`;

function htmlOf(letter: Letter, frame: Frame): Html {
  return html`<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${letter.subject}</title>
<style>${new Html(STYLE)}</style>
</head>
<body class="page" style="margin:0;padding:0;background:#eef1f4;${FONT};-webkit-text-size-adjust:100%">
<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" border="0" style="background:#eef1f4">
<tr><td align="center" style="padding:16px 8px">
<table role="presentation" class="sheet" width="600" cellpadding="0" cellspacing="0" border="0" style="width:100%;max-width:600px;background:#ffffff;border-radius:6px">
<tr><td class="pad ink" style="padding:24px 28px 4px;font-size:16px;line-height:1.6;color:#1d2329">${frame.addressee}：</td></tr>
<tr><td class="pad ink" style="padding:4px 28px 0;font-size:16px;line-height:1.6;font-weight:bold;color:#1d2329">${letter.summary}</td></tr>
${letter.plan && html`<tr><td class="pad soft" style="padding:4px 28px 0;font-size:13px;line-height:1.6;color:#5f6b76">方案：${letter.plan}</td></tr>`}
${letter.sections.map((section) => sectionOf(section, frame))}
<tr><td class="pad ink" style="padding:24px 28px 0;font-size:14px;line-height:1.7;color:#1d2329">${HOW_TO_ANSWER}${frame.calendar && html`<br>${CALENDAR}`}</td></tr>
<tr><td class="pad ink" align="right" style="padding:12px 28px 20px;font-size:14px;line-height:1.7;color:#1d2329">${frame.office}<br>${frame.date}</td></tr>
<tr><td class="pad line soft" style="padding:12px 28px 18px;border-top:1px solid #dde3e8;font-size:12px;line-height:1.7;color:#5f6b76;word-break:break-all">${lines(endOf(frame))}</td></tr>
</table>
</td></tr>
</table>
</body>
</html>
`;
}

function sectionOf(section: LetterSection, frame: Frame): Html {
  const colour = COLOURS[section.section];
  return html`<tr><td class="pad" style="padding:22px 28px 2px"><table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr>
<td class="${section.section}" style="border-left:4px solid ${colour};padding:1px 0 1px 10px;font-size:15px;line-height:1.5;font-weight:bold;color:${colour}">${headingOf(section)}</td></tr></table></td></tr>
${section.asks.map((ask) => rowOf(ask, frame))}
${
  section.counted.length > 0 &&
  html`<tr><td class="pad soft" style="padding:10px 28px 4px;font-size:13px;line-height:1.8;color:#5f6b76"><b>${othersOf(section)}：</b><br>${lines(section.counted.map(countedOf))}</td></tr>`
}`;
}

function rowOf(ask: Ask, frame: Frame): Html {
  const facts = factsOf(ask);
  const page = ask.task && frame.pageOf ? frame.pageOf(ask.task) : null;
  return html`<tr><td class="pad" style="padding:0 28px"><table role="presentation" class="line" width="100%" cellpadding="0" cellspacing="0" border="0" style="border-bottom:1px solid #e4e9ed"><tr>
<td style="padding:12px 0;font-size:14px;line-height:1.6"><span class="ink" style="font-size:15px;font-weight:bold;color:#1d2329">${titleOf(ask)}</span>${
    facts.length > 0 && html`<br><span class="soft" style="font-size:13px;color:#5f6b76">${facts.join('｜')}</span>`
  }<br><span class="ink" style="color:#1d2329">${lines(ask.todo)}</span>${
    ask.reference &&
    html`<br><span class="soft" style="font-size:12px;line-height:1.6;color:#5f6b76">${oneLine(ask.reference)}</span>`
  }${
    page && html`<br><a class="link" href="${page}" style="color:#1f6fb2;text-decoration:underline">${PAGE}</a>`
  }</td></tr></table></td></tr>
`;
}

function lines(texts: readonly string[]): Html[] {
  return texts.map((text, i) => html`${i > 0 && html`<br>`}${oneLine(text)}`);
}

function titleOf(ask: Ask): string {
  return [ask.no, ask.title].filter(Boolean).join(' ');
}

function factsOf(ask: Ask): string[] {
  const due = ask.due && `时限：${ask.due}${ask.left ? `，${ask.left}` : ''}`;
  return [ask.plan, ask.role, due].filter((fact): fact is string => Boolean(fact));
}

function headingOf({ name, asks, counted }: LetterSection): string {
  return `${name} ${asks.length + counted.length}项`;
}

function othersOf({ asks, counted }: LetterSection): string {
  return asks.length > 0 ? `另有${counted.length}项` : `共${counted.length}项`;
}

function countedOf(ask: Ask): string {
  return `· ${titleOf(ask)}${ask.due ? `（${ask.due}${ask.left ? `，${ask.left}` : ''}）` : ''}`;
}

function endOf(frame: Frame): string[] {
  return [`信件编号：${frame.letter}。本信由督办系统自动发出。`, ...frame.footnotes];
}

/** A title is one line of ours, whatever was typed into it. */
function oneLine(text: string): string {
  return text.replace(/\s*[\r\n\u2028\u2029]+\s*/g, ' ');
}
