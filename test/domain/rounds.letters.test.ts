import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { WorkCalendar } from '../../domain/calendar';
import { type LetterContext, type LetterNotice, letterOf } from '../../domain/letters';
import type { Addressee, NoticeKind, Section } from '../../domain/notices';

const calendar: WorkCalendar = {
  version: 'test',
  years: { 2020: JSON.parse(readFileSync(path.join(__dirname, '../../seeds/calendars/2020.json'), 'utf8')) },
};
const to: Addressee = { unit: 'zz:市税务局', office: 'liaison' };
const coordinator: Addressee = { unit: 'zz:市营商办', office: 'liaison' };
const task = (no: string) => `zz-2020/1-${no}`;
const brief = (title: string, dueOn: string | null) => ({
  title,
  dueOn,
  leads: ['zz:市税务局'],
  roles: { 'zz:市税务局': 'lead' as const, 'zz:市公安局': 'co' as const },
});
const context: LetterContext = {
  language: 'zh-CN',
  calendar,
  on: '2020-06-22',
  tasks: Object.fromEntries(
    Array.from({ length: 36 }, (_, i) => [
      task(String(i + 1).padStart(2, '0')),
      brief(`第${i + 1}项`, i % 2 ? '2020-06-30' : '2020-12-31'),
    ]),
  ),
  units: { 'zz:市税务局': '市税务局' },
  plans: { 'zz-2020': '某市责任分工方案', 'zz-2021': '另一方案' },
};
const notice = (no: string, section: Section, more: Partial<LetterNotice> = {}): LetterNotice => ({
  kind: 'reminder' as NoticeKind,
  rung: null,
  to,
  plan: 'zz-2020',
  task: task(no),
  section,
  text: `请办理${no}。`,
  dueOn: null,
  provisional: false,
  obligation: { kind: 'information' },
  ...more,
});

describe('letterOf (R34)', () => {
  test('the subject says what is owed and the nearest date; sections stand in order of weight', () => {
    const letter = letterOf(
      to,
      [notice('03', 'sign'), notice('02', 'sign'), notice('05', 'information'), notice('04', 'overdue')],
      context,
    );
    expect(letter.subject).toBe('【督办】1项逾期、2项待签收、1项告知，最近时限6月30日');
    expect(letter.sections.map(({ section }) => section)).toEqual(['overdue', 'sign', 'information']);
    expect(letter.plan).toBe('某市责任分工方案');
  });

  test('a task has its title, role, due date with the working days left on the day of the letter, and what to do', () => {
    const [section] = letterOf(to, [notice('02', 'due', { dueOn: '2020-06-30' })], context).sections;
    expect(section?.asks).toEqual([
      {
        no: '1-02',
        task: 'zz-2020/1-02',
        title: '第2项',
        plan: null,
        role: '牵头',
        due: '6月30日（周二）',
        left: '还有5个工作日',
        todo: ['请办理02。'],
        answers: [],
        official: [],
        reference: null,
      },
    ]);
  });

  test.each([
    ['2020-06-29', '2020-06-30', '还有1个工作日', '最近时限6月30日'],
    ['2020-06-30', '2020-06-30', '今日到期', '最近时限6月30日（今日）'],
    ['2020-07-03', '2020-07-05', '今天是到期前最后一个工作日', '最近时限7月5日'],
    ['2020-07-03', '2020-06-30', '已逾期3个工作日', null],
  ])('on %s, due %s reads %s', (on, dueOn, left, nearest) => {
    const letter = letterOf(to, [notice('99', 'due', { dueOn })], { ...context, on });
    expect(letter.sections[0]?.asks[0]?.left).toBe(left);
    expect(letter.subject).toBe(`【督办】1项待办${nearest ? `，${nearest}` : ''}`);
  });

  test('a date in a year that nobody has published is marked 暂定, in the body and in the subject (R6)', () => {
    const letter = letterOf(to, [notice('99', 'due', { dueOn: '2021-01-04' })], context);
    expect(letter.sections[0]?.asks[0]?.due).toBe('2021年1月4日（周一）（暂定）');
    expect(letter.subject).toContain('最近时限2021年1月4日（暂定）');
  });

  test('notices of one task stand together, in the weightiest section, each with its own date', () => {
    const letter = letterOf(
      to,
      [
        notice('02', 'information', { text: '已延期。' }),
        notice('02', 'due', { text: '请报送季度进展。', dueOn: '2020-06-24' }),
        notice('02', 'due', { text: '请报送季度进展。', dueOn: '2020-06-24' }),
      ],
      context,
    );
    expect(letter.sections).toHaveLength(1);
    expect(letter.sections[0]?.asks[0]?.todo).toEqual([
      '已延期。',
      '请报送季度进展。（6月24日（周三）前，还有2个工作日）',
    ]);
    expect(letter.subject).toBe('【督办】1项待办，最近时限6月24日');
  });

  test('working days left that were stated on another day are stated anew (R1)', () => {
    const text = '办理时限6月30日（周二），还有6个工作日，请抓紧办理。';
    const told = notice('02', 'due', { text, dueOn: '2020-06-30', madeOn: '2020-06-19' });
    expect(letterOf(to, [told], context).sections[0]?.asks[0]?.todo).toEqual([
      '办理时限6月30日（周二），还有5个工作日，请抓紧办理。',
    ]);
  });

  test('and those of two dates are not taken for each other', () => {
    const text = '还有6个工作日，反馈还有5个工作日。';
    const told = notice('02', 'due', { text, dueOn: '2020-06-29', madeOn: '2020-06-19' });
    expect(letterOf(to, [told], context).sections[0]?.asks[0]?.todo[0]).toMatch(/^还有5个工作日，反馈还有4个工作日。/);
  });

  test('a date that the sentence names is not named again, only what is left', () => {
    const told = notice('01', 'overdue', { text: '请于6月24日（周三）前整改。', dueOn: '2020-06-24' });
    expect(letterOf(to, [told], context).sections[0]?.asks[0]?.todo).toEqual([
      '请于6月24日（周三）前整改。（还有2个工作日）',
    ]);
  });

  test('at most twenty asks in full, over all sections, the rest counted and named', () => {
    const all = Array.from({ length: 36 }, (_, i) =>
      notice(String(i + 1).padStart(2, '0'), i < 15 ? 'overdue' : 'sign'),
    );
    const [overdue, sign] = letterOf(to, all, context).sections;
    expect([overdue?.asks.length, overdue?.counted.length]).toEqual([15, 0]);
    expect([sign?.asks.length, sign?.counted.length]).toEqual([5, 16]);
    expect(letterOf(to, all, context).subject).toContain('15项逾期、21项待签收');
  });

  test('one entry per unit to be telephoned (R13)', () => {
    const call = (no: string, unit: string) =>
      notice(no, 'due', { kind: 'telephone', to: coordinator, obligation: { kind: 'acknowledge', unit } });
    const letter = letterOf(
      coordinator,
      [call('01', 'zz:市公安局'), call('02', 'zz:市税务局'), call('03', 'zz:市公安局')],
      context,
    );
    expect(letter.sections[0]?.asks.map(({ title, todo }) => [title, todo])).toEqual([
      ['市公安局', ['2项任务至今未签收，请电话联系：1-01 第1项；1-03 第3项。']],
      ['市税务局', ['1项任务至今未签收，请电话联系：1-02 第2项。']],
    ]);
  });

  test("a missing head's notice tells the coordinator whom it was meant for (R9)", () => {
    const meant = notice('02', 'overdue', { to: { unit: 'zz:市税务局', office: 'head' } });
    const ask = letterOf(coordinator, [meant], context).sections[0]?.asks[0];
    expect(ask?.todo[0]).toContain('本应送市税务局主要负责人');
    expect(letterOf(meant.to, [meant], context).sections[0]?.asks[0]?.todo).toEqual(['请办理02。']);
  });

  test('the red digest names who leads each task to the supervisor (R21)', () => {
    const supervisor: Addressee = { unit: 'zz:市营商办', office: 'leader' };
    const red = ['02', '04'].map((no) => notice(no, 'overdue', { kind: 'redDigest', to: supervisor }));
    const letter = letterOf(supervisor, red, context);
    expect(letter.subject).toBe('【督办】2项挂牌督办，最近时限6月30日');
    expect(letter.sections[0]?.asks[0]?.role).toBe('牵头单位：市税务局');
  });

  test('a letter over several plans names the plan of each ask', () => {
    const letter = letterOf(to, [notice('02', 'due'), notice('99', 'due', { plan: 'zz-2021', task: null })], context);
    expect(letter.plan).toBeNull();
    expect(letter.sections[0]?.asks.map(({ title, plan }) => [title, plan])).toEqual([
      ['第2项', '某市责任分工方案'],
      ['另一方案', null],
    ]);
  });
});
