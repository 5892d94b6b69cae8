-- When the identity provider last vouched for the user: tokens of his end when that is too long ago.
ALTER TABLE users ADD COLUMN vouched_at timestamptz;
UPDATE users SET vouched_at = now() WHERE identity IS NOT NULL;
