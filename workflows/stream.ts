/**
 * One durable stream of events inside a workflow: its state, the log it was told, and the queue in which every step
 * takes its turn (D1). A task and a plan's own process are both such streams.
 */
import { ActivityFailure, ApplicationFailure, CancellationScope } from '@temporalio/workflow';
import { type Refusal, refuse, sentenceOf } from '../domain/refusals';
import type { Alarm } from '../domain/task';
import type { StreamKind } from '../ledger/contract';
import { type Beginning, type Carried, type MoveAnswer, NOT_STORABLE, type StreamView } from './messages';
import { ledgerActivities } from './proxies';

export interface StreamState {
  id: string;
  seq: number;
  /** Earliest first (R4). */
  alarms: Alarm[];
}

interface StreamEvent {
  seq: number;
  at: string;
  type: string;
  intent: string;
}

interface StreamIntent {
  id: string;
  type: string;
}

/** What makes a stream a task's or a plan's. */
export interface StreamRules<State, Event, Intent> {
  kind: StreamKind;
  id: string;
  fold: (state: State | null, event: Event) => State;
  /** The step that takes the stream over in a new epoch (D9). */
  relaunch: (epoch: number) => Intent;
  /** Called when events were folded; must not wait. */
  changed?: (state: State) => void;
}

/** What a step came to. */
export type StepAnswer<Event> = { outcome: 'recorded'; events: Event[] } | { outcome: 'refused'; refusal: Refusal };

/**
 * 400,000 characters are at most 1.2 MB of UTF-8: with the state, still below the 2 MB that Temporal takes in one
 * payload. A task-year is a tenth of it; a backup older than the log's beginning cannot be filled from here (D12).
 */
const LOG_CHARACTERS = 400_000;

export class Stream<State extends StreamState, Event extends StreamEvent, Intent extends StreamIntent> {
  /** Null until the first turn has issued or loaded it. */
  state: State | null = null;
  /** A newer epoch owns the stream: nothing more is written, and the workflow ends silently (D9). */
  superseded = false;
  private epoch = 0;
  private log: { event: Event; size: number }[] = [];
  private logSize = 0;
  private tail: Promise<unknown> = Promise.resolve();
  private turns = 0;

  constructor(private readonly rules: StreamRules<State, Event, Intent>) {}

  /** Nobody has a turn or waits for one. */
  get idle(): boolean {
    return this.turns === 0;
  }

  /**
   * Takes the first turn, which makes the state complete. Called before the first `setHandler`, so that messages that
   * came early wait behind it. Handlers may not be set later than that: an update that finds none is rejected at the
   * end of its activation (D6).
   * @returns a promise of the state's standing
   * @throws ApplicationFailure, which ends the workflow, when there will never be a state
   */
  open(begin: Beginning<State, Event, Intent>): Promise<void> {
    if (begin.from === 'run') {
      this.adopt(begin.carried);
      return Promise.resolve();
    }
    return this.turn(() =>
      begin.from === 'issue' ? this.issue(begin.epoch, begin.intent) : this.load(begin.relaunch),
    );
  }

  /**
   * One step: waits for its turn, checks against the state it finds then, records, folds, answers (D1).
   * An intent that was answered before gets the same answer (D4).
   */
  take(intent: Intent, check: (state: State) => Refusal | null = () => null): Promise<StepAnswer<Event>> {
    return this.turn(() => this.step(intent, check));
  }

  /** Whether an intent is in the log already: then a check would only meet the intent's own effect. */
  knows(intent: string): boolean {
    return this.log.some(({ event }) => event.intent === intent);
  }

  /** The newest event of a type, as far back as the log goes. */
  newest<Type extends Event['type']>(type: Type): Extract<Event, { type: Type }> | undefined {
    const is = (event: Event): event is Extract<Event, { type: Type }> => event.type === type;
    return this.log.map(({ event }) => event).findLast(is);
  }

  /** What the next run goes on with (D16). */
  carry(): Carried<State, Event> {
    if (!this.state) throw ApplicationFailure.nonRetryable('a stream without a state cannot go on', 'NotIssued');
    return { epoch: this.epoch, state: this.state, log: this.log.map(({ event }) => event) };
  }

  /** What a query shows. */
  view(): Omit<StreamView<State>, 'trouble'> {
    const [first, last] = [this.log.at(0), this.log.at(-1)];
    const log = first && last ? { from: first.event.seq, to: last.event.seq } : null;
    return { epoch: this.epoch, state: this.state, log };
  }

  /** Handlers run in the workflow's own scope, so each turn must shield itself from a cancelled workflow. */
  private turn<T>(work: () => Promise<T>): Promise<T> {
    this.turns += 1;
    const turn = this.tail
      .then(() => CancellationScope.nonCancellable(work))
      .finally(() => {
        this.turns -= 1;
      });
    this.tail = turn.catch(() => undefined);
    return turn;
  }

  private async issue(epoch: number, intent: Intent): Promise<void> {
    this.epoch = epoch;
    const answer = await this.step(intent, () => null);
    // Refused as issued already: the ledger was ahead, its events were folded, and the state stands.
    if (this.state || this.superseded || answer.outcome !== 'refused') return;
    throw ApplicationFailure.nonRetryable(sentenceOf(answer.refusal, 'en'), 'NotIssued', answer.refusal);
  }

  private async load(relaunch: boolean): Promise<void> {
    const { kind, id } = this.rules;
    const loaded = await this.ledger('load').loadStream({ kind, stream: id });
    if (!loaded) throw ApplicationFailure.nonRetryable(`the ledger has no ${kind} ${id}`, 'NotInLedger');
    this.adopt(loaded);
    if (!relaunch) return;
    this.epoch += 1;
    await this.step(this.rules.relaunch(this.epoch), () => null);
  }

  private adopt({ epoch, state, log }: Carried<State, Event>): void {
    this.epoch = epoch;
    this.state = state;
    for (const event of log) this.keep(event);
  }

  private async step(intent: Intent, check: (state: State) => Refusal | null): Promise<StepAnswer<Event>> {
    for (;;) {
      if (this.superseded) return { outcome: 'refused', refusal: refuse('superseded') };
      const known = this.log.filter(({ event }) => event.intent === intent.id).map(({ event }) => event);
      if (known.length > 0) return { outcome: 'recorded', events: known };
      const refusal = this.state && check(this.state);
      if (refusal) return { outcome: 'refused', refusal };
      const answer = await this.record(intent);
      if (answer) return answer;
    }
  }

  /** Null: the two sides have been brought together, or parted for good; look again. */
  private async record(intent: Intent): Promise<StepAnswer<Event> | null> {
    const { kind, id } = this.rules;
    const asked = { kind, stream: id, epoch: this.epoch };
    const ledger = this.ledger(intent.id);
    try {
      const answer = await ledger.record({ ...asked, expectedSeq: this.state?.seq ?? 0, intent });
      switch (answer.outcome) {
        case 'recorded':
          this.fold(answer.events);
          return answer;
        case 'refused':
          return answer;
        case 'superseded':
          this.superseded = true;
          return null;
        case 'behind':
          await ledger.fill({
            ...asked,
            events: this.log.map(({ event }) => event).filter((e) => e.seq > answer.head),
          });
          return null;
        case 'ahead':
          this.fold(answer.events);
          return null;
      }
    } catch (error) {
      const code = neverStorable(error);
      if (code === null) throw error;
      return { outcome: 'refused', refusal: refuse('not-storable', { code }) };
    }
  }

  private ledger(summary: string) {
    return ledgerActivities<State, Event, Intent>(summary);
  }

  /** Only what follows the state: an earlier try's events may be known already (D3). */
  private fold(events: Event[]): void {
    const before = this.state;
    for (const event of events) {
      if (event.seq !== (this.state?.seq ?? 0) + 1) continue;
      this.state = this.rules.fold(this.state, event);
      this.keep(event);
    }
    if (this.state && this.state !== before) this.rules.changed?.(this.state);
  }

  private keep(event: Event): void {
    const size = JSON.stringify(event).length;
    this.log.push({ event, size });
    this.logSize += size;
    while (this.logSize > LOG_CHARACTERS && this.log.length > 1) this.logSize -= this.log.shift()?.size ?? 0;
  }
}

/**
 * The id of the step that tells a stream of a changed calendar; null when it was told of this one last. A calendar is
 * named by its content and can come back after another one, so the place in the stream is part of the id.
 */
export function calendarIntentId(
  calendar: string,
  told: { calendar: string } | undefined,
  state: StreamState | null,
): string | null {
  return told?.calendar === calendar ? null : `calendar:${calendar}:${state?.seq ?? 0}`;
}

/** What the sender of a move is told: the events themselves stand in the ledger. */
export function summaryOf(answer: StepAnswer<StreamEvent>): MoveAnswer {
  if (answer.outcome === 'refused') return answer;
  return { outcome: 'recorded', events: answer.events.map(({ seq, at, type }) => ({ seq, at, type })) };
}

/** The code with which the database refuses a step for ever (D8), or null for every other failure. */
function neverStorable(error: unknown): string | null {
  if (!(error instanceof ActivityFailure) || !(error.cause instanceof ApplicationFailure)) return null;
  return error.cause.type === NOT_STORABLE ? String(error.cause.details?.[0] ?? '') : null;
}
