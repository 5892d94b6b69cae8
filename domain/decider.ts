/**
 * The shape of the rules: `decide(state, intent, context) → events | refusal`, `fold(state, event) → state`.
 * Three callers run them: `record` in the ledger, the rehearsal, the tests (durability.md, one writer).
 */
import type { WorkCalendar } from './calendar';
import type { UnitId } from './plan';
import type { Policy } from './policy';

/** What a decision may look at beside the state and the intent; gathered by the caller, never by the rules. */
export interface Context {
  calendar: WorkCalendar;
  policy: Policy;
  /** Units that the intent names, with the members of a collective; a unit that is not here is unknown. */
  directory: Record<UnitId, { members: UnitId[] | null }>;
  /** The next free ordinal of the office in the year of the intent, from 1 (R20). */
  ordinals: { slip: number; urging: number };
  /** How many tasks of the plan are still open; asked only by the plan's own process (R18). */
  openTasks: number;
}

/** What both kinds of stream have in common. */
export interface StreamState {
  id: string;
  seq: number;
  at: string;
}

/** What one step did: numbered events, the state after them, what to tell, and how many documents it numbered. */
export interface Step<State, Event, Notice> {
  events: Event[];
  state: State;
  notices: Notice[];
  numbered: { slip: number; urging: number };
}
