-- How people prove who they are. Secrets are kept as digests, slow hashes, or sealed by keys that are not in the database.
ALTER TABLE users
  -- argon2id in PHC format; null: none was set, and nobody signs in by one.
  ADD COLUMN password text,
  -- Issuer and subject at the identity provider.
  ADD COLUMN identity text UNIQUE;

-- The authenticator of a user. A code counts once: its step, and every one before it, is refused from then on.
CREATE TABLE second_factors (
  login     text PRIMARY KEY REFERENCES users (login),
  secret    text NOT NULL,
  last_step bigint NOT NULL,
  made_at   timestamptz NOT NULL
);

CREATE TABLE recovery_codes (
  digest  text PRIMARY KEY,
  login   text NOT NULL REFERENCES users (login),
  used_at timestamptz
);
CREATE INDEX recovery_codes_by_login ON recovery_codes (login);

-- One-time links by which a password is set: the first one, or another when it was forgotten.
CREATE TABLE first_links (
  digest  text PRIMARY KEY,
  login   text NOT NULL REFERENCES users (login),
  made_at timestamptz NOT NULL,
  made_by text NOT NULL,
  ends_at timestamptz NOT NULL,
  used_at timestamptz
);
CREATE INDEX first_links_by_login ON first_links (login);

-- Whoever has shown his password, and not yet his second factor. He is not signed in.
CREATE TABLE half_sign_ins (
  digest  text PRIMARY KEY,
  login   text NOT NULL REFERENCES users (login),
  -- While an authenticator is being set up: its secret, sealed.
  secret  text,
  ends_at timestamptz NOT NULL
);
CREATE INDEX half_sign_ins_by_login ON half_sign_ins (login);

-- Wrong attempts, by digests of what was tried: a password typed into the wrong field is not readable here.
CREATE TABLE sign_in_attempts (
  key           text PRIMARY KEY,
  failures      integer NOT NULL,
  last_at       timestamptz NOT NULL,
  blocked_until timestamptz
);
CREATE INDEX sign_in_attempts_by_last ON sign_in_attempts (last_at);

-- Programs that act for a user, within a scope (domain/token-scope.ts).
CREATE TABLE api_tokens (
  id           text PRIMARY KEY,
  digest       text NOT NULL UNIQUE,
  login        text NOT NULL REFERENCES users (login),
  name         text NOT NULL,
  scope        jsonb NOT NULL,
  made_at      timestamptz NOT NULL,
  ends_at      timestamptz NOT NULL,
  last_used_at timestamptz,
  revoked_at   timestamptz
);
CREATE INDEX api_tokens_by_login ON api_tokens (login);

-- What was typed into a form whose session had ended, sealed, for its own user to send again.
CREATE TABLE kept_forms (
  digest  text PRIMARY KEY,
  login   text NOT NULL REFERENCES users (login),
  body    text NOT NULL,
  ends_at timestamptz NOT NULL
);
CREATE INDEX kept_forms_by_login ON kept_forms (login);

-- Whose page a form is from.
CREATE INDEX sessions_by_csrf ON sessions (csrf);
