/**
 * Signing in by an identity provider: authorization code with PKCE, state and nonce (OpenID Connect Core, RFC 9700), by
 * a certified library. Who somebody is, is what the provider says; what he may do follows from the mapping of claims.
 */
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  fetchUserInfo,
  None,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import { type Claims, claimAt, mappedCapacities, type RoleMapping } from '../domain/claims';
import type { Capacity } from '../domain/rights';

export interface OidcSettings {
  issuer: string;
  clientId: string;
  clientSecret: string | null;
  scope: string;
  loginClaim: string;
  rolesClaim: string;
  roles: readonly RoleMapping[];
}

/** What a browser has to bring back: kept sealed in its cookie while it is at the provider. */
export interface OidcFlow {
  state: string;
  nonce: string;
  verifier: string;
}

/** Whom the provider has vouched for. */
export interface Identity {
  /** The issuer and its own, unchanging name for him. */
  subject: string;
  /** What he would be called here; empty if the provider does not say. */
  login: string;
  name: string;
  /** None: he is nobody here. */
  capacities: Capacity[];
  /** The provider says that he has shown more than one factor (RFC 8176). */
  hasTwoFactors: boolean;
}

export interface IdentityProvider {
  /** Where the browser is sent. */
  begin(redirectUri: string): Promise<{ address: string; flow: OidcFlow }>;
  /** Who came back. Throws what the library says of an answer that is not the provider's to this flow. */
  finish(redirectUri: string, query: string, flow: OidcFlow): Promise<Identity>;
}

/** A provider that does not answer keeps nobody waiting. */
const ANSWERS_WITHIN_SECONDS = 10;

/** Nothing is asked of the provider before somebody wants to sign in by it. */
export function identityProvider(settings: OidcSettings): IdentityProvider {
  let known: Promise<Configuration> | null = null;
  const configuration = () => {
    known ??= discover(settings).catch((error: unknown) => {
      // It may answer the next time.
      known = null;
      throw error;
    });
    return known;
  };
  return {
    async begin(redirectUri) {
      const flow = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier() };
      const address = buildAuthorizationUrl(await configuration(), {
        redirect_uri: redirectUri,
        scope: settings.scope,
        state: flow.state,
        nonce: flow.nonce,
        code_challenge: await calculatePKCECodeChallenge(flow.verifier),
        code_challenge_method: 'S256',
      });
      return { address: address.href, flow };
    },

    async finish(redirectUri, query, { state, nonce, verifier }) {
      const provider = await configuration();
      const came = new URL(redirectUri);
      came.search = query;
      const tokens = await authorizationCodeGrant(provider, came, {
        pkceCodeVerifier: verifier,
        expectedState: state,
        expectedNonce: nonce,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (!claims) throw new Error('the provider sent no ID token');
      const hasMore = provider.serverMetadata().userinfo_endpoint !== undefined;
      const more = hasMore ? await fetchUserInfo(provider, tokens.access_token, claims.sub) : {};
      return identityOf({ ...more, ...claims }, claims, settings);
    },
  };
}

function discover({ issuer, clientId, clientSecret }: OidcSettings): Promise<Configuration> {
  const url = new URL(issuer);
  return discovery(url, clientId, clientSecret ?? undefined, clientSecret === null ? None() : undefined, {
    timeout: ANSWERS_WITHIN_SECONDS,
    // Only a provider on this machine is spoken to without TLS; config.ts lets no other through.
    ...(url.protocol === 'http:' && { execute: [allowInsecureRequests] }),
  });
}

function identityOf(
  claims: Claims,
  { iss, sub }: { iss: string; sub: string },
  { loginClaim, rolesClaim, roles }: OidcSettings,
): Identity {
  const login = textOf(claimAt(claims, loginClaim)).trim().toLowerCase();
  const methods = claimAt(claims, 'amr');
  return {
    subject: `${iss} ${sub}`,
    login,
    name: textOf(claimAt(claims, 'name')).trim() || login,
    capacities: mappedCapacities(claims, rolesClaim, roles),
    hasTwoFactors: Array.isArray(methods) && methods.includes('mfa'),
  };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.normalize('NFC') : '';
}
