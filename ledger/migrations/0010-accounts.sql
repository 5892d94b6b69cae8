-- Who can sign in. How he proves who he is stands in tables of its own.
CREATE TABLE users (
  -- Lowercase; what is typed at the sign-in.
  login        text PRIMARY KEY,
  name         text NOT NULL,
  -- [{ role, unit }], domain/rights.ts.
  capacities   jsonb NOT NULL,
  language     text NOT NULL DEFAULT 'zh-CN',
  disabled_at  timestamptz,
  created_at   timestamptz NOT NULL,
  created_by   text NOT NULL
);

-- A browser that is signed in. The cookie holds a random id; here is its digest, so that a copy of this table opens nothing.
CREATE TABLE sessions (
  digest     text PRIMARY KEY,
  login      text NOT NULL REFERENCES users (login),
  -- In every form of the session, so that no other site can send one.
  csrf       text NOT NULL,
  made_at    timestamptz NOT NULL,
  seen_at    timestamptz NOT NULL,
  ends_at    timestamptz NOT NULL,
  ended_at   timestamptz,
  address    text NOT NULL,
  user_agent text
);
CREATE INDEX sessions_by_login ON sessions (login, ended_at);
CREATE INDEX sessions_by_end ON sessions (ends_at);
