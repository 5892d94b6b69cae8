/** Verification 核验 of the record as a person or a program asks for it: it goes on beside everything else, a chain at a time. */
import { randomUUID } from 'node:crypto';
import type { PlanId } from '../domain/plan';
import { refuse } from '../domain/refusals';
import { rolesNamed } from '../domain/user-roles';
import { verifyLedger } from '../ledger/audit/audit';
import {
  beginVerification,
  endVerification,
  findVerification,
  latestVerifications,
  noteProgress,
  type Verification,
} from '../ledger/audit/verifications';
import type { Db } from '../ledger/database';
import { verifyEvidence } from '../ledger/evidence/audit';
import { NotAllowed } from './errors';
import { Failure, wrongCall } from './failure';
import type { Reader } from './reader';
import { planInSight } from './reading/plan-sight';

/** Often enough for a person who watches. */
const NOTED_EVERY_MS = 1_000;
/** Each reads everything: more at once would only be slower, and be felt by everybody else. */
const MOST_AT_ONCE = 2;
/** Who has not been seen for so long was broken off, with its server. */
const GONE_AFTER_MS = 120_000;
const SHOWN = 20;

export type RunState = 'running' | 'good' | 'bad' | 'failed' | 'broken-off';
export interface VerificationRun extends Verification {
  state: RunState;
}

export interface VerificationParts {
  evidenceDir: string;
  now: () => string;
}

/**
 * Whether this reader may have it verified: an officer the plans of his office, who sees the whole the whole.
 * @param plan null: the whole ledger
 * @throws NotAllowed; Failure `unknown-plan`
 */
export async function authoriseVerification(user: Reader, plan: PlanId | null): Promise<void> {
  if (plan === null) {
    if (user.sight === 'everything') return;
    throw new NotAllowed(refuse('not-your-role', { needed: rolesNamed(['auditor']) }));
  }
  const stored = await planInSight(user, plan);
  if (!stored) throw wrongCall('unknown-plan', '没有这个方案。', `there is no plan ${plan}`);
  user.authorise('verifyRecord', { office: stored.plan.office });
}

export class Verifications {
  private readonly running = new Set<Promise<void>>();

  constructor(private readonly parts: VerificationParts) {}

  /**
   * Begins one and returns at once.
   * @param plan null: the whole ledger, with every stored file
   * @throws NotAllowed, Failure `too-many-verifications`
   */
  async start(user: Reader, plan: PlanId | null): Promise<VerificationRun> {
    await authoriseVerification(user, plan);
    if (this.running.size >= MOST_AT_ONCE) {
      const zh = '已有核验正在进行，请等它结束。';
      throw new Failure(4, 'too-many-verifications', zh, 'verifications are going on; wait for them to end');
    }
    const { db } = user.desk;
    const id = randomUUID();
    const at = this.parts.now();
    await beginVerification(db, { id, plan, askedBy: user.user.name, at });
    const work = this.run(db, id, plan).finally(() => this.running.delete(work));
    this.running.add(work);
    const begun = { id, plan, askedBy: user.user.name, askedAt: at, seenAt: at, streams: 0, ofStreams: 0 };
    return { ...begun, report: null, failure: null, state: 'running' };
  }

  /** One; null if there is none, or its plan is out of sight. */
  async find(user: Reader, id: string): Promise<VerificationRun | null> {
    const found = await findVerification(user.desk.db, id);
    return found && (await this.isInSight(user, found.plan)) ? this.stateOf(found) : null;
  }

  /** The newest that the user may see. */
  async latest(user: Reader): Promise<VerificationRun[]> {
    const all = await latestVerifications(user.desk.db, SHOWN);
    const seen = await Promise.all(all.map(({ plan }) => this.isInSight(user, plan)));
    return all.filter((_, index) => seen[index]).map((one) => this.stateOf(one));
  }

  /** Waits for those that are going on: before the database is closed. */
  async settled(): Promise<void> {
    await Promise.all(this.running);
  }

  private async isInSight(user: Reader, plan: PlanId | null): Promise<boolean> {
    if (user.sight === 'everything') return true;
    const stored = plan === null ? null : await planInSight(user, plan);
    return stored !== null && user.may('verifyRecord', { office: stored.plan.office }) === null;
  }

  private stateOf(found: Verification): VerificationRun {
    const { report, failure, seenAt } = found;
    const isGone = Date.parse(this.parts.now()) - Date.parse(seenAt) > GONE_AFTER_MS;
    const open = isGone ? 'broken-off' : 'running';
    return { ...found, state: report ? (report.firstBad ? 'bad' : 'good') : failure ? 'failed' : open };
  }

  private async run(db: Db, id: string, plan: PlanId | null): Promise<void> {
    let noted = 0;
    const onProgress = async (streams: number, ofStreams: number) => {
      const now = Date.now();
      if (now - noted < NOTED_EVERY_MS && streams < ofStreams) return;
      noted = now;
      await noteProgress(db, id, { streams, ofStreams, at: this.parts.now() });
    };
    try {
      const ledger = await verifyLedger(db, plan ?? undefined, onProgress);
      const files = plan === null ? await verifyEvidence(db, this.parts.evidenceDir) : null;
      const firstBad =
        ledger.firstBad ??
        (files?.firstBad ? { where: 'evidence', row: files.firstBad.digest, problem: files.firstBad.problem } : null);
      await endVerification(db, id, { report: { ...ledger, files: files?.files ?? null, firstBad } }, this.parts.now());
    } catch (error) {
      const failure = error instanceof Error ? error.message : String(error);
      // The ledger is away: nobody can be told now, and the run is seen as broken off.
      await endVerification(db, id, { failure }, this.parts.now()).catch(() => undefined);
    }
  }
}
