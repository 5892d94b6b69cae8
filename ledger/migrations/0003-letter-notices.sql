-- What stood in a letter, also after its notices were freed for another one (D21): `notices.letter` is where a notice
-- is bound now, this is everything that was ever said.
CREATE TABLE letter_notices (
  letter text NOT NULL REFERENCES letters (id),
  notice text NOT NULL REFERENCES notices (id),
  PRIMARY KEY (letter, notice)
);
CREATE INDEX letter_notices_by_notice ON letter_notices (notice);
-- When it was reported that nobody had handed the letter over by 18:00 of its day (R33).
ALTER TABLE letters ADD COLUMN reported_at timestamptz;
CREATE INDEX letters_refused ON letters (failed_at) WHERE state = 'failed';
