-- Which transaction changed a stream last: what a reader of changes asks for. An id is older than every one that was
-- running when it was read, or it is looked at again, so that commits out of order are not lost (ledger/changes.ts).
ALTER TABLE streams ADD COLUMN changed_xid xid8 NOT NULL DEFAULT '0';
CREATE INDEX streams_by_change ON streams (changed_xid);

-- By a trigger, so that no writer can forget it, and a restored ledger has ids of its own server.
CREATE FUNCTION mark_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.changed_xid := pg_current_xact_id();
  RETURN NEW;
END $$;
CREATE TRIGGER streams_mark_change BEFORE INSERT OR UPDATE ON streams FOR EACH ROW EXECUTE FUNCTION mark_change();

-- The page of a task lists what was answered about it.
CREATE INDEX link_answers_by_about ON link_answers (about);
