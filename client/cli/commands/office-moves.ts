/** What the coordination office does with a task: open, suspend, cancel, who is in it, urge. */
import type { Command } from 'commander';
import { act } from '../call';
import { argument, group, moveLeaf } from '../command';
import { asDay, asOneOf } from '../inputs';
import { type MoveCall, makeMove, moveText } from '../move';

const asRole = asOneOf('role', ['lead', 'co', 'support', 'district']);
type Role = ReturnType<typeof asRole>;
type Reason = MoveCall & { reason: string };

export function officeMoves(program: Command): void {
  moveLeaf(
    program,
    'condition <task>',
    'give a conditional task its date, or date one without',
    'condition zhuzhou-2027/2-21 --due 2027-09-30 --reason 国家标准版已上线',
  )
    .requiredOption('--due <day>', 'the due date', asDay)
    .requiredOption('--reason <text>', 'why now', moveText('openCondition', 'reason'))
    .action(
      act<Reason & { due: string }>((session, args, { due, reason, ...options }) =>
        makeMove(session, argument(args, 0), options, () => ({ move: 'openCondition', dueOn: due, reason })),
      ),
    );

  moveLeaf(program, 'suspend <task>', 'stop the clock', 'suspend zhuzhou-2027/1-01 --reason 等待上级文件')
    .requiredOption('--reason <text>', 'why', moveText('suspend', 'reason'))
    .action(
      act<Reason>((session, args, { reason, ...options }) =>
        makeMove(session, argument(args, 0), options, () => ({ move: 'suspend', reason })),
      ),
    );

  moveLeaf(program, 'resume <task>', 'let the clock run again', 'resume zhuzhou-2027/1-01').action(
    act<MoveCall>((session, args, options) =>
      makeMove(session, argument(args, 0), options, () => ({ move: 'resume' })),
    ),
  );

  moveLeaf(
    program,
    'cancel <task>',
    'end a task that no longer applies, for good',
    'cancel zhuzhou-2027/1-01 --reason 事项已取消 --document 株政发〔2027〕5号',
  )
    .requiredOption('--reason <text>', 'why', moveText('cancel', 'reason'))
    .requiredOption('--document <number>', 'the document that says so', moveText('cancel', 'document'))
    .action(
      act<Reason & { document: string }>((session, args, { reason, document, ...options }) =>
        makeMove(session, argument(args, 0), options, () => ({ move: 'cancel', reason, document })),
      ),
    );

  parties(program);

  moveLeaf(program, 'urge <task>', 'urge by hand, in the next urgent round', 'urge zhuzhou-2027/1-01 --text 请抓紧报送')
    .option('--unit <unit>', 'only this party; all leads when left out')
    .requiredOption('--text <text>', 'what is said', moveText('urge', 'text'))
    .action(
      act<MoveCall & { unit?: string; text: string }>((session, args, options) =>
        makeMove(session, argument(args, 0), options, ({ unit }) => ({
          move: 'urge',
          ...(options.unit !== undefined && { unit: unit(options.unit) }),
          text: options.text,
        })),
      ),
    );
}

function parties(program: Command): void {
  moveLeaf(
    program,
    'reassign <task>',
    'put one unit in the place of another',
    'reassign zhuzhou-2027/1-01 --from 市市场监管局 --to 市行政审批局 --role lead --reason 职责划转',
  )
    .requiredOption('--from <unit>', 'who goes')
    .requiredOption('--to <unit>', 'who comes')
    .requiredOption('--role <role>', 'lead, co, support or district', asRole)
    .requiredOption('--reason <text>', 'why', moveText('reassign', 'reason'))
    .option('--due <day>', 'a new due date, needed when a sole lead has little time left', asDay)
    .action(
      act<Reason & { from: string; to: string; role: Role; due?: string }>((session, args, options) =>
        makeMove(session, argument(args, 0), options, ({ unit }) => ({
          move: 'reassign',
          from: unit(options.from),
          to: unit(options.to),
          role: options.role,
          reason: options.reason,
          ...(options.due !== undefined && { dueOn: options.due }),
        })),
      ),
    );

  moveLeaf(
    group(program, 'party', 'parties of a task'),
    'add <task>',
    'add a party',
    'party add zhuzhou-2027/1-01 --unit 市财政局 --role co',
  )
    .requiredOption('--unit <unit>', 'who comes')
    .requiredOption('--role <role>', 'lead, co, support or district', asRole)
    .action(
      act<MoveCall & { unit: string; role: Role }>((session, args, options) =>
        makeMove(session, argument(args, 0), options, ({ unit }) => ({
          move: 'addParty',
          unit: unit(options.unit),
          role: options.role,
        })),
      ),
    );
}
