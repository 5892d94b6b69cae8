/** `/plans/<plan>`: what stands above every view of a plan, and the view. */
import type { ComponentChildren } from 'preact';
import { colourLabel, lightReason } from '../../domain/labels';
import { nameOf } from '../../domain/notices';
import type { LightCount } from '../../ledger/lists/counts';
import type { PlanRow } from '../../ledger/plans';
import { Live } from '../pages/live';
import { Page } from '../pages/page';
import type { SignedIn } from '../session/signed-in';
import { addLights, LightBar, totalOf } from './light-counts';
import { hrefOf, type ListAddress, VIEWS, viewOf } from './list-address';
import { planList, planPath } from './plan-path';
import { words } from './words';

interface PlanPageProps {
  signedIn: SignedIn;
  plan: PlanRow;
  counts: readonly LightCount[];
  address: ListAddress;
  /** What of the address could not be understood, in sentences. */
  said: readonly string[];
  children: ComponentChildren;
}

export function PlanPage({ signedIn, plan, counts, address, said, children }: PlanPageProps) {
  const w = words[signedIn.language];
  return (
    <Page signedIn={signedIn} title={plan.title} styles={['lists']} wide>
      <PlanHead signedIn={signedIn} plan={plan} />
      {plan.status === 'draft' ? (
        <section>
          <p>{w.draftHere}</p>
          <DraftLinks signedIn={signedIn} plan={plan} />
        </section>
      ) : (
        <Live signedIn={signedIn} of={{ plan: plan.id }}>
          <LightsOfPlan signedIn={signedIn} plan={plan} counts={counts} />
          <nav class="views" aria-label={w.views}>
            {VIEWS.map((view) => (
              <a
                key={view}
                href={hrefOf({ ...address, given: {} }, view === 'list' ? {} : { view })}
                aria-current={view === viewOf(address) ? 'page' : undefined}
              >
                {w[view]}
              </a>
            ))}
          </nav>
          {said.map((sentence) => (
            <p key={sentence} class="notice" role="status">
              {sentence}
            </p>
          ))}
          {children}
        </Live>
      )}
    </Page>
  );
}

function PlanHead({ signedIn, plan }: { signedIn: SignedIn; plan: PlanRow }) {
  const w = words[signedIn.language];
  const { desk } = signedIn;
  const ground = { office: plan.office };
  const documents = plan.status !== 'draft' && desk.may('exportPlan', ground) === null;
  return (
    <div class="plan-head">
      <p class="soft">
        {[plan.number, nameOf(plan.office), plan.launchOn && `${w.launched} ${plan.launchOn}`, plan.id]
          .filter(Boolean)
          .join(' · ')}
        {plan.status === 'launching' && <span class="chip">{w.launching}</span>}
      </p>
      {documents && (
        <p class="links">
          <a href={planPath(plan.id, 'bulletin')}>{w.bulletin}</a>
          <a href={planPath(plan.id, 'ledger')}>{w.ledger}</a>
          <a href={planPath(plan.id, 'evidence')}>{w.evidence}</a>
          {desk.may('rehearse', ground) === null && <a href={planPath(plan.id, 'rehearsal')}>{w.rehearsal}</a>}
        </p>
      )}
    </div>
  );
}

function DraftLinks({ signedIn: { desk, language }, plan }: { signedIn: SignedIn; plan: PlanRow }) {
  const w = words[language];
  const ground = { office: plan.office };
  return (
    <p class="links">
      <a href={planPath(plan.id, 'draft')}>{w.openDraft}</a>
      {desk.may('rehearse', ground) === null && <a href={planPath(plan.id, 'rehearsal')}>{w.rehearsal}</a>}
      {desk.may('launch', ground) === null && <a href={planPath(plan.id, 'launch')}>{w.launch}</a>}
    </p>
  );
}

/** By colour and reason, each leading to its tasks. */
function LightsOfPlan({ signedIn: { language }, plan, counts }: Pick<PlanPageProps, 'signedIn' | 'plan' | 'counts'>) {
  const w = words[language];
  const lights = addLights(counts);
  return (
    <section class="lights-of-plan">
      <h2>{`${w.lights} · ${w.found(totalOf(lights))}`}</h2>
      <LightBar lights={lights} most={totalOf(lights)} language={language} />
      <ul class="reasons">
        {counts.map(({ colour, reason, count }) => (
          <li key={`${colour} ${reason}`}>
            <a href={planList(plan.id, { light: colour, reason })}>
              <span class={`lamp ${colour}`} aria-hidden="true" />
              {`${colourLabel(colour, language)} ${lightReason({ colour, reason }, language)} `}
              <strong>{count}</strong>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
