/** Deadlines as documents word them: what names a day gives it, what does not is asked about. */

import { type DateContext, readDeadline } from '../../documents/grammar/deadlines';
import type { WorkCalendar } from '../../domain/calendar';

const context = (over: Partial<DateContext> = {}): DateContext => ({
  yearGiven: null,
  yearStated: null,
  issuedOn: null,
  calendar: null,
  ...over,
});
const read = (text: string, over: Partial<DateContext> = {}) => readDeadline(text, context(over));

describe('a day, a month, a season', () => {
  test.each([
    ['2020年6月底前', '2020-06-30'],
    ['2020年6月30日前', '2020-06-30'],
    ['2020年6月30日', '2020-06-30'],
    ['2020 年 6 月 30 日前完成', '2020-06-30'],
    ['2020年12月', '2020-12-31'],
    ['2020年2月', '2020-02-29'],
    ['2021年2月底', '2021-02-28'],
    ['2020年6月末', '2020-06-30'],
    ['2020年6月月底前', '2020-06-30'],
    ['2020年6月份', '2020-06-30'],
    ['2020年上半年', '2020-06-30'],
    ['2020年下半年', '2020-12-31'],
    ['2020年底前', '2020-12-31'],
    ['2020年年底前', '2020-12-31'],
    ['2020年末', '2020-12-31'],
    ['2020年全年', '2020-12-31'],
    ['2020年', '2020-12-31'],
    ['2020年度', '2020-12-31'],
    ['2020年内', '2020-12-31'],
    ['2020年一季度', '2020-03-31'],
    ['2020年第一季度', '2020-03-31'],
    ['2020年第3季度末', '2020-09-30'],
    ['2020年四季度底前', '2020-12-31'],
    ['2020年6月上旬', '2020-06-10'],
    ['2020年6月中旬', '2020-06-20'],
    ['2020年6月下旬', '2020-06-30'],
    ['二〇二〇年六月三十日前', '2020-06-30'],
    ['二○二○年十二月底前', '2020-12-31'],
    ['２０２０年６月３０日', '2020-06-30'],
    ['2020.6.30', '2020-06-30'],
    ['2020.06.30前', '2020-06-30'],
    ['2020-06-30', '2020-06-30'],
    ['2020-06-30 00:00:00', '2020-06-30'],
    ['2020/6/30', '2020-06-30'],
    ['20200630', '2020-06-30'],
    ['2020.06', '2020-06-30'],
    ['2020-6', '2020-06-30'],
    ['20年6月底', '2020-06-30'],
    ['于2020年6月底前完成并长期坚持', '2020-06-30'],
    ['2020年12月底前取得阶段性成效，持续推进', '2020-12-31'],
    ['2020年1月1日起实施，6月底前完成', '2020-06-30'],
    ['“十四五”期间', '2025-12-31'],
    ['“十四五”末', '2025-12-31'],
  ])('%s → %s', (text, due) => {
    const { rule, doubts } = read(text);
    expect([rule.type, rule.dueOn, rule.text]).toEqual(['fixed', due, text]);
    expect(doubts.filter(({ code }) => code !== 'several-milestones')).toEqual([]);
  });

  test('原则上 is kept and changes nothing', () => {
    expect(read('原则上2020年6月底前').rule).toMatchObject({ dueOn: '2020-06-30', inPrinciple: true });
    expect(read('2020年6月底前').rule.inPrinciple).toBe(false);
  });
});

describe('several dates', () => {
  test.each([
    ['2020年3月底前制定方案，6月底前启动，12月底前完成', '2020-12-31'],
    ['2020年6月底前出台方案；2021年6月底前建成', '2021-06-30'],
    ['2020年12月底前完成80%，2020年9月底前完成50%', '2020-12-31'],
  ])('%s: the last is the due date, all are kept', (text, due) => {
    const { rule, doubts } = read(text);
    expect([rule.dueOn, rule.text]).toEqual([due, text]);
    expect(doubts.map(({ code }) => code)).toEqual(['several-milestones']);
  });

  test.each([
    ['2020年3月—12月', '2020-12-31'],
    ['2020年3月至2021年6月', '2021-06-30'],
    ['2020年3-6月', '2020-06-30'],
    ['2020—2022年', '2022-12-31'],
    ['2020年3月1日-6月30日', '2020-06-30'],
  ])('%s is one period: its end', (text, due) => {
    const { rule, doubts } = read(text);
    expect([rule.dueOn, doubts]).toEqual([due, []]);
  });
});

describe('without a year', () => {
  test.each([
    ['6月底', '06-30'],
    ['6月30日前', '06-30'],
    ['年底前', '12-31'],
    ['上半年', '06-30'],
    ['全年', '12-31'],
    ['一季度', '03-31'],
    ['今年12月底前', '12-31'],
  ])('%s takes the year of the title, of the issue, or of --year, and says so', (text, day) => {
    for (const [over, source] of [
      [{ yearStated: 2020 }, '标题'],
      [{ issuedOn: '2020-01-10' }, '印发日期'],
      [{ yearGiven: 2020 }, '--year'],
    ] as const) {
      const { rule, doubts } = read(text, over);
      expect([rule.type, rule.dueOn]).toEqual(['fixed', `2020-${day}`]);
      expect(doubts).toEqual([{ code: 'year-supplied', says: expect.stringContaining(source) }]);
    }
  });

  test('nothing to take it from: asked, not guessed', () => {
    const { rule, doubts } = read('6月底前');
    expect([rule.type, rule.dueOn]).toEqual(['none', null]);
    expect(doubts.map(({ code }) => code)).toEqual(['year-missing']);
  });

  test('明年 is the year after', () => {
    expect(read('明年3月底前', { issuedOn: '2020-11-20' }).rule.dueOn).toBe('2021-03-31');
  });

  test('the year of issue would put it before the issue: asked, not guessed', () => {
    const { rule, doubts } = read('3月底前', { issuedOn: '2020-11-20' });
    expect([rule.type, doubts.map(({ code }) => code)]).toEqual(['none', ['year-unclear']]);
    expect(read('3月底前', { issuedOn: '2020-11-20', yearGiven: 2021 }).rule.dueOn).toBe('2021-03-31');
  });
});

describe('questions, never guesses', () => {
  test.each([
    ['2020年6月前', 'date-ambiguous'],
    ['2020年前', 'date-ambiguous'],
    ['2020年一季度前', 'date-ambiguous'],
    ['2020年6月中旬前', 'date-ambiguous'],
    ['2020年上半年前', 'date-ambiguous'],
    ['2020年初', 'date-not-exact'],
    ['2020年6月初', 'date-not-exact'],
    ['2020年年中', 'date-not-exact'],
    ['2020年3月起', 'date-not-exact'],
    ['立即', 'date-not-exact'],
    ['尽快完成', 'date-not-exact'],
    ['30日内', 'date-not-exact'],
    ['2020年2月30日', 'date-impossible'],
    ['2020年13月底前', 'date-impossible'],
    ['见方案', 'date-not-understood'],
    ['春节前', 'date-not-understood'],
  ])('%s → %s', (text, code) => {
    const { rule, doubts } = read(text);
    expect([rule.type, rule.dueOn, rule.text]).toEqual(['none', null, text]);
    expect(doubts.map((d) => d.code)).toEqual([code]);
  });
});

describe('no day at all', () => {
  test.each(['持续推进', '长期坚持', '长期', '持续开展', '常态化推进', '持续'])('%s is ongoing', (text) => {
    expect(read(text)).toEqual({ rule: expect.objectContaining({ type: 'ongoing', dueOn: null, text }), doubts: [] });
  });

  test.each(['每季度', '每年12月底前', '每月5日前', '按季度推进'])('%s recurs', (text) => {
    const { rule, doubts } = read(text);
    expect([rule.type, rule.dueOn, doubts.map(({ code }) => code)]).toEqual(['ongoing', null, ['recurring-deadline']]);
  });

  test.each([
    '根据国际贸易“单一窗口”国家标准版开发建设进度及时推进',
    '按照国家统一部署推进',
    '待省级文件出台后3个月内',
    '国家系统上线后',
    '按省要求时限完成',
  ])('%s is a condition', (text) => {
    const { rule } = read(text);
    expect([rule.type, rule.condition, rule.dueOn]).toEqual(['conditional', text, null]);
  });

  test.each(['', '—', '/', '无'])('%j is nothing', (text) => {
    expect(read(text)).toEqual({ rule: expect.objectContaining({ type: 'none' }), doubts: [] });
  });
});

describe('counted from the issue', () => {
  const calendar: WorkCalendar = {
    version: 't',
    years: { 2020: { status: 'confirmed', off: ['2020-10-01', '2020-10-02'], on: ['2020-09-27'] } },
  };

  test('a limit on a day off ends on the next working day (R2)', () => {
    // 2020-09-01 + 30 days is Thursday 1 October, a holiday with Friday: Monday the 5th in this calendar.
    expect(read('本方案印发之日起30日内', { issuedOn: '2020-09-01', calendar }).rule.dueOn).toBe('2020-10-05');
    expect(read('印发之日起三十日内完成', { issuedOn: '2020-08-18', calendar }).rule.dueOn).toBe('2020-09-17');
  });

  test('working days, with the make-up day', () => {
    expect(read('自印发之日起5个工作日内', { issuedOn: '2020-09-24', calendar }).rule.dueOn).toBe('2020-09-30');
    expect(read('自印发之日起5个工作日内', { issuedOn: '2020-09-24' }).doubts[0]?.code).toBe('calendar-needed');
  });

  test('months keep the day, or end with the month', () => {
    expect(read('文件印发后3个月内', { issuedOn: '2020-01-31' }).rule.dueOn).toBe('2020-04-30');
    expect(read('自发布之日起1年内', { issuedOn: '2020-02-29' }).rule.dueOn).toBe('2021-02-28');
  });

  test('without a date of issue it is a question', () => {
    const { rule, doubts } = read('印发之日起30日内');
    expect([rule.type, doubts.map(({ code }) => code)]).toEqual(['none', ['date-not-exact']]);
  });
});

describe('words that name a part of the year, or count from no day', () => {
  test.each([
    '2021年汛期前',
    '2024年春耕前',
    '2024年春季学期',
    '2024年春节前',
    '2024年植树节前',
    '2024年环境日前',
    '2024年10月前后',
    '2024年6月左右',
    '3天',
    '5个工作日',
    '收到之日起三个月内',
    '本月底前',
    '择机召开',
  ])('%s', (text) => {
    const { rule, doubts } = read(text, { issuedOn: '2024-01-05' });
    expect([rule.type, rule.dueOn, rule.text]).toEqual(['none', null, text]);
    expect(doubts.map(({ code }) => code)).toEqual(['date-not-exact']);
  });

  test.each([
    ['2021年完成目前任务', '2021-12-31'],
    ['2021年前期工作全部完成', '2021-12-31'],
    ['2021年春季以来推进，2021年6月底前完成', null],
  ])('%s', (text, due) => {
    expect(read(text).rule.dueOn).toBe(due);
  });

  test('贯穿全年 is no end', () => {
    expect(read('贯穿全年').rule.type).toBe('ongoing');
    expect(read('2020年全年').rule).toMatchObject({ type: 'fixed', dueOn: '2020-12-31' });
  });
});
