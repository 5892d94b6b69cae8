/** How commands are declared: each with an example in its help, moves with the id by which they can be repeated. */
import type { Command } from 'commander';
import { asMoveId } from './inputs';

/**
 * A command under `parent`.
 * @param usage name and arguments, `ack <task>`
 * @param example what follows `duban ` in the help's example
 */
export function leaf(parent: Command, usage: string, description: string, example: string): Command {
  return parent.command(usage).description(description).addHelpText('after', `\nExample:\n  $ duban ${example}`);
}

/** A command that makes a move. */
export function moveLeaf(parent: Command, usage: string, description: string, example: string): Command {
  return leaf(parent, usage, description, example).option(
    '--move-id <id>',
    'repeat a move whose outcome was unknown, under the id that was printed',
    asMoveId,
  );
}

/** A command that only holds others. */
export function group(parent: Command, name: string, description: string): Command {
  return parent.command(name).description(description);
}

/** The argument at a place, which the command declared as required. */
export function argument(args: string[], index: number): string {
  const value = args[index];
  if (value === undefined) throw new RangeError(`the command was declared without argument ${index}`);
  return value;
}
