/** A bulletin's source out of lives told in order, as the ledger would give it. */
import { type BulletinFacts, bulletinOf } from '../../domain/bulletin/bulletin';
import { monthPeriod, quarterPeriod } from '../../domain/bulletin/period';
import type { BulletinSource } from '../../domain/bulletin/source';
import type { Plan } from '../../domain/plan';
import { CONTEXT, type Life, OFFICE } from './lives';

const PLAN: Plan = {
  id: 'test-plan',
  title: '测试市深化改革任务分工方案',
  number: '测政发〔2020〕1号',
  issuer: '测试市人民政府',
  issuedOn: '2020-03-10',
  city: 'test',
  office: OFFICE,
  reporting: null,
  tasks: [],
};

/** Each life is a task of the plan, launched on the first day that one was. */
export function sourceOf(lives: Life[], over: Partial<BulletinSource> = {}): BulletinSource {
  const tasks = lives.map(({ task, events }) => ({ id: task.id, events }));
  const launchOn = lives.map(({ task }) => task.issuedOn).sort()[0] ?? '2020-03-13';
  return { plan: PLAN, launchOn, calendar: CONTEXT.calendar, policy: CONTEXT.policy, tasks, planEvents: [], ...over };
}

/** The bulletin of `2020-06` or `2020Q2`, written on a day. */
export function written(source: BulletinSource, name: string, today: string): BulletinFacts {
  const period = name.includes('Q') ? quarterPeriod(name, today) : monthPeriod(name, today);
  if (!period) throw new Error(`${name} has not begun on ${today}`);
  return bulletinOf(source, period);
}
