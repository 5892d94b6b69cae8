-- The role that openDatabase takes on: it appends to events and seals, and has no UPDATE or DELETE there (D10).
-- Where the owner may not create roles (many hosted databases), the triggers of 0001 stand alone; create the role by
-- hand and run these grants to have both.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'duban_app') THEN
    CREATE ROLE duban_app NOLOGIN;
  END IF;
  IF NOT pg_has_role(current_user, 'duban_app', 'MEMBER') THEN
    EXECUTE format('GRANT duban_app TO %I', current_user);
  END IF;
EXCEPTION
  WHEN insufficient_privilege THEN NULL;
  -- Another database of the same server was migrated at the same moment.
  WHEN duplicate_object OR unique_violation THEN NULL;
END
$$;
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'duban_app') THEN RETURN; END IF;
  EXECUTE format('GRANT USAGE ON SCHEMA %I TO duban_app', current_schema());
  EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA %I TO duban_app', current_schema());
  -- Tables of later migrations come with the same rights.
  EXECUTE format('ALTER DEFAULT PRIVILEGES IN SCHEMA %I GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO duban_app', current_schema());
  REVOKE UPDATE, DELETE, TRUNCATE ON events, seals FROM duban_app;
END
$$;
