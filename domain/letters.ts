/**
 * A letter 信件: the notices of one addressee put into one text, the same for the mail that leaves and for the
 * rehearsal. Everything that depends on the day (working days left, the nearest date) is reckoned for the letter's day.
 */
import { ANSWERS, type Offer } from './answers/answers';
import { offersOf } from './answers/offers';
import type { Day } from './days';
import type { Language } from './language';
import { asOfToday, dateWithMark, type LetterDay, nearestDate } from './letter-dates';
import { WORDS } from './letter-words/by-language';
import { englishSentence } from './letter-words/english-sentences';
import type { LetterWords } from './letter-words/words';
import { type Addressee, type NoticeDraft, type NoticeKind, SECTIONS, type Section } from './notices';
import type { PlanId, Role, TaskId, UnitId } from './plan';
import type { Task } from './task';
import { numberOf } from './task-ids';

/** What a letter reads of a notice. `to` is whom it was meant for, also when another gets it in his place (R9). */
export type LetterNotice = Pick<
  NoticeDraft,
  'kind' | 'to' | 'plan' | 'task' | 'rung' | 'section' | 'text' | 'dueOn' | 'provisional' | 'obligation'
> & {
  /** The day on which its sentence was written, where that may be another than the letter's. */
  madeOn?: Day;
};

/** What a letter says about a task beside its notices. */
export interface TaskBrief {
  title: string;
  dueOn: Day | null;
  leads: UnitId[];
  /** The role of each unit that answers for itself. */
  roles: Record<UnitId, Role>;
  /** The task itself, where the letter offers answers; a rehearsal's letters offer none. */
  state?: Task;
  /** Cases of the library on its subject, and the documents they stand in; a reminder names them. */
  cases?: { name: string; source: string }[];
}

export interface LetterContext extends LetterDay {
  language: Language;
  tasks: Record<TaskId, TaskBrief>;
  /** Names of units, and titles of plans. */
  units: Record<UnitId, string>;
  plans: Record<PlanId, string>;
}

/** One thing that is asked, or the rows of one task: what it is, by when, what to do. */
export interface Ask {
  /** The task's number in its plan, `1-07`; null where the ask is not about one task. */
  no: string | null;
  task: TaskId | null;
  title: string;
  /** The plan's title; null where the letter speaks of one plan only. */
  plan: string | null;
  /** 牵头 of the addressee, or who leads the task for somebody else. */
  role: string | null;
  /** `6月30日（周二）`, with its year where that differs from the letter's, and 暂定 where it is so. */
  due: string | null;
  /** `还有5个工作日`, `今日到期`, `已逾期3个工作日`. */
  left: string | null;
  todo: string[];
  /** What can be answered with one click; `url` is filled in when the letter is composed, null: no link. */
  answers: { label: string; offer: Offer; url: string | null }[];
  /** The official Chinese sentences of what `todo` says in another language; none in a Chinese letter. */
  official: string[];
  /** `参考案例：…（《来源》）` under a reminder; null elsewhere, and where the library has none. */
  reference: string | null;
}

export interface LetterSection {
  section: Section;
  name: string;
  asks: Ask[];
  /** What did not fit: named, without its details. */
  counted: Ask[];
}

export interface Letter {
  language: Language;
  subject: string;
  /** One sentence on top: what is owed and the nearest date. */
  summary: string;
  /** The plan spoken of, when it is one. */
  plan: string | null;
  sections: LetterSection[];
}

/** After these a task asks nothing more of who is told: its date would mislead. */
const ENDS: readonly NoticeKind[] = ['closed', 'cancelled', 'released'];

/** So many asks are printed in full; a longer letter is not read to its end. */
const ASKS_IN_FULL = 20;

/**
 * The content of one letter (R34). Body order: overdue, due, to sign, for information; inside a section by date. All
 * notices of one task stand together, in the first section that any of them belongs to.
 * @param to who gets the letter
 * @param notices at least one
 */
export function letterOf(to: Addressee, notices: readonly LetterNotice[], context: LetterContext): Letter {
  const { language } = context;
  const words = WORDS[language];
  const plans = [...new Set(notices.map(({ plan }) => plan))];
  const entries = entriesOf(notices).map((entry) => ({
    section: entry.section,
    sortedBy: nearestOf(entry, context.on) ?? '9999',
    ask: askOf(entry, to, context, plans.length > 1),
  }));
  let room = ASKS_IN_FULL;
  const sections = SECTIONS.flatMap((section) => {
    const asks = entries
      .filter((entry) => entry.section === section)
      .sort((a, b) => (a.sortedBy < b.sortedBy ? -1 : a.sortedBy > b.sortedBy ? 1 : 0))
      .map(({ ask }) => ask);
    if (asks.length === 0) return [];
    const full = asks.slice(0, room);
    room -= full.length;
    return [{ section, name: words.sections[section], asks: full, counted: asks.slice(full.length) }];
  });
  const nearest = nearestDate(notices, context);
  const counts = countsOf(sections, notices, words);
  const owed = `${counts}${nearest ? words.nearest(words.shortDate(nearest.day, context.on), nearest.day === context.on, nearest.provisional) : ''}`;
  const plan = plans.length === 1 ? (context.plans[plans[0] ?? ''] ?? null) : null;
  return { language, subject: words.subject(owed), summary: words.summary(context.on, owed), plan, sections };
}

/** The notices that make one ask. */
interface Entry {
  section: Section;
  notices: LetterNotice[];
}

function entriesOf(notices: readonly LetterNotice[]): Entry[] {
  const entries = new Map<string, Entry>();
  notices.forEach((notice, place) => {
    const key = keyOf(notice, place);
    const entry = entries.get(key) ?? { section: notice.section, notices: [] };
    entry.notices.push(notice);
    if (SECTIONS.indexOf(notice.section) < SECTIONS.indexOf(entry.section)) entry.section = notice.section;
    entries.set(key, entry);
  });
  return [...entries.values()];
}

function keyOf(notice: LetterNotice, place: number): string {
  if (notice.kind === 'telephone') return `telephone ${aboutUnit(notice)}`;
  // One list of a day, whatever plans the letters were about (R33).
  if (notice.kind === 'deliveryProblem') return 'deliveryProblem';
  return notice.task ?? `${place}`;
}

function askOf({ section, notices }: Entry, to: Addressee, context: LetterContext, namesPlan: boolean): Ask {
  const [first] = notices;
  if (!first) throw new RangeError('an entry of a letter has at least one notice');
  const words = WORDS[context.language];
  const plan = namesPlan ? (context.plans[first.plan] ?? first.plan) : null;
  if (first.kind === 'telephone') return { ...telephone(notices, context), plan };
  const task = first.task === null ? undefined : context.tasks[first.task];
  const stated = notices.find(({ dueOn }) => dueOn !== null)?.dueOn ?? null;
  const dueOn = task?.dueOn ?? stated;
  // A lead that has not declared is not overdue with its task: there is no date before it has (R15).
  const isDateless = task?.dueOn == null && notices.every(({ kind }) => kind === 'silentLead');
  const shown = isDateless || notices.every(({ kind }) => ENDS.includes(kind)) ? null : dueOn;
  // What is only told may be over, and then its date says nothing; while it is suspended nobody counts.
  const counts = section !== 'information' || (dueOn !== null && dueOn >= context.on);
  const stands = notices.every(({ kind }) => kind === 'suspended');
  const said = [...new Set(notices.map((notice) => todoOf(notice, to, dueOn, context)))];
  const isChinese = context.language === 'zh-CN';
  return {
    no: first.task === null ? null : numberOf(first.task),
    task: first.task,
    title:
      first.kind === 'deliveryProblem'
        ? `${words.undelivered}${notices.length > 1 ? `（${notices.length}）` : ''}`
        : (task?.title ?? context.plans[first.plan] ?? first.plan),
    plan: first.task === null ? null : plan,
    role: task ? roleOf(task, first.to.unit, context) : null,
    due: shown && dateWithMark(shown, notices, context, words),
    left: shown && counts && !stands ? words.left(context.calendar, context.on, shown) : null,
    todo: first.kind === 'deliveryProblem' ? shortened(said, isChinese) : said,
    answers: answersOf(task, to, notices, context),
    official: isChinese ? [] : [...new Set(notices.map((notice) => asOfToday(notice, dueOn, context)))],
    reference: task ? referenceOf(task, section, notices, words) : null,
  };
}

/** Only where the letter knows the task as it is; a plan's own obligation needs no more than its notice. */
function answersOf(
  task: TaskBrief | undefined,
  to: Addressee,
  notices: readonly LetterNotice[],
  context: LetterContext,
): Ask['answers'] {
  const ofPlan = notices.every((notice) => notice.task === null);
  if (!task?.state && !ofPlan) return [];
  const offers = offersOf(task?.state ?? null, to, notices, context);
  const label = ({ answer }: Offer) => (context.language === 'en' ? ANSWERS[answer].english : ANSWERS[answer].label);
  return offers.map((offer) => ({ label: label(offer), offer, url: null }));
}

/** Cases go with a reminder of what is still to come; who is late gets no reading list. */
function referenceOf(
  { cases = [] }: TaskBrief,
  section: Section,
  notices: readonly LetterNotice[],
  words: LetterWords,
): string | null {
  const reminds = section !== 'overdue' && notices.some(({ kind }) => kind === 'reminder');
  if (!reminds || notices.some(({ kind }) => kind === 'slip' || kind === 'urging')) return null;
  const sources = [...new Set(cases.map(({ source }) => source))];
  const cited = sources.map((source) => ({
    source,
    cases: cases.filter((one) => one.source === source).map(({ name }) => name),
  }));
  return cited.length > 0 ? words.cases(cited) : null;
}

/** So many problems are told one by one: more are one trouble of the mail server, and the list of letters has them all. */
const PROBLEMS_IN_FULL = 40;

/** R33: the list of a day stays one that is read; what it leaves out it counts. */
function shortened(said: string[], isChinese: boolean): string[] {
  const more = said.length - PROBLEMS_IN_FULL;
  if (more <= 0) return said;
  const rest = isChinese ? `另有${more}件，见信件列表（未送达）。` : `And ${more} more: see the list of letters.`;
  return [...said.slice(0, PROBLEMS_IN_FULL), rest];
}

/** R13: one entry per unit that is to be telephoned, with the tasks it has not signed for. */
function telephone(notices: readonly LetterNotice[], context: LetterContext): Omit<Ask, 'plan'> {
  const tasks = [...new Set(notices.flatMap(({ task }) => task ?? []))];
  const named = tasks.map((task) => `${numberOf(task)} ${context.tasks[task]?.title ?? ''}`.trim());
  const unit = notices[0] ? aboutUnit(notices[0]) : '';
  return {
    no: null,
    task: null,
    title: nameOf(unit, context),
    role: null,
    due: null,
    left: null,
    todo: [WORDS[context.language].telephone(named)],
    answers: [],
    official: [],
    reference: null,
  };
}

/** The sentence of a notice, with its own date where that is another than the task's and not said in it. */
function todoOf(notice: LetterNotice, to: Addressee, shown: Day | null, context: LetterContext): string {
  const { dueOn } = notice;
  const words = WORDS[context.language];
  const text =
    context.language === 'zh-CN'
      ? asOfToday(notice, shown, context)
      : englishSentence(notice, context.on, notice.task === null ? undefined : context.tasks[notice.task]?.state);
  if (!dueOn || dueOn === shown) return `${text}${inPlaceOf(notice.to, to, context)}`;
  const date = text.includes(words.date(dueOn, dueOn)) ? null : dateWithMark(dueOn, [notice], context, words);
  const left = words.left(context.calendar, context.on, dueOn);
  const added = text.includes(left) ? '' : words.added(date, left);
  return `${text}${added}${inPlaceOf(notice.to, to, context)}`;
}

/** R9: a notice that somebody gets because the directory does not name whom it was meant for. */
function inPlaceOf(meant: Addressee, to: Addressee, context: LetterContext): string {
  if (meant.unit === to.unit && meant.office === to.office) return '';
  const words = WORDS[context.language];
  return words.inPlaceOf(nameOf(meant.unit, context), words.offices[meant.office]);
}

function countsOf(
  sections: readonly LetterSection[],
  notices: readonly LetterNotice[],
  { count, comma }: LetterWords,
): string {
  const digest = notices.every(({ kind }) => kind === 'redDigest');
  return sections
    .map(({ section, asks, counted }) => count(asks.length + counted.length, digest ? 'red' : section))
    .join(comma === '，' ? '、' : comma);
}

function nearestOf({ notices }: Entry, on: Day): Day | null {
  const dates = notices.flatMap(({ dueOn }) => dueOn ?? []).sort();
  return dates.find((day) => day >= on) ?? dates[0] ?? null;
}

function roleOf(task: TaskBrief, unit: UnitId, context: LetterContext): string | null {
  const role = task.roles[unit];
  const words = WORDS[context.language];
  if (role) return words.roles[role];
  if (task.leads.length === 0) return null;
  return words.ledBy(task.leads.map((lead) => nameOf(lead, context)));
}

function aboutUnit({ obligation, to }: LetterNotice): UnitId {
  return obligation.kind === 'acknowledge' ? obligation.unit : to.unit;
}

function nameOf(unit: UnitId, context: LetterContext): string {
  return context.units[unit] ?? unit.slice(unit.indexOf(':') + 1);
}
