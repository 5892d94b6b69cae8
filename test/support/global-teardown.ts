/** After all tests, passed or not: nothing stays behind. */
import { endRun } from './run';

export default async function globalTeardown(): Promise<void> {
  await endRun();
}
