/**
 * A letter as HTML for mail programs: tables, inline styles, 600 px, no image and nothing remote; colours are chosen to
 * survive a program that turns them dark.
 */
import type { Ask, Letter, LetterSection } from '../domain/letters';
import type { Section } from '../domain/notices';
import type { Frame } from './frame';
import { FRAME_WORDS } from './frame-words';
import { Html, html } from './html';
import { closingOf, countedOf, endOf, factsOf, headingOf, linkedOf, oneLine, othersOf, titleOf } from './letter-lines';

/** Colours per section: a bar and a heading, the only places that carry meaning by colour, and never alone. */
const COLOURS: Record<Section, string> = {
  overdue: '#c0392b',
  due: '#9a5b00',
  sign: '#1f6fb2',
  information: '#5f6b76',
};

const FONT = "font-family:'PingFang SC','Microsoft YaHei','Noto Sans CJK SC','Noto Sans SC',Arial,sans-serif";

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
    .first { background: #2f80c4 !important; border-color: #2f80c4 !important; }
    .on-first { color: #ffffff !important; }
    .other { background: #1f2428 !important; border-color: #7fb8ea !important; }
    .overdue { color: #f1938a !important; border-color: #f1938a !important; }
    .due { color: #efb95c !important; border-color: #efb95c !important; }
    .information { color: #aeb6bd !important; }
  }
  @media (max-width: 480px) { .pad { padding-left: 16px !important; padding-right: 16px !important; } }
`;

export function letterHtml(letter: Letter, frame: Frame): Html {
  const words = FRAME_WORDS[letter.language];
  return html`<!DOCTYPE html>
<html lang="${letter.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no, date=no, address=no">
<title>${oneLine(letter.subject)}</title>
<style>${new Html(STYLE)}</style>
</head>
<body class="page" style="margin:0;padding:0;background:#eef1f4;${FONT};-webkit-text-size-adjust:100%">
<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" border="0" style="background:#eef1f4">
<tr><td align="center" style="padding:16px 8px">
<!--[if mso]><table role="presentation" width="600" cellpadding="0" cellspacing="0" border="0"><tr><td><![endif]-->
<table role="presentation" class="sheet" width="100%" cellpadding="0" cellspacing="0" border="0" style="width:100%;max-width:600px;background:#ffffff;border-radius:6px;text-align:left;${FONT}">
<tr><td class="pad ink" style="padding:24px 28px 4px;font-size:16px;line-height:1.6;color:#1d2329">${oneLine(frame.addressee)}${words.colon}</td></tr>
<tr><td class="pad ink" style="padding:4px 28px 0;font-size:16px;line-height:1.6;font-weight:bold;color:#1d2329">${letter.summary}</td></tr>
${letter.plan && html`<tr><td class="pad soft" style="padding:4px 28px 0;font-size:13px;line-height:1.6;color:#5f6b76">${words.plan}${oneLine(letter.plan)}</td></tr>`}
${letter.sections.map((section) => sectionOf(section, letter))}
<tr><td class="pad ink" style="padding:24px 28px 0;font-size:14px;line-height:1.7;color:#1d2329">${lines(closingOf(letter, frame))}</td></tr>
<tr><td class="pad ink" align="right" style="padding:12px 28px 20px;font-size:14px;line-height:1.7;color:#1d2329">${oneLine(frame.office)}<br>${frame.date}</td></tr>
<tr><td class="pad line soft" style="padding:12px 28px 18px;border-top:1px solid #dde3e8;font-size:12px;line-height:1.7;color:#5f6b76;word-break:break-word;overflow-wrap:anywhere">${lines(endOf(frame, letter))}</td></tr>
</table>
<!--[if mso]></td></tr></table><![endif]-->
</td></tr>
</table>
</body>
</html>
`;
}

function sectionOf(section: LetterSection, letter: Letter): Html {
  const colour = COLOURS[section.section];
  return html`<tr><td class="pad" style="padding:22px 28px 2px"><table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr>
<td class="${section.section}" style="border-left:4px solid ${colour};padding:1px 0 1px 10px;font-size:15px;line-height:1.5;font-weight:bold;color:${colour}">${headingOf(section, letter)}</td></tr></table></td></tr>
${section.asks.map((ask) => rowOf(ask, letter))}
${
  section.counted.length > 0 &&
  html`<tr><td class="pad soft" style="padding:10px 28px 4px;font-size:13px;line-height:1.8;color:#5f6b76"><b>${othersOf(section, letter)}${FRAME_WORDS[letter.language].colon}</b><br>${lines(section.counted.map((ask) => `· ${countedOf(ask, letter)}`))}</td></tr>`
}`;
}

function rowOf(ask: Ask, letter: Letter): Html {
  const words = FRAME_WORDS[letter.language];
  const facts = factsOf(ask, letter);
  const soft = (size: number, texts: Html | Html[]) =>
    html`<br><span class="soft" style="font-size:${size}px;line-height:1.6;color:#5f6b76">${texts}</span>`;
  return html`<tr><td class="pad" style="padding:0 28px"><table role="presentation" class="line" width="100%" cellpadding="0" cellspacing="0" border="0" style="border-bottom:1px solid #e4e9ed"><tr>
<td style="padding:12px 0;font-size:14px;line-height:1.6;word-break:break-word;overflow-wrap:anywhere"><span class="ink" style="font-size:15px;font-weight:bold;color:#1d2329">${oneLine(titleOf(ask))}</span>${
    facts.length > 0 && soft(13, lines([facts.join(words.separator)]))
  }<br><span class="ink" style="color:#1d2329">${lines(ask.todo)}</span>${
    ask.official.length > 0 &&
    html`<span lang="zh-CN">${soft(13, lines(ask.official.map((sentence) => `${words.official}${sentence}`)))}</span>`
  }${ask.reference && soft(12, lines([ask.reference]))}${buttonsOf(ask)}</td></tr></table></td></tr>
`;
}

/**
 * Tables, because a mail program that knows nothing else knows those; the colour is on the cell and the room round the
 * words in it, so that Outlook's Word engine draws a button too. Each is a link with its words in any case.
 */
function buttonsOf(ask: Ask): Html | false {
  const buttons = linkedOf(ask).map(({ label, url }, i) => {
    const [fill, ink] = i === 0 ? ['#1f6fb2', '#ffffff'] : ['#ffffff', '#1f6fb2'];
    return html`<table role="presentation" align="left" cellpadding="0" cellspacing="0" border="0" style="margin:8px 8px 0 0"><tr><td class="${i === 0 ? 'first' : 'other'}" bgcolor="${fill}" style="border:1px solid #1f6fb2;border-radius:4px;background:${fill};padding:6px 14px;font-size:14px;line-height:1.4"><a class="${i === 0 ? 'on-first' : 'link'}" href="${url}" style="color:${ink};text-decoration:none;white-space:nowrap">${label}</a></td></tr></table>`;
  });
  return buttons.length > 0 && html`<br>${buttons}<div style="clear:both;font-size:0;line-height:0">&nbsp;</div>`;
}

function lines(texts: readonly string[]): Html[] {
  return texts.map((text, i) => html`${i > 0 && html`<br>`}${oneLine(text)}`);
}
