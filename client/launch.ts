/** 下达 of a plan: refused as a whole or accepted once (R11), then carried out by `launchPlan` (D14). */
import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { dayOf } from '../domain/days';
import type { Actor } from '../domain/events';
import type { PlanId } from '../domain/plan';
import type { Db } from '../ledger/database';
import { acceptLaunch, showPlan } from '../ledger/plans';
import { type LaunchProgress, progressQuery } from '../workflows/messages';
import { type Installation, launchStart } from '../workflows/messages/starts';
import { LaunchRefused } from './errors';
import { launchProblemsOf } from './launch-problems';

/** Often enough for a person who watches, rare enough for a server that starts thousands. */
const LOOK_EVERY_MS = 500;

export interface LaunchRequest {
  plan: PlanId;
  /** 签发人: who signs the plan's slips (R20). */
  signedBy: string;
  actor: Actor;
  /** `--at`: a later instant; now when left out. */
  at?: string;
  onProgress?: (progress: LaunchProgress) => void;
  /** `false`: returns as soon as the launch is under way; how far it is stands in the ledger. */
  wait?: boolean;
}

interface Parts {
  temporal: Client;
  db: Db;
  installation: Installation;
}

/**
 * Launches a plan; repeated, it goes on where the last one stopped. With a later instant, or if told not to wait, it
 * returns at once.
 * @param now ISO instant
 * @throws LaunchRefused; LedgerRefusal `unknown-plan`, or `plan-changed` by somebody who edited it at this moment
 */
export async function launch(parts: Parts, request: LaunchRequest, now: string): Promise<LaunchProgress> {
  const { temporal, db, installation } = parts;
  const { plan, signedBy, actor, onProgress = () => undefined } = request;
  const launchAt = await accept(db, plan, signedBy, request.at ?? now);
  const options = launchStart({ plan, actor, launchAt }, installation);
  const handle = await temporal.workflow.start<(input: (typeof options.args)[0]) => Promise<LaunchProgress>>(
    'launchPlan',
    options,
  );
  if (Date.parse(launchAt) > Date.parse(now) || request.wait === false)
    return { stage: 'waiting', done: 0, started: 0, total: null };
  const result = handle.result();
  for (;;) {
    const ended = await Promise.race([result, pause(LOOK_EVERY_MS)]);
    if (ended) {
      onProgress(ended);
      return ended;
    }
    const progress = await handle.query(progressQuery).catch(() => null);
    if (progress) onProgress(progress);
  }
}

/** Freezes the launch's day and 签发人; an accepted launch keeps those of the first time. */
async function accept(db: Db, id: PlanId, signedBy: string, at: string): Promise<string> {
  const { plan, status, launchedAt, revision } = await showPlan(db, id);
  if (status !== 'draft' && launchedAt !== null) return launchedAt;
  const launchOn = dayOf(at);
  const problems = await launchProblemsOf(db, plan, launchOn);
  if (problems.length > 0) throw new LaunchRefused(id, problems);
  return (await acceptLaunch(db, id, { launchOn, signedBy, at, revision })).launchedAt ?? at;
}
