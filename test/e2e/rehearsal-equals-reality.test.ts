/**
 * What a rehearsal promises is what the durable processes then do, day by day: the same letters to the same people
 * with the same words, the same slips, the same check-ins.
 */

import { readLived } from '../../client/demo/lived';
import { liveYear } from '../../client/demo/year';
import type { Day } from '../../domain/days';
import { reissue } from '../../domain/drafts/reissue';
import type { Plan, UnitId } from '../../domain/plan';
import { DEFAULT_POLICY } from '../../domain/policy';
import { checkInsOf, lettersOf, type Rehearsal, rehearse, slipsOf } from '../../domain/rehearsal';
import { everythingInTime, silence } from '../../domain/rehearsal-acts';
import type { Unit } from '../../domain/unit';
import { verifyLedger } from '../../ledger/audit/audit';
import { storeDraft } from '../../ledger/plans';
import { putUnits } from '../../ledger/units';
import zhuhaiPlan from '../../seeds/plans/zhuhai-2020.json';
import zhuzhouPlan from '../../seeds/plans/zhuzhou-2020.json';
import zhuhaiUnits from '../../seeds/units/zhuhai.json';
import zhuzhouUnits from '../../seeds/units/zhuzhou.json';
import { skippingTown } from '../workflows/town';

jest.setTimeout(300_000);

const ZHUZHOU = { plan: zhuzhouPlan as Plan, units: zhuzhouUnits as Unit[] };
const ZHUHAI = { plan: zhuhaiPlan as Plan, units: zhuhaiUnits as Unit[] };
const everybody = ({ units }: typeof ZHUZHOU) => units.map(({ id }) => id);

/** What people can observe, by day; in real life the alarms of a morning ring in no particular order. */
function diary(of: Pick<Rehearsal, 'letters' | 'slips' | 'checkIns'>): Record<Day, string[]> {
  const days: Record<Day, string[]> = {};
  const note = (on: Day, line: string) => {
    days[on] = [...(days[on] ?? []), line].sort();
  };
  for (const { on, round, to, notices, provisional } of of.letters) {
    const said = notices.map(({ kind, task, rung, text }) => `${kind} ${rung} ${task} ${text}`).sort();
    note(on, `letter ${round} ${to.unit} ${to.office} ${provisional}\n${said.join('\n')}`);
  }
  for (const { on, task, colour, limitOn } of of.slips) note(on, `slip ${task} ${colour} until ${limitOn}`);
  for (const { askedOn, dueOn, unit, tasks } of of.checkIns)
    note(askedOn, `check-in ${unit} due ${dueOn}: ${[...tasks].sort().join(' ')}`);
  return days;
}

test.each([
  ['Zhuzhou, all answer', ZHUZHOU, [], 12],
  ['Zhuzhou, one unit silent', ZHUZHOU, ['zhuzhou:市税务局'], 5],
  ['Zhuzhou, all silent', ZHUZHOU, everybody(ZHUZHOU), 5],
  ['Zhuhai, all answer', ZHUHAI, [], 11],
  ['Zhuhai, one unit silent', ZHUHAI, ['zhuhai:市政务服务数据管理局'], 11],
  ['Zhuhai, all silent', ZHUHAI, everybody(ZHUHAI), 5],
])('%s', async (_name, { plan: original, units }, silent: UnitId[], months) => {
  const town = await skippingTown();
  try {
    const { calendar, desk } = town;
    const { db } = town.ledger;
    const year = Number((await town.today()).slice(0, 4)) + 1;
    const plan = reissue(original, year, `${original.city}-${year}`);
    const from: Day = `${year}-03-15`;
    await putUnits(db, units);
    await storeDraft(db, plan);
    const rehearsed = rehearse(plan, units, calendar, DEFAULT_POLICY, { from, silent, months });

    await liveYear(
      { desk, taskQueue: 'duban', until: town.until },
      {
        plan,
        calendar,
        from,
        to: rehearsed.to,
        launcher: { name: '督查领导', role: 'supervisor', unit: plan.office },
        signedBy: plan.issuer,
        behaviour: everythingInTime(silence(silent, units)),
      },
    );

    const lived = await readLived(db, plan.id);
    const real = { letters: lettersOf(lived, calendar), slips: slipsOf(lived, calendar), checkIns: checkInsOf(lived) };
    expect(diary(real)).toEqual(diary(rehearsed));
    expect(real.letters.length).toBeGreaterThan(100);
    expect(real.slips.length > 0).toBe(silent.length > 0);
    const otherwise = silent.length > 0 ? [] : units.map(({ id }) => id);
    const other = rehearse(plan, units, calendar, DEFAULT_POLICY, { from, silent: otherwise, months });
    expect(diary(real)).not.toEqual(diary(other));
    await expect(verifyLedger(db)).resolves.toMatchObject({ firstBad: null });
  } finally {
    await town.close();
  }
});
