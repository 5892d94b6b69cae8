/** Corrections of a draft, task by task; a launched plan changes only by the moves of its tasks. */
import type { Command } from 'commander';
import type { DeadlineRule, Party, Plan, PlanTask, Role } from '../../../domain/plan';
import { planTaskSchema } from '../../../domain/schemas';
import { editDraft, showPlan } from '../../../ledger/plans';
import { type Answer, act } from '../call';
import { argument, leaf } from '../command';
import { wrongCall } from '../failure';
import { asDay, asNumber, asOneOf, asPlan, asTask, asText, collect, shown } from '../inputs';
import { authorised } from '../people';
import type { Session } from '../session';
import { deadlineText, names } from '../table';
import { type UnitNames, unitNames } from '../unit-names';

interface Edit {
  title?: string;
  category?: string;
  due?: string;
  ready?: string;
  notReady?: string;
  when?: string;
  ongoing?: true;
  noDate?: true;
  party?: { unit: string; role: Role }[];
  dropParty?: string[];
  note?: string;
  revision?: number;
}

export function planEdit(plan: Command): void {
  leaf(
    plan,
    'edit <plan> <task>',
    'correct one task of a draft',
    'plan edit zhuzhou-2028 1-07 --due 2028-09-30 --party 市财政局=co --note 按会议纪要',
  )
    .option('--title <text>', 'its title', asText('名称', 500))
    .option('--category <text>', 'its category', asText('类别', 200))
    .option('--due <day>', 'a fixed date', asDay)
    .option('--ready <day>', 'two-track: the date if ready (with --not-ready)', asDay)
    .option('--not-ready <day>', 'two-track: the date if not ready', asDay)
    .option('--when <condition>', 'conditional: what it waits for', asText('条件', 2000))
    .option('--ongoing', 'no date: it continues')
    .option('--no-date', 'confirm that it has no date')
    .option('--party <unit=role>', 'add a party or give it this role; repeat it for more', collect(asParty))
    .option('--drop-party <unit>', 'take a party out; repeat it for more', collect(String))
    .option('--note <text>', 'why, kept with the correction', asText('说明', 500))
    .option(
      '--revision <number>',
      'refuse if somebody changed the draft since this revision',
      asNumber('revision', 1, 999_999),
    )
    .action(
      act<Edit & { date?: boolean }>((session, args, { date, ...edit }) => {
        const [plan, task] = [asPlan(argument(args, 0)), argument(args, 1)];
        return apply(session, plan, task, { ...edit, ...(date === false && { noDate: true as const }) });
      }),
    );
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

async function apply(session: Session, id: string, typed: string, edit: Edit): Promise<Answer> {
  const taskId = asTask(typed.includes('/') ? typed : `${id}/${typed}`);
  const db = await session.db();
  const { plan, revision } = await showPlan(db, id);
  const actor = await authorised(session, { office: plan.office, by: ['coordinator', 'office-head'] });
  const unit = await unitNames(db, plan.city);
  const correct = (draft: Plan): Plan => ({
    ...draft,
    tasks: draft.tasks.map((t) => (t.id === taskId ? edited(t, edit, unit) : t)),
  });
  const before = plan.tasks.find((task) => task.id === taskId);
  if (!before)
    throw wrongCall('unknown-task', `方案${id}没有任务${taskId}。`, `the plan ${id} has no task ${taskId}`, {
      next: `duban plan show ${id}`,
    });
  const after = edited(before, edit, unit);
  const checked = planTaskSchema.safeParse(after);
  if (!checked.success) {
    const [issue] = checked.error.issues;
    throw wrongCall('bad-task', '更正后的任务不完整。', `${issue?.path.join('.')}: ${issue?.message}`);
  }
  const changes = changesOf(before, after);
  if (changes.length === 0) throw wrongCall('nothing-to-change', '没有要更正的内容。', 'nothing would change');
  const note = `${taskId} ${edit.note ?? ''}（${changes.join('；')}）`;
  const correction = { at: session.now(), by: actor.name, note };
  const stored = await editDraft(db, id, edit.revision ?? revision, correction, correct);
  return {
    json: { plan: id, revision: stored.revision, task: after, changes },
    text: `已更正${taskId}（第${stored.revision}稿）：\n${changes.map((change) => `  ${change}`).join('\n')}`,
  };
}

function edited(task: PlanTask, edit: Edit, unit: UnitNames): PlanTask {
  const deadline = deadlineOf(task.deadline, edit);
  const parties = partiesOf(task.parties, edit, unit);
  const leadsChanged = leads(parties).join() !== leads(task.parties).join();
  return {
    ...task,
    title: edit.title ?? task.title,
    category: edit.category ?? task.category,
    deadline,
    parties,
    leadBasis: leadsChanged ? 'explicit' : task.leadBasis,
    ...(edit.noDate && { noDateConfirmed: true }),
  };
}

function deadlineOf(rule: DeadlineRule, edit: Edit): DeadlineRule {
  const { due, ready, notReady, when, ongoing, noDate } = edit;
  const twoTrack = ready !== undefined || notReady !== undefined;
  const said = [due !== undefined, twoTrack, when !== undefined, ongoing === true, noDate === true];
  if (said.filter(Boolean).length > 1) {
    throw wrongCall(
      'one-deadline',
      '时限只能写一种。',
      'say one kind of deadline: --due, --ready with --not-ready, --when, --ongoing or --no-date',
    );
  }
  const none = { ...rule, dueOn: null, readyOn: null, notReadyOn: null };
  if (due !== undefined) return { ...none, type: 'fixed', dueOn: due };
  if (when !== undefined) return { ...none, type: 'conditional', condition: when };
  if (ongoing) return { ...none, type: 'ongoing' };
  if (noDate) return { ...none, type: 'none' };
  if (!twoTrack) return rule;
  const [first, second] = [ready ?? rule.readyOn, notReady ?? rule.notReadyOn];
  if (first === null || second === null || second < first) {
    throw wrongCall(
      'two-dates',
      '两轨时限须先“具备”后“不具备”两个日期。',
      'two-track needs --ready and --not-ready, in this order',
    );
  }
  return { ...none, type: 'two-track', readyOn: first, notReadyOn: second };
}

function partiesOf(parties: Party[], { party = [], dropParty = [] }: Edit, unit: UnitNames): Party[] {
  const dropped = dropParty.map(unit);
  const missing = dropped.find((id) => !parties.some((p) => p.unit === id));
  if (missing)
    throw wrongCall('not-a-party', `${names([missing])}不是本任务的责任方。`, `${missing} is not a party to this task`);
  const added = party.map(({ unit: name, role }) => ({ unit: unit(name), role }));
  const kept = parties
    .filter((p) => !dropped.includes(p.unit))
    .map((p) => added.find(({ unit: id }) => id === p.unit) ?? p);
  return [...kept, ...added.filter(({ unit: id }) => !kept.some((p) => p.unit === id))];
}

function leads(parties: readonly Party[]): string[] {
  return parties.filter(({ role }) => role === 'lead').map(({ unit }) => unit);
}

function changesOf(before: PlanTask, after: PlanTask): string[] {
  const shape = ({ parties }: PlanTask) => parties.map(({ unit, role }) => `${names([unit])}=${role}`).join(' ');
  const pairs = [
    ['名称', before.title, after.title],
    ['类别', before.category ?? '无', after.category ?? '无'],
    ['时限', deadlineText(before.deadline), deadlineText(after.deadline)],
    ['条件', before.deadline.condition ?? '无', after.deadline.condition ?? '无'],
    ['责任方', shape(before), shape(after)],
    ['确认无时限', String(before.noDateConfirmed ?? false), String(after.noDateConfirmed ?? false)],
  ];
  return pairs.filter(([, from, to]) => from !== to).map(([what, from, to]) => `${what}：${from} → ${to}`);
}
