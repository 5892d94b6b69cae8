-- One move on many tasks at once, as it was looked at: the same ids whenever it is made, so that nothing happens twice.
CREATE TABLE bulk_moves (
  id         uuid PRIMARY KEY,
  plan       text NOT NULL,
  -- Whose look it is; nobody else makes it.
  login      text NOT NULL,
  move       jsonb NOT NULL,
  made_at    timestamptz NOT NULL,
  -- When it was told to go; null: only looked at.
  started_at timestamptz
);

CREATE TABLE bulk_move_tasks (
  bulk     uuid NOT NULL REFERENCES bulk_moves (id),
  task     text NOT NULL,
  title    text NOT NULL,
  move_id  text NOT NULL,
  -- The last event that the look saw.
  seen_seq integer NOT NULL,
  -- Why a refusal is expected; null: none is.
  expected jsonb,
  -- changed: another person was first; null: not made yet.
  outcome  text CHECK (outcome IN ('recorded', 'refused', 'changed', 'unknown')),
  refusal  jsonb,
  PRIMARY KEY (bulk, task)
);
