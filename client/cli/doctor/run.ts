/** Carries `doctor` out: is every part there, and do ledger and workflows tell the same story. */
import { waitFor } from '../../../tools/processes';
import type { Answer } from '../call';
import { wrongCall } from '../failure';
import type { Session } from '../session';
import { relaunchAll } from '../sweeps';
import { channelFindings } from './channel-parts';
import { type Finding, note, well, wordsOf, wrong } from './finding';
import { ledgerFindings } from './ledger-parts';
import { sendTestLetter } from './mail-test';
import { type Comparison, compareStreams, repair } from './streams';
import { mailFinding, temporalFindings } from './temporal-parts';

export interface DoctorOptions {
  /** Only a test letter to this address. */
  mail?: string;
  repair?: true;
  relaunch?: true;
}

/** Filling a stream is one short transaction; a hundred of them are done in seconds. */
const REPAIR_WITHIN_MS = 60_000;

/** Without these nothing can be compared; whatever else is wrong, an overdue alarm above all, may be explained by it. */
const NEEDED = ['PostgreSQL', '数据库结构', 'Temporal', '工作进程'];

/**
 * Looks at every part, then at every stream.
 * @public read by later.ts
 */
export async function examine(session: Session, options: DoctorOptions): Promise<Answer> {
  if (options.repair && options.relaunch) {
    throw wrongCall('repair-or-relaunch', '--repair和--relaunch只能选一个。', 'say either --repair or --relaunch');
  }
  if (options.mail !== undefined) {
    if (options.repair || options.relaunch) {
      throw wrongCall('mail-alone', '--mail只发测试信，不能与其他选项同用。', 'say --mail alone');
    }
    return sendTestLetter(session, options.mail);
  }
  const [ledger, temporal, mail, channels] = await Promise.all([
    ledgerFindings(session),
    temporalFindings(session),
    mailFinding(session),
    channelFindings(session),
  ]);
  const parts = [...ledger, ...temporal, mail, ...channels];
  const relaunched = options.relaunch ? (await relaunchAll(session)).relaunched : null;
  const reachable = !parts.some(({ part, state }) => state === 'wrong' && NEEDED.includes(part));
  const compared = reachable || options.repair || relaunched !== null ? await comparing(session, options) : null;
  if (compared) parts.push(compared.finding);
  const isWrong = parts.some(({ state }) => state === 'wrong');
  const { comparison = null, repaired = null } = compared ?? {};
  const json = { ok: !isWrong, parts, differences: comparison?.differences ?? [], repaired, relaunched };
  return { json, text: textOf(parts, comparison, { repaired, relaunched }), exit: isWrong ? 1 : 0 };
}

interface Compared {
  finding: Finding;
  comparison: Comparison | null;
  repaired: string[] | null;
}

async function comparing(session: Session, options: DoctorOptions): Promise<Compared> {
  try {
    let comparison = await compareStreams(session);
    const repaired = options.repair ? await repair(session, comparison.differences) : null;
    if (repaired?.length || options.relaunch) {
      // Signals and new processes are taken up in a moment; what differs after that differs.
      const settled = await waitFor(
        async () => {
          comparison = await compareStreams(session);
          return comparison.differences.length === 0;
        },
        { withinMs: REPAIR_WITHIN_MS, everyMs: 1_000 },
      );
      if (!settled) session.say('some streams still differ after a minute');
    }
    return { finding: findingOf(comparison), comparison, repaired };
  } catch (error) {
    return {
      finding: wrong('流程与台账', wordsOf(error), 'duban worker, then duban doctor'),
      comparison: null,
      repaired: null,
    };
  }
}

function findingOf({ streams, differences }: Comparison): Finding {
  const count = (...kinds: string[]) => differences.filter(({ what }) => kinds.includes(what)).length;
  if (differences.length === 0) return well('流程与台账', `${streams}项一致`);
  const said = `${differences.length}项不一致`;
  if (count('ledger-ahead') === differences.length)
    return note('流程与台账', `${said}（正在赶上）`, 'duban doctor, again in a minute');
  const next = count('workflow-ahead', 'not-in-ledger') > 0 ? 'duban doctor --repair' : 'duban doctor --relaunch';
  return wrong('流程与台账', said, next);
}

const SIGN = { well: '✓', note: '·', wrong: '✗' } as const;

function textOf(
  parts: readonly Finding[],
  comparison: Comparison | null,
  done: { repaired: string[] | null; relaunched: number | null },
): string {
  return [
    ...parts.map(({ part, state, said, next, latencyMs }) => {
      const took = latencyMs === null ? '' : ` ${latencyMs} ms`;
      return `${SIGN[state]} ${part}: ${said}${took}${next ? `\n    下一步: ${next}` : ''}`;
    }),
    ...(comparison?.differences ?? []).slice(0, 20).map(({ stream, said }) => `    ${stream} ${said}`),
    ...(done.repaired ? [`已请${done.repaired.length}个流程补齐台账。`] : []),
    ...(done.relaunched === null ? [] : [`已重新启动${done.relaunched}个流程。`]),
  ].join('\n');
}
