-- The mail itself, as it came, for who must see to it: SHA-256 of its bytes among the files of evidence. Null: nobody has
-- to, it was too large, or it was read before there was this column.
ALTER TABLE replies ADD COLUMN whole text;
