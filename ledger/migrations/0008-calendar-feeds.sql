-- The address of a unit's calendar names a serial; revoked, it is the next one, and the old address is nobody's any more.
CREATE TABLE calendar_feeds (
  unit text PRIMARY KEY REFERENCES units (id),
  serial integer NOT NULL CHECK (serial > 0),
  made_at timestamptz NOT NULL,
  made_by text NOT NULL
);
-- A feed also tells who handed a task on that it is gone; few tasks were ever handed on.
CREATE INDEX streams_by_former ON streams USING gin ((state -> 'formerUnits'))
  WHERE kind = 'task' AND state -> 'formerUnits' <> '[]'::jsonb;
