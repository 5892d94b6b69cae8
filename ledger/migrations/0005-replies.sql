-- Mail that comes back. What a letter was first: handed over, and returned later (RFC 3464); `answer` stays the server's.
ALTER TABLE letters
  ADD COLUMN bounced_at timestamptz,
  -- Status and diagnostic of the report, as far as a person needs them.
  ADD COLUMN bounce text;

-- A third fate: told after a hand-over, and after a failure that a hand-over ended.
ALTER TABLE letter_feedback DROP CONSTRAINT letter_feedback_outcome_check;
ALTER TABLE letter_feedback ADD CONSTRAINT letter_feedback_outcome_check CHECK (outcome IN ('handed', 'failed', 'bounced'));

-- Each mail of the mailbox once, whatever the mailbox calls it: `id` is made of its Message-ID and sender, or of its bytes.
CREATE TABLE replies (
  id           text PRIMARY KEY CHECK (id ~ '^[0-9a-f]{24}$'),
  message_id   text,
  -- INTERNALDATE: when the mail server had it. The Date header is the sender's word and is not kept.
  received_at  timestamptz NOT NULL,
  read_at      timestamptz NOT NULL,
  from_address text,
  subject      text NOT NULL,
  -- The letter that it answers or reports on, and who answered, where that is certain.
  letter       text REFERENCES letters (id),
  unit         text,
  person       text,
  -- The coordination office in whose inbox it lies; null: nobody knows whose it is.
  office       text,
  taken_as     text NOT NULL CHECK (taken_as IN
    ('answer', 'unmatched', 'bounce', 'delivery-report', 'bounce-in-words', 'auto-reply', 'receipt', 'own', 'unreadable')),
  -- pending: its moves are on their way. done: nothing is left. open: in the inbox. settled: a person saw to it.
  state        text NOT NULL CHECK (state IN ('pending', 'done', 'open', 'settled')),
  -- Why it lies in the inbox, one sentence each.
  doubts       jsonb NOT NULL DEFAULT '[]',
  -- What the sender wrote himself.
  body         text NOT NULL,
  -- [{ digest, name, bytes }], in the evidence store.
  attachments  jsonb NOT NULL DEFAULT '[]',
  -- [{ task, move, moveId, outcome, refusal }]: decided before the first one is made.
  moves        jsonb NOT NULL DEFAULT '[]',
  settled_at   timestamptz,
  settled_by   text,
  settled_how  text
);
CREATE INDEX replies_by_letter ON replies (letter) WHERE letter IS NOT NULL;
CREATE INDEX replies_in_inbox ON replies (received_at) WHERE state IN ('pending', 'open');

-- How far a mailbox was read. UIDs count only under their UIDVALIDITY (RFC 9051).
CREATE TABLE reply_mailboxes (
  mailbox      text PRIMARY KEY,
  uid_validity text NOT NULL,
  last_uid     bigint NOT NULL,
  read_at      timestamptz NOT NULL
);
