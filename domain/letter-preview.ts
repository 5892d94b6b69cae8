/** A letter that nobody gets: its content by the functions that rounds use, for somebody who wants to see it first. */
import type { WorkCalendar } from './calendar';
import { type Day, instantOf } from './days';
import type { Language } from './language';
import { briefOf } from './letter-brief';
import { datesForLetter } from './letter-calendar';
import type { LetterDraft } from './letter-draft';
import { type LetterNotice, letterOf } from './letters';
import type { PlanId, UnitId } from './plan';
import { type Reachable, reachable, receiverOf } from './rounds';
import type { Task } from './task';
import { languageOf, type Unit } from './unit';

export interface Preview {
  /** Of one addressee, at least one. */
  notices: readonly LetterNotice[];
  /** The coordination office in whose name it is sent. */
  office: UnitId;
  /** The tasks spoken of, as they stand then. */
  tasks: readonly Task[];
  /** The working day on which it would leave. */
  on: Day;
}

/** What a letter is made from beside what it says. */
export interface PreviewGround {
  calendar: WorkCalendar;
  directory: ReadonlyMap<UnitId, Unit>;
  plans: Record<PlanId, string>;
  /** The addressee's own, when left out. */
  language?: Language;
}

/** Where the directory has no address: the letter is shown all the same. */
const NOBODY: Reachable = {
  name: '（单位目录中没有收件人或其邮箱）',
  mail: 'nobody@example.invalid',
  addresses: [{ kind: 'mail', to: 'nobody@example.invalid' }],
};

export function previewDraft({ notices, office, tasks, on }: Preview, ground: PreviewGround): LetterDraft {
  const [first] = notices;
  if (!first) throw new RangeError('a letter has at least one notice');
  const { calendar, directory, plans } = ground;
  const meant = directory.get(first.to.unit);
  const to = receiverOf({ to: first.to, office }, meant, on);
  const unit = directory.get(to.unit) ?? unnamed(to.unit);
  const coordination = directory.get(office);
  const language = ground.language ?? languageOf(unit);
  return {
    id: `preview-${on.replaceAll('-', '')}`,
    datedAt: instantOf(on, '09:00'),
    on,
    correspondence: 'preview',
    letter: letterOf(to, notices, {
      calendar,
      on,
      language,
      plans,
      tasks: Object.fromEntries(tasks.map((task) => [task.id, briefOf(task)])),
      units: Object.fromEntries([...directory.values()].map(({ id, name }) => [id, name])),
    }),
    unit: { ...unit, language },
    person: reachable(unit, to.office, on) ?? NOBODY,
    office: coordination,
    replyTo: reachable(coordination, 'liaison', on),
    dates: datesForLetter(to, notices, tasks, calendar),
    plans,
    seals: [],
  };
}

function unnamed(id: UnitId): Unit {
  const [city = '', name = id] = id.split(':');
  return { id, city, name, aliases: [], members: null, liaison: null, head: null, leader: null, substitutes: [] };
}
