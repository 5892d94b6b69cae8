/** Letters to look at: each kind in each language, as text that people read in review, and as pictures. */
import { join } from 'node:path';
import { composeLetter, exampleDraft } from '../../client/cli/letter-preview';
import { LANGUAGES, type Language } from '../../domain/language';
import type { LetterDraft } from '../../domain/letter-draft';
import { NOTICE_KINDS, type NoticeKind } from '../../domain/notices';
import type { Composed } from '../../mail/compose';

export interface Exhibit {
  kind: NoticeKind;
  language: Language;
  draft: LetterDraft;
  made: Composed;
}

const FROM = '督办 <duban@zhuzhou.example>';

async function exhibit(kind: NoticeKind, language: Language): Promise<Exhibit> {
  const draft = exampleDraft(kind, language);
  return { kind, language, draft, made: await composeLetter(FROM, draft) };
}

/** Every kind in every language. */
export function gallery(): Promise<Exhibit[]> {
  return Promise.all(NOTICE_KINDS.flatMap((kind) => LANGUAGES.map((language) => exhibit(kind, language))));
}

/** Where the text of a kind is kept, and what stands there: both languages, with subject and calendar. */
export function pageFile(kind: NoticeKind): string {
  return join(__dirname, 'letters', `${kind}.txt`);
}

export function pageOf(kind: NoticeKind, exhibits: readonly Exhibit[]): string {
  return exhibits
    .filter((one) => one.kind === kind)
    .map(letterPage)
    .join('\n');
}

function letterPage({ language, draft, made }: Exhibit): string {
  const { letter, dates } = draft;
  const entries = dates.map(
    ({ on, kind, state, because }) => `Calendar: ${on} ${kind} ${state}${because ? ` (${because})` : ''}`,
  );
  return [`======== ${language}`, `Subject: ${letter.subject}`, ...entries, '', made.text].join('\n');
}
