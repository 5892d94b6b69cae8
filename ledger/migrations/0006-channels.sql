-- Channels 通道: the ways by which a letter can go, in its addressee's order. What each would carry is stored before any is
-- tried (D19). A letter without rows here goes by mail alone.
CREATE TABLE letter_parcels (
  letter  text NOT NULL REFERENCES letters (id),
  ord     integer NOT NULL CHECK (ord >= 0),
  channel text NOT NULL CHECK (channel IN ('mail', 'wecom', 'dingtalk', 'feishu', 'webhook', 'sms')),
  address text NOT NULL,
  -- The message as it is handed over, without any secret; null: the letter's own bytes, or nothing could be made.
  body    text,
  state   text NOT NULL CHECK (state IN ('waiting', 'handed', 'failed')),
  -- Why it failed.
  outcome text CHECK (outcome IN ('permanent', 'temporary', 'misconfigured', 'no-answer')),
  answer  text,
  at      timestamptz,
  PRIMARY KEY (letter, ord)
);
-- Where the letter is now: its channel (`address` is the address there), the parcel of it, and until when it is tried.
ALTER TABLE letters
  ADD COLUMN channel text NOT NULL DEFAULT 'mail',
  ADD COLUMN parcel integer,
  ADD COLUMN try_until timestamptz DEFAULT now() + interval '20 minutes';
UPDATE letters SET try_until = made_at + interval '20 minutes' WHERE state IN ('waiting', 'sending', 'unsure');
