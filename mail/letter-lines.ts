/** The facts of a letter as single lines, the same for its text and its HTML: what stands in one stands in the other. */
import type { Ask, Letter, LetterSection } from '../domain/letters';
import type { Frame } from './frame';
import { FRAME_WORDS } from './frame-words';

/** What is typed is one line of ours, whatever was typed into it. */
export function oneLine(text: string): string {
  return text.replace(/\s*[\r\n\u2028\u2029]+\s*/g, ' ');
}

export function titleOf(ask: Ask): string {
  return [ask.no, ask.title].filter(Boolean).join(' ');
}

/** Plan, role, date and working days left. */
export function factsOf(ask: Ask, { language }: Letter): string[] {
  const words = FRAME_WORDS[language];
  const due = ask.due && `${words.due}${ask.due}${ask.left ? `${words.comma}${ask.left}` : ''}`;
  return [ask.plan, ask.role, due].filter((fact): fact is string => Boolean(fact));
}

export function headingOf({ name, asks, counted }: LetterSection, { language }: Letter): string {
  return FRAME_WORDS[language].heading(name, asks.length + counted.length);
}

export function othersOf({ asks, counted }: LetterSection, { language }: Letter): string {
  return FRAME_WORDS[language].others(counted.length, asks.length > 0);
}

/** One that is only named. */
export function countedOf(ask: Ask, { language }: Letter): string {
  const words = FRAME_WORDS[language];
  const due = ask.due && words.inBrackets(`${ask.due}${ask.left ? `${words.comma}${ask.left}` : ''}`);
  return `${titleOf(ask)}${due ?? ''}`;
}

/** The answers that have an address. */
export function linkedOf({ answers }: Ask): { label: string; url: string }[] {
  return answers.flatMap(({ label, url }) => (url === null ? [] : [{ label, url }]));
}

/** How to answer, by what the letter has to answer with, and what its attachment is for. */
export function closingOf({ language, sections }: Letter, { calendar }: Frame): string[] {
  const words = FRAME_WORDS[language];
  const clicks = sections.some(({ asks }) => asks.some((ask) => linkedOf(ask).length > 0));
  return [...(clicks ? [words.howToClick] : []), words.howToAnswer, ...(calendar ? [words.calendar] : [])];
}

export function endOf(frame: Frame, { language }: Letter): string[] {
  const words = FRAME_WORDS[language];
  return [words.made(frame.letter), ...frame.seals.map(({ plan, sealedOn, hash }) => words.seal(plan, sealedOn, hash))];
}
