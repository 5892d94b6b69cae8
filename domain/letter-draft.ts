/** Everything that the bytes of one letter are made of, the same for a round and for a preview. */
import type { CalendarDate } from './calendar-dates';
import type { Day } from './days';
import type { Letter } from './letters';
import type { PlanId } from './plan';
import type { Reachable } from './rounds';
import type { Unit } from './unit';

export interface LetterDraft {
  id: string;
  /** ISO instant of the Date header. */
  datedAt: string;
  /** The day of its slot. */
  on: Day;
  /** Names addressee and coordination office without saying them: letters of one month with the same stand together. */
  correspondence: string;
  letter: Letter;
  unit: Unit;
  person: Reachable;
  office: Unit | undefined;
  /** The coordinator, if the directory gives him an address. */
  replyTo: Reachable | null;
  /** The newest seals of the plans spoken of, for the coordinator (D11). */
  seals: { plan: string; sealedOn: string; hash: string }[];
  /** What goes with it for the addressee's calendar; none where no date is new. */
  dates: CalendarDate[];
  /** Titles of the plans spoken of. */
  plans: Record<PlanId, string>;
}
