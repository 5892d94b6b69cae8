/** The identity provider (OpenID Connect) that people may sign in by. */
import { ConfigError } from './config-error';
import type { Environment } from './environment';
import { together } from './together';

const OIDC_ROLES = ['coordinator', 'office-head', 'supervisor', 'unit', 'auditor'] as const;

interface OidcRole {
  value: string;
  role: (typeof OIDC_ROLES)[number];
  unit: string | null;
}

export interface OidcConfig {
  issuer: string;
  clientId: string;
  /** null: a public client, with PKCE alone. */
  clientSecret: string | null;
  scope: string;
  /** What the button is called; null: the issuer's host. */
  label: string | null;
  /** Claims, by dotted path where they lie deeper. */
  loginClaim: string;
  rolesClaim: string;
  roles: OidcRole[];
  /** How long after a sign-in by the provider API tokens of its users count. */
  tokenDays: number;
}

/** Throws ConfigError where the provider has no client, or a role is none. */
export function oidcOf(read: Environment): OidcConfig | null {
  const set = together({
    DUBAN_OIDC_ISSUER: read.DUBAN_OIDC_ISSUER,
    DUBAN_OIDC_CLIENT_ID: read.DUBAN_OIDC_CLIENT_ID,
    DUBAN_OIDC_ROLES: read.DUBAN_OIDC_ROLES,
  });
  if (!set) return null;
  return {
    issuer: set.DUBAN_OIDC_ISSUER,
    clientId: set.DUBAN_OIDC_CLIENT_ID,
    clientSecret: read.DUBAN_OIDC_CLIENT_SECRET ?? null,
    scope: read.DUBAN_OIDC_SCOPE,
    label: read.DUBAN_OIDC_LABEL ?? null,
    loginClaim: read.DUBAN_OIDC_LOGIN_CLAIM,
    rolesClaim: read.DUBAN_OIDC_ROLES_CLAIM,
    roles: rolesOf(set.DUBAN_OIDC_ROLES),
    tokenDays: read.DUBAN_OIDC_TOKEN_DAYS,
  };
}

/** A value may be the name of a directory's group, with commas and equals signs: the last sign counts. */
function rolesOf(list: string): OidcRole[] {
  const parts = list.split(';').map((part) => part.trim());
  return parts.filter(Boolean).map((part) => {
    const [, value = '', name = '', unit = null] = /^(.+)=\s*([a-z-]+)(?:@(\S+))?$/.exec(part) ?? [];
    const role = OIDC_ROLES.find((one) => one === name);
    if (!role || (role === 'auditor') !== (unit === null)) {
      const all = OIDC_ROLES.join(', ');
      throw new ConfigError(
        `DUBAN_OIDC_ROLES has "${part}"; expected VALUE=ROLE@UNIT of ${all}, an auditor without unit`,
      );
    }
    return { value: value.trim(), role, unit };
  });
}
