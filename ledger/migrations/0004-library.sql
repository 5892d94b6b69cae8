-- The reference library 资料库: one row for each document, replaced as a whole when it is read anew, so that nobody ever
-- sees half of it.
CREATE TABLE library_sources (
  id text PRIMARY KEY CHECK (id ~ '^[a-z0-9][a-z0-9-]{0,63}$'),
  -- What lists and letters call it.
  name text NOT NULL,
  file_name text NOT NULL,
  -- sha256 of the file's bytes.
  digest text NOT NULL,
  -- Indicators and cases as read (domain/library/entries.ts).
  content jsonb NOT NULL,
  imported_at timestamptz NOT NULL,
  imported_by text NOT NULL
);
-- Which indicator a task belongs to, where a coordinator said so against the rule of domain/library/links.ts. Rows are
-- added, never changed: the last one counts. A draft's task has no stream yet, so nothing is referred to.
CREATE TABLE task_links (
  task text NOT NULL,
  no integer NOT NULL CHECK (no > 0),
  -- `<source>/<number>`; null: to none.
  indicator text,
  made_at timestamptz NOT NULL,
  made_by text NOT NULL,
  PRIMARY KEY (task, no)
);
CREATE TRIGGER task_links_append_only BEFORE UPDATE OR DELETE ON task_links FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER task_links_not_emptied BEFORE TRUNCATE ON task_links FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
