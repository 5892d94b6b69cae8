/** The tables of accounts as Kysely sees them; what a column means stands in the migration of the sign-in. */
import type { JSONColumnType } from 'kysely';
import type { TokenScope } from '../../domain/token-scopes';

export interface SecondFactorsTable {
  login: string;
  secret: string;
  last_step: number;
  made_at: string;
}

export interface RecoveryCodesTable {
  digest: string;
  login: string;
  used_at: string | null;
}

export interface FirstLinksTable {
  digest: string;
  login: string;
  made_at: string;
  made_by: string;
  ends_at: string;
  used_at: string | null;
}

export interface HalfSignInsTable {
  digest: string;
  login: string;
  secret: string | null;
  ends_at: string;
}

export interface SignInAttemptsTable {
  key: string;
  failures: number;
  last_at: string;
  blocked_until: string | null;
}

export interface ApiTokensTable {
  id: string;
  digest: string;
  login: string;
  name: string;
  scope: JSONColumnType<TokenScope[]>;
  made_at: string;
  ends_at: string;
  last_used_at: string | null;
  revoked_at: string | null;
}

export interface KeptFormsTable {
  digest: string;
  login: string;
  body: string;
  ends_at: string;
}
