-- When the board was last changed without a stream: turned to a new day, or made again (ledger/board-day.ts, board.ts).
-- With streams.changed_xid (0013) it says whether a count of the board still holds (ledger/lists/kept-answers.ts). One row.
CREATE TABLE board_turns (changed_xid xid8 NOT NULL);
INSERT INTO board_turns VALUES ('0');

-- A plan in the order of its document; what is searched in stands beside it, so that looking for a word reads no rows.
DROP INDEX board_by_id;
CREATE INDEX board_by_id ON board (plan, stream) INCLUDE (office, search);
