/** Corrections of a draft, task by task or of its head; a launched plan changes only by the moves of its tasks. */
import type { Command } from 'commander';
import type { Role } from '../../../domain/plan';
import { showPlan } from '../../../ledger/plans';
import { changeText } from '../../drafts/change-text';
import { type CorrectionOptions, correctDraft } from '../../drafts/correct-draft';
import { unitNames } from '../../drafts/unit-names';
import { type Answer, act } from '../call';
import { argument, leaf } from '../command';
import { draftDesk } from '../draft-desk';
import { type HeaderOptions, headerEditOf, type PolicyOption, type TaskOptions, taskEditOf } from '../edit-options';
import { wrongCall } from '../failure';
import { asDay, asNumber, asOneOf, asPlan, asTask, asText, collect, shown } from '../inputs';
import type { Session } from '../session';

type Options = Pick<CorrectionOptions, 'note' | 'revision'> & TaskOptions & HeaderOptions;

export function planEdit(plan: Command): void {
  leaf(
    plan,
    'edit <plan> [task]',
    'correct one task of a draft, or without a task what the draft says of itself',
    'plan edit zhuzhou-2028 1-07 --due 2028-09-30 --party 市财政局=co --note 按会议纪要',
  )
    .option('--title <text>', 'title of the task, or of the plan', asText('名称', 500))
    .option('--category <text>', 'its category, or none', orNone(asText('类别', 200)))
    .option('--content <text>', 'its content', asText('内容', 100_000))
    .option('--measure <text>', 'all its measures, in order; repeat it for more', collect(asText('工作措施', 20_000)))
    .option('--due <day>', 'a fixed date', asDay)
    .option('--ready <day>', 'two-track: the date if ready (with --not-ready)', asDay)
    .option('--not-ready <day>', 'two-track: the date if not ready', asDay)
    .option('--when <condition>', 'conditional: what it waits for', asText('条件', 2000))
    .option('--ongoing', 'no date: it continues')
    .option('--no-date', 'confirm that it has no date')
    .option('--party <unit=role>', 'add a party or give it this role; repeat it for more', collect(asParty))
    .option('--drop-party <unit>', 'take a party out; repeat it for more', collect(String))
    .option('--open-ended <yes|no>', 'whether units are meant that are not named', asOneOf('answer', ['yes', 'no']))
    .option('--remark <text>', 'the remark, or none', orNone(asText('备注', 20_000)))
    .option(
      '--remark-status <status>',
      'what the remark means: done, in-progress or none',
      orNone(asOneOf('status', ['done', 'in-progress'])),
    )
    .option('--number <text>', 'of the plan: its document number, or none', orNone(asText('文号', 100)))
    .option('--issuer <text>', 'of the plan: who issued it', asText('印发单位', 300))
    .option('--issued-on <day>', 'of the plan: when', asDay)
    .option('--office <unit>', 'of the plan: its coordination office')
    .option('--reporting <unit...>', 'of the plan: who reports on it as a whole each quarter, or none')
    .option('--reporting-text <text>', 'of the plan: the words that ask for it', asText('反馈要求', 2000))
    .option(
      '--policy <number=value>',
      'of the plan: a number of its rules, reminderRungs=10,5,1,0 (or none: the defaults); repeat it for more',
      collect(asPolicy),
    )
    .option('--note <text>', 'why, kept with the correction', asText('说明', 500))
    .option(
      '--revision <number>',
      'refuse if somebody changed the draft since this revision',
      asNumber('revision', 1, 999_999),
    )
    .action(act<Options>((session, args, options) => edit(session, asPlan(argument(args, 0)), args[1], options)));
}

const asRole = asOneOf('role', ['lead', 'co', 'support', 'district']);

function asParty(text: string): { unit: string; role: Role } {
  const at = text.lastIndexOf('=');
  if (at > 0) return { unit: text.slice(0, at), role: asRole(text.slice(at + 1)) };
  throw wrongCall(
    'bad-party',
    `“${shown(text)}”应写作“单位=角色”。`,
    `"${shown(text)}" is no party: UNIT=lead|co|support|district`,
  );
}

function asPolicy(text: string): PolicyOption {
  if (text === 'none') return null;
  const at = text.indexOf('=');
  if (at > 0) return { path: text.slice(0, at), value: text.slice(at + 1) };
  throw wrongCall(
    'bad-policy-number',
    `“${shown(text)}”应写作“项目=数值”。`,
    `"${shown(text)}" is no number of a policy: NAME=VALUE, names as in docs/policy.md`,
  );
}

function orNone<T>(read: (text: string) => T): (text: string) => T | null {
  return (text) => (text === 'none' ? null : read(text));
}

async function edit(session: Session, id: string, typed: string | undefined, options: Options): Promise<Answer> {
  const task = typed && asTask(typed.includes('/') ? typed : `${id}/${typed}`);
  const db = await session.db();
  const seen = await showPlan(db, id);
  const unit = await unitNames(db, seen.plan.city);
  const made = task ? taskEditOf(seen.plan, task, options, unit) : headerEditOf(seen.plan, options, unit);
  const { note, revision: known } = options;
  const { plan, revision, changes } = await correctDraft(await draftDesk(session), seen, [made], {
    at: session.now(),
    note,
    revision: known,
  });
  return {
    json: { plan: id, revision, task: plan.tasks.find((t) => t.id === task) ?? null, changes },
    text: `已更正${id}（第${revision}稿）：\n${changes.map((change) => `  ${changeText(change)}`).join('\n')}`,
  };
}
