/** Names of moves for readers of either language. */
import type { MoveName } from './intents';
import type { Language } from './language';
import { MOVES } from './moves';

const ENGLISH_MOVES: Record<MoveName, string> = {
  acknowledge: 'Acknowledge',
  declare: 'Declare readiness',
  openCondition: 'Open the condition',
  report: 'Report progress',
  askContribution: 'Ask a co-unit',
  completeContribution: 'Complete a contribution',
  addEvidence: 'Add evidence',
  submitEvidence: 'Hand in evidence',
  acceptEvidence: 'Accept evidence',
  returnEvidence: 'Return evidence',
  requestExtension: 'Request an extension',
  approveExtension: 'Approve the extension',
  refuseExtension: 'Refuse the extension',
  grantExtension: 'Grant an extension',
  suspend: 'Suspend',
  resume: 'Resume',
  cancel: 'Cancel the task',
  reopen: 'Reopen',
  redate: 'Set another date',
  annulBreach: 'Annul the breach',
  reassign: 'Reassign',
  addParty: 'Add a unit',
  urge: 'Urge',
  issueSlip: 'Issue a slip',
  liftListing: 'Lift the listing',
  instruct: 'Instruct',
};

export function moveLabel(name: MoveName, language: Language): string {
  return language === 'en' ? ENGLISH_MOVES[name] : MOVES[name].zh;
}
