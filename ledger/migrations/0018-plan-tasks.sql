-- Tasks one by one as their plan words them, so that the page of one does not read a plan of thousands. Written with
-- the plan (ledger/plan-tasks.ts).
CREATE TABLE plan_tasks (
  task text PRIMARY KEY,
  plan text NOT NULL REFERENCES plans (id),
  -- domain/plan.ts
  body jsonb NOT NULL
);
CREATE INDEX plan_tasks_of_plan ON plan_tasks (plan);

INSERT INTO plan_tasks (task, plan, body)
SELECT task ->> 'id', plans.id, task FROM plans, jsonb_array_elements(plans.body::jsonb -> 'tasks') AS task;
