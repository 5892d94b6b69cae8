/** `up`: everything embedded in one process tree, until Ctrl-C. */
import type { Command } from 'commander';
import { act } from '../call';
import { leaf } from '../command';
import { asNumber } from '../inputs';
import { serve } from '../later';
import type { UpOptions } from '../up/serve';

export function up(program: Command): void {
  leaf(program, 'up', 'PostgreSQL, Temporal and a worker in one process tree, until Ctrl-C', 'up --demo')
    .option('--demo', 'launch the demonstration plan')
    .option(
      '--port <number>',
      "web pages on this port (Temporal's own, until the console is here)",
      asNumber('port', 1, 65_535),
    )
    .action(act<UpOptions>((session, _args, options) => serve(session, options)));
}
