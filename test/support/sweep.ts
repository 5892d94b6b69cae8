/** Cleans up after an interrupted run, once its workers are gone too. Started by global-setup, never imported. */
import { setTimeout as sleep } from 'node:timers/promises';
import { removeDeadRuns } from './run';

// Workers end with the same Ctrl-C; a server that one of them was starting needs a moment to be written down.
void sleep(2_000).then(removeDeadRuns);
