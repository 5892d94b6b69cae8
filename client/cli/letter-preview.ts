/** Letters to look at before anybody gets one: of a task as it stands, or of the example plan. Nothing is stored. */
import { nextWorkingDay, type WorkCalendar } from '../../domain/calendar';
import type { Day } from '../../domain/days';
import { imagine } from '../../domain/imagined-notices';
import type { Language } from '../../domain/language';
import type { LetterDraft } from '../../domain/letter-draft';
import { exampleLetter, previewOf, toFirst } from '../../domain/letter-examples';
import { type Preview, previewDraft } from '../../domain/letter-preview';
import type { NoticeKind } from '../../domain/notices';
import type { Plan, TaskId } from '../../domain/plan';
import { isRefusal, sentenceOf } from '../../domain/refusals';
import type { Unit } from '../../domain/unit';
import { loadCalendar } from '../../ledger/calendars';
import type { Db } from '../../ledger/database';
import { taskForPreview } from '../../ledger/letters/preview';
import { problemSentence } from '../../ledger/letters/problems';
import { listUnits } from '../../ledger/units';
import { type Composed, composer } from '../../mail/compose';
import { mailboxOf } from '../../worker/places';
import { CliFailure, wrongCall } from './failure';
import { calendarOfSeeds, examplePlan } from './seeds';

/** A Friday: the launch of the plan in the golden dates of docs/rules.md. */
const EXAMPLE_ON = '2020-03-13';

let ground: { plan: Plan; units: Unit[]; calendar: WorkCalendar } | null = null;

/** Read once: who looks at all letters plays the plan many times. */
function exampleGround() {
  ground ??= { ...examplePlan(), calendar: calendarOfSeeds() };
  return ground;
}

/** A letter of the example plan, as its document's year had it. */
export function exampleDraft(kind: NoticeKind, language?: Language): LetterDraft {
  const { plan, units, calendar } = exampleGround();
  const directory = new Map(units.map((unit) => [unit.id, unit]));
  const given = { calendar, directory, plans: { [plan.id]: plan.title }, language };
  if (kind !== 'deliveryProblem')
    return previewDraft(exampleLetter(kind, { plan, units, calendar, launchedOn: EXAMPLE_ON }), given);
  const [party] = plan.tasks[0]?.parties ?? [];
  const unit = party && directory.get(party.unit);
  const letter = {
    to_unit: party?.unit ?? plan.office,
    to_office: 'liaison',
    address: unit?.liaison?.mail ?? null,
    answer: '550 5.1.1 no such user',
    bounce: null,
    parcel: null,
  } as const;
  const text = problemSentence(letter, 1, { kind: 'refused', on: EXAMPLE_ON, now: `${EXAMPLE_ON}T01:00:00.000Z` });
  return previewDraft({ ...problemOf(plan.office, plan.id, text), on: EXAMPLE_ON }, given);
}

function problemOf(office: string, plan: string, text: string): Omit<Preview, 'on'> {
  const notice = {
    kind: 'deliveryProblem',
    to: { unit: office, office: 'liaison' },
    plan,
    task: null,
    rung: null,
    section: 'due',
    text,
    dueOn: null,
    provisional: false,
    obligation: { kind: 'information' },
  } as const;
  return { notices: [notice], office, tasks: [] };
}

/**
 * What a letter of the kind would say about a task on the next working day: what it has been told last, or else what
 * would come of the task as it stands.
 * @throws CliFailure when the task causes no such letter
 */
export async function taskDraft(
  db: Db,
  { kind, task: id, today, language }: { kind: NoticeKind; task: TaskId; today: Day; language?: Language },
): Promise<LetterDraft> {
  if (kind === 'deliveryProblem')
    throw wrongCall('bad-kind', '未送达通知不属于任何任务。', 'a delivery problem is about a letter and no task', {
      next: 'duban letter preview deliveryProblem',
    });
  const found = await taskForPreview(db, id, kind, today.slice(0, 4));
  if (!found)
    throw wrongCall('unknown-task', `没有已下达的任务${id}。`, `there is no launched task ${id}`, {
      next: 'duban tasks',
    });
  const calendar = await loadCalendar(db);
  const units = await listUnits(db);
  const directory = new Map(units.map((unit) => [unit.id, unit]));
  const ground = { calendar, directory, plans: { [found.task.plan]: found.planTitle }, language };
  const { office } = found.task;
  const on = nextWorkingDay(calendar, today);
  const [told] = found.notices;
  if (told) return previewDraft({ notices: toFirst(found.notices), office, tasks: [found.task], on }, ground);
  const imagined = imagine(found.task, kind, on, {
    calendar,
    policy: found.policy,
    directory: Object.fromEntries(units.map(({ id: name, members }) => [name, { members }])),
    ordinals: found.ordinals,
    openTasks: 1,
  });
  if (!imagined || isRefusal(imagined)) {
    const why = imagined ? { zh: sentenceOf(imagined, 'zh'), en: sentenceOf(imagined, 'en') } : { zh: '', en: '' };
    throw new CliFailure(
      1,
      'no-such-notice',
      `按目前状态，任务${id}不会产生这种通知。${why.zh}`,
      `as it stands, ${id} causes no notice of kind ${kind}. ${why.en}`.trim(),
      {
        next: `duban letter preview ${kind}`,
      },
    );
  }
  return previewDraft(previewOf(imagined.notices, { office, tasks: [imagined.task], on: imagined.on }), ground);
}

/** The bytes and both forms, as a round would make them; unsigned, and its answers lead nowhere: nobody was asked. */
export function composeLetter(from: string, draft: LetterDraft, base = 'https://duban.example'): Promise<Composed> {
  return composer(mailboxOf(from), { addressOf: ({ answer }) => `${base}/a/preview-${answer}` })(draft);
}
