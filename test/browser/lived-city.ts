/** Zhuzhou in the middle of its year, as the ledger has it: some units work, some are silent; Zhuhai's plan is a draft. */

import { storedTask } from '../../client/stored';
import { dayOf, instantOf } from '../../domain/days';
import type { Move } from '../../domain/intents';
import type { Plan } from '../../domain/plan';
import { isLead } from '../../domain/task';
import type { Unit } from '../../domain/unit';
import { storeDraft } from '../../ledger/plans';
import { putUnits } from '../../ledger/units';
import zhuhai from '../../seeds/plans/zhuhai-2020.json';
import zhuhaiUnits from '../../seeds/units/zhuhai.json';
import { Asker, COORDINATOR, launchPlan, PLAN, unitActor } from '../ledger/asker';
import type { TestLedger } from '../ledger/test-ledger';

/** Three weeks after the first deadline: slips are out, and September is ahead. */
const TODAY = '2020-07-20';
export const NOW = instantOf(TODAY, '10:00');

export async function liveUntilToday(ledger: TestLedger): Promise<void> {
  await launchPlan(ledger);
  await putUnits(ledger.db, zhuhaiUnits as Unit[]);
  await storeDraft(ledger.db, zhuhai as Plan);
  for (const [index, { id }] of PLAN.tasks.entries()) await live(ledger, id, index);
}

/** Every fourth task is done in time, every fourth asks for more time, every fourth hands in late, the rest is silent. */
async function live(ledger: TestLedger, id: string, index: number): Promise<void> {
  const task = Asker.on(ledger, id);
  await task.issue();
  const state = await storedTask(ledger.db, id);
  const lead = state?.parties.find(({ unit }) => isLead(state, unit))?.answerers[0];
  if (!lead) throw new Error(`${id} has no lead`);
  const does = (day: string, move: Move, actor = unitActor(lead)) =>
    task.move(`${id}/${day}/${move.move}`, day, actor, move);
  if (index % 4 === 3) {
    await task.ring(TODAY);
    return;
  }
  await task.ring('2020-03-16');
  await does('2020-03-16', { move: 'acknowledge', unit: lead, handler: '王莉' });
  await task.ring('2020-06-15');
  await does('2020-06-15', { move: 'report', unit: lead, text: '系统对接已完成，正在开展联调测试。', percent: 70 });
  const items = [
    { kind: 'number', value: '株营商办〔2020〕17号', name: null, bytes: null },
    { kind: 'link', value: 'https://www.zhuzhou.gov.cn/c1207/20200615/i1551.html', name: null, bytes: null },
  ] as const;
  const handedIn = index % 4 === 0 ? '2020-06-18' : dayOf(NOW);
  if (index % 4 === 1) {
    await does('2020-06-16', {
      move: 'requestExtension',
      unit: lead,
      to: '2020-08-31',
      reason: '省级系统升级，接口延迟开放。',
      progress: '本地改造已完成。',
    });
    if (index % 8 === 1) await does('2020-06-17', { move: 'approveExtension' }, COORDINATOR);
    await task.ring(TODAY);
    return;
  }
  await task.ring(handedIn);
  await does(handedIn, { move: 'addEvidence', unit: lead, items: [...items] });
  await does(handedIn, { move: 'submitEvidence', unit: lead });
  if (index % 4 === 0) await does('2020-06-19', { move: 'acceptEvidence', version: 1 }, COORDINATOR);
  await task.ring(TODAY);
}
