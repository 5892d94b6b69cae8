/** What became of letters and of mails that came in, in the words of both languages: one word for one thing everywhere. */
import type { Language } from '../domain/language';
import type { LetterParcelsTable, LettersTable, ReplyState, TakenAs } from '../ledger/tables';

export const LETTER_STATES: Record<Language, Record<LettersTable['state'], string>> = {
  'zh-CN': {
    waiting: '待发',
    sending: '发送中',
    handed: '已送达',
    failed: '失败',
    superseded: '并入下封',
    unsure: '未知',
  },
  en: {
    waiting: 'waiting',
    sending: 'being sent',
    handed: 'handed over',
    failed: 'failed',
    superseded: 'in the next letter',
    unsure: 'unknown',
  },
};

/** Of a letter on one of its addressee's channels. */
export const PARCEL_STATES: Record<Language, Record<LetterParcelsTable['state'], string>> = {
  'zh-CN': { waiting: '未用', handed: '已送达', failed: '失败' },
  en: { waiting: 'not used', handed: 'handed over', failed: 'failed' },
};

/** What a mail was taken for. */
export const REPLY_KINDS: Record<Language, Record<TakenAs, string>> = {
  'zh-CN': {
    answer: '答复',
    unmatched: '未能对应',
    bounce: '退信',
    'delivery-report': '投递报告',
    'bounce-in-words': '疑似退信',
    'auto-reply': '自动回复',
    receipt: '已读回执',
    own: '本系统信件',
    unreadable: '未读取',
  },
  en: {
    answer: 'answer',
    unmatched: 'not placed',
    bounce: 'came back',
    'delivery-report': 'delivery report',
    'bounce-in-words': 'perhaps came back',
    'auto-reply': 'automatic reply',
    receipt: 'read receipt',
    own: 'ours',
    unreadable: 'not read',
  },
};

/** How far it is with it. */
export const REPLY_STATES: Record<Language, Record<ReplyState, string>> = {
  'zh-CN': { pending: '办理中', done: '已办', open: '待处理', settled: '已处理' },
  en: { pending: 'being done', done: 'done', open: 'waits', settled: 'settled' },
};
