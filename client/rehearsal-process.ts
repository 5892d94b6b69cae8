/** Plays one rehearsal in a process of its own. */
import { type Rehearsal, rehearse } from '../domain/rehearsal';
import { answerOffLoop } from './off-loop-answer';
import type { RehearsalGround } from './rehearsals';

answerOffLoop(
  ({ plan, units, calendar, policy, options }: RehearsalGround): Rehearsal =>
    rehearse(plan, units, calendar, policy, options),
);
