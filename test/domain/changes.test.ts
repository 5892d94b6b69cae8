/** R27 to R32: extension, re-dating, suspension, reassignment, cancellation, reopening. */
import { instantOf } from '../../domain/days';
import {
  CO,
  CONTEXT,
  COORDINATOR,
  conditional,
  DISTRICTS,
  fixed,
  LEAD,
  Life,
  OFFICE,
  OTHER,
  ongoing,
  planTask,
  SECOND_LEAD,
  SUPERVISOR,
  twoTrack,
  unit,
} from '../support/lives';

const silent = (dueOn = '2020-06-30') => Life.launch(planTask(fixed(dueOn)), '2020-03-13').acknowledgeAll('2020-03-13');
const twoLeads = () =>
  Life.launch(
    planTask(fixed('2020-06-30'), {
      parties: [
        { unit: LEAD, role: 'lead' },
        { unit: SECOND_LEAD, role: 'lead' },
        { unit: CO, role: 'co' },
      ],
    }),
    '2020-03-13',
  ).acknowledgeAll('2020-03-13');
const request = (to = '2020-07-31', by = LEAD) =>
  ({ move: 'requestExtension', unit: by, to, reason: '系统延期', progress: '七成' }) as const;
const approve = { move: 'approveExtension' } as const;
const refusal = { move: 'refuseExtension', reason: '不充分' } as const;
const grant = (to: string) => ({ move: 'grantExtension', to, reason: '特批' }) as const;
const redate = (dueOn: string) => ({ move: 'redate', dueOn, reason: '调整', basis: '市发3号' }) as const;
const suspend = { move: 'suspend', reason: '政策调整' } as const;
const resume = { move: 'resume' } as const;
const reassign = (from: string, to: string, dueOn?: string) =>
  ({ move: 'reassign', from, to, role: 'lead', reason: '职责调整', ...(dueOn ? { dueOn } : {}) }) as const;

describe('R27: extension', () => {
  test('R27: accepted until 24:00 of D; a later date than D is proposed', () => {
    expect(silent().try('2020-06-30', unit(LEAD), request(), '23:59')).toBeNull();
    expect(silent().try('2020-07-01', unit(LEAD), request(), '00:00')?.refused).toBe('due-date-passed');
    expect(silent().try('2020-06-01', unit(LEAD), request('2020-06-30'))?.refused).toBe('date-not-later');
    expect(silent().try('2020-06-01', unit(CO), request('2020-07-31', CO))?.refused).toBe('not-a-lead');
    for (const rule of [ongoing, conditional]) {
      const undated = Life.launch(planTask(rule), '2020-03-13');
      expect(undated.try('2020-06-01', unit(LEAD), request())?.refused).toBe('no-date');
    }
  });

  test('R27: decided in 3 days; coordinator on day 3, leader on day 4, then weekly', () => {
    const life = silent().do('2020-06-01', unit(LEAD), request()).until('2020-06-15');
    expect(life.task.extension?.decideBy).toBe('2020-06-04');
    const told = (at: string) => life.told('extension', `${OFFICE}/${at}`).map((n) => [n.rung, n.on]);
    expect(told('liaison')).toEqual([
      ['requested', '2020-06-01'],
      ['3', '2020-06-04'],
      ['weekly', '2020-06-08'],
      ['weekly', '2020-06-15'],
    ]);
    expect(told('head')).toEqual([
      ['4', '2020-06-05'],
      ['weekly', '2020-06-08'],
      ['weekly', '2020-06-15'],
    ]);
  });

  test('R27: while undecided reminders go on, but after D neither breach nor slip', () => {
    const life = silent().do('2020-06-10', unit(LEAD), request()).until('2020-07-20');
    expect(life.days('reminder').slice(-2)).toEqual(['2020-06-29', '2020-06-30']);
    expect([life.task.breaches, life.slips()]).toEqual([[], []]);
    expect(life.lightOn('2020-07-20')).toBe('yellow 延期待批');
    expect(life.try('2020-07-20', COORDINATOR, { move: 'issueSlip', colour: 'blue', reason: '催' })?.refused).toBe(
      'extension-pending',
    );
    expect(life.try('2020-07-20', unit(LEAD), request())?.refused).toBe('extension-pending');
  });

  test('R27: approved after D, for a day after the decision, not later than proposed; the original stays', () => {
    const life = silent().do('2020-06-30', unit(LEAD), request()).until('2020-07-02');
    expect(life.try('2020-07-02', COORDINATOR, { ...approve, to: '2020-07-02' })?.refused).toBe('date-not-later');
    expect(life.try('2020-07-02', COORDINATOR, { ...approve, to: '2020-08-03' })?.refused).toBe('date-too-late');
    life.do('2020-07-02', COORDINATOR, { ...approve, to: '2020-07-20' });
    expect(life.task).toMatchObject({ dueOn: '2020-07-20', originalDueOn: '2020-06-30', breaches: [] });
    expect(life.told('dated', `${LEAD}/liaison`)[0]?.text).toContain('原时限6月30日');
    expect(life.until('2020-07-21').slips()).toEqual([['blue', '2020-07-21', '2020-07-28']]);
    expect(life.task.breaches).toMatchObject([{ dueOn: '2020-07-20' }]);
  });

  test('R27: approvals use the quota, refusals do not', () => {
    const life = silent().do('2020-06-01', unit(LEAD), request()).do('2020-06-02', COORDINATOR, refusal);
    life.do('2020-06-03', unit(LEAD), request()).do('2020-06-04', COORDINATOR, approve);
    expect(life.try('2020-07-01', unit(LEAD), request('2020-08-31'))?.refused).toBe('quota-used');
    expect(life.try('2020-07-01', COORDINATOR, approve)?.refused).toBe('no-extension');
  });

  test('R27: refused after D: the breach is dated D+1, blue falls on the day after the decision', () => {
    const life = silent().do('2020-06-30', unit(LEAD), request()).do('2020-07-08', COORDINATOR, refusal);
    expect(life.task.breaches).toMatchObject([{ dueOn: '2020-06-30', breachedOn: '2020-07-01' }]);
    expect(life.until('2020-07-09').slips()).toEqual([['blue', '2020-07-09', '2020-07-16']]);
    const before = silent().do('2020-06-22', unit(LEAD), request()).do('2020-06-30', COORDINATOR, refusal);
    expect(before.task.breaches).toEqual([]);
    expect(before.until('2020-07-01').slips()).toEqual([['blue', '2020-07-01', '2020-07-08']]);
  });

  test('R27: a hand-in withdraws the request; after D it is late, and the breach is recorded', () => {
    const life = silent().do('2020-06-30', unit(LEAD), request()).handIn('2020-07-03');
    expect(life.last('extensionLapsed')).toMatchObject({ because: 'hand-in' });
    expect(life.task.breaches).toMatchObject([{ breachedOn: '2020-07-01' }]);
    expect(life.task.versions).toMatchObject([{ late: true }]);
    expect(life.giveBack('2020-07-06').until('2020-07-07').slips()).toEqual([['blue', '2020-07-07', '2020-07-14']]);
    const before = silent().do('2020-06-22', unit(LEAD), request()).handIn('2020-06-30');
    expect([before.task.extension, before.task.breaches]).toEqual([null, []]);
    expect(before.try('2020-06-30', unit(LEAD), request())?.refused).toBe('review-pending');
  });

  test('R27 D5: a request received before midnight and recorded after blue lifts the breach and voids the slip', () => {
    const life = silent().until('2020-07-01');
    expect(life.at(instantOf('2020-06-30', '23:58'), unit(LEAD), request())).toBeNull();
    expect(life.task.breaches).toMatchObject([{ lifted: true }]);
    expect(life.task.ladder.slips).toMatchObject([{ void: true }]);
    expect(life.lightOn('2020-07-02')).toBe('yellow 延期待批');
    life.do('2020-07-03', COORDINATOR, refusal).until('2020-07-06');
    expect(life.task.breaches.map((b) => [b.breachedOn, b.lifted])).toEqual([
      ['2020-07-01', true],
      ['2020-07-01', false],
    ]);
    expect(life.slips().at(-1)).toEqual(['blue', '2020-07-06', '2020-07-13']);
  });

  test('R27: a supervisor grants after D and beyond the quota; the ladder ends, the breach stays', () => {
    const life = silent().until('2020-07-10');
    expect(life.try('2020-07-10', SUPERVISOR, grant('2020-07-10'))?.refused).toBe('date-not-later');
    expect(life.try('2020-07-10', COORDINATOR, grant('2020-08-31'))?.refused).toBe('not-your-role');
    life.do('2020-07-10', SUPERVISOR, grant('2020-08-31')).until('2020-08-31');
    expect(life.task.pastSlips.map((s) => [s.colour, s.ended])).toEqual([
      ['blue', true],
      ['orange', true],
    ]);
    expect(life.task.breaches).toHaveLength(1);
    expect(life.lightOn('2020-08-31')).toBe('yellow 曾逾期，新时限内');
    life.until('2020-09-01');
    expect(life.task.ladder.slips.map((s) => s.colour)).toEqual(['blue']);
    expect(life.task.breaches.map((b) => b.dueOn)).toEqual(['2020-06-30', '2020-08-31']);
    expect(life.task.extensionsApproved).toBe(0);
    expect(silent().handIn('2020-06-01').try('2020-06-02', SUPERVISOR, grant('2020-08-31'))?.refused).toBe(
      'review-pending',
    );
  });

  test('R27: granted while a request is pending after D: no breach, the request is over', () => {
    const life = silent().do('2020-06-30', unit(LEAD), request()).do('2020-07-03', SUPERVISOR, grant('2020-08-31'));
    expect([life.task.breaches, life.task.extension, life.task.dueOn]).toEqual([[], null, '2020-08-31']);
    expect(life.last('extensionLapsed')).toMatchObject({ because: 'granted' });
  });
});

describe('R28: re-dating', () => {
  test('R28: five working days ahead at least, no quota used, rungs anew, original and breach stay', () => {
    const life = silent().until('2020-07-02');
    expect(life.try('2020-07-02', SUPERVISOR, redate('2020-07-08'))?.refused).toBe('date-too-soon');
    expect(life.try('2020-07-02', COORDINATOR, redate('2020-07-09'))?.refused).toBe('not-your-role');
    expect(life.try('2020-07-02', SUPERVISOR, { ...redate('2020-07-09'), basis: '' })?.refused).toBe('text-needed');
    life.do('2020-07-02', SUPERVISOR, redate('2020-07-09')).until('2020-07-09');
    expect(life.days('reminder').slice(-3)).toEqual(['2020-07-06', '2020-07-08', '2020-07-09']);
    expect(life.task).toMatchObject({ originalDueOn: '2020-06-30', extensionsApproved: 0 });
    expect(life.task.breaches).toHaveLength(1);
    expect(
      Life.launch(planTask(ongoing), '2020-03-13').try('2020-04-01', SUPERVISOR, redate('2020-06-30'))?.refused,
    ).toBe('no-date');
  });

  test('R28: a request on the old date lapses; refused while evidence waits', () => {
    const life = silent().do('2020-06-01', unit(LEAD), request()).do('2020-06-02', SUPERVISOR, redate('2020-08-31'));
    expect(life.last('extensionLapsed')).toMatchObject({ because: 'redated' });
    expect(life.handIn('2020-06-03').try('2020-06-04', SUPERVISOR, redate('2020-09-30'))?.refused).toBe(
      'review-pending',
    );
  });
});

describe('R29: suspension', () => {
  test('R29: refused while evidence awaits review or an extension is undecided', () => {
    expect(silent().handIn('2020-06-01').try('2020-06-02', COORDINATOR, suspend)?.refused).toBe('review-pending');
    expect(silent().do('2020-06-01', unit(LEAD), request()).try('2020-06-02', COORDINATOR, suspend)?.refused).toBe(
      'extension-pending',
    );
  });

  test('R29: nothing rings, no report is owed; only resume, cancel, reassign, acknowledge, add evidence', () => {
    const life = Life.launch(planTask(fixed('2020-06-30')), '2020-03-13').do('2020-03-16', COORDINATOR, suspend);
    const before = life.events.length;
    life.until('2020-08-31');
    expect(life.events).toHaveLength(before);
    expect(life.lightOn('2020-08-31')).toBe('grey 中止');
    expect(life.try('2020-08-31', unit(LEAD), { move: 'report', unit: LEAD, text: '进展' })?.refused).toBe(
      'wrong-status',
    );
    expect(life.try('2020-08-31', SUPERVISOR, redate('2020-12-31'))?.refused).toBe('wrong-status');
    expect(life.try('2020-08-31', unit(LEAD), { move: 'acknowledge', unit: LEAD })).toBeNull();
    expect(life.try('2020-08-31', COORDINATOR, resume)).toBeNull();
    expect(life.try('2020-09-01', COORDINATOR, resume)?.refused).toBe('wrong-status');
  });

  test('R29: an owed report is owed no more', () => {
    const life = Life.launch(planTask(conditional), '2020-03-13').acknowledgeAll('2020-03-13').until('2020-06-28');
    expect(life.lightOn('2020-06-28')).toBe('yellow 缺报');
    life.do('2020-06-29', COORDINATOR, suspend).do('2020-07-01', COORDINATOR, resume);
    expect(life.lightOn('2020-07-02')).toBe('blue 正常推进');
  });

  test('R29: rungs up to the resumption are covered by its notice, later ones fall anew', () => {
    const life = silent()
      .do('2020-06-22', COORDINATOR, suspend)
      .do('2020-07-06', COORDINATOR, resume)
      .until('2020-07-13');
    // New D 13 July: 5 before is the 6th itself.
    expect(life.days('reminder').filter((d) => d >= '2020-07-01')).toEqual(['2020-07-08', '2020-07-10', '2020-07-13']);
    expect(life.told('resumed', `${LEAD}/liaison`)[0]?.text).toContain('中止9个工作日');
  });

  test('R29: n = 0: nothing moves and nothing is said twice', () => {
    const life = silent()
      .until('2020-06-15')
      .do('2020-06-15', COORDINATOR, suspend)
      .do('2020-06-15', COORDINATOR, resume, '11:00');
    expect(life.last('resumed')).toMatchObject({ workingDays: 0, dueOn: '2020-06-30' });
    life.until('2020-07-01');
    expect(life.days('reminder')).toEqual([
      '2020-06-01',
      '2020-06-15',
      '2020-06-22',
      '2020-06-24',
      '2020-06-29',
      '2020-06-30',
    ]);
    expect(life.slips()).toEqual([['blue', '2020-07-01', '2020-07-08']]);
    expect(life.told('resumed', `${CO}/liaison`)).toEqual([]);
  });

  test('R29: a passed due date and its breach stay; the open slip keeps its remaining days', () => {
    // Blue 1 July, limit the 8th. Suspended on Monday the 6th for five working days.
    const life = silent()
      .do('2020-07-06', COORDINATOR, suspend)
      .do('2020-07-13', COORDINATOR, resume)
      .until('2020-07-16');
    expect(life.task).toMatchObject({ dueOn: '2020-06-30', breaches: [{ dueOn: '2020-06-30' }] });
    expect(life.slips().slice(0, 2)).toEqual([
      ['blue', '2020-07-01', '2020-07-15'],
      ['orange', '2020-07-16', '2020-07-23'],
    ]);
    expect(life.told('resumed', `${LEAD}/liaison`)[0]?.text).toContain('整改时限顺延为7月15日');
  });

  test('R29: suspended on the weekend just after D: blue moves by n, and none falls while suspended', () => {
    // 3 July 2020 is a Friday.
    const life = silent('2020-07-03').do('2020-07-04', COORDINATOR, suspend).do('2020-07-13', COORDINATOR, resume);
    expect(life.task.breaches).toMatchObject([{ breachedOn: '2020-07-04' }]);
    expect(life.last('resumed')).toMatchObject({ workingDays: 5, ladderStartOn: '2020-07-13' });
    expect(life.until('2020-07-14').slips()).toEqual([['blue', '2020-07-13', '2020-07-20']]);
    const short = silent('2020-07-03').do('2020-07-04', COORDINATOR, suspend).do('2020-07-05', COORDINATOR, resume);
    expect(short.until('2020-07-06').slips()).toEqual([['blue', '2020-07-06', '2020-07-13']]);
  });

  test('R29: a due date on a day off while suspended is not behind on the day of resumption', () => {
    // D is Sunday 5 July; the clock stands from Saturday to Tuesday: one working day.
    const life = silent('2020-07-05').do('2020-07-04', COORDINATOR, suspend).do('2020-07-07', COORDINATOR, resume);
    expect(life.last('resumed')).toMatchObject({ workingDays: 1, dueOn: '2020-07-07' });
    expect(life.task.breaches).toEqual([]);
    expect(life.until('2020-07-08').task.breaches).toMatchObject([{ dueOn: '2020-07-07', breachedOn: '2020-07-08' }]);
  });

  test('R29: a slip limit that passed on the eve moves too, so that its next rung does not fall at once', () => {
    // Limit Wednesday 8 July 2020; suspended on Thursday at 04:00, before orange.
    const life = silent()
      .do('2020-07-09', COORDINATOR, suspend, '04:00')
      .do('2020-07-16', COORDINATOR, resume, '04:00');
    expect(life.until('2020-07-16').slips().slice(0, 2)).toEqual([
      ['blue', '2020-07-01', '2020-07-15'],
      ['orange', '2020-07-16', '2020-07-23'],
    ]);
  });

  test('R29: readyOn, notReadyOn, Q, R, acknowledgements and contributions move', () => {
    const tracks = Life.launch(planTask(twoTrack('2020-06-30', '2020-09-30')), '2020-03-13')
      .do('2020-03-16', COORDINATOR, suspend)
      .do('2020-03-23', COORDINATOR, resume);
    expect(tracks.last('resumed')).toMatchObject({
      workingDays: 5,
      readyOn: '2020-07-07',
      notReadyOn: '2020-10-14',
      declaration: { askOn: '2020-06-08', deemedOn: '2020-06-15' },
      handedOn: { [LEAD]: '2020-03-20' },
    });
    expect(tracks.until('2020-03-27').days('acknowledgement')).toEqual(['2020-03-26', '2020-03-27']);

    const graced = silent().handIn('2020-06-29').giveBack('2020-06-30');
    graced.do('2020-07-02', COORDINATOR, suspend).do('2020-07-06', COORDINATOR, resume);
    // R was 7 July; D has passed and stays.
    expect(graced.task).toMatchObject({ dueOn: '2020-06-30', grace: { dueOn: '2020-06-30', limitOn: '2020-07-09' } });

    const asked = silent()
      .do('2020-05-06', unit(LEAD), { move: 'askContribution', unit: LEAD, of: CO, text: '数据', dueOn: '2020-05-20' })
      .do('2020-05-11', COORDINATOR, suspend)
      .do('2020-05-13', COORDINATOR, resume);
    expect(asked.task.contributions).toMatchObject([{ dueOn: '2020-05-22' }]);
    expect(asked.told('suspended', `${CO}/liaison`)).toHaveLength(1);
  });

  test('R29 R30: a unit that joined while the clock stood waits from then', () => {
    const life = silent().do('2020-04-07', COORDINATOR, suspend);
    life.do('2020-04-13', COORDINATOR, { ...reassign(CO, OTHER), role: 'co' }).do('2020-04-15', COORDINATOR, resume);
    expect(life.last('resumed').handedOn).toEqual({ [OTHER]: '2020-04-15' });
  });
});

describe('R30: reassignment', () => {
  test('R30: D stays unless given; the new unit signs, the old one is told; the breach stays with the old lead', () => {
    const life = silent().do('2020-05-06', COORDINATOR, reassign(LEAD, OTHER));
    expect(life.task).toMatchObject({ dueOn: '2020-06-30', formerUnits: [LEAD] });
    expect(life.notices.filter((n) => n.kind === 'issue' && n.to.unit === OTHER)).toMatchObject([{ urgent: true }]);
    expect(life.told('released', `${LEAD}/liaison`)).toHaveLength(1);
    expect(life.task.acknowledgements).toMatchObject({ [OTHER]: { acknowledgedOn: null } });
    expect(life.task.acknowledgements[LEAD]).toBeUndefined();
    expect(life.try('2020-05-07', unit(LEAD), { move: 'report', unit: LEAD, text: '进展' })?.refused).toBe(
      'not-a-party',
    );

    const late = silent().do('2020-07-02', COORDINATOR, reassign(LEAD, OTHER, '2020-07-31'));
    expect(late.task.breaches).toMatchObject([{ leads: [LEAD] }]);
    expect(late.until('2020-07-31').slips()).toHaveLength(1);
  });

  test('R30: a sole lead that is late or has fewer than five days left goes only with a new date', () => {
    // Five working days before 30 June: 22 June has 23, 24, 28, 29, 30 left.
    expect(silent().try('2020-06-22', COORDINATOR, reassign(LEAD, OTHER))).toBeNull();
    const short = silent();
    expect(short.try('2020-06-23', COORDINATOR, reassign(LEAD, OTHER))).toMatchObject({
      refused: 'new-date-needed',
      details: { earliest: '2020-07-01' },
    });
    expect(short.try('2020-06-23', COORDINATOR, reassign(LEAD, OTHER, '2020-06-30'))?.refused).toBe('date-too-soon');
    expect(short.try('2020-06-23', COORDINATOR, reassign(LEAD, OTHER, '2020-07-01'))).toBeNull();
    expect(silent().try('2020-07-02', COORDINATOR, reassign(LEAD, OTHER))?.refused).toBe('new-date-needed');
    expect(
      Life.launch(planTask(ongoing), '2020-03-13').try('2020-04-01', COORDINATOR, reassign(LEAD, OTHER, '2020-12-31'))
        ?.refused,
    ).toBe('no-date');
  });

  test('R30: with another lead left D and ladder go on', () => {
    const life = twoLeads().do('2020-07-02', COORDINATOR, reassign(LEAD, OTHER)).until('2020-07-09');
    expect(life.slips().map(([colour, on]) => [colour, on])).toEqual([
      ['blue', '2020-07-01'],
      ['orange', '2020-07-09'],
    ]);
    expect(life.days('slip', `${OTHER}/liaison`)).toEqual(['2020-07-09']);
  });

  test("R30: the old lead's request lapses, another lead's does not", () => {
    const life = twoLeads()
      .do('2020-06-01', unit(LEAD), request())
      .do('2020-06-02', COORDINATOR, reassign(LEAD, OTHER));
    expect([life.last('extensionLapsed').because, life.task.extension]).toEqual(['reassigned', null]);
    const other = twoLeads().do('2020-06-01', unit(LEAD), request());
    other.do('2020-06-02', COORDINATOR, reassign(SECOND_LEAD, OTHER));
    expect(other.task.extension?.unit).toBe(LEAD);
  });

  test('R7 R27 R30: a request that lapses after D had held a breach back: it is against the old leads', () => {
    const life = twoLeads()
      .do('2020-06-30', unit(LEAD), request())
      .do('2020-07-06', COORDINATOR, reassign(LEAD, OTHER));
    expect(life.task.breaches).toMatchObject([{ breachedOn: '2020-07-01', leads: [LEAD, SECOND_LEAD] }]);
    expect(life.until('2020-07-07').slips()).toEqual([['blue', '2020-07-07', '2020-07-14']]);
    const sole = silent().do('2020-06-30', unit(LEAD), request());
    sole.do('2020-07-06', COORDINATOR, reassign(LEAD, OTHER, '2020-07-31')).until('2020-07-31');
    expect(sole.task.breaches).toMatchObject([{ dueOn: '2020-06-30', leads: [LEAD] }]);
    expect(sole.slips()).toEqual([]);
  });

  test('R30 R28: a new date comes only with a lead, and another request on the old one lapses too', () => {
    const co = { ...reassign(CO, OTHER, '2020-12-31'), role: 'co' } as const;
    expect(silent().try('2020-05-06', COORDINATOR, co)?.refused).toBe('new-date-not-needed');
    const life = twoLeads().do('2020-06-01', unit(SECOND_LEAD), request('2020-07-31', SECOND_LEAD));
    life.do('2020-06-02', COORDINATOR, reassign(LEAD, OTHER, '2020-08-31'));
    expect(life.happened('extensionLapsed')).toEqual(['2020-06-02']);
  });

  test('R30: refused while evidence waits, to an unknown unit, to one in the role, or leaving no lead', () => {
    expect(silent().handIn('2020-06-01').try('2020-06-02', COORDINATOR, reassign(LEAD, OTHER))?.refused).toBe(
      'review-pending',
    );
    const life = silent().until('2020-05-06');
    expect(life.try('2020-05-06', COORDINATOR, reassign(LEAD, 'test:无名'))?.refused).toBe('unknown-unit');
    expect(life.try('2020-05-06', COORDINATOR, reassign(LEAD, 'toString'))?.refused).toBe('unknown-unit');
    expect(life.try('2020-05-06', COORDINATOR, reassign(LEAD, LEAD))?.refused).toBe('already-a-party');
    expect(life.try('2020-05-06', COORDINATOR, reassign(CO, OTHER))?.refused).toBe('not-a-lead');
    expect(life.try('2020-05-06', COORDINATOR, { ...reassign(OTHER, LEAD), role: 'co' })?.refused).toBe('not-a-party');
    expect(life.try('2020-05-06', COORDINATOR, { ...reassign(CO, LEAD), role: 'co' })?.refused).toBe('sole-lead');
  });

  test('R30 R29: while suspended the clock stands: judged is the day on which it stopped', () => {
    const life = silent().do('2020-06-01', COORDINATOR, suspend);
    expect(life.try('2020-09-01', COORDINATOR, reassign(LEAD, OTHER, '2020-12-31'))?.refused).toBe('wrong-status');
    expect(life.try('2020-09-01', COORDINATOR, reassign(LEAD, OTHER))).toBeNull();
  });

  test('R30 R19: what was asked of the old unit passes to the new one', () => {
    const life = silent()
      .do('2020-05-06', unit(LEAD), { move: 'askContribution', unit: LEAD, of: CO, text: '数据', dueOn: '2020-05-20' })
      .do('2020-05-07', COORDINATOR, { ...reassign(CO, OTHER), role: 'co' })
      .until('2020-05-20');
    expect(life.days('contribution', `${OTHER}/liaison`)).toEqual(['2020-05-15', '2020-05-19', '2020-05-20']);
    expect(life.days('contribution', `${CO}/liaison`)).toEqual(['2020-05-06']);
  });
});

describe('R31: cancellation', () => {
  const cancel = { move: 'cancel', reason: '政策废止', document: '市发〔2020〕9号' } as const;

  test('R31: terminal, from open and suspended, with reason and document; breaches stay', () => {
    const life = silent().until('2020-07-02');
    expect(life.try('2020-07-02', COORDINATOR, { ...cancel, document: '' })?.refused).toBe('text-needed');
    expect(life.try('2020-07-02', unit(LEAD), cancel)?.refused).toBe('not-your-role');
    life.do('2020-07-02', COORDINATOR, cancel).until('2020-12-31');
    expect(life.task).toMatchObject({ status: 'cancelled', alarms: [], breaches: [{ dueOn: '2020-06-30' }] });
    expect(life.lightOn('2021-01-04')).toBe('grey 已撤销');
    expect(life.try('2021-01-04', SUPERVISOR, { move: 'reopen', dueOn: '2021-03-31', reason: '误' })?.refused).toBe(
      'wrong-status',
    );
    expect(silent().do('2020-06-01', COORDINATOR, suspend).try('2020-06-02', COORDINATOR, cancel)).toBeNull();
    const done = silent().handIn('2020-06-01').accept('2020-06-02');
    expect(done.try('2020-06-03', COORDINATOR, cancel)?.refused).toBe('wrong-status');
  });

  test('R31: each party that ever got a letter gets one last, members and former units too, once', () => {
    const parties = [
      { unit: LEAD, role: 'lead' as const },
      { unit: DISTRICTS, role: 'district' as const },
    ];
    const life = Life.launch(planTask(fixed('2020-06-30'), { parties }), '2020-03-13')
      .do('2020-04-01', COORDINATOR, { ...reassign(DISTRICTS, CO), role: 'district' })
      .do('2020-04-02', COORDINATOR, reassign(LEAD, OTHER))
      .do('2020-04-03', COORDINATOR, reassign(OTHER, LEAD))
      .do('2020-04-07', COORDINATOR, cancel);
    const last = life.notices.filter((n) => n.kind === 'cancelled');
    expect(last.map((n) => n.to.unit).sort()).toEqual([CO, OTHER, LEAD, 'test:东区', 'test:西县'].sort());
    expect(last.every((n) => n.onlyIfTold)).toBe(true);
    expect(last[0]?.text).toContain('市发〔2020〕9号');
  });

  test('R31: a pending request and a review end with it', () => {
    const life = silent().handIn('2020-06-01').do('2020-06-02', COORDINATOR, cancel);
    expect(life.task.review).toBeNull();
    const asked = silent().do('2020-06-01', unit(LEAD), request()).do('2020-06-02', COORDINATOR, cancel);
    expect(asked.task.extension).toBeNull();
  });
});

describe('R32: reopening', () => {
  const reopen = (dueOn: string) => ({ move: 'reopen', dueOn, reason: '材料不实' }) as const;

  test('R32: by a supervisor, of completed tasks, five working days ahead; green is no longer possible', () => {
    const life = silent().handIn('2020-06-01').accept('2020-06-02');
    expect(life.lightOn('2020-06-03')).toBe('green 按期办结');
    expect(life.try('2020-08-03', COORDINATOR, reopen('2020-09-30'))?.refused).toBe('not-your-role');
    expect(life.try('2020-08-03', SUPERVISOR, reopen('2020-08-07'))?.refused).toBe('date-too-soon');
    const seq = life.task.seq;
    life.do('2020-08-03', SUPERVISOR, reopen('2020-08-10'));
    expect(life.task).toMatchObject({
      seq: seq + 1,
      status: 'open',
      dueOn: '2020-08-10',
      originalDueOn: '2020-06-30',
      firstCompletedOn: '2020-06-02',
      completedOn: null,
      reopenings: 1,
    });
    expect(life.lightOn('2020-08-04')).toBe('yellow 曾逾期，新时限内');
    life.handIn('2020-08-06').accept('2020-08-07');
    expect(life.task).toMatchObject({ firstCompletedOn: '2020-06-02', completedOn: '2020-08-07', breaches: [] });
    expect(life.lightOn('2020-08-07')).toBe('yellow 逾期办结（补齐后由红转黄）');
    expect(silent().try('2020-06-01', SUPERVISOR, reopen('2020-09-30'))?.refused).toBe('wrong-status');
  });

  test('R32: a fresh ladder', () => {
    const life = silent().handIn('2020-07-10').accept('2020-07-13').do('2020-08-03', SUPERVISOR, reopen('2020-08-31'));
    life.until('2020-09-01');
    expect(life.task.ladder.slips.map((s) => s.colour)).toEqual(['blue']);
    expect(life.task.pastSlips.map((s) => s.colour)).toEqual(['blue', 'orange']);
    const undated = Life.launch(planTask(ongoing), '2020-03-13', '08:00', CONTEXT)
      .do('2020-04-01', COORDINATOR, { move: 'issueSlip', colour: 'orange', reason: '慢' })
      .handIn('2020-04-02')
      .accept('2020-04-03')
      .do('2020-08-03', SUPERVISOR, reopen('2020-08-31'))
      .until('2020-09-01');
    expect(undated.task.ladder.slips.map((s) => s.colour)).toEqual(['blue']);
  });
});
