/** What a unit does: sign 签收, declare 申报, report 反馈, and the contributions 配合事项 between units. */
import type { Command } from 'commander';
import { type Answer, act } from '../call';
import { argument, group, moveLeaf } from '../command';
import { wrongCall } from '../failure';
import { asDay, asNumber, asOneOf, asPlan, asText, shown } from '../inputs';
import { type MoveCall, makeMove, moveText } from '../move';
import { reportOnPlan } from '../plan-report';

interface OfUnit extends MoveCall {
  unit: string;
}

export function unitMoves(program: Command): void {
  moveLeaf(program, 'ack <task>', 'sign for a task', 'ack zhuzhou-2027/1-01 --unit 市市场监管局 --handler 王莉')
    .requiredOption('--unit <unit>', 'the unit that signs')
    .option('--handler <name>', 'who handles it there', moveText('acknowledge', 'handler'))
    .option('--by-phone', 'recorded by the coordinator for a unit that said so on the telephone')
    .action(
      act<OfUnit & { handler?: string; byPhone?: true }>((session, args, options) => {
        return makeMove(session, argument(args, 0), options, ({ unit }) => ({
          move: 'acknowledge',
          unit: unit(options.unit),
          ...(options.handler !== undefined && { handler: options.handler }),
          ...(options.byPhone && { byPhone: true }),
        }));
      }),
    );

  moveLeaf(
    program,
    'ready <task>',
    'declare whether a two-track task is ready',
    'ready zhuzhou-2027/2-01 --unit 市市场监管局 --no --reason 国家系统尚未开放接口，先行改造本地端',
  )
    .requiredOption('--unit <unit>', 'the lead that declares')
    .option('--yes', 'the conditions are there')
    .option('--no', 'they are not; the reason states the measures')
    .option('--reason <text>', 'measures, needed with --no', moveText('declare', 'reason'))
    .action(
      act<OfUnit & { yes?: true; no?: true; reason?: string }>((session, args, options) => {
        if (!options.yes === !options.no) {
          throw wrongCall('yes-or-no', '请选择--yes或--no其中之一。', 'say either --yes or --no');
        }
        return makeMove(session, argument(args, 0), options, ({ unit }) => ({
          move: 'declare',
          unit: unit(options.unit),
          ready: options.yes === true,
          ...(options.reason !== undefined && { reason: options.reason }),
        }));
      }),
    );

  moveLeaf(
    program,
    'report <task-or-plan>',
    'report progress on a task, or of a unit on the whole plan',
    'report zhuzhou-2027/1-01 --unit 市市场监管局 --text 系统已上线试运行 --percent 60',
  )
    .requiredOption('--unit <unit>', 'the unit that reports')
    .requiredOption('--text <text>', 'what was done', moveText('report', 'text'))
    .option('--percent <number>', 'how far, 0 to 100', asNumber('percent', 0, 100))
    .option(
      '--condition <yes|no>',
      'whether the condition of a conditional task holds',
      asOneOf('condition', ['yes', 'no']),
    )
    .action(act<OfUnit & Report>((session, args, options) => report(session, argument(args, 0), options)));

  contributions(group(program, 'contribute', 'what a lead asks of a co-unit'));
}

interface Report {
  text: string;
  percent?: number;
  condition?: 'yes' | 'no';
}

function report(session: Parameters<typeof makeMove>[0], id: string, options: OfUnit & Report): Promise<Answer> {
  const { text, percent, condition } = options;
  if (!id.includes('/')) {
    if (percent !== undefined || condition !== undefined) {
      throw wrongCall(
        'task-only',
        '--percent和--condition只用于单项任务。',
        '--percent and --condition are for a report on one task',
      );
    }
    return reportOnPlan(session, asPlan(id), options);
  }
  return makeMove(session, id, options, ({ unit }) => ({
    move: 'report',
    unit: unit(options.unit),
    text,
    ...(percent !== undefined && { percent }),
    ...(condition !== undefined && { condition: condition === 'yes' }),
  }));
}

function contributions(contribute: Command): void {
  moveLeaf(
    contribute,
    'ask <task>',
    'a lead asks a co-unit for its part',
    'contribute ask zhuzhou-2027/1-01 --unit 市市场监管局 --of 市税务局 --text 请提供发票申领接口 --due 2027-05-20',
  )
    .requiredOption('--unit <unit>', 'the lead that asks')
    .requiredOption('--of <unit>', 'the co-unit that is asked')
    .requiredOption('--text <text>', 'what is asked', moveText('askContribution', 'text'))
    .requiredOption('--due <day>', 'until when', asDay)
    .action(
      act<OfUnit & { of: string; text: string; due: string }>((session, args, options) =>
        makeMove(session, argument(args, 0), options, ({ unit }) => ({
          move: 'askContribution',
          unit: unit(options.unit),
          of: unit(options.of),
          text: options.text,
          dueOn: options.due,
        })),
      ),
    );

  moveLeaf(
    contribute,
    'done <task>',
    'the co-unit answers',
    'contribute done zhuzhou-2027/1-01 --unit 市税务局 --id c1 --text 接口文档已提供',
  )
    .requiredOption('--unit <unit>', 'the co-unit that answers')
    .requiredOption('--id <contribution>', 'which one, as `duban task show` lists them', asContribution)
    .requiredOption('--text <text>', 'what was done', moveText('completeContribution', 'text'))
    .action(
      act<OfUnit & { id: string; text: string }>((session, args, options) =>
        makeMove(session, argument(args, 0), options, ({ unit }) => ({
          move: 'completeContribution',
          unit: unit(options.unit),
          contribution: options.id,
          text: options.text,
        })),
      ),
    );
}

function asContribution(text: string): string {
  if (/^c\d{1,6}$/.test(text)) return asText('配合事项', 10)(text);
  throw wrongCall(
    'bad-contribution',
    `“${shown(text)}”不是配合事项编号。`,
    `"${shown(text)}" is no contribution: c1, c2, …`,
  );
}
