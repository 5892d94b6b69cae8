/** A mail round by hand (R34). */
import type { Command } from 'commander';
import { loadCalendar } from '../../../ledger/calendars';
import { type Answer, act } from '../call';
import { group, leaf } from '../command';
import { authorisedForAll } from '../people';
import type { Session } from '../session';
import { nextSlot, runEarly, runRound } from '../sweeps';
import { timeText } from '../table';

export function rounds(program: Command): void {
  leaf(group(program, 'round', 'mail rounds'), 'run', 'run a mail round by hand', 'round run --now')
    .option('--now', "everything that waits: what is urgent, and the day's next routine round before its time")
    .action(act<{ now?: true }>((session, _args, { now }) => run(session, now === true)));
}

async function run(session: Session, now: boolean): Promise<Answer> {
  await authorisedForAll(session, 'runRound');
  const outcomes = [await runRound(session, 'routine')];
  if (now) {
    outcomes.push(await runRound(session, 'urgent'));
    const early = nextSlot(await loadCalendar(await session.db()), session.now());
    if (early) outcomes.push(await runEarly(session, early));
  }
  const held = outcomes.filter((outcome) => outcome !== null);
  const lines = held.map(
    ({ slot, letters, handed, failed, unsure, undeliverable, owed }) =>
      `${slot.round === 'urgent' ? '紧急' : '例行'}轮次 ${timeText(slot.at)}：写成${letters}封，送达${handed}封，失败${failed}封，未知${unsure}封，无地址${undeliverable}个${owed > 0 ? `，待反馈${owed}件` : ''}`,
  );
  const none = '现在没有应开的轮次：例行轮次在工作日9:00和14:30之后，紧急轮次在工作日8:30至18:00。';
  return { json: { rounds: held }, text: lines.length > 0 ? lines.join('\n') : none };
}
