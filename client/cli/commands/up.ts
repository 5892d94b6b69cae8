/** `up`: everything embedded in one process tree, until Ctrl-C. */
import type { Command } from 'commander';
import { actAsOperator } from '../call';
import { leaf } from '../command';
import { asNumber } from '../inputs';
import { serve } from '../later';
import type { UpOptions } from '../up/serve';

export function up(program: Command): void {
  leaf(program, 'up', 'PostgreSQL, Temporal, a worker and the console in one process tree, until Ctrl-C', 'up --demo')
    .option('--demo', 'launch the demonstration plan')
    .option('--port <number>', 'the console on this port', asNumber('port', 1, 65_535))
    .option('--ui-port <number>', "Temporal's own web pages on this port", asNumber('ui-port', 1, 65_535))
    .action(actAsOperator<UpOptions>((session, _args, options) => serve(session, options)));
}
