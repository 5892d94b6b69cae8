/** Why a document was not imported, as people are told of it: with every doubt, and what to type next. */
import type { Lacking } from '../../documents/draft-plan';
import type { Diagnostic } from '../../documents/result';
import { countOf, doubtsPage } from './doubts-page';
import { CliFailure, wrongCall } from './failure';
import { shown } from './inputs';

const REASONS = {
  'document-errors': ['有错误', 'has errors', 'mend the document, or save it in another format'],
  'document-warnings': [
    '有需要决定的问题',
    'leaves warnings',
    'mend the document, or repeat the command with --allow-warnings and correct the draft with duban plan edit',
  ],
  'not-a-plan': ['不能作为方案保存', 'is no plan that can be stored', 'mend what is named'],
} as const;

/** The answer is no, and nothing was stored. */
export function documentRefused(
  code: keyof typeof REASONS,
  file: string,
  diagnostics: Diagnostic[],
  what?: string,
): CliFailure {
  const [zh, en, next] = REASONS[code];
  const page = diagnostics.length > 0 ? `\n${doubtsPage(diagnostics)}\n${countOf(diagnostics)}。` : '';
  return new CliFailure(
    1,
    code,
    `${shown(file)}${zh}，未保存。${page}`,
    `${shown(file)} ${en}; nothing was stored${what === undefined ? '' : `: ${what}`}`,
    { next, details: { diagnostics } },
  );
}

const OPTIONS: Record<Lacking, [option: string, zh: string, en: string]> = {
  city: ['--city', '城市代号', 'the city'],
  office: ['--office', '统筹单位', 'the coordination office'],
  title: ['--title', '名称', 'the title'],
  issuer: ['--issuer', '印发单位', 'who issued it'],
  issuedOn: ['--issued-on', '印发日期', 'when it was issued'],
};

/** What neither the document nor the directory says must be typed. */
export function documentLacks(file: string, lacking: Lacking[]): CliFailure {
  const wanted = lacking.map((field) => OPTIONS[field]);
  const zh = wanted.map(([option, name]) => `${name}（${option}）`).join('、');
  const en = wanted.map(([option, , name]) => `${name} (${option})`).join(', ');
  const next = `repeat the command with ${wanted.map(([option]) => `${option} …`).join(' ')}`;
  return wrongCall(
    'document-lacks',
    `${shown(file)}没有写明，请补充：${zh}。`,
    `neither ${shown(file)} nor the directory says ${en}`,
    {
      next: lacking.includes('office') ? `${next}; duban unit list, duban unit add for a new office` : next,
      details: { lacking: wanted.map(([option], i) => ({ field: lacking[i], option })) },
    },
  );
}
