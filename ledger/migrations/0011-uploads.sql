-- A document that somebody uploaded and has not stored as a draft yet: it survives a reload and a restart, belongs to
-- its user, and ends by itself.
CREATE TABLE uploads (
  id         uuid PRIMARY KEY,
  login      text NOT NULL,
  file       text NOT NULL,
  sha256     text NOT NULL,
  size       integer NOT NULL,
  -- Emptied when the draft is stored.
  bytes      bytea NOT NULL,
  -- What the document lacks, as its user says it.
  given      jsonb NOT NULL DEFAULT '{}',
  -- [{ at, note, edit }]: corrections that will be made in the draft.
  edits      jsonb NOT NULL DEFAULT '[]',
  -- { written name: unit id, or "add" }.
  choices    jsonb NOT NULL DEFAULT '{}',
  -- Rises with every change, so that two tabs do not overwrite each other.
  revision   integer NOT NULL DEFAULT 1,
  -- What was read, as JSON; null until then. Text, because jsonb refuses signs that a broken document may have.
  reading    text,
  -- The plan that it became.
  plan       text,
  made_at    timestamptz NOT NULL,
  changed_at timestamptz NOT NULL
);
CREATE INDEX uploads_by_login ON uploads (login, changed_at DESC);
CREATE INDEX uploads_by_age ON uploads (changed_at);
