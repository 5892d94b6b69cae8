/** What the sign-in, and everything behind it, stands on. */
import type { IdentityProvider } from '../../accounts/oidc';
import type { FactorRule } from '../../accounts/second-factor';
import type { Desk } from '../../client';
import type { LinkKeys } from '../../links/keys';

export interface AccountParts {
  /** Seal what accounts keep; not the keys of links. */
  keys: LinkKeys;
  factorRule: FactorRule;
  /** null: people sign in by passwords alone. */
  provider: {
    label: string;
    redirectUri: string;
    by: IdentityProvider;
    /** Tokens of whoever did not sign in by it for so long count no more, until he does. */
    tokenDays: number;
  } | null;
}

export interface SignInParts {
  desk: Desk;
  baseUrl: string | null;
  /** The instant now, ISO. */
  now: () => string;
  accounts: AccountParts;
}
