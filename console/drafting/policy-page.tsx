/** `/plans/:plan/draft/policy`: the numbers of a draft's rules, to be changed before its launch freezes them. */

import { DEFAULT_POLICY } from '../../domain/policy';
import { type PolicyNumber, policyNumbers } from '../../domain/policy-numbers';
import { policyOf } from '../../domain/policy-schema';
import type { StoredPlan } from '../../ledger/plans';
import { CsrfField } from '../pages/form-parts';
import { Page } from '../pages/page';
import type { SignedIn } from '../session/signed-in';
import { Said } from './edit-form';
import { policyWords } from './policy-words';

interface PolicyPageProps {
  signedIn: SignedIn;
  stored: StoredPlan;
  /** What was typed and not saved, by path. */
  typed: Readonly<Record<string, string>>;
  said: readonly string[];
  isSaved: boolean;
}

export function DraftPolicyPage({ signedIn, stored, typed, said, isSaved }: PolicyPageProps) {
  const w = policyWords[signedIn.language];
  const { plan, revision } = stored;
  const numbers = policyNumbers(policyOf(plan.policy));
  const usual = new Map(policyNumbers(DEFAULT_POLICY).map(({ path, value }) => [path, value]));
  const rules = [...new Set(numbers.map(({ rule }) => rule))];
  const here = `/plans/${plan.id}/draft/policy`;
  return (
    <Page signedIn={signedIn} title={w.title} styles={['drafting']}>
      <p class="soft">
        <a href={`/plans/${plan.id}/draft`}>{plan.title}</a> · {plan.id}
      </p>
      <p>{w.help}</p>
      {isSaved && (
        <p class="done" role="status">
          {w.saved}
        </p>
      )}
      <Said lines={said} />
      <form method="post" action={here}>
        <CsrfField signedIn={signedIn} />
        <input type="hidden" name="revision" value={revision} />
        {rules.map((rule) => (
          <fieldset key={rule}>
            <legend>{w.rules[rule] ?? rule}</legend>
            <div class="numbers">
              {numbers
                .filter((one) => one.rule === rule)
                .map((one) => (
                  <NumberField key={one.path} {...{ signedIn, one, typed }} usual={usual.get(one.path) ?? one.value} />
                ))}
            </div>
          </fieldset>
        ))}
        <label for="note">{w.note}</label>
        <input id="note" name="note" maxLength={500} value={typed.note ?? ''} />
        <p class="row">
          <button type="submit">{w.save}</button>
          {plan.policy && (
            <button type="submit" class="second" name="defaults" value="yes" formNoValidate>
              {w.defaults}
            </button>
          )}
        </p>
      </form>
    </Page>
  );
}

interface NumberProps {
  signedIn: SignedIn;
  one: PolicyNumber;
  usual: string;
  typed: Readonly<Record<string, string>>;
}

function NumberField({ signedIn, one, usual, typed }: NumberProps) {
  const w = policyWords[signedIn.language];
  const { path, kind, zh, en, value } = one;
  return (
    <div>
      <label for={path}>{signedIn.language === 'en' ? `${en.charAt(0).toUpperCase()}${en.slice(1)}` : zh}</label>
      <input id={path} name={path} value={typed[path] ?? value} maxLength={100} required={kind !== 'list'} />
      {value !== usual && <small class="soft">{w.usually(usual)}</small>}
    </div>
  );
}
