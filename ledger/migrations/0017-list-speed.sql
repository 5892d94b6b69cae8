-- Indexes for what pages and watchers ask all the time: a whole city is never read to count a handful.

-- Tasks whose clocks stand still for a unit that letters do not reach (R33).
CREATE INDEX board_standing_still ON board (stream) WHERE unreached <> '{}' AND status IN ('open', 'suspended');

-- The list of letters, the newest first: of an office, and of everybody. One unit's comes from letters_by_unit.
CREATE INDEX letters_of_office_by_slot ON letters (office, slot_at, id);
CREATE INDEX letters_by_slot_at ON letters (slot_at, id);
-- Those of a plan or a task are looked up notice by notice.
CREATE INDEX notices_by_plan ON notices (plan);

-- Whether letters leave (ledger/mail-health.ts): the last hand-over, and what was tried and did not leave.
CREATE INDEX letters_by_handed ON letters (handed_at) WHERE handed_at IS NOT NULL;
CREATE INDEX letters_not_handed ON letters (made_at)
  WHERE state IN ('waiting', 'sending', 'unsure', 'superseded', 'failed') AND address IS NOT NULL AND attempts > 0;
CREATE INDEX letters_superseded ON letters (slot_at) WHERE state = 'superseded';
