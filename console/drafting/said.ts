/** Why something was not done, in a sentence for the page it was tried on. */
import { Failure } from '../../client/failure';
import type { Language } from '../../domain/language';
import { LedgerRefusal, type LedgerRefusalCode } from '../../ledger/errors';

const OF_THE_LEDGER: Partial<Record<LedgerRefusalCode, Record<Language, string>>> = {
  'plan-exists': {
    'zh-CN': '已有这个编号的方案，请另写一个方案编号。',
    en: 'There is a plan with this id already; please choose another.',
  },
  'plan-changed': { 'zh-CN': '他人刚刚改动了这个方案，请重试。', en: 'Somebody else changed this plan just now.' },
  'plan-launched': {
    'zh-CN': '方案已经下达，只能通过任务的各项动作改变。',
    en: 'The plan is launched; only moves of its tasks change it.',
  },
  'too-many-uploads': {
    'zh-CN': '未完成的导入过多，请先完成或删除其中一些。',
    en: 'Too many unfinished imports: finish or discard some first.',
  },
  'upload-changed': {
    'zh-CN': '此导入刚刚在另一窗口中改动，以下是现在的内容，请再操作一次。',
    en: 'This import was changed in another window just now. This is its state; please try again.',
  },
  'not-storable': {
    'zh-CN': '内容中有不能保存的字符。',
    en: 'There are characters that cannot be stored.',
  },
};

/**
 * What was refused, for the page it was tried on.
 * @param overtaken what is said where somebody else changed the plan first
 * @throws the error itself, if it is no refusal
 */
export function refused(error: unknown, language: Language, overtaken: string): { said: string[]; status: 409 | 422 } {
  const isOvertaken = error instanceof LedgerRefusal && error.code === 'plan-changed';
  return {
    said: isOvertaken ? [overtaken] : refusalLines(error, language),
    status: error instanceof Failure && error.exit !== 4 ? 422 : 409,
  };
}

/**
 * Lines of what was refused.
 * @throws the error itself, if it is no refusal
 */
export function refusalLines(error: unknown, language: Language): string[] {
  if (error instanceof Failure) return (language === 'en' ? error.en : error.zh).split('\n');
  const known = error instanceof LedgerRefusal ? OF_THE_LEDGER[error.code] : undefined;
  if (!known) throw error;
  return [known[language]];
}
