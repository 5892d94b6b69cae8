/** `/account/factor`: an authenticator in place of none, or of another. */
import { CsrfField } from '../pages/form-parts';
import { Page } from '../pages/page';
import { AuthenticatorSecret } from '../session/door-pages';
import type { SignedIn } from '../session/signed-in';
import { CurrentPassword, Outcome } from './account-page';
import { words } from './words';

interface FactorPageProps {
  signedIn: SignedIn;
  sealed: string;
  secret: string;
  /** For the password. */
  asks: boolean;
  problem: string | null;
}

export function FactorPage({ signedIn, sealed, secret, asks, problem }: FactorPageProps) {
  const said = words[signedIn.language];
  return (
    <Page signedIn={signedIn} title={said.factorSet} styles={['account']}>
      <Outcome told={{ problem: problem ?? undefined }} />
      <section>
        <p>{said.factorWhy}</p>
        <AuthenticatorSecret language={signedIn.language} login={signedIn.user.login} secret={secret} />
        <form method="post" action="/account/factor">
          <CsrfField signedIn={signedIn} />
          <input type="hidden" name="sealed" value={sealed} />
          <label for="code">{said.code}</label>
          <input id="code" name="code" inputMode="numeric" maxLength={10} autocomplete="one-time-code" required />
          {asks && <CurrentPassword signedIn={signedIn} id="current" />}
          <button type="submit">{said.save}</button>
        </form>
      </section>
    </Page>
  );
}
