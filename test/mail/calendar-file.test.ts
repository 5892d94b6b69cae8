/** A unit's calendar, written by us and read by another program: dates that move, and tasks that end. */
import ICAL from 'ical.js';
import { foldLines } from 'ical-generator';
import { unitDates } from '../../domain/calendar-dates';
import { datesForLetter } from '../../domain/letter-calendar';
import { DEFAULT_POLICY } from '../../domain/policy';
import { calendarFile } from '../../mail/calendar-file';
import { folded } from '../../mail/calendar-fold';
import {
  CO,
  CONTEXT,
  COORDINATOR,
  fixed,
  LEAD,
  Life,
  OFFICE,
  OTHER,
  planTask,
  SUPERVISOR,
  twoTrack,
  unit,
} from '../support/lives';

const FILE = {
  name: '督办：市一局',
  language: 'zh-CN' as const,
  plans: { 'test-plan': '某市责任分工方案' },
  organizer: { name: '督查办', address: 'duban@zz.example' },
  host: 'zz.example',
};

/** What the unit's calendar shows on a day, as another program reads it. */
function read(life: Life, of: string, on: string, language: 'zh-CN' | 'en' = 'zh-CN') {
  const rules = { calendar: CONTEXT.calendar, policy: DEFAULT_POLICY };
  const text = calendarFile(
    unitDates(of, on, { tasks: [life.until(on).task], plans: [] }, () => rules),
    { ...FILE, language },
  );
  return { text, entries: entriesIn(text) };
}

function entriesIn(text: string) {
  return new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent').map((component) => {
    const event = new ICAL.Event(component);
    const { uid, sequence, summary, startDate, description } = event;
    const status = component.getFirstPropertyValue('status');
    return { uid, sequence, summary, description, on: startDate.toString(), isDate: startDate.isDate, status };
  });
}

const due = ({ entries }: ReturnType<typeof read>) => {
  const found = entries.find(({ uid }) => uid === 'test-plan.1-01.due@zz.example');
  if (!found) throw new Error('no due date');
  return found;
};
const shown = ({ entries }: ReturnType<typeof read>) =>
  entries.map(({ on, status, summary }) => `${on} ${status} ${summary}`);

test('a due date is a whole day without a zone, and the same state is the same bytes', () => {
  const life = Life.launch(planTask(fixed('2020-12-31')), '2020-03-13');
  const first = read(life, CO, '2020-03-13');
  expect(first.entries).toEqual([
    {
      uid: 'test-plan.1-01.due@zz.example',
      sequence: 1,
      summary: '办理时限：1-01 测试任务',
      description: '1-01 测试任务\n方案：某市责任分工方案',
      on: '2020-12-31',
      isDate: true,
      status: 'CONFIRMED',
    },
  ]);
  expect(first.text).toContain('DTEND;VALUE=DATE:20210101');
  expect(first.text).toContain('METHOD:PUBLISH');
  expect(first.text).toContain('X-WR-CALNAME:督办：市一局');
  expect(read(life, CO, '2020-03-13').text).toBe(first.text);
});

test('a moved date is the same entry with a higher sequence, and says what it was', () => {
  const life = Life.launch(planTask(fixed('2020-06-30')), '2020-03-13').acknowledgeAll('2020-03-13');
  const seen = read(life, LEAD, '2020-06-01');
  const before = due(seen);
  expect(shown(seen)).toContain('2020-06-24 CONFIRMED 季度进展反馈：某市责任分工方案');
  life.do('2020-06-08', unit(LEAD), {
    move: 'requestExtension',
    unit: LEAD,
    to: '2020-09-30',
    reason: '系统未上线',
    progress: '已完成一半',
  });
  expect(shown(read(life, LEAD, '2020-06-08'))).toEqual([
    '2020-06-11 CONFIRMED 延期申请应批复：1-01 测试任务',
    '2020-06-30 CONFIRMED 办理时限：1-01 测试任务',
    // The request counts as this quarter's report (R18).
    '2020-09-25 CONFIRMED 季度进展反馈：某市责任分工方案',
    '2020-09-30 TENTATIVE 拟延期至此日（暂定）：1-01 测试任务',
  ]);
  // The office sees when it must decide, and no date that is not its own.
  expect(shown(read(life, OFFICE, '2020-06-08'))).toEqual(['2020-06-11 CONFIRMED 延期申请应批复：1-01 测试任务']);
  life.do('2020-06-09', COORDINATOR, { move: 'approveExtension' });
  const after = due(read(life, LEAD, '2020-06-09'));
  expect([before.on, after.on]).toEqual(['2020-06-30', '2020-09-30']);
  expect(after.sequence).toBeGreaterThan(before.sequence);
  expect(after.description).toContain('原时限：2020年6月30日');
});

test('a cancelled task is cancelled in the calendar of every party, and later forgotten', () => {
  const life = Life.launch(planTask(fixed('2020-12-31')), '2020-03-13').acknowledgeAll('2020-03-13');
  const before = due(read(life, CO, '2020-03-16'));
  life.do('2020-04-01', COORDINATOR, { move: 'cancel', reason: '政策调整', document: '市发〔2020〕9号' });
  const after = due(read(life, CO, '2020-04-02'));
  expect(after).toMatchObject({ uid: before.uid, status: 'CANCELLED', summary: '办理时限（已撤销）：1-01 测试任务' });
  expect(after.sequence).toBeGreaterThan(before.sequence);
  expect(read(life, CO, '2020-08-01').entries).toEqual([]);
});

test('who hands a task on sees it go, who takes it over sees it come', () => {
  const life = Life.launch(planTask(fixed('2020-12-31')), '2020-03-13').acknowledgeAll('2020-03-13');
  life.do('2020-04-01', COORDINATOR, { move: 'reassign', from: LEAD, to: OTHER, role: 'lead', reason: '职责调整' });
  expect(due(read(life, LEAD, '2020-04-02')).status).toBe('CANCELLED');
  expect(due(read(life, OTHER, '2020-04-02')).status).toBe('CONFIRMED');
});

test('who handed a task on sees nothing of its successor’s slips and requests', () => {
  const life = Life.launch(planTask(fixed('2020-06-30')), '2020-03-13').acknowledgeAll('2020-03-13');
  life.do('2020-04-01', COORDINATOR, { move: 'reassign', from: LEAD, to: OTHER, role: 'lead', reason: '职责调整' });
  expect(read(life, OTHER, '2020-07-09').entries.some(({ uid }) => uid.includes('.slip@'))).toBe(true);
  expect(shown(read(life, LEAD, '2020-07-09'))).toEqual([
    '2020-06-30 CANCELLED 办理时限（已改由其他单位承担）：1-01 测试任务',
  ]);
});

test('two tracks: asked on Q, tentative until declared, then firm as the same entry', () => {
  const life = Life.launch(planTask(twoTrack('2020-06-30', '2020-12-31')), '2020-03-13').acknowledgeAll('2020-03-13');
  const before = read(life, LEAD, '2020-03-16');
  expect(shown(before)).toContain('2020-06-01 CONFIRMED 申报是否具备条件：1-01 测试任务');
  expect(due(before)).toMatchObject({ on: '2020-06-30', status: 'TENTATIVE' });
  life.do('2020-05-06', unit(LEAD), { move: 'declare', unit: LEAD, ready: false, reason: '先建平台' });
  expect(due(read(life, LEAD, '2020-05-06'))).toMatchObject({ on: '2020-12-31', status: 'CONFIRMED' });
});

test('late: the limit of the slip moves rung by rung, stops in review, and completion ends all', () => {
  const life = Life.launch(planTask(fixed('2020-06-30')), '2020-03-13').acknowledgeAll('2020-03-13');
  const slip = (on: string) => read(life, LEAD, on).entries.find(({ uid }) => uid.includes('.slip@'));
  const blue = slip('2020-07-01');
  const orange = slip('2020-07-09');
  expect([blue?.on, orange?.on]).toEqual(['2020-07-08', '2020-07-16']);
  expect(orange?.uid).toBe(blue?.uid);
  expect(orange?.description).toContain('督办单：督办单〔2020〕2号');
  life.handIn('2020-07-13');
  expect(slip('2020-07-13')?.status).toBe('CANCELLED');
  expect(shown(read(life, OFFICE, '2020-07-13'))).toEqual(['2020-07-20 CONFIRMED 佐证材料应审核：1-01 测试任务']);
  life.accept('2020-07-14');
  expect(read(life, LEAD, '2020-07-15').entries.map(({ status }) => status)).toEqual(['CANCELLED', 'CANCELLED']);
});

test('a suspended task’s date is tentative, and moves when it is resumed', () => {
  const life = Life.launch(planTask(fixed('2020-06-30')), '2020-03-13').acknowledgeAll('2020-03-13');
  life.do('2020-06-22', COORDINATOR, { move: 'suspend', reason: '等待上级' });
  expect(due(read(life, LEAD, '2020-06-22'))).toMatchObject({ on: '2020-06-30', status: 'TENTATIVE' });
  life.do('2020-07-06', COORDINATOR, { move: 'resume' });
  expect(due(read(life, LEAD, '2020-07-06'))).toMatchObject({ on: '2020-07-13', status: 'CONFIRMED' });
});

test('a year that nobody has published is tentative', () => {
  const life = Life.launch(planTask(fixed('2032-06-30')), '2026-03-13', '08:00');
  expect(due(read(life, CO, '2026-03-13'))).toMatchObject({
    status: 'TENTATIVE',
    summary: '办理时限（暂定）：1-01 测试任务',
  });
});

test('English around official titles', () => {
  const life = Life.launch(planTask(fixed('2020-12-31')), '2020-03-13');
  life.do('2020-04-01', COORDINATOR, { move: 'cancel', reason: '政策调整', document: '市发〔2020〕9号' });
  expect(due(read(life, CO, '2020-04-02', 'en')).summary).toBe('Due (cancelled): 1-01 测试任务');
});

test('long Chinese titles are folded at 75 octets, and what people typed stays in its line', () => {
  const title = `压缩企业开办时间，${'推行“一窗受理、并行办理”；'.repeat(8)}\r\nATTENDEE:mailto:x@zz.example\nEND:VEVENT`;
  const life = Life.launch(planTask(fixed('2020-12-31'), { title }), '2020-03-13');
  const { text, entries } = read(life, CO, '2020-03-13');
  for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
  expect(text).not.toMatch(/^ATTENDEE/m);
  expect(entries).toHaveLength(1);
  expect(entries[0]?.summary).toMatch(/^办理时限：1-01 压缩企业开办时间，.*…$/);
});

test('a letter carries the dates of the tasks it gives a new date for, and no others', () => {
  const life = Life.launch(planTask(fixed('2020-06-30')), '2020-03-13').acknowledgeAll('2020-03-13');
  const to = { unit: LEAD, office: 'liaison' as const };
  const dates = (kind: 'reminder' | 'dated', office: 'liaison' | 'head' = 'liaison') =>
    datesForLetter(to, [{ kind, task: 'test-plan/1-01', to: { unit: LEAD, office } }], [life.task], CONTEXT.calendar);
  expect(dates('reminder')).toEqual([]);
  expect(dates('dated', 'head')).toEqual([]);
  life.do('2020-06-08', SUPERVISOR, { move: 'redate', dueOn: '2020-09-30', reason: '调整', basis: '市发〔2020〕5号' });
  expect(dates('dated').map(({ key, on }) => [key, on])).toEqual([['test-plan/1-01 due', '2020-09-30']]);
  // The same ids as in the unit's feed, so that both move the same entry.
  const [entry] = entriesIn(calendarFile(dates('dated'), FILE));
  expect(entry).toEqual(due(read(life, LEAD, '2020-06-08')));
});

test('long lines are folded as the library folds them, between characters and not within one', () => {
  const lines = [
    'SUMMARY:short',
    `SUMMARY:${'督办'.repeat(40)}`,
    `DESCRIPTION:a${'é'.repeat(90)}`,
    `X:${'𠀀'.repeat(50)}`,
    '',
  ];
  const text = lines.join('\r\n');
  expect(folded(text)).toBe(foldLines(text));
  for (const line of folded(text).split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
});
