/** Which rule decides which move: the other half of the table in moves.ts. */
import type { EventDraft } from './events';
import type { Move, MoveName } from './intents';
import { isRefusal, type Refusal } from './refusals';
import { acknowledge, impliedAcknowledgement } from './rules/acknowledgement';
import { askContribution, completeContribution } from './rules/contributions';
import { declare, openCondition } from './rules/declaration';
import { acceptEvidence, addEvidence, returnEvidence, submitEvidence } from './rules/evidence';
import { approveExtension, grantExtension, redate, refuseExtension, reopen, requestExtension } from './rules/extension';
import { annulBreach, instruct, issueSlip, liftListing, urge } from './rules/ladder';
import { addParty, reassign } from './rules/parties';
import { report } from './rules/reports';
import { cancel, resume, suspend } from './rules/suspension';
import type { MoveRule, Turn } from './rules/turn';
import type { Task } from './task';

const RULES: { [N in MoveName]: MoveRule<N> } = {
  acknowledge,
  declare,
  openCondition,
  report,
  askContribution,
  completeContribution,
  addEvidence,
  submitEvidence,
  acceptEvidence,
  returnEvidence,
  requestExtension,
  approveExtension,
  refuseExtension,
  grantExtension,
  suspend,
  resume,
  cancel,
  reopen,
  redate,
  annulBreach,
  reassign,
  addParty,
  urge,
  issueSlip,
  liftListing,
  instruct,
};

/** Events of a move that checkMove allowed, led by the acknowledgement that a unit's act implies (R13). */
export function moveEvents(task: Task, move: Move, turn: Turn): EventDraft[] | Refusal {
  const decided = decide(task, move, turn);
  if (isRefusal(decided) || move.move === 'acknowledge' || !('unit' in move) || move.unit === undefined) return decided;
  // Evidence on paper came from the unit, whoever recorded it (R25).
  const itsOwn = turn.actor.role === 'unit' || move.move === 'submitEvidence';
  return itsOwn ? [...impliedAcknowledgement(task, move.unit, turn.on), ...decided] : decided;
}

function decide<N extends MoveName>(task: Task, move: Extract<Move, { move: N }>, turn: Turn): EventDraft[] | Refusal {
  const rule: MoveRule<N> = RULES[move.move as N];
  return rule(task, move, turn);
}
