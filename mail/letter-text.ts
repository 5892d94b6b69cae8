/** A letter as plain text: what a program without HTML shows, with every fact of the page, in lines that stay whole. */
import type { Ask, Letter } from '../domain/letters';
import type { Frame } from './frame';
import { FRAME_WORDS } from './frame-words';
import { closingOf, countedOf, endOf, factsOf, headingOf, linkedOf, oneLine, othersOf, titleOf } from './letter-lines';
import { wrapped } from './wrap';

export function letterText(letter: Letter, frame: Frame): string {
  const words = FRAME_WORDS[letter.language];
  const full = (ask: Ask) => [
    ...wrapped(`* ${titleOf(ask)}`, '  '),
    ...wrapped(factsOf(ask, letter).join(words.separator), '  ', '  '),
    ...ask.todo.flatMap((todo) => wrapped(todo, '  ', '  ')),
    ...ask.official.flatMap((sentence) => wrapped(`${words.official}${sentence}`, '  ', '  ')),
    ...wrapped(ask.reference ?? '', '  ', '  '),
    ...linkedOf(ask).map(({ label, url }) => `  ${label}${words.colon}${letter.language === 'en' ? ' ' : ''}${url}`),
    '',
  ];
  const lines = [
    `${frame.addressee}${words.colon}`,
    '',
    ...wrapped(letter.summary),
    ...(letter.plan ? wrapped(`${words.plan}${letter.plan}`) : []),
    '',
    ...letter.sections.flatMap((section) => [
      `【${headingOf(section, letter)}】`,
      '',
      ...section.asks.flatMap(full),
      ...(section.counted.length > 0
        ? [
            `${othersOf(section, letter)}${words.colon}`,
            ...section.counted.flatMap((ask) => wrapped(`· ${countedOf(ask, letter)}`, '  ')),
            '',
          ]
        : []),
    ]),
    ...closingOf(letter, frame).flatMap((line) => wrapped(line)),
    '',
    frame.office,
    frame.date,
    '',
    '--',
    ...endOf(frame, letter).flatMap((line) => wrapped(line)),
  ];
  return `${lines.map(oneLine).join('\n')}\n`;
}
