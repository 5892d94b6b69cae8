/** What stands round a letter's content, in the addressee's language. */
import type { Language } from '../domain/language';

interface FrameWords {
  /** Behind the addressee's name. */
  colon: string;
  due: string;
  plan: string;
  /** Above the official Chinese sentences of a letter in another language. */
  official: string;
  howToClick: string;
  howToAnswer: string;
  calendar: string;
  heading(name: string, count: number): string;
  /** Above what is only named; `more`: something was told in full before it. */
  others(count: number, more: boolean): string;
  inBrackets(text: string): string;
  comma: string;
  separator: string;
  made(letter: string): string;
  seal(plan: string, sealedOn: string, hash: string): string;
  /** Ends a chat message. */
  number(letter: string): string;
  /** Of what did not fit into a chat. */
  omitted(count: number, office: string): string;
}

export const FRAME_WORDS: Record<Language, FrameWords> = {
  'zh-CN': {
    colon: '：',
    due: '时限：',
    plan: '方案：',
    official: '',
    howToClick: '点击各项任务下的链接即可答复，无需登录；链接代表你单位，请勿转给无关人员。',
    howToAnswer: '如有疑问或需要电话签收，请直接回复本邮件。',
    calendar: '附件是以上时限的日程文件，可导入日历；时限变动或撤销时，随信的新文件会更新同一日程。',
    heading: (name, count) => `${name} ${count}项`,
    others: (count, more) => (more ? `另有${count}项` : `共${count}项`),
    inBrackets: (text) => `（${text}）`,
    comma: '，',
    separator: '｜',
    made: (letter) => `信件编号：${letter}。本信由督办系统自动发出。`,
    seal: (plan, sealedOn, hash) => `${plan}截至${sealedOn}的记录封印：${hash}`,
    number: (letter) => `信件编号：${letter}`,
    omitted: (count, office) => `另有${count}项未列出，请向${office}索取。`,
  },
  en: {
    colon: ':',
    due: 'Due ',
    plan: 'Plan: ',
    official: 'Official text: ',
    howToClick:
      'Answer by the links under each task, without logging in. They act for your unit: please do not pass them on.',
    howToAnswer: 'For questions, or to sign for a task by telephone, please reply to this mail.',
    calendar:
      'The attached file puts these dates into your calendar; when a date moves or a task is cancelled, the file of that letter updates the same entry.',
    heading: (name, count) => `${name}: ${count}`,
    others: (count, more) => (more ? `${count} more` : `${count} in all`),
    inBrackets: (text) => ` (${text})`,
    comma: ', ',
    separator: ' | ',
    made: (letter) =>
      `Letter ${letter}, sent by the Duban 督办 system. Titles and sentences in Chinese are the official ones.`,
    seal: (plan, sealedOn, hash) => `Seal of the record of ${plan} as of ${sealedOn}: ${hash}`,
    number: (letter) => `Letter ${letter}`,
    omitted: (count, office) => `${count} more are not listed here: please ask ${office}.`,
  },
};
