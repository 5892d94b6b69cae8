-- Answers by link. A letter's links were opened by somebody or by his mail scanner: it counts for nothing, but it is seen.
CREATE TABLE letter_opens (
  letter     text NOT NULL REFERENCES letters (id),
  -- Digest of what the link says; the link itself is a key and is kept nowhere but in the letter.
  link       text NOT NULL,
  answer     text NOT NULL,
  opened_at  timestamptz NOT NULL,
  address    text NOT NULL,
  user_agent text
);
CREATE INDEX letter_opens_by_letter ON letter_opens (letter, opened_at);
CREATE INDEX letter_opens_by_link ON letter_opens (link);

-- What was answered by link. Reserved (pending) before the move and settled after it; whoever finds a pending row makes
-- the same move under the same id again, so a crash between the two is no question.
CREATE TABLE link_answers (
  move_id    text PRIMARY KEY,
  link       text NOT NULL,
  -- '' for what is answered once; the form's own id for additions, of which there may be many (evidence).
  slot       text NOT NULL,
  letter     text NOT NULL REFERENCES letters (id),
  -- The task, or the plan of a report on it as a whole.
  about      text NOT NULL,
  unit       text NOT NULL,
  role       text NOT NULL,
  answer     text NOT NULL,
  -- domain/intents.ts, or { move: 'reportOnPlan', text }.
  move       jsonb NOT NULL,
  who        text NOT NULL,
  address    text NOT NULL,
  user_agent text,
  at         timestamptz NOT NULL,
  outcome    text NOT NULL CHECK (outcome IN ('pending', 'recorded', 'refused')),
  refusal    jsonb,
  settled_at timestamptz
);
-- A refused move frees its place.
CREATE UNIQUE INDEX link_answers_once ON link_answers (link, slot) WHERE outcome <> 'refused';
CREATE INDEX link_answers_by_letter ON link_answers (letter);

-- A letter whose links count no more: sent to the wrong person, or in wrong hands.
CREATE TABLE link_revocations (
  letter     text PRIMARY KEY REFERENCES letters (id),
  revoked_at timestamptz NOT NULL,
  revoked_by text NOT NULL,
  reason     text NOT NULL
);
