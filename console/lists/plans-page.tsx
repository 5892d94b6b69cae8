/** `/plans`: every plan in sight with the lights of its tasks. */

import type { Lights } from '../../ledger/lists/counts';
import type { PlanRow } from '../../ledger/plans';
import { Page } from '../pages/page';
import { Table } from '../pages/table';
import type { SignedIn } from '../session/signed-in';
import { CountCells, countHeads, NO_LIGHTS, totalOf } from './light-counts';
import { planList, planPath } from './plan-path';
import { words } from './words';

export interface SeenPlan extends PlanRow {
  lights: Lights;
}

export function PlansPage({ signedIn, plans }: { signedIn: SignedIn; plans: readonly SeenPlan[] }) {
  const w = words[signedIn.language];
  const isOfficer = signedIn.desk.may('importPlan', {}) === null;
  return (
    <Page signedIn={signedIn} title={w.plans} styles={['lists']} wide>
      <section>
        {plans.length === 0 ? (
          <p class="empty">{isOfficer ? w.noPlans : w.noPlansForUnit}</p>
        ) : (
          <PlanTable signedIn={signedIn} plans={plans} />
        )}
      </section>
    </Page>
  );
}

/** Plans with their lights; also on the cockpit. */
export function PlanTable({ signedIn, plans }: { signedIn: SignedIn; plans: readonly SeenPlan[] }) {
  const { language } = signedIn;
  const w = words[language];
  return (
    <Table class="plans" heads={[w.plan, w.launched, ...countHeads(language)]}>
      {plans.map(({ id, title, number, status, tasks, launchOn, lights }) => (
        <tr key={id}>
          <td class="long">
            <a href={planPath(id)}>{title}</a>
            <div class="soft">{number === null ? id : `${number} · ${id}`}</div>
          </td>
          <td class="day">{status === 'draft' ? <span class="chip">{w.draft}</span> : launchOn}</td>
          <CountCells
            lights={lights}
            language={language}
            most={Math.max(totalOf(lights), 1)}
            href={(light) => planList(id, { light })}
            total={status === 'draft' ? tasks : totalOf(lights)}
          />
        </tr>
      ))}
    </Table>
  );
}

/** Plans with their lights put together; a draft has none. */
export function withLights(plans: readonly PlanRow[], lights: ReadonlyMap<string, Lights>): SeenPlan[] {
  return plans.map((plan) => ({ ...plan, lights: lights.get(plan.id) ?? NO_LIGHTS }));
}
