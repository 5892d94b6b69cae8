/** 下达: launch a plan (R11, D14). Safe to repeat: it goes on where the last one stopped. */
import type { Command } from 'commander';
import { showPlan } from '../../../ledger/plans';
import type { LaunchProgress } from '../../../workflows/messages';
import { deskAs } from '../../as-user';
import { authorise } from '../../reader';
import { type Answer, act } from '../call';
import { argument, leaf } from '../command';
import { wrongCall } from '../failure';
import { asInstant, asPlan, asText } from '../inputs';
import { userOf } from '../people';
import type { Session } from '../session';
import { timeText } from '../table';
import { whileServed } from '../workers';

interface Options {
  signedBy: string;
  at?: string;
}

export function launching(program: Command): void {
  leaf(
    program,
    'launch <plan>',
    "check the plan, then start every task's process; safe to repeat",
    'launch zhuzhou-2027 --signed-by 殷望舒 --at 2027-03-15T08:00',
  )
    .requiredOption('--signed-by <name>', '签发人, who signs the slips of this plan', asText('签发人', 60))
    .option('--at <instant>', 'later: Beijing time, or ISO with a zone', asInstant)
    .action(act<Options>((session, args, options) => run(session, asPlan(argument(args, 0)), options)));
}

async function run(session: Session, id: string, { signedBy, at }: Options): Promise<Answer> {
  if (at !== undefined && at <= session.now()) {
    throw wrongCall('instant-past', `${timeText(at)}已过。`, `${at} has passed`, {
      next: 'leave --at out to launch now',
    });
  }
  const { plan, launchedAt } = await showPlan(await session.db(), id);
  // Asked first: who may not launch does not wait for servers.
  const user = await userOf(session, plan.office);
  authorise(user, 'launch', { office: plan.office });
  const desk = deskAs(await session.desk(), user);
  const begun = performance.now();
  let last = '';
  const onProgress = (progress: LaunchProgress) => {
    const line = progressLine(progress);
    if (line !== last) session.say(line);
    last = line;
  };
  const launch = () => desk.launch({ plan: id, signedBy, at, onProgress });
  // With a later instant nobody has to be there yet.
  const progress = at === undefined ? await whileServed(session, launch) : await launch();
  const stored = await showPlan(await session.db(), id);
  const json = {
    plan: id,
    ...progress,
    status: stored.status,
    launchOn: stored.launchOn,
    launchedAt: stored.launchedAt,
    signedBy: stored.signedBy,
  };
  if (progress.stage === 'waiting')
    return { json, text: `已受理，将于${timeText(stored.launchedAt ?? at ?? null)}下达：${id}` };
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  const before = launchedAt === null ? '' : `（此前已于${timeText(launchedAt)}受理）`;
  const text = `已下达${id}${before}：共${progress.total ?? 0}项任务，本次启动${progress.started}项，${seconds}秒。\n下一步: duban tasks --plan ${id}`;
  return { json, text };
}

function progressLine({ stage, done, total }: LaunchProgress): string {
  return `launch: ${stage}, ${done} of ${total ?? '?'} tasks`;
}
