/** Which answers a letter offers to whom, and what becomes of an offer when the task goes on. */
import type { AnswerLink, AnswerName } from '../../domain/answers/answers';
import { goodUntil, offersOf } from '../../domain/answers/offers';
import { isExpired, lostPlace, standingOf } from '../../domain/answers/standing';
import type { Office } from '../../domain/unit';
import { CO, CONTEXT, COORDINATOR, fixed, LEAD, Life, OFFICE, OTHER, planTask, twoTrack, unit } from '../support/lives';

const at = (on: string) => ({ calendar: CONTEXT.calendar, on });

/** What a letter of that day would offer one office with what it was told since. */
function offered(life: Life, to: string, office: Office, kind: string, on: string) {
  const notices = life.notices.filter((n) => n.kind === kind && n.to.unit === to && n.to.office === office);
  expect(notices.length).toBeGreaterThan(0);
  return offersOf(life.task, { unit: to, office }, notices.slice(-1), at(on));
}
const names = (...asked: Parameters<typeof offered>): AnswerName[] => offered(...asked).map(({ answer }) => answer);

function linkTo(
  life: Life,
  name: AnswerName,
  ...asked: Parameters<typeof offered> extends [Life, ...infer R] ? R : never
) {
  const offer = offered(life, ...asked).find(({ answer }) => answer === name);
  if (!offer) throw new Error(`${name} is not offered`);
  return { ...offer, letter: 'l', unit: asked[0] } satisfies AnswerLink;
}

test('an issue asks to sign; a two-track lead may declare in the same letter, its co-unit may not', () => {
  const life = Life.launch(planTask(twoTrack('2020-06-30', '2020-12-31')), '2020-03-13');
  expect(names(life, LEAD, 'liaison', 'issue', '2020-03-13')).toEqual(['acknowledge', 'ready', 'notReady']);
  expect(names(life, CO, 'liaison', 'issue', '2020-03-13')).toEqual(['acknowledge']);
});

test('a reminder takes evidence or a request in time; a slip takes evidence alone', () => {
  const life = Life.launch(planTask(fixed('2020-06-30')), '2020-03-13').until('2020-06-24');
  expect(names(life, LEAD, 'liaison', 'reminder', '2020-06-24')).toEqual(['evidence', 'extension']);
  life.until('2020-07-02');
  expect(names(life, LEAD, 'liaison', 'slip', '2020-07-02')).toEqual(['evidence']);
  expect(names(life, LEAD, 'head', 'slip', '2020-07-02')).toEqual(['evidence']);
});

test('a supervisor is asked for his word at red, and not to list what is listed', () => {
  const life = Life.launch(planTask(fixed('2020-06-30')), '2020-03-13').until('2020-07-28');
  expect(names(life, OFFICE, 'leader', 'redDigest', '2020-07-28')).toEqual(['instruct']);
  expect(offered(life, OFFICE, 'leader', 'redDigest', '2020-07-28')[0]?.role).toBe('supervisor');
});

test('a review offers its version to the coordinator, and is over when that was decided or replaced', () => {
  const life = Life.launch(planTask(fixed('2020-06-30')), '2020-03-13').handIn('2020-06-10');
  const accept = linkTo(life, 'accept', OFFICE, 'liaison', 'review', '2020-06-11');
  expect(accept).toMatchObject({ role: 'coordinator', of: '1', about: 'test-plan/1-01' });
  expect(standingOf(life.task, accept)).toEqual({ state: 'open' });
  life.handIn('2020-06-12');
  expect(standingOf(life.task, accept)).toMatchObject({ said: expect.stringContaining('由新的一版取代') });
  const second = linkTo(life, 'return', OFFICE, 'liaison', 'review', '2020-06-15');
  life.accept('2020-06-15');
  expect(standingOf(life.task, second)).toMatchObject({
    said: expect.stringContaining('第2版佐证材料已于2020年6月15日'),
  });
});

test('who leads a task is not offered its review', () => {
  const own = planTask(fixed('2020-06-30'), { parties: [{ unit: OFFICE, role: 'lead' }] });
  const life = Life.launch(own, '2020-03-13').handIn('2020-06-10', OFFICE);
  expect(names(life, OFFICE, 'liaison', 'review', '2020-06-11')).toEqual([]);
});

test('a request for an extension is answered as the one that it was', () => {
  const life = Life.launch(planTask(fixed('2020-06-30')), '2020-03-13');
  const request = {
    move: 'requestExtension',
    unit: LEAD,
    to: '2020-08-31',
    reason: '系统未就绪',
    progress: '六成',
  } as const;
  life.do('2020-06-22', unit(LEAD), request);
  const approve = linkTo(life, 'approve', OFFICE, 'liaison', 'extension', '2020-06-23');
  expect(approve.of).toBe('2020-06-22/2020-08-31');
  life.do('2020-06-23', COORDINATOR, { move: 'refuseExtension', reason: '可以按时' });
  expect(standingOf(life.task, approve)).toMatchObject({ said: expect.stringContaining('已经批复') });
  life.do('2020-06-24', unit(LEAD), { ...request, to: '2020-09-30' });
  expect(standingOf(life.task, approve).state).toBe('over');
});

test('a contribution is offered to whom it was asked of, and to nobody else', () => {
  const life = Life.launch(planTask(fixed('2020-06-30')), '2020-03-13');
  life.do('2020-05-11', unit(LEAD), { move: 'askContribution', unit: LEAD, of: CO, text: '接口', dueOn: '2020-05-29' });
  const done = linkTo(life, 'contribution', CO, 'liaison', 'contribution', '2020-05-12');
  expect(done.of).toBe('c1');
  expect(offersOf(life.task, { unit: LEAD, office: 'liaison' }, life.notices.slice(-1), at('2020-05-12'))).toEqual([]);
  life.do('2020-05-13', unit(CO), { move: 'completeContribution', unit: CO, contribution: 'c1', text: '已提供' });
  expect(standingOf(life.task, done)).toMatchObject({ said: expect.stringContaining('2020年5月13日') });
});

test('signed by another way is said with the day and the name', () => {
  const life = Life.launch(planTask(fixed('2020-06-30')), '2020-03-13');
  const sign = linkTo(life, 'acknowledge', CO, 'liaison', 'issue', '2020-03-13');
  life.do('2020-03-16', unit(CO), { move: 'acknowledge', unit: CO, handler: '王莉' });
  expect(standingOf(life.task, sign)).toEqual({ state: 'over', said: '市三局已于2020年3月16日签收，经办人王莉。' });
});

test('a unit that lost its place does not get its old links back by coming back', () => {
  const life = Life.launch(planTask(fixed('2020-06-30')), '2020-03-13');
  const sign = linkTo(life, 'acknowledge', CO, 'liaison', 'issue', '2020-03-13');
  const reassign = { move: 'reassign', role: 'co', reason: '职能调整' } as const;
  life.do('2020-03-17', COORDINATOR, { ...reassign, from: CO, to: OTHER });
  expect([lostPlace(life.events, CO, sign.seq), standingOf(life.task, sign).state]).toEqual([true, 'over']);
  life.do('2020-03-18', COORDINATOR, { ...reassign, from: OTHER, to: CO });
  expect([lostPlace(life.events, CO, sign.seq), standingOf(life.task, sign).state]).toEqual([true, 'open']);
  expect(lostPlace(life.events, CO, life.task.seq)).toBe(false);
  expect(lostPlace(life.events, LEAD, sign.seq)).toBe(false);
});

test('a link lasts a quarter, or twenty working days past what it is about', () => {
  expect(goodUntil(CONTEXT.calendar, '2020-03-13', null)).toBe('2020-06-11');
  expect(goodUntil(CONTEXT.calendar, '2020-03-13', '2020-06-30')).toBe('2020-07-28');
  const link = { until: '2020-06-11' } as AnswerLink;
  expect([isExpired(link, '2020-06-11'), isExpired(link, '2020-06-12')]).toEqual([false, true]);
});
