/**
 * Code that only some commands need, read when they do: half a second that nobody else waits for. By `require`, because
 * `import()` in a CommonJS program looks for files with their extensions.
 */
type Desk = typeof import('..');
type Places = typeof import('../../worker/places');
type Worker = typeof import('../../worker/main');
type Server = typeof import('../../worker/prepare-server');
type Up = typeof import('./up/serve');
type Console = typeof import('./console-server');
type Replies = typeof import('./reply-reader');
type Doctor = typeof import('./doctor/run');
type Workbook = typeof import('../papers/ledger-workbook');
type Assignment = typeof import('../drafts/assignment');
type Bulletin = typeof import('../papers/bulletin');
type Pack = typeof import('../papers/evidence-pack');
type Refusal = typeof import('../../documents/read-document');
type Reader = typeof import('../../documents/read-plan');
type Letters = typeof import('../reading/letter-json');
type LetterSight = typeof import('../reading/letter-sight');
type Preview = typeof import('./letter-preview');
type CalendarAddress = typeof import('./calendar-address');
type LibraryReader = typeof import('../../documents/library/read-library');

export const openDesk: Desk['openDesk'] = (...given) => (require('..') as Desk).openDesk(...given);
export const placesOf: Places['placesOf'] = (...given) => (require('../../worker/places') as Places).placesOf(...given);
export const runWorker: Worker['runWorker'] = (...given) =>
  (require('../../worker/main') as Worker).runWorker(...given);
export const prepareServer: Server['prepareServer'] = (...given) =>
  (require('../../worker/prepare-server') as Server).prepareServer(...given);
export const serve: Up['serve'] = (...given) => (require('./up/serve') as Up).serve(...given);
export const startConsole: Console['startConsole'] = (...given) =>
  (require('./console-server') as Console).startConsole(...given);
export const startReplies: Replies['startReplies'] = (...given) =>
  (require('./reply-reader') as Replies).startReplies(...given);
export const examine: Doctor['examine'] = (...given) => (require('./doctor/run') as Doctor).examine(...given);
export const ledgerWorkbook: Workbook['ledgerWorkbook'] = (...given) =>
  (require('../papers/ledger-workbook') as Workbook).ledgerWorkbook(...given);
export const bulletinPaper: Bulletin['bulletinPaper'] = (...given) =>
  (require('../papers/bulletin') as Bulletin).bulletinPaper(...given);
export const evidencePack: Pack['evidencePack'] = (...given) =>
  (require('../papers/evidence-pack') as Pack).evidencePack(...given);
export const bulletinDocx: Bulletin['bulletinDocx'] = (...given) =>
  (require('../papers/bulletin') as Bulletin).bulletinDocx(...given);
export const lettersJson: Letters['lettersJson'] = (...given) =>
  (require('../reading/letter-json') as Letters).lettersJson(...given);
export const readLetter: Letters['readLetter'] = (...given) =>
  (require('../reading/letter-json') as Letters).readLetter(...given);
export const letterInSight: LetterSight['letterInSight'] = (...given) =>
  (require('../reading/letter-sight') as LetterSight).letterInSight(...given);
export const letterJson: Letters['letterJson'] = (...given) =>
  (require('../reading/letter-json') as Letters).letterJson(...given);
export const readPlan: Reader['readPlan'] = (...given) =>
  (require('../../documents/read-plan') as Reader).readPlan(...given);
export const refusal: Refusal['refusal'] = (...given) =>
  (require('../../documents/read-document') as Refusal).refusal(...given);
export const assignmentOf: Assignment['assignmentOf'] = (...given) =>
  (require('../drafts/assignment') as Assignment).assignmentOf(...given);
export const readAssignment: Assignment['readAssignment'] = (...given) =>
  (require('../drafts/assignment') as Assignment).readAssignment(...given);
export const readLibrary: LibraryReader['readLibrary'] = (...given) =>
  (require('../../documents/library/read-library') as LibraryReader).readLibrary(...given);
export const exampleDraft: Preview['exampleDraft'] = (...given) =>
  (require('./letter-preview') as Preview).exampleDraft(...given);
export const taskDraft: Preview['taskDraft'] = (...given) =>
  (require('./letter-preview') as Preview).taskDraft(...given);
export const composeLetter: Preview['composeLetter'] = (...given) =>
  (require('./letter-preview') as Preview).composeLetter(...given);
export const calendarAddress: CalendarAddress['calendarAddress'] = (...given) =>
  (require('./calendar-address') as CalendarAddress).calendarAddress(...given);
