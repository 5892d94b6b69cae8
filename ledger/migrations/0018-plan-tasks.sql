-- Tasks one by one as their plan words them, so that the page of one does not read a plan of thousands. Written with
-- the plan (ledger/plan-tasks.ts).
CREATE TABLE plan_tasks (
  plan text NOT NULL REFERENCES plans (id),
  task text NOT NULL,
  -- domain/plan.ts
  body jsonb NOT NULL,
  PRIMARY KEY (plan, task)
);

INSERT INTO plan_tasks (plan, task, body)
SELECT plans.id, task ->> 'id', task FROM plans, jsonb_array_elements(plans.body::jsonb -> 'tasks') AS task;
