/** Extensions 延期 (R27): a unit asks, a coordinator decides, a supervisor grants. */
import type { Command } from 'commander';
import { act } from '../call';
import { argument, group, moveLeaf } from '../command';
import { wrongCall } from '../failure';
import { asDay } from '../inputs';
import { type MoveCall, makeMove, moveText } from '../move';

export function extensions(program: Command): void {
  const extend = group(program, 'extend', 'extensions: request, decide, grant');

  moveLeaf(
    extend,
    'request <task>',
    'a lead asks for a later date, before the old one has passed',
    'extend request zhuzhou-2027/1-01 --unit 市市场监管局 --to 2027-08-31 --reason 接口改造延后 --progress 完成六成',
  )
    .requiredOption('--unit <unit>', 'the lead that asks')
    .requiredOption('--to <day>', 'the date proposed', asDay)
    .requiredOption('--reason <text>', 'why', moveText('requestExtension', 'reason'))
    .requiredOption('--progress <text>', 'what was done so far', moveText('requestExtension', 'progress'))
    .action(
      act<MoveCall & { unit: string; to: string; reason: string; progress: string }>((session, args, options) => {
        const { to, reason, progress } = options;
        return makeMove(session, argument(args, 0), options, ({ unit }) => ({
          move: 'requestExtension',
          unit: unit(options.unit),
          to,
          reason,
          progress,
        }));
      }),
    );

  moveLeaf(
    extend,
    'decide <task>',
    'the coordinator approves or refuses a request',
    'extend decide zhuzhou-2027/1-01 --approve --to 2027-07-31',
  )
    .option('--approve', 'approve, as proposed or until --to')
    .option('--refuse', 'refuse, with a reason')
    .option('--to <day>', 'an earlier date than the one proposed', asDay)
    .option('--reason <text>', 'why it is refused', moveText('refuseExtension', 'reason'))
    .action(
      act<MoveCall & Decision>((session, args, options) => {
        const move = decided(options);
        return makeMove(session, argument(args, 0), options, () => move);
      }),
    );

  moveLeaf(
    extend,
    'grant <task>',
    'the supervisor gives a later date, also after the old one or beyond the quota',
    'extend grant zhuzhou-2027/1-01 --to 2027-09-30 --reason 国家平台推迟上线',
  )
    .requiredOption('--to <day>', 'the new date', asDay)
    .requiredOption('--reason <text>', 'why', moveText('grantExtension', 'reason'))
    .action(
      act<MoveCall & { to: string; reason: string }>((session, args, { to, reason, ...options }) =>
        makeMove(session, argument(args, 0), options, () => ({ move: 'grantExtension', to, reason })),
      ),
    );
}

interface Decision {
  approve?: true;
  refuse?: true;
  to?: string;
  reason?: string;
}

function decided({ approve, refuse, to, reason }: Decision) {
  if (!approve === !refuse) {
    throw wrongCall('approve-or-refuse', '请选择--approve或--refuse其中之一。', 'say either --approve or --refuse');
  }
  if (approve) {
    if (reason !== undefined) throw wrongCall('no-reason', '同意延期不需要理由。', 'an approval takes no --reason');
    return { move: 'approveExtension', ...(to !== undefined && { to }) } as const;
  }
  if (to !== undefined) throw wrongCall('no-date', '不同意延期时不能写--to。', 'a refusal takes no --to');
  if (reason === undefined) throw wrongCall('reason-needed', '不同意延期须写明理由。', 'a refusal needs --reason');
  return { move: 'refuseExtension', reason } as const;
}
