-- Requests of programs that carried an Idempotency-Key: the same key with the same content is answered as before, with
-- another content it is refused. Kept for thirty days.
CREATE TABLE api_requests (
  -- Method and path.
  address text NOT NULL,
  key     text NOT NULL,
  login   text NOT NULL,
  -- SHA-256 of what was asked.
  digest  text NOT NULL,
  -- Null while it is being worked on; of a move it stays null, because the ledger keeps a move's answer itself.
  status  integer,
  body    text,
  at      timestamptz NOT NULL,
  PRIMARY KEY (address, key)
);
CREATE INDEX api_requests_by_age ON api_requests (at);
-- The auditor's browser of events: by day, and by who acted.
CREATE INDEX events_by_time ON events (at, stream, seq);
CREATE INDEX events_by_actor ON events ((body -> 'actor' ->> 'name'), at, stream, seq);

-- Verifications of the record that people asked for: how far each is, and what it found.
CREATE TABLE verifications (
  id         text PRIMARY KEY,
  -- Null: the whole ledger.
  plan       text,
  asked_by   text NOT NULL,
  asked_at   timestamptz NOT NULL,
  -- Rises while somebody works on it; an old one without a report was broken off.
  seen_at    timestamptz NOT NULL,
  streams    integer NOT NULL DEFAULT 0,
  of_streams integer NOT NULL DEFAULT 0,
  report     jsonb,
  failure    text
);
CREATE INDEX verifications_by_time ON verifications (asked_at);
