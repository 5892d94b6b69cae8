/** The tables as Kysely sees them; what a column means stands in migrations/. Instants and days are strings. */
import type { ColumnType, Generated, JSONColumnType } from 'kysely';
import type { AnswerLink, AnswerName } from '../domain/answers/answers';
import type { CalendarYear } from '../domain/calendar';
import type { ChannelKind } from '../domain/channels';
import type { Change, TaskEdit } from '../domain/drafts/corrections';
import type { Move } from '../domain/intents';
import type { Language } from '../domain/language';
import type { LibraryContent } from '../domain/library/entries';
import type { Obligation, Section } from '../domain/notices';
import type { PlanTask, TaskId } from '../domain/plan';
import type { PlanReports } from '../domain/plan-reports';
import type { Policy } from '../domain/policy';
import type { Refusal } from '../domain/refusals';
import type { Capacity } from '../domain/rights';
import type { Task } from '../domain/task';
import type { Office, Unit } from '../domain/unit';
import type {
  ApiTokensTable,
  FirstLinksTable,
  HalfSignInsTable,
  KeptFormsTable,
  RecoveryCodesTable,
  SecondFactorsTable,
  SignInAttemptsTable,
} from './accounts/tables';
import type { VerificationReport } from './audit/verifications';
import type { BoardTable, SilencesTable } from './board-tables';
import type { AnyEvent, StreamKind } from './contract';

/** JSON goes in as text: the driver would make an SQL array of a JavaScript one. */
type NullableJson<T> = ColumnType<T | null, string | null, string | null>;

/** A correction of a draft: in words, and since it is kept so, field by field. */
export interface Correction {
  at: string;
  by: string;
  note: string;
  changes?: Change[];
  /** The workbook that it was read from (`plan assign`). */
  workbook?: string;
}

/** A correction of what was read, made before there is a draft. */
export interface PendingEdit {
  at: string;
  note: string;
  edit: TaskEdit;
}

export interface PlansTable {
  id: string;
  body: string;
  status: 'draft' | 'launching' | 'launched';
  revision: Generated<number>;
  corrections: JSONColumnType<Correction[], string | undefined>;
  policy: NullableJson<Policy>;
  launch_on: string | null;
  launched_at: string | null;
  signed_by: string | null;
  /** These are read off `body`, and cannot be written. */
  title: ColumnType<string, never, never>;
  number: ColumnType<string | null, never, never>;
  city: ColumnType<string, never, never>;
  office: ColumnType<string, never, never>;
  issued_on: ColumnType<string, never, never>;
  task_count: ColumnType<number, never, never>;
  created_at: Generated<string>;
  updated_at: Generated<string>;
}

export interface PlanTasksTable {
  plan: string;
  task: TaskId;
  body: JSONColumnType<PlanTask>;
}

export interface UnitsTable {
  id: string;
  city: string;
  name: string;
  body: JSONColumnType<Unit>;
}

export interface CalendarsTable {
  year: string;
  status: CalendarYear['status'];
  body: JSONColumnType<{ off: string[]; on: string[] }>;
}

export interface CalendarVersionTable {
  one: Generated<boolean>;
  version: string;
  changed_at: Generated<string>;
}

export interface StreamsTable {
  id: string;
  kind: StreamKind;
  plan: string;
  epoch: number;
  head_seq: Generated<number>;
  head_hash: Generated<string>;
  head_at: string | null;
  state: NullableJson<Task | PlanReports>;
  title: string | null;
  category: string | null;
  status: Task['status'] | PlanReports['status'] | null;
  type: Task['type'] | null;
  office: string | null;
  leads: Generated<string[]>;
  units: Generated<string[]>;
  due_on: string | null;
  original_due_on: string | null;
  completed_on: string | null;
  next_alarm_on: string | null;
  next_alarm_at: string | null;
  /** Kept by the database (0013). */
  changed_xid: Generated<string>;
}

export interface EventsTable {
  stream: string;
  seq: number;
  intent: string;
  type: string;
  at: string;
  format: number;
  bytes: string;
  body: ColumnType<AnyEvent, never, never>;
  prev_hash: string;
  hash: string;
  state_digest: string;
}

export interface IntentsTable {
  stream: string;
  intent: string;
  type: string;
  at: string;
  outcome: 'recorded' | 'refused';
  first_seq: number | null;
  last_seq: number | null;
  refusal: NullableJson<Refusal>;
}

export interface CountersTable {
  office: string;
  year: string;
  series: 'slip' | 'urging';
  value: Generated<number>;
}

export interface LettersTable {
  id: string;
  slot_on: string;
  round: '09:00' | '14:30' | 'urgent';
  slot_at: string;
  to_unit: string;
  to_office: Office;
  office: string;
  person: string | null;
  address: string | null;
  subject: string;
  message_id: string;
  dated_at: string;
  bytes: Buffer;
  state: 'waiting' | 'sending' | 'handed' | 'failed' | 'superseded' | 'unsure';
  attempts: Generated<number>;
  lease_until: string | null;
  answer: string | null;
  handed_at: string | null;
  failed_at: string | null;
  reported_at: string | null;
  bounced_at: string | null;
  bounce: string | null;
  made_at: Generated<string>;
  channel: Generated<ChannelKind>;
  parcel: number | null;
  try_until: Generated<string | null>;
}

/** What a letter would carry over each channel of its addressee, and what became of it there. */
export interface LetterParcelsTable {
  letter: string;
  ord: number;
  channel: ChannelKind;
  address: string;
  body: string | null;
  state: 'waiting' | 'handed' | 'failed';
  outcome: 'permanent' | 'temporary' | 'misconfigured' | 'no-answer' | null;
  answer: string | null;
  at: string | null;
}

/** What each letter said, also after its notices were freed for a later one (D21). */
export interface LetterNoticesTable {
  letter: string;
  notice: string;
}

export interface NoticesTable {
  id: string;
  stream: string;
  plan: string;
  task: string | null;
  seq: number;
  ord: number;
  to_unit: string;
  to_office: Office;
  office: string;
  kind: string;
  rung: string | null;
  section: Section;
  urgent: boolean;
  text: string;
  due_on: string | null;
  provisional: boolean;
  obligation: JSONColumnType<Obligation>;
  slip: string | null;
  made_at: string;
  made_on: string;
  letter: string | null;
  recalled_at: string | null;
  assumed_sent: Generated<boolean>;
}

export interface LetterFeedbackTable {
  letter: string;
  stream: string;
  outcome: 'handed' | 'failed' | 'bounced';
  on_day: string;
  fed_back_at: string | null;
}

export interface EvidenceFilesTable {
  digest: string;
  bytes: number;
  name: string | null;
  stored_at: Generated<string>;
}

export interface SealsTable {
  plan: string;
  sealed_on: string;
  prev: string;
  hash: string;
  body: string;
  made_at: Generated<string>;
}

export interface LibrarySourcesTable {
  id: string;
  name: string;
  file_name: string;
  digest: string;
  content: JSONColumnType<LibraryContent>;
  imported_at: string;
  imported_by: string;
}

export interface TaskLinksTable {
  task: string;
  no: number;
  indicator: string | null;
  made_at: string;
  made_by: string;
}

/** What a mail was taken for, and what became of it. */
export type TakenAs =
  | 'answer'
  | 'unmatched'
  | 'bounce'
  | 'delivery-report'
  | 'bounce-in-words'
  | 'auto-reply'
  | 'receipt'
  | 'own'
  | 'unreadable';
export type ReplyState = 'pending' | 'done' | 'open' | 'settled';

/** A move that a reply asked for, with its outcome once there is one. */
export interface ReplyMove {
  task: TaskId;
  move: Move;
  moveId: string;
  outcome: 'recorded' | 'refused' | null;
  refusal: Refusal | null;
}

/** A file of a reply, in the evidence store. */
export interface ReplyFile {
  digest: string;
  name: string;
  bytes: number;
}

export interface RepliesTable {
  id: string;
  message_id: string | null;
  received_at: string;
  read_at: string;
  from_address: string | null;
  subject: string;
  letter: string | null;
  unit: string | null;
  person: string | null;
  office: string | null;
  taken_as: TakenAs;
  state: ReplyState;
  doubts: JSONColumnType<string[]>;
  body: string;
  attachments: JSONColumnType<ReplyFile[]>;
  whole: string | null;
  moves: JSONColumnType<ReplyMove[]>;
  settled_at: string | null;
  settled_by: string | null;
  settled_how: string | null;
}

export interface ReplyMailboxesTable {
  mailbox: string;
  uid_validity: string;
  last_uid: number;
  read_at: string;
}

export interface LetterOpensTable {
  letter: string;
  link: string;
  answer: AnswerName;
  opened_at: string;
  address: string;
  user_agent: string | null;
}

/** A report on a plan as a whole stands among moves, because a link makes it as one. */
export type LinkMove = Move | { move: 'reportOnPlan'; text: string };

export interface LinkAnswersTable {
  move_id: string;
  link: string;
  slot: string;
  letter: string;
  about: string;
  unit: string;
  role: AnswerLink['role'];
  answer: AnswerName;
  move: JSONColumnType<LinkMove>;
  who: string;
  address: string;
  user_agent: string | null;
  at: string;
  outcome: 'pending' | 'recorded' | 'refused';
  refusal: NullableJson<Refusal>;
  settled_at: string | null;
}

export interface LinkRevocationsTable {
  letter: string;
  revoked_at: string;
  revoked_by: string;
  reason: string;
}

export interface CalendarFeedsTable {
  unit: string;
  serial: number;
  made_at: string;
  made_by: string;
}

export interface UsersTable {
  login: string;
  name: string;
  capacities: JSONColumnType<Capacity[]>;
  language: Language;
  disabled_at: string | null;
  created_at: string;
  created_by: string;
  password: string | null;
  identity: string | null;
  vouched_at: string | null;
}

export interface SessionsTable {
  digest: string;
  login: string;
  csrf: string;
  made_at: string;
  seen_at: string;
  ends_at: string;
  ended_at: string | null;
  address: string;
  user_agent: string | null;
}

export interface UploadsTable {
  id: string;
  login: string;
  file: string;
  sha256: string;
  size: number;
  bytes: Buffer;
  given: JSONColumnType<Record<string, unknown>, string | undefined, string>;
  edits: JSONColumnType<PendingEdit[], string | undefined, string>;
  choices: JSONColumnType<Record<string, string>, string | undefined, string>;
  revision: Generated<number>;
  reading: string | null;
  plan: string | null;
  made_at: string;
  changed_at: string;
}

export interface BulkMovesTable {
  id: string;
  plan: string;
  login: string;
  move: JSONColumnType<Move>;
  made_at: string;
  started_at: string | null;
}

export interface BulkMoveTasksTable {
  bulk: string;
  task: string;
  title: string;
  move_id: string;
  seen_seq: number;
  expected: NullableJson<Refusal>;
  outcome: 'recorded' | 'refused' | 'changed' | 'unknown' | null;
  refusal: NullableJson<Refusal>;
}

export interface ApiRequestsTable {
  address: string;
  key: string;
  login: string;
  digest: string;
  status: number | null;
  body: string | null;
  at: string;
}

export interface VerificationsTable {
  id: string;
  plan: string | null;
  asked_by: string;
  asked_at: string;
  seen_at: string;
  streams: Generated<number>;
  of_streams: Generated<number>;
  report: NullableJson<VerificationReport>;
  failure: ColumnType<string | null, string | null | undefined, string | null>;
}

export interface SchemaMigrationsTable {
  name: string;
  digest: string;
  applied_at: Generated<string>;
}

export interface Tables {
  plans: PlansTable;
  plan_tasks: PlanTasksTable;
  units: UnitsTable;
  calendars: CalendarsTable;
  calendar_version: CalendarVersionTable;
  streams: StreamsTable;
  events: EventsTable;
  intents: IntentsTable;
  counters: CountersTable;
  letters: LettersTable;
  notices: NoticesTable;
  letter_notices: LetterNoticesTable;
  letter_parcels: LetterParcelsTable;
  letter_feedback: LetterFeedbackTable;
  evidence_files: EvidenceFilesTable;
  seals: SealsTable;
  library_sources: LibrarySourcesTable;
  task_links: TaskLinksTable;
  replies: RepliesTable;
  reply_mailboxes: ReplyMailboxesTable;
  letter_opens: LetterOpensTable;
  link_answers: LinkAnswersTable;
  link_revocations: LinkRevocationsTable;
  calendar_feeds: CalendarFeedsTable;
  users: UsersTable;
  sessions: SessionsTable;
  second_factors: SecondFactorsTable;
  recovery_codes: RecoveryCodesTable;
  first_links: FirstLinksTable;
  half_sign_ins: HalfSignInsTable;
  sign_in_attempts: SignInAttemptsTable;
  api_tokens: ApiTokensTable;
  kept_forms: KeptFormsTable;
  uploads: UploadsTable;
  board: BoardTable;
  silences: SilencesTable;
  bulk_moves: BulkMovesTable;
  bulk_move_tasks: BulkMoveTasksTable;
  api_requests: ApiRequestsTable;
  verifications: VerificationsTable;
  schema_migrations: SchemaMigrationsTable;
}
