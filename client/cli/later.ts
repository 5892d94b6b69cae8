/**
 * Code that only some commands need, read when they do: half a second that nobody else waits for. By `require`, because
 * `import()` in a CommonJS program looks for files with their extensions.
 */
export const later = {
  desk: () => require('..') as typeof import('..'),
  places: () => require('../../worker/places') as typeof import('../../worker/places'),
  worker: () => require('../../worker/main') as typeof import('../../worker/main'),
  server: () => require('../../worker/prepare-server') as typeof import('../../worker/prepare-server'),
  up: () => require('./up/serve') as typeof import('./up/serve'),
  doctor: () => require('./doctor/run') as typeof import('./doctor/run'),
  workbook: () => require('./ledger-workbook') as typeof import('./ledger-workbook'),
  mail: () => require('mailparser') as typeof import('mailparser'),
};
