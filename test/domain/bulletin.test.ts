/** R36: what a bulletin says of a month, from lives told in order; the same whenever it is written. */
import { monthPeriod, monthsOf, quarterPeriod } from '../../domain/bulletin/period';
import type { UnitRow } from '../../domain/bulletin/score';
import { policyOf } from '../../domain/policy-schema';
import { sourceOf, written } from '../support/bulletins';
import {
  CO,
  CONTEXT,
  COORDINATOR,
  conditional,
  fixed,
  LEAD,
  Life,
  OTHER,
  ongoing,
  planTask,
  SECOND_LEAD,
  SUPERVISOR,
  twoTrack,
  unit,
} from '../support/lives';

const LAUNCH = '2020-03-13';
const led = (no: number, dueOn: string, lead = LEAD) => launched(no, fixed(dueOn), lead);
function launched(no: number, deadline: ReturnType<typeof fixed>, lead = LEAD): Life {
  const id = `test-plan/1-0${no}`;
  const task = planTask(deadline, { id, no, title: `任务${no}`, parties: [{ unit: lead, role: 'lead' }] });
  return Life.launch(task, LAUNCH);
}
const signed = (no: number, dueOn: string, lead = LEAD) => led(no, dueOn, lead).acknowledgeAll(LAUNCH);
const scoreOf = (rows: UnitRow[], of = LEAD) => {
  const row = rows.find((r) => r.unit === of);
  return (
    row && [
      row.score,
      ...row.lines.map(({ kind, on, points, excuse }) => `${on} ${kind} ${points}${excuse ? ` ${excuse}` : ''}`),
    ]
  );
};
const report = (day: string, life: Life, by = LEAD) =>
  life.do(day, unit(by), { move: 'report', unit: by, text: '推进中' });

describe('R36: the same facts, however late they are written', () => {
  test('what happened after the month changes nothing, what happened in its last minute does', () => {
    const life = signed(1, '2020-06-30').handIn('2020-07-31', LEAD, '23:59').accept('2020-08-01');
    const inTime = written(sourceOf([life]), '2020-07', '2020-08-01');
    expect(inTime).toEqual(written(sourceOf([life.until('2021-03-01')]), '2020-07', '2021-03-01'));
    expect(inTime.overdue).toMatchObject([{ handedIn: true, light: { colour: 'yellow' } }]);
    // The breach of that midnight is July's.
    expect(written(sourceOf([life]), '2020-06', '2020-08-01')).toMatchObject({
      overdue: [],
      summary: { overdue: 0, due: { total: 1, open: 1 }, breaches: { counted: 0 } },
    });
    expect(written(sourceOf([life]), '2020-07', '2020-08-01').summary.breaches).toEqual({ counted: 1, undelivered: 0 });
  });

  test('tasks launched later are absent, cancelled ones outside every count', () => {
    const early = signed(1, '2020-06-30');
    const late = Life.launch(planTask(fixed('2020-06-30'), { id: 'test-plan/1-02' }), '2020-05-06');
    const cancelled = signed(3, '2020-06-30', OTHER).do('2020-07-06', COORDINATOR, {
      move: 'cancel',
      reason: '政策调整',
      document: '测政〔2020〕9号',
    });
    const source = sourceOf([early.until('2020-08-31'), late.until('2020-08-31'), cancelled]);
    expect(written(source, '2020-04', '2020-08-31').tasks.map(({ task }) => task)).toEqual([
      'test-plan/1-01',
      'test-plan/1-03',
    ]);
    const june = written(source, '2020-06', '2020-08-31');
    expect([june.summary.total, june.summary.cancelled, june.units.length]).toEqual([3, 0, 2]);
    const july = written(source, '2020-07', '2020-08-31');
    expect(july).toMatchObject({
      summary: { total: 2, cancelled: 1, overdue: 2 },
      cancelled: [{ task: 'test-plan/1-03', document: '测政〔2020〕9号' }],
      // Its slip and breach stay on record and in no score: the unit leads nothing else.
      units: [{ unit: LEAD, tasks: 2 }],
    });
    expect(july.tasks.at(2)?.light.reason).toBe('已撤销');
    // Cancelled in July: in August it is no news.
    expect(written(source, '2020-08', '2020-08-31').cancelled).toEqual([]);
  });

  test('a month that runs shows today and says so; one to come, or before the launch, is none', () => {
    expect(monthPeriod('2020-04', '2020-03-31')).toBeNull();
    expect(quarterPeriod('2020Q3', '2020-06-30')).toBeNull();
    expect(monthPeriod('2020-06', '2020-06-30')).toMatchObject({ on: '2020-06-30', over: false });
    expect(monthPeriod('2020-06', '2020-07-01')).toMatchObject({ on: '2020-06-30', over: true, nextTo: '2020-07-31' });
    expect(monthPeriod('2020-12', '2021-02-01')).toMatchObject({ nextTo: '2021-01-31' });
    expect(quarterPeriod('2020Q4', '2020-11-05')).toMatchObject({
      on: '2020-11-05',
      over: false,
      nextTo: '2021-03-31',
    });
    expect(() => monthPeriod('2020-13', '2021-01-01')).toThrow(RangeError);
    const life = signed(1, '2020-06-12').until('2020-06-17');
    expect(written(sourceOf([life]), '2020-06', '2020-06-17')).toMatchObject({
      period: { on: '2020-06-17', over: false },
      overdue: [{ workingDaysLate: 3, rung: { colour: 'blue', number: '督办单〔2020〕1号', limitOn: '2020-06-22' } }],
      missingReports: null,
    });
  });
});

describe('R36 R20 R33: the overdue', () => {
  test('each with its rung and how late; the longest first', () => {
    const bare = signed(1, '2020-06-30').until('2020-07-31');
    const later = signed(2, '2020-07-17', SECOND_LEAD).until('2020-07-31');
    const { overdue, summary } = written(sourceOf([later, bare]), '2020-07', '2020-08-03');
    expect(overdue).toMatchObject([
      { task: bare.task.id, workingDaysLate: 23, rung: { colour: 'red', limitOn: '2020-07-24' }, excuse: null },
      { task: later.task.id, workingDaysLate: 10, rung: { colour: 'orange' } },
    ]);
    expect(summary).toMatchObject({ overdue: 2, slips: { blue: 2, orange: 2, red: 1 } });
  });

  test('未送达 is marked and counts against nobody; what the unit then ignores does', () => {
    const july = (life: Life) => written(sourceOf([life.until('2020-07-31')]), '2020-07', '2020-08-03');
    const bounced = () => {
      const life = signed(1, '2020-06-30').deliver('2020-06-29', LEAD, 'failed', []).until('2020-07-01');
      const [{ number: slip } = { number: '' }] = life.task.ladder.slips;
      return { life: life.deliver('2020-07-01', LEAD, 'failed', [{ kind: 'slip', slip }]), slip };
    };
    expect(july(bounced().life)).toMatchObject({
      overdue: [{ excuse: 'undelivered', light: { reason: '逾期·未送达' }, rung: { colour: 'blue', limitOn: null } }],
      summary: { overdue: 0, undelivered: 1, breaches: { counted: 0, undelivered: 1 } },
      units: [{ score: 98, overdue: 0, undelivered: 1 }],
    });
    const { life: reached, slip } = bounced();
    reached.deliver('2020-07-06', LEAD, 'handed', [{ kind: 'slip', slip }]);
    expect(scoreOf(july(reached).units)).toEqual([
      91,
      // Its letters were refused from 29 June on: the report had been due before.
      '2020-06-24 missingReport -2',
      '2020-07-01 breach 0 undelivered',
      '2020-07-06 slip 0 undelivered',
      '2020-07-14 slip -2',
      '2020-07-22 slip -5',
    ]);
  });
});

describe('R36: every month’s own', () => {
  const june29 = () =>
    signed(1, '2020-06-29').do('2020-06-29', unit(LEAD), {
      move: 'requestExtension',
      unit: LEAD,
      to: '2020-07-31',
      reason: '接口未开放',
      progress: '五成',
    });
  const fresh = (life: Life) =>
    ['2020-06', '2020-07'].map((month) => written(sourceOf([life]), month, '2020-08-03').summary.breaches.counted);

  test('R27: a breach dated back over the month’s end is news of the month that recorded it, and of one only', () => {
    const refused = june29().do('2020-07-02', COORDINATOR, { move: 'refuseExtension', reason: '理由不足' });
    expect(refused.task.breaches).toMatchObject([{ breachedOn: '2020-06-30' }]);
    expect(fresh(refused.until('2020-07-31'))).toEqual([0, 1]);
    expect(fresh(signed(1, '2020-06-22').downUntil('2020-07-03').until('2020-07-31'))).toEqual([0, 1]);
    expect(fresh(signed(1, '2020-06-22').until('2020-07-31'))).toEqual([1, 0]);
    expect(written(sourceOf([refused]), '2020Q2', '2020-08-03').summary.breaches.counted).toBe(0);
  });

  test('R33: a slip that reached no lead is issued in the month in which one has it', () => {
    const life = signed(1, '2020-07-30').deliver('2020-07-29', LEAD, 'failed', []).until('2020-07-31');
    const [{ number: slip } = { number: '' }] = life.task.ladder.slips;
    life.deliver('2020-07-31', LEAD, 'failed', [{ kind: 'slip', slip }]);
    life.deliver('2020-08-03', LEAD, 'handed', [{ kind: 'slip', slip }]).until('2020-08-04');
    const blue = (month: string) => written(sourceOf([life]), month, '2020-09-01').summary.slips.blue;
    expect([blue('2020-07'), blue('2020-08')]).toEqual([0, 1]);
  });

  test('R26: how late counts until the evidence that waits came, not what was returned or handed in for another date', () => {
    const late = (life: Life) => written(sourceOf([life]), '2020-07', '2020-08-03').overdue[0]?.workingDaysLate;
    const returned = () => signed(1, '2020-06-30').handIn('2020-07-02').giveBack('2020-07-03');
    expect(late(returned().handIn('2020-07-29').until('2020-07-31'))).toBe(21);
    const redated = returned()
      .do('2020-07-06', SUPERVISOR, {
        move: 'redate',
        dueOn: '2020-07-20',
        reason: '政策调整',
        basis: '测政〔2020〕9号',
      })
      .handIn('2020-07-29');
    expect(late(redated.until('2020-07-31'))).toBe(7);
    // A newer version of what waits makes nothing later.
    expect(late(signed(1, '2020-06-30').handIn('2020-07-02').handIn('2020-07-29').until('2020-07-31'))).toBe(2);
  });
});

describe('R36: the score shows its working', () => {
  test('R20 R24: breach and slips, until the breach is annulled', () => {
    const life = signed(1, '2020-06-30').until('2020-07-31');
    expect(scoreOf(written(sourceOf([life]), '2020-07', '2020-08-03').units)).toEqual([
      85,
      '2020-06-24 missingReport -2',
      '2020-07-01 breach -5',
      '2020-07-01 slip -1',
      '2020-07-09 slip -2',
      '2020-07-17 slip -5',
    ]);
    life.do('2020-08-03', SUPERVISOR, { move: 'annulBreach', reason: '系统误记' }).until('2020-08-31');
    const august = written(sourceOf([life]), '2020-08', '2020-09-01').units;
    expect(scoreOf(august)?.slice(0, 3)).toEqual([98, '2020-06-24 missingReport -2', '2020-07-01 breach 0 annulled']);
    // July's bulletin, written again, says what was so in July.
    expect(scoreOf(written(sourceOf([life]), '2020-07', '2020-09-01').units)?.[0]).toBe(85);
  });

  test('R13: a late signature costs, one that no letter had asked for does not', () => {
    const late = led(1, '2020-06-30')
      .do('2020-03-19', unit(LEAD), { move: 'acknowledge', unit: LEAD })
      .until('2020-03-31');
    const never = led(2, '2020-06-30', SECOND_LEAD).until('2020-03-31');
    const bounced = led(3, '2020-06-30', OTHER)
      .deliver('2020-03-16', OTHER, 'failed', [{ kind: 'issue', slip: null }])
      .until('2020-03-31');
    const { units } = written(sourceOf([late, never, bounced]), '2020-03', '2020-04-01');
    // Handed over on Friday 13 March: until Wednesday 18.
    expect(scoreOf(units, LEAD)).toEqual([99, '2020-03-19 lateAcknowledgement -1']);
    expect(scoreOf(units, SECOND_LEAD)).toEqual(
      [99, '2020-03-19 lateAcknowledgement -1', '2020-03-24 missingReport 0'].slice(0, 2),
    );
    expect(scoreOf(units, OTHER)).toEqual([100]);
    const inTime = led(4, '2020-06-30').do('2020-03-18', unit(LEAD), { move: 'acknowledge', unit: LEAD }, '23:50');
    expect(scoreOf(written(sourceOf([inTime]), '2020-03', '2020-04-01').units)).toEqual([100]);
  });

  test('R13 R30: a signature is judged in the role in which it was given', () => {
    const life = Life.launch(planTask(fixed('2020-06-30')), LAUNCH)
      .do('2020-03-16', unit(LEAD), { move: 'acknowledge', unit: LEAD })
      .do('2020-03-25', unit(CO), { move: 'acknowledge', unit: CO })
      .do('2020-04-01', COORDINATOR, { move: 'reassign', from: LEAD, to: CO, role: 'lead', reason: '职能划转' })
      .do('2020-04-01', unit(CO), { move: 'acknowledge', unit: CO }, '11:00')
      .until('2020-04-30');
    expect(scoreOf(written(sourceOf([life]), '2020-04', '2020-05-01').units, CO)).toEqual([100]);
  });

  test('R29: while suspended the time to sign stands still', () => {
    const life = led(1, '2020-06-30')
      .do('2020-03-17', COORDINATOR, { move: 'suspend', reason: '等文件' })
      .until('2020-03-31');
    expect(scoreOf(written(sourceOf([life]), '2020-03', '2020-04-01').units)).toEqual([100]);
    life
      .do('2020-04-07', unit(LEAD), { move: 'acknowledge', unit: LEAD })
      .do('2020-04-08', COORDINATOR, { move: 'resume' });
    expect(scoreOf(written(sourceOf([life]), '2020-04', '2020-05-01').units)).toEqual([100]);
  });

  test('early completion is praised and earns points; not what was put off, done before, late or only just in time', () => {
    const early = signed(1, '2020-06-30').handIn('2020-06-10').accept('2020-06-29');
    const justInTime = signed(2, '2020-06-30', SECOND_LEAD).handIn('2020-06-24', SECOND_LEAD).accept('2020-06-29');
    const request = {
      move: 'requestExtension',
      unit: OTHER,
      to: '2020-08-31',
      reason: '接口未开放',
      progress: '五成',
    } as const;
    const putOff = signed(3, '2020-06-30', OTHER)
      .do('2020-06-01', unit(OTHER), request)
      .do('2020-06-02', COORDINATOR, { move: 'approveExtension' })
      .handIn('2020-06-28', OTHER)
      .accept('2020-06-29');
    const done = Life.launch(
      planTask(fixed('2020-12-31'), { id: 'test-plan/1-04', remark: { status: 'done', text: '已完成' } }),
      LAUNCH,
    )
      .acknowledgeAll(LAUNCH)
      .handIn('2020-06-10')
      .accept('2020-06-11');
    const june = written(sourceOf([early, justInTime, putOff, done]), '2020-06', '2020-07-01');
    expect(june.praised).toMatchObject([{ task: early.task.id, completedOn: '2020-06-29', workingDaysEarly: 13 }]);
    expect(scoreOf(june.units, LEAD)?.[0]).toBe(102);
    expect(june.units.map(({ unit: of, score, rank }) => [of, score, rank])).toEqual([
      [LEAD, 102, 1],
      [SECOND_LEAD, 100, 2],
      [OTHER, 100, 2],
    ]);
    expect(written(sourceOf([early]), '2020-07', '2020-08-01').praised).toEqual([]);
    early.do('2020-08-03', SUPERVISOR, { move: 'reopen', reason: '材料不实', dueOn: '2020-09-30' });
    expect(scoreOf(written(sourceOf([early]), '2020-08', '2020-09-01').units)?.[0]).toBe(100);
  });

  test('numbers are the plan’s own policy, and never outside floor and ceiling', () => {
    const life = signed(1, '2020-06-30').until('2020-07-31');
    const policy = policyOf({ scoring: { start: 10, breach: 8, floor: 1, ceiling: 20 } });
    const [row] = written(sourceOf([life], { policy }), '2020-07', '2020-08-03').units;
    expect([row?.score, row?.lines.find(({ kind }) => kind === 'breach')?.points]).toEqual([1, -8]);
    const rich = policyOf({ scoring: { early: { points: 50 } } });
    const early = signed(1, '2020-06-30').handIn('2020-06-10').accept('2020-06-29');
    expect(written(sourceOf([early], { policy: rich }), '2020-06', '2020-07-01').units[0]?.score).toBe(110);
    expect(() => policyOf({ scoring: { floor: 101 } })).toThrow('policy.scoring.floor');
    expect(() => policyOf({ scoring: { ceiling: 99 } })).toThrow('policy.scoring.ceiling');
    expect(() => policyOf({ scoring: { breach: 2.5 } })).toThrow('policy.scoring.breach');
    expect(() => policyOf({ scoring: { slip: { blue: -1 } } })).toThrow('policy.scoring.slip.blue');
  });

  test('R7 R30: a breach stays with the lead who was in office; who leads nothing has no score', () => {
    const life = signed(1, '2020-06-30')
      .do('2020-07-02', COORDINATOR, {
        move: 'reassign',
        from: LEAD,
        to: OTHER,
        role: 'lead',
        reason: '职能划转',
        dueOn: '2020-08-31',
      })
      .until('2020-07-31');
    const still = signed(2, '2020-12-31');
    report('2020-06-10', still);
    const alone = written(sourceOf([life]), '2020-07', '2020-08-03').units;
    expect(alone.map(({ unit: of, score }) => [of, score])).toEqual([[OTHER, 99]]);
    const { units } = written(sourceOf([life, still]), '2020-07', '2020-08-03');
    expect(scoreOf(units, LEAD)).toEqual([
      92,
      '2020-06-24 missingReport -2',
      '2020-07-01 breach -5',
      '2020-07-01 slip -1',
    ]);
    expect(scoreOf(units, OTHER)?.slice(1)).toEqual(['2020-07-08 lateAcknowledgement -1']);
  });
});

describe('R36 R18: reports missing at the quarter’s end', () => {
  test('listed in its last month only; a late one is none, an unreached unit’s is excused, a suspended task owes none', () => {
    const silent = led(1, '2020-12-31').acknowledgeAll(LAUNCH).until('2020-07-31');
    const late = signed(2, '2020-12-31', SECOND_LEAD);
    report('2020-06-29', late, SECOND_LEAD).until('2020-07-31');
    const bounced = signed(3, '2020-12-31', OTHER).deliver('2020-06-01', OTHER, 'failed', []).until('2020-07-31');
    const suspended = signed(4, '2020-12-31').do('2020-06-15', COORDINATOR, { move: 'suspend', reason: '等文件' });
    const source = sourceOf([silent, late, bounced, suspended]);
    const june = written(source, '2020-06', '2020-07-01');
    expect(june.missingReports).toMatchObject([
      { quarter: '2020Q2', task: { task: silent.task.id }, units: [LEAD], dueOn: '2020-06-24', undelivered: [] },
      { task: { task: bounced.task.id }, units: [OTHER], undelivered: [OTHER] },
    ]);
    expect(june.units.map(({ unit: of, missingReports, score }) => [of, missingReports, score])).toEqual([
      [SECOND_LEAD, 0, 100],
      [OTHER, 0, 100],
      [LEAD, 1, 98],
    ]);
    expect(june.suspended).toMatchObject([{ task: suspended.task.id, since: '2020-06-15', reason: '等文件' }]);
    expect(written(source, '2020-07', '2020-08-01').missingReports).toBeNull();
    // On the quarter's last day nothing is missing before midnight.
    const running = written(source, '2020-06', '2020-06-30');
    expect([running.missingReports, running.units.every(({ score }) => score === 100)]).toEqual([null, true]);
  });
});

describe('R36 R27: dates that moved', () => {
  const request = (to: string) =>
    ({ move: 'requestExtension', unit: LEAD, to, reason: '接口未开放', progress: '五成' }) as const;
  const outcomes = (life: Life, month: string) =>
    written(sourceOf([life]), month, '2021-01-01').dateChanges.map(
      ({ outcome, requestedOn, decidedOn, from, to, originalDueOn }) =>
        [outcome, requestedOn, decidedOn, from, to, originalDueOn].join(' '),
    );

  test('asked, given, refused, withdrawn; the original date stays on every row', () => {
    const given = signed(1, '2020-06-30')
      .do('2020-05-29', unit(LEAD), request('2020-08-31'))
      .do('2020-06-01', COORDINATOR, { move: 'approveExtension', to: '2020-07-31' });
    expect(outcomes(given, '2020-05')).toEqual(['pending 2020-05-29  2020-06-30 2020-08-31 2020-06-30']);
    expect(outcomes(given, '2020-06')).toEqual(['approved 2020-05-29 2020-06-01 2020-06-30 2020-07-31 2020-06-30']);
    expect(outcomes(given, '2020-07')).toEqual([]);
    const refused = signed(1, '2020-06-30')
      .do('2020-06-29', unit(LEAD), request('2020-08-31'))
      .do('2020-07-02', COORDINATOR, { move: 'refuseExtension', reason: '理由不足' });
    expect(outcomes(refused, '2020-06')).toEqual(['pending 2020-06-29  2020-06-30 2020-08-31 2020-06-30']);
    expect(outcomes(refused, '2020-07')).toEqual(['refused 2020-06-29 2020-07-02 2020-06-30 2020-08-31 2020-06-30']);
    const withdrawn = signed(1, '2020-06-30').do('2020-06-15', unit(LEAD), request('2020-08-31')).handIn('2020-06-16');
    expect(outcomes(withdrawn, '2020-06')).toEqual(['lapsed 2020-06-15 2020-06-16 2020-06-30 2020-08-31 2020-06-30']);
    const granted = signed(1, '2020-06-30')
      .do('2020-06-29', unit(LEAD), request('2020-08-31'))
      .do('2020-07-02', SUPERVISOR, { move: 'grantExtension', to: '2020-09-30', reason: '特批' });
    expect(outcomes(granted, '2020-07')).toEqual(['granted  2020-07-02 2020-06-30 2020-09-30 2020-06-30']);
    const moved = signed(1, '2020-06-30')
      .do('2020-06-22', COORDINATOR, { move: 'suspend', reason: '等文件' })
      .do('2020-07-06', COORDINATOR, { move: 'resume' });
    expect(outcomes(moved, '2020-07')).toEqual(['resumed  2020-07-06 2020-06-30 2020-07-13 2020-06-30']);
  });
});

test('R36 R15 R18: what comes next: dates, declarations, the day of the quarterly report', () => {
  const dated = signed(1, '2020-06-12');
  const beyond = signed(2, '2020-07-01');
  const undecided = launched(3, twoTrack('2020-06-30', '2020-12-31'));
  const open = launched(4, conditional);
  const waiting = signed(5, '2020-06-05').handIn('2020-05-29');
  const all = [dated, beyond, undecided, open, waiting].map((life) => life.until('2020-05-31'));
  const may = written(sourceOf(all), '2020-05', '2020-06-01');
  expect(may.next.map(({ task, what, on }) => [task.slice(-1), what, on])).toEqual([
    ['3', 'declare', '2020-06-01'],
    ['1', 'due', '2020-06-12'],
  ]);
  expect([may.nextReportOn, written(sourceOf(all), '2020-04', '2020-05-06').nextReportOn]).toEqual([
    '2020-06-24',
    null,
  ]);
  expect(may.waiting).toMatchObject([
    { task: waiting.task.id, version: 1, submittedOn: '2020-05-29', reviewLate: false },
  ]);
});

describe('R36: the quarterly summary', () => {
  test('its months are what each month’s own bulletin says; before the launch there is none', () => {
    const lives = [
      signed(1, '2020-06-30').until('2020-09-30'),
      signed(2, '2020-07-31', SECOND_LEAD).handIn('2020-07-20', SECOND_LEAD).accept('2020-07-22').until('2020-09-30'),
      launched(3, ongoing).acknowledgeAll(LAUNCH).until('2020-09-30'),
    ];
    const source = sourceOf(lives);
    const third = written(source, '2020Q3', '2020-12-01');
    expect(third.months.map(({ period }) => period.name)).toEqual(['2020-07', '2020-08', '2020-09']);
    for (const { period, summary, scores } of third.months) {
      const own = written(source, period.name, '2020-12-01');
      expect(summary).toEqual(own.summary);
      expect(scores).toEqual(own.units.map(({ unit: of, score, rank }) => ({ unit: of, score, rank })));
    }
    expect(third.summary).toMatchObject({
      breaches: { counted: 1 },
      slips: { blue: 1, orange: 1, red: 1 },
      completedInPeriod: 1,
    });
    expect(third.missingReports?.map(({ task }) => task?.task)).toEqual([lives[0]?.task.id, lives[2]?.task.id]);
    expect(third.praised).toMatchObject([{ task: lives[1]?.task.id }]);
    const first = written(source, '2020Q1', '2020-04-01');
    expect(first.months.map(({ summary }) => summary?.total ?? null)).toEqual([null, null, 3]);
    const running = quarterPeriod('2020Q3', '2020-08-10');
    expect(running && monthsOf(running).map(({ name, over }) => [name, over])).toEqual([
      ['2020-07', true],
      ['2020-08', false],
    ]);
  });
});

test('R36: units that only co-operate are counted and have no score', () => {
  const life = Life.launch(planTask(fixed('2020-06-30')), LAUNCH, '08:00', CONTEXT);
  const { units, coUnits } = written(sourceOf([life]), '2020-03', '2020-04-01');
  expect([units.map(({ unit: of }) => of), coUnits]).toEqual([[LEAD], 1]);
});
