/** `doctor`: is every part there, and do ledger and workflows tell the same story. */
import type { Command } from 'commander';
import { actAsOperator } from '../call';
import { leaf } from '../command';
import type { DoctorOptions } from '../doctor/run';
import { asMail } from '../inputs';
import { examine } from '../later';

export function doctor(program: Command): void {
  leaf(program, 'doctor', 'look at every part; exit 1 if anything is wrong', 'doctor --json')
    .option('--repair', 'fill a ledger that is older than its workflows')
    .option('--mail <address>', 'only send a test letter there, and say what the mail server answers', asMail)
    .option('--relaunch', "start every open task's workflow again from the ledger")
    .action(actAsOperator<DoctorOptions>((session, _args, options) => examine(session, options)));
}
