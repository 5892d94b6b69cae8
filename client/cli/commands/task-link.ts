/** Which indicator a task belongs to: a coordinator corrects what its category says. */
import type { Command } from 'commander';
import { addressOf } from '../../../domain/library/links';
import { linkTask, loadLibrary } from '../../../ledger/library';
import { taskLibrary } from '../../reading/task-library';
import { type Answer, act } from '../call';
import { argument, leaf } from '../command';
import { wrongCall } from '../failure';
import { indicatorTyped } from '../library-ground';
import { groundOf } from '../move';
import { authorised } from '../people';
import type { Session } from '../session';

interface Options {
  indicator?: string;
  none?: true;
}

export function taskLink(task: Command): void {
  leaf(
    task,
    'link <task>',
    'say which indicator of the library a task belongs to',
    'task link zhuzhou-2027/2-12 --indicator 13',
  )
    .option('--indicator <number>', 'number of the indicator; SOURCE/NUMBER where two documents have it')
    .option('--none', 'to none')
    .action(act<Options>((session, args, options) => link(session, argument(args, 0), options)));
}

async function link(session: Session, id: string, { indicator: typed, none }: Options): Promise<Answer> {
  if ((typed === undefined) === (none === undefined)) {
    throw wrongCall('indicator-or-none', '请选择--indicator或--none其中之一。', 'say either --indicator or --none');
  }
  const { task, planTask, plan } = await groundOf(session, id);
  const actor = await authorised(session, 'linkLibrary', { office: plan.office });
  const db = await session.db();
  const named = typed === undefined ? null : indicatorTyped(await loadLibrary(db), typed);
  const [madeAt, madeBy] = [session.now(), actor.name];
  await linkTask(db, task, { indicator: named && addressOf(named), madeAt, madeBy });
  const { linked } = await taskLibrary(db, { id: task, category: planTask.category });
  const { indicator } = linked;
  const shown = indicator && { id: addressOf(indicator), name: indicator.name };
  const text = indicator
    ? `${task} ${planTask.title}：对应指标 ${addressOf(indicator)} ${indicator.name}。`
    : `${task} ${planTask.title}：不对应任何指标。`;
  return { json: { task, indicator: shown, by: linked.by, madeAt, madeBy }, text };
}
