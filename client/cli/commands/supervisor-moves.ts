/** What a supervisor does, and slips by hand, which he shares with the coordinator (R23, R24, R28, R32). */
import type { Command } from 'commander';
import { act } from '../call';
import { argument, moveLeaf } from '../command';
import { wrongCall } from '../failure';
import { asDay, asOneOf } from '../inputs';
import { type MoveCall, makeMove, moveText } from '../move';

const asColour = asOneOf('colour', ['blue', 'orange', 'red']);
type Reason = MoveCall & { reason: string };

export function supervisorMoves(program: Command): void {
  moveLeaf(
    program,
    'reopen <task>',
    'completed evidence proved untrue: the task runs again',
    'reopen zhuzhou-2027/1-01 --due 2027-10-31 --reason 回头看发现系统未启用',
  )
    .requiredOption('--due <day>', 'the new due date', asDay)
    .requiredOption('--reason <text>', 'why', moveText('reopen', 'reason'))
    .action(
      act<Reason & { due: string }>((session, args, { due, reason, ...options }) =>
        makeMove(session, argument(args, 0), options, () => ({ move: 'reopen', dueOn: due, reason })),
      ),
    );

  moveLeaf(
    program,
    'redate <task>',
    'set another due date on the basis of a document',
    'redate zhuzhou-2027/1-01 --due 2027-12-31 --reason 省里统一调整 --basis 湘政办发〔2027〕8号',
  )
    .requiredOption('--due <day>', 'the new due date', asDay)
    .requiredOption('--reason <text>', 'why', moveText('redate', 'reason'))
    .requiredOption('--basis <document>', 'the document', moveText('redate', 'basis'))
    .action(
      act<Reason & { due: string; basis: string }>((session, args, { due, reason, basis, ...options }) =>
        makeMove(session, argument(args, 0), options, () => ({ move: 'redate', dueOn: due, reason, basis })),
      ),
    );

  moveLeaf(
    program,
    'annul <task>',
    'annul a breach recorded in error',
    'annul zhuzhou-2027/1-01 --reason 纸质材料已按期送达',
  )
    .requiredOption('--reason <text>', 'why', moveText('annulBreach', 'reason'))
    .action(
      act<Reason>((session, args, { reason, ...options }) =>
        makeMove(session, argument(args, 0), options, () => ({ move: 'annulBreach', reason })),
      ),
    );

  moveLeaf(program, 'instruct <task>', 'a leader instructs', 'instruct zhuzhou-2027/1-01 --text 请分管领导本周内调度')
    .requiredOption('--text <text>', 'what is said', moveText('instruct', 'text'))
    .action(
      act<MoveCall & { text: string }>((session, args, { text, ...options }) =>
        makeMove(session, argument(args, 0), options, () => ({ move: 'instruct', text })),
      ),
    );

  slips(program);
}

function slips(program: Command): void {
  moveLeaf(
    program,
    'slip <task>',
    'issue a slip by hand, or lift a listing',
    'slip zhuzhou-2027/1-01 --colour orange --reason 进度严重滞后',
  )
    .option('--colour <colour>', 'blue or orange by the coordinator, red by the supervisor', asColour)
    .option('--lift', 'end the listing for special supervision instead')
    .requiredOption('--reason <text>', 'why', moveText('issueSlip', 'reason'))
    .action(
      act<Reason & { colour?: ReturnType<typeof asColour>; lift?: true }>((session, args, options) => {
        const { colour, lift, reason } = options;
        if (lift ? colour !== undefined : colour === undefined) {
          throw wrongCall('colour-or-lift', '请选择--colour或--lift其中之一。', 'say either --colour or --lift');
        }
        return makeMove(session, argument(args, 0), options, () =>
          colour === undefined ? { move: 'liftListing', reason } : { move: 'issueSlip', colour, reason },
        );
      }),
    );
}
