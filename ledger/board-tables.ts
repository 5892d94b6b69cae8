/** The board and the silences as Kysely sees them; what a column means stands in 0012-board.sql. */
import type { ColumnType, JSONColumnType } from 'kysely';
import type { Colour } from '../domain/light';
import type { TaskId } from '../domain/plan';
import type { SilenceKind } from '../domain/silences';
import type { Slip, Task } from '../domain/task';

/** A task as lists read it. */
export interface BoardTable {
  stream: string;
  seq: number;
  task: TaskId;
  plan: string;
  office: string;
  title: string;
  category: string | null;
  status: Task['status'];
  type: Task['type'];
  leads: string[];
  lead_key: string;
  search: string;
  units: string[];
  due_on: string | null;
  original_due_on: string | null;
  completed_on: string | null;
  due_key: string;
  review_due_on: string | null;
  extension_due_on: string | null;
  slip: ColumnType<Pick<Slip, 'number' | 'colour' | 'issuedOn' | 'limitOn'> | null, string | null, string | null>;
  overdue_from: string | null;
  slips: number;
  instructions: number;
  unreached: JSONColumnType<Task['unreached']>;
  /** Written and never read: the driver would make dates of the days. */
  light_from: ColumnType<never, string[], string[]>;
  colours: Colour[];
  reasons: string[];
  urgency: number;
  colour: Colour;
  reason: string;
  light_since: string;
  light_until: string;
}

export interface SilencesTable {
  stream: string;
  unit: string;
  kind: SilenceKind;
  plan: string;
  office: string;
  since_on: string;
  silent_on: string;
}
