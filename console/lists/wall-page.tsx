/** `/wall` 大屏: lights by unit and by plan, large and dark, for a screen that nobody touches. */
import { colourLabel } from '../../domain/labels';
import type { Language } from '../../domain/language';
import { nameOf } from '../../domain/notices';
import type { UnitId } from '../../domain/plan';
import type { Lights } from '../../ledger/lists/counts';
import { Head } from '../pages/head';
import { Live } from '../pages/live';
import type { SignedIn } from '../session/signed-in';
import { addLights, LightBar, totalOf } from './light-counts';
import { COLOURS } from './list-address';
import { planList, planPath } from './plan-path';
import type { SeenPlan } from './plans-page';
import { words } from './words';

export interface WallProps {
  signedIn: SignedIn;
  /** `HH:MM` of the plan's zone. */
  time: string;
  plans: readonly SeenPlan[];
  units: readonly (Lights & { unit: UnitId })[];
}

/** Of what happens at once it shows the first and, with the next look, the others; the calendar changes lights too. */
const PACE = { leastMs: 5_000, mostSeconds: 60 };

export function WallPage({ signedIn, time, plans, units }: WallProps) {
  const { language } = signedIn;
  const w = words[language];
  const all = addLights(plans.flatMap(({ lights }) => COLOURS.map((colour) => ({ colour, count: lights[colour] }))));
  return (
    <html lang={language}>
      <Head title={w.wall} styles={['wall']} scheme="dark">
        <noscript>
          <meta http-equiv="refresh" content={String(PACE.mostSeconds)} />
        </noscript>
      </Head>
      <body>
        <Live signedIn={signedIn} of="everything" pace={PACE}>
          <header>
            <h1>{w.wall}</h1>
            <p>
              {w.asOf(`${signedIn.today} ${time}`)} <a href="/">{w.leave}</a>
            </p>
          </header>
          <main>
            {totalOf(all) === 0 ? (
              <p class="empty">{w.wallNothing}</p>
            ) : (
              <>
                <section aria-label={w.taskLights} class="totals">
                  {COLOURS.map((colour) => (
                    <div key={colour} class={`total ${colour}`}>
                      <strong>{all[colour]}</strong>
                      <span>{colourLabel(colour, language)}</span>
                    </div>
                  ))}
                </section>
                <section>
                  <h2>{w.byPlan}</h2>
                  <ul class="tiles plans">
                    {plans.map(({ id, title, lights }) => (
                      <li key={id} class={worst(lights)}>
                        <a href={planPath(id)}>{title}</a>
                        <LightBar lights={lights} most={totalOf(lights)} language={language} />
                        <LightWords lights={lights} language={language} />
                      </li>
                    ))}
                  </ul>
                </section>
                <section>
                  <h2>{w.byUnit}</h2>
                  <ul class="tiles">
                    {units.map(({ unit, ...lights }) => (
                      <li key={unit} class={worst(lights)}>
                        <UnitName unit={unit} plans={plans} />
                        <LightWords lights={lights} language={language} />
                      </li>
                    ))}
                  </ul>
                </section>
              </>
            )}
          </main>
        </Live>
      </body>
    </html>
  );
}

/** Where there is one plan, a unit leads to its tasks there. */
function UnitName({ unit, plans }: { unit: UnitId; plans: readonly SeenPlan[] }) {
  const [plan, ...others] = plans;
  if (!plan || others.length > 0) return <b>{nameOf(unit)}</b>;
  return <a href={planList(plan.id, { unit })}>{nameOf(unit)}</a>;
}

/** Each number in its colour, with its word. */
function LightWords({ lights, language }: { lights: Lights; language: Language }) {
  return (
    <span class="words">
      {COLOURS.filter((colour) => lights[colour] > 0).map((colour) => (
        <span key={colour} class={colour}>{`${colourLabel(colour, language)} ${lights[colour]}`}</span>
      ))}
    </span>
  );
}

function worst(lights: Lights): string {
  return COLOURS.find((colour) => lights[colour] > 0) ?? 'none';
}
