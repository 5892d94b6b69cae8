-- What the cockpit and the supervisors' list count, each from its index.

-- What is due in a stretch of days and still open.
DROP INDEX board_of_office_by_due;
CREATE INDEX board_of_office_by_due ON board (office, due_key, stream) INCLUDE (urgency, plan, status);

-- Red tasks by the slip that stands last; without one they are below orange too (ledger/lists/tasks.ts).
CREATE INDEX board_red_by_slip ON board (office, (coalesce(slip ->> 'colour', 'blue')), due_key, stream)
  WHERE urgency = 0;
