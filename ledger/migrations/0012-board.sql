-- The board: one narrow row for each task, as lists read it. Written by `record` with the state (ledger/board.ts).
--
-- Nothing in it is a light of a day that has passed: `light_from`, `colours` and `reasons` are the light of every day
-- for as long as nothing happens to the task, `colours[width_bucket(day, light_from)]`. The columns from `urgency` on
-- are that of the board's day, for indexes; a row whose `light_until` has come is turned before it is read
-- (ledger/board-day.ts).
CREATE TABLE board (
  stream           text PRIMARY KEY REFERENCES streams (id),
  -- The head of which it was made.
  seq              integer NOT NULL,
  task             text NOT NULL,
  plan             text NOT NULL,
  office           text NOT NULL,
  title            text NOT NULL,
  category         text,
  status           text NOT NULL,
  type             text NOT NULL,
  leads            text[] NOT NULL,
  -- The leads in one text, with tabs between them: grouping texts costs a fraction of grouping arrays.
  lead_key         text NOT NULL,
  -- Title and id in small letters: what is searched in.
  search           text NOT NULL,
  -- As streams.units.
  units            text[] NOT NULL,
  due_on           date,
  original_due_on  date,
  completed_on     date,
  -- due_on, or infinity: what lists are sorted by.
  due_key          date NOT NULL,
  -- Evidence that waits for review and an extension that waits for its decision: until when (R25, R27).
  review_due_on    date,
  extension_due_on date,
  -- The slip that stands last on the ladder: { number, colour, issuedOn, limitOn }.
  slip             jsonb,
  -- The first day after the last day on which a hand-in is in time.
  overdue_from     date,
  -- How many slips there were, and how many urgings and instructions by hand.
  slips            integer NOT NULL,
  instructions     integer NOT NULL,
  -- Units whose letters do not arrive, and since when (R33).
  unreached        jsonb NOT NULL,
  -- First day of each spell of light, from -infinity on.
  light_from       date[] NOT NULL,
  colours          text[] NOT NULL,
  reasons          text[] NOT NULL,
  -- The spell of the board's day. Urgency: 0 red, 1 yellow, 2 blue, 3 grey, 4 green, 5 none.
  urgency          smallint NOT NULL,
  colour           text NOT NULL,
  reason           text NOT NULL,
  -- From -infinity, and to infinity.
  light_since      date NOT NULL,
  light_until      date NOT NULL
) WITH (fillfactor = 80);

CREATE INDEX board_by_id ON board (plan, stream);
CREATE INDEX board_by_urgency ON board (plan, urgency, due_key, stream);
CREATE INDEX board_by_due ON board (plan, due_key, stream) INCLUDE (urgency, office);
CREATE INDEX board_of_office_by_urgency ON board (office, urgency, due_key, stream);
CREATE INDEX board_of_office_by_due ON board (office, due_key, stream) INCLUDE (urgency, plan);
CREATE INDEX board_by_unit ON board USING gin (units);
-- For counting from the index alone.
CREATE INDEX board_lights ON board (office, plan, urgency, reason);
CREATE INDEX board_categories ON board (plan, category, urgency) INCLUDE (office);
CREATE INDEX board_leads ON board (office, plan, lead_key, urgency);
CREATE INDEX board_to_turn ON board (light_until) WHERE light_until < 'infinity';
CREATE INDEX board_to_review ON board (office, review_due_on) WHERE review_due_on IS NOT NULL;
CREATE INDEX board_to_extend ON board (office, extension_due_on) WHERE extension_due_on IS NOT NULL;

-- Who owes an answer, task by task (domain/silences.ts); from `silent_on` on the unit counts as silent.
CREATE TABLE silences (
  stream    text NOT NULL REFERENCES streams (id),
  unit      text NOT NULL,
  kind      text NOT NULL CHECK (kind IN ('acknowledge', 'report', 'declare', 'contribute', 'slip')),
  plan      text NOT NULL,
  office    text NOT NULL,
  since_on  date NOT NULL,
  silent_on date NOT NULL,
  PRIMARY KEY (stream, unit, kind)
);
CREATE INDEX silences_of_office ON silences (office, silent_on, unit, kind, since_on);
CREATE INDEX silences_of_plan ON silences (plan, silent_on, unit, kind, since_on);
CREATE INDEX silences_of_unit ON silences (unit, silent_on);

-- Letters that did not arrive, for the office that has to see to it.
CREATE INDEX letters_in_trouble ON letters (office, slot_at) WHERE state IN ('failed', 'unsure');
CREATE INDEX replies_of_office ON replies (office, received_at) WHERE state IN ('pending', 'open');

-- What lists say of a plan, without reading tens of megabytes of its tasks.
ALTER TABLE plans
  ADD COLUMN title text GENERATED ALWAYS AS (body::jsonb ->> 'title') STORED,
  ADD COLUMN number text GENERATED ALWAYS AS (body::jsonb ->> 'number') STORED,
  ADD COLUMN city text GENERATED ALWAYS AS (body::jsonb ->> 'city') STORED,
  ADD COLUMN office text GENERATED ALWAYS AS (body::jsonb ->> 'office') STORED,
  ADD COLUMN issued_on text GENERATED ALWAYS AS (body::jsonb ->> 'issuedOn') STORED,
  ADD COLUMN task_count integer GENERATED ALWAYS AS (jsonb_array_length(body::jsonb -> 'tasks')) STORED;
CREATE INDEX plans_of_office ON plans (office, id);
