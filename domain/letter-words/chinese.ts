/** A letter's words in Chinese, the official ones. */
import { ROLE_NAMES } from '../events';
import { dayText, leftText } from '../wording';
import type { LetterWords } from './words';

const SECTIONS = { overdue: '逾期', due: '待办', sign: '待签收', information: '告知' } as const;

export const CHINESE: LetterWords = {
  sections: SECTIONS,
  roles: ROLE_NAMES,
  offices: { liaison: '联络员', head: '主要负责人', leader: '分管领导' },
  undelivered: '信件送达问题',
  provisional: '（暂定）',
  comma: '，',
  longDate: (day) => `${day.slice(0, 4)}年${dayText(day)}`,
  date: dayText,
  shortDate: (day, on) => {
    const date = `${Number(day.slice(5, 7))}月${Number(day.slice(8))}日`;
    return day.slice(0, 4) === on.slice(0, 4) ? date : `${day.slice(0, 4)}年${date}`;
  },
  left: (calendar, on, due) => leftText(calendar, on, due).replace(`${dayText(due)}到期，`, ''),
  count: (asks, section) => `${asks}项${section === 'red' ? '挂牌督办' : SECTIONS[section]}`,
  subject: (owed) => `【督办】${owed}`,
  summary: (on, owed) => `截至${CHINESE.longDate(on)}：${owed}。`,
  nearest: (date, isToday, provisional) =>
    `，最近时限${date}${isToday ? '（今日）' : ''}${provisional ? CHINESE.provisional : ''}`,
  ledBy: (units) => `牵头单位：${units.join('、')}`,
  cases: (named) => `参考案例：${named.map(({ source, cases }) => `${cases.join('；')}（《${source}》）`).join('；')}`,
  telephone: (tasks) => `${tasks.length}项任务至今未签收，请电话联系：${tasks.join('；')}。`,
  added: (date, left) => `（${date === null ? '' : `${date}前，`}${left}）`,
  inPlaceOf: (unit, office) => `（本应送${unit}${office}，单位目录中没有此人或其邮箱，请转告并补录）`,
};
