-- The ledger: what happened, what is to be told, what was sent. Instants are timestamptz, calendar days are date.
-- A stream is `task/<task id>` or `plan/<plan id>`; columns named `plan` and `task` carry the bare ids.

CREATE TABLE plans (
  id          text PRIMARY KEY,
  -- The plan as a person stored it, JSON (domain/plan.ts).
  body        text NOT NULL,
  status      text NOT NULL CHECK (status IN ('draft', 'launching', 'launched')),
  -- Rises with every correction of a draft, so that two editors do not overwrite each other.
  revision    integer NOT NULL DEFAULT 1,
  -- What was corrected in the draft by whom, oldest first.
  corrections jsonb NOT NULL DEFAULT '[]',
  -- Frozen when the launch was accepted (R11); null in a draft.
  policy      jsonb,
  launch_on   date,
  launched_at timestamptz,
  signed_by   text,
  created_at  timestamptz NOT NULL DEFAULT now(),
  updated_at  timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE units (
  id   text PRIMARY KEY,
  city text NOT NULL,
  name text NOT NULL,
  -- domain/unit.ts
  body jsonb NOT NULL
);
CREATE INDEX units_by_city ON units (city);

CREATE TABLE calendars (
  year   text PRIMARY KEY CHECK (year ~ '^\d{4}$'),
  status text NOT NULL CHECK (status IN ('confirmed', 'provisional')),
  -- { off: [day], on: [day] }
  body   jsonb NOT NULL
);
-- One row: the name of the calendar's present state (R6).
CREATE TABLE calendar_version (
  one        boolean PRIMARY KEY DEFAULT true CHECK (one),
  version    text NOT NULL,
  changed_at timestamptz NOT NULL DEFAULT now()
);

-- The head of each stream: locked by every write (D3). State and the columns after it are the read model.
CREATE TABLE streams (
  id              text PRIMARY KEY,
  kind            text NOT NULL CHECK (kind IN ('task', 'plan')),
  plan            text NOT NULL,
  epoch           integer NOT NULL,
  head_seq        integer NOT NULL DEFAULT 0,
  head_hash       text NOT NULL DEFAULT '',
  head_at         timestamptz,
  -- domain/task.ts or domain/plan-reports.ts; null until the first event.
  state           jsonb,
  title           text,
  category        text,
  -- The task's status, or the plan process's (open, closed).
  status          text,
  -- The deadline's type; null for a plan.
  type            text,
  office          text,
  leads           text[] NOT NULL DEFAULT '{}',
  -- Parties and the members that answer for a collective, or the plan's addressees.
  units           text[] NOT NULL DEFAULT '{}',
  due_on          date,
  original_due_on date,
  completed_on    date,
  -- The earliest alarm to come: its day, and the instant from which it counts (R4, D22).
  next_alarm_on   date,
  next_alarm_at   timestamptz
);
CREATE INDEX streams_by_plan ON streams (plan, id);
CREATE INDEX streams_by_unit ON streams USING gin (units);
CREATE INDEX streams_by_due ON streams (due_on) WHERE kind = 'task';
CREATE INDEX streams_by_alarm ON streams (next_alarm_at) WHERE next_alarm_at IS NOT NULL;

-- What happened. `bytes` is what was hashed (D10); everything else can be read off it.
CREATE TABLE events (
  stream       text NOT NULL REFERENCES streams (id),
  seq          integer NOT NULL CHECK (seq > 0),
  intent       text NOT NULL,
  type         text NOT NULL,
  at           timestamptz NOT NULL,
  format       integer NOT NULL,
  bytes        text NOT NULL,
  body         jsonb GENERATED ALWAYS AS (bytes::jsonb) STORED,
  prev_hash    text NOT NULL,
  hash         text NOT NULL,
  state_digest text NOT NULL,
  PRIMARY KEY (stream, seq)
);
CREATE INDEX events_by_intent ON events (stream, intent);

-- One row per intent that was answered: a known id gets its stored outcome, also when nothing happened (D3, D4).
CREATE TABLE intents (
  stream    text NOT NULL REFERENCES streams (id),
  intent    text NOT NULL,
  -- ring, move, issue, delivery, …
  type      text NOT NULL,
  at        timestamptz NOT NULL,
  outcome   text NOT NULL CHECK (outcome IN ('recorded', 'refused')),
  -- The events of it; null when there was nothing to do, or when it was refused.
  first_seq integer,
  last_seq  integer,
  refusal   jsonb,
  PRIMARY KEY (stream, intent)
);

-- Gapless document numbers of an office: series is `slip` or `urging`; value is the last one given (R20).
CREATE TABLE counters (
  office text NOT NULL,
  year   text NOT NULL,
  series text NOT NULL CHECK (series IN ('slip', 'urging')),
  value  integer NOT NULL DEFAULT 0,
  PRIMARY KEY (office, year, series)
);

CREATE TABLE letters (
  id          text PRIMARY KEY,
  slot_on     date NOT NULL,
  round       text NOT NULL CHECK (round IN ('09:00', '14:30', 'urgent')),
  slot_at     timestamptz NOT NULL,
  to_unit     text NOT NULL,
  to_office   text NOT NULL CHECK (to_office IN ('liaison', 'head', 'leader')),
  -- The coordination office in whose name it goes.
  office      text NOT NULL,
  person      text,
  -- Null: the directory names nobody with an address (R9, R33).
  address     text,
  subject     text NOT NULL,
  message_id  text NOT NULL UNIQUE,
  -- The Date header that stands in `bytes`.
  dated_at    timestamptz NOT NULL,
  -- The rendered MIME message: sending sends these and nothing else (D19).
  bytes       bytea NOT NULL,
  state       text NOT NULL CHECK (state IN ('waiting', 'sending', 'handed', 'failed', 'superseded', 'unsure')),
  attempts    integer NOT NULL DEFAULT 0,
  lease_until timestamptz,
  -- The server's last answer.
  answer      text,
  handed_at   timestamptz,
  failed_at   timestamptz,
  made_at     timestamptz NOT NULL DEFAULT now(),
  UNIQUE (to_unit, to_office, office, round, slot_at)
);
CREATE INDEX letters_by_state ON letters (state, slot_at) WHERE state IN ('waiting', 'sending', 'unsure');
CREATE INDEX letters_by_slot ON letters (slot_on, round);
CREATE INDEX letters_by_unit ON letters (to_unit, slot_at);

CREATE TABLE notices (
  -- `<stream>#<seq>.<ord>`: made from the events, so that nothing is told twice.
  id           text PRIMARY KEY,
  stream       text NOT NULL REFERENCES streams (id),
  plan         text NOT NULL,
  task         text,
  -- The last event of the step that it stems from, and its place among that step's notices.
  seq          integer NOT NULL,
  ord          integer NOT NULL,
  to_unit      text NOT NULL,
  to_office    text NOT NULL CHECK (to_office IN ('liaison', 'head', 'leader')),
  office       text NOT NULL,
  kind         text NOT NULL,
  rung         text,
  section      text NOT NULL,
  urgent       boolean NOT NULL,
  text         text NOT NULL,
  due_on       date,
  provisional  boolean NOT NULL,
  obligation   jsonb NOT NULL,
  slip         text,
  -- The event's instant and its day in the plan's zone.
  made_at      timestamptz NOT NULL,
  made_on      date NOT NULL,
  -- Null until a round binds it (D19).
  letter       text REFERENCES letters (id),
  recalled_at  timestamptz,
  -- Its round was past when an older ledger was filled again: listed, never mailed again (D12).
  assumed_sent boolean NOT NULL DEFAULT false,
  UNIQUE (stream, seq, ord)
);
-- What a round asks for.
CREATE INDEX notices_waiting ON notices (office, to_unit, to_office)
  WHERE letter IS NULL AND recalled_at IS NULL AND NOT assumed_sent;
CREATE INDEX notices_unbound_by_stream ON notices (stream) WHERE letter IS NULL AND recalled_at IS NULL;
CREATE INDEX notices_by_stream ON notices (stream, seq);
CREATE INDEX notices_by_letter ON notices (letter) WHERE letter IS NOT NULL;
CREATE INDEX notices_by_unit ON notices (to_unit, made_at);

-- The fate of a letter, owed to each stream it spoke of; fed_back_at stays null until the stream took it (D23).
CREATE TABLE letter_feedback (
  letter      text NOT NULL REFERENCES letters (id),
  stream      text NOT NULL REFERENCES streams (id),
  -- A letter can be handed over first and bounce later.
  outcome     text NOT NULL CHECK (outcome IN ('handed', 'failed')),
  on_day      date NOT NULL,
  fed_back_at timestamptz,
  PRIMARY KEY (letter, stream, outcome)
);
CREATE INDEX letter_feedback_owed ON letter_feedback (letter) WHERE fed_back_at IS NULL;

-- Files of the evidence store, by SHA-256 (D25).
CREATE TABLE evidence_files (
  digest    text PRIMARY KEY CHECK (digest ~ '^[0-9a-f]{64}$'),
  bytes     bigint NOT NULL,
  name      text,
  stored_at timestamptz NOT NULL DEFAULT now()
);

-- One hash a day over all heads of a plan and the seal before (D11). `body` is what was hashed.
CREATE TABLE seals (
  plan      text NOT NULL,
  sealed_on date NOT NULL,
  prev      text NOT NULL,
  hash      text NOT NULL,
  body      text NOT NULL,
  made_at   timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (plan, sealed_on)
);

-- Append-only (D10). The trigger holds for every role; whoever gets round it is found by the chains and seals.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER events_append_only BEFORE UPDATE OR DELETE ON events FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER events_not_emptied BEFORE TRUNCATE ON events FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER seals_append_only BEFORE UPDATE OR DELETE ON seals FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER seals_not_emptied BEFORE TRUNCATE ON seals FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
