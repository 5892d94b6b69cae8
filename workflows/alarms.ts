/**
 * The loop of a stream's workflow: sleeps until the next alarm, lets it ring in a turn of its own, and stops when the
 * stream has come to rest. A timer stays pending while its instant does (D16), because each one costs.
 */
import { allHandlersFinished, CancellationScope, condition, log, sleep } from '@temporalio/workflow';
import { instantOf } from '../domain/days';
import { sentenceOf } from '../domain/refusals';
import type { Alarm } from '../domain/task';
import type { StreamView } from './messages';
import type { StepAnswer, StreamState } from './stream';

/** An alarm that cannot be recorded waits for a person to look: an hour is soon enough for that, and no storm. */
const REST_AFTER_TROUBLE_MS = 3_600_000;

/** Everything of a day rings after its 05:00, expiries of its midnight too (R4). */
const RINGS_FROM = '05:00';

/** The workflow's instant, the same in every replay. */
export function now(): string {
  return new Date(Date.now()).toISOString();
}

/** One pending timer. */
class Timer {
  /** The instant it is set for, in milliseconds; null when there is nothing to wait for. */
  at: number | null = null;
  rang = false;
  private scope: CancellationScope | null = null;

  set(at: number | null, summary: string): void {
    if (at === this.at && !this.rang) return;
    this.scope?.cancel();
    this.scope = null;
    this.at = at;
    this.rang = at !== null && at <= Date.now();
    if (at === null || this.rang) return;
    const scope = new CancellationScope();
    this.scope = scope;
    const ring = () => {
      if (this.scope === scope) this.rang = true;
    };
    // Rejects only when it is cancelled, because another took its place.
    scope.run(() => sleep(at - Date.now(), { summary })).then(ring, () => undefined);
  }
}

interface Ringing {
  readonly state: StreamState | null;
  readonly superseded: boolean;
  readonly idle: boolean;
}

export interface AlarmLoop {
  /** The last ring that changed nothing or could not be stored, and when the next try is. */
  trouble: StreamView<unknown>['trouble'];
  /** Rings until nothing has a turn and either no alarm can come any more or `enough` says so. */
  run(enough: () => boolean): Promise<void>;
}

/**
 * @param stream whose alarms these are
 * @param spreadMinutes after 05:00, at which this stream's alarms ring (R4)
 * @param ring records that the alarm rang; one ring settles everything due
 */
export function alarmLoop(
  stream: Ringing,
  spreadMinutes: number,
  ring: (intentId: string) => Promise<StepAnswer<unknown>>,
): AlarmLoop {
  const timer = new Timer();
  let restUntil = 0;

  const next = (): Alarm | null => (stream.superseded ? null : (stream.state?.alarms[0] ?? null));
  const ringsAt = (alarm: Alarm | null): number | null =>
    alarm && Math.max(Date.parse(instantOf(alarm.on, RINGS_FROM)) + spreadMinutes * 60_000, restUntil);

  const loop: AlarmLoop = {
    trouble: null,
    async run(enough) {
      const rests = () => stream.idle && allHandlersFinished() && (stream.superseded || enough());
      while (!rests()) {
        const alarm = next();
        timer.set(ringsAt(alarm), alarm?.id ?? '');
        await condition(() => timer.rang || timer.at !== ringsAt(next()) || rests());
        if (timer.rang && !rests()) await letRing();
      }
      timer.set(null, '');
    },
  };

  async function letRing(): Promise<void> {
    const alarm = next();
    if (!alarm || ringsAt(alarm) !== timer.at) return;
    // The ledger remembers each intent's answer (D4): a later try needs a name of its own.
    const answer = await ring(loop.trouble ? `ring:${alarm.id}@${now()}` : `ring:${alarm.id}`);
    if (next()?.id !== alarm.id) {
      restUntil = 0;
      loop.trouble = null;
      return;
    }
    restUntil = Date.now() + REST_AFTER_TROUBLE_MS;
    const what = answer.outcome === 'refused' ? sentenceOf(answer.refusal, 'en') : 'it changed nothing';
    loop.trouble = { what: `alarm ${alarm.id}: ${what}`, retryAt: new Date(restUntil).toISOString() };
    log.error('an alarm could not ring', loop.trouble);
  }

  return loop;
}
