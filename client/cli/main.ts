/** `duban`: the command line. Declares the commands, and lets nothing out but through call.ts and failure.ts. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { fail } from './call';
import { bulletin } from './commands/bulletin';
import { calendars } from './commands/calendars';
import { webConsole } from './commands/console';
import { doctor } from './commands/doctor';
import { evidence } from './commands/evidence';
import { extensions } from './commands/extend';
import { inbox } from './commands/inbox';
import { launching } from './commands/launch';
import { ledgers } from './commands/ledgers';
import { letters } from './commands/letters';
import { library } from './commands/library';
import { officeMoves } from './commands/office-moves';
import { planAssign } from './commands/plan-assign';
import { planCheck } from './commands/plan-check';
import { planCorrections } from './commands/plan-corrections';
import { planEdit } from './commands/plan-edit';
import { planImport } from './commands/plan-import';
import { planReissue } from './commands/plan-reissue';
import { plans } from './commands/plans';
import { processes } from './commands/processes';
import { planRehearse } from './commands/rehearse';
import { replies } from './commands/replies';
import { rounds } from './commands/rounds';
import { supervisorMoves } from './commands/supervisor-moves';
import { tasks } from './commands/tasks';
import { tokens } from './commands/tokens';
import { unitMoves } from './commands/unit-moves';
import { units } from './commands/units';
import { up } from './commands/up';
import { users } from './commands/users';
import { failureOf } from './failure';

function build(): Command {
  const program = new Command('duban')
    .description('督办: deadlines of the task lists that governments publish')
    .option('--json', 'one JSON value on stdout, nothing else there')
    .option('--verbose', 'with the stack of an error')
    .option('--actor <name>', 'act as this person of the directory')
    .helpOption('-h, --help', 'what there is, with an example')
    .configureHelp({ showGlobalOptions: true })
    .addHelpText('after', '\nExample:\n  $ duban up --demo\n  $ duban tasks --light yellow --json');
  const plan = program
    .command('plan')
    .description('plans: check and import a document, list, show, edit, assign, reissue, rehearse');
  plans(plan);
  planCheck(plan);
  planImport(plan);
  planEdit(plan);
  planCorrections(plan);
  planAssign(plan);
  planReissue(plan);
  planRehearse(plan);
  const families = [up, doctor, processes, webConsole, launching, tasks, unitMoves, evidence, extensions, officeMoves];
  const more = [
    supervisorMoves,
    units,
    letters,
    inbox,
    replies,
    rounds,
    bulletin,
    ledgers,
    library,
    calendars,
    users,
    tokens,
  ];
  for (const declare of [...families, ...more]) declare(program);
  toTheDoor(program);
  return program;
}

/** Commander would print and exit by itself. */
function toTheDoor(command: Command): void {
  command.exitOverride().configureOutput({ writeErr: () => undefined });
  for (const inner of command.commands) toTheDoor(inner);
}

async function main(argv: string[]): Promise<void> {
  // A reader that has seen enough is no error: duban letters | head
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0);
    throw error;
  });
  if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) {
    process.stdout.write(`${version()}\n`);
    return;
  }
  const program = build();
  try {
    await program.parseAsync(argv, { from: 'user' });
  } catch (error) {
    // Help was asked for, and given.
    if (error instanceof CommanderError && error.exitCode === 0) return;
    const isHelp = error instanceof CommanderError && error.code === 'commander.help';
    const options = { json: argv.includes('--json'), verbose: argv.includes('--verbose') };
    fail(failureOf(isHelp ? new CommanderError(2, error.code, 'which command? see duban --help') : error), options);
  }
}

function version(): string {
  const { version } = JSON.parse(readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8')) as {
    version: string;
  };
  return version;
}

void main(process.argv.slice(2));
