/** A task as its row or paragraph words it, before units and dates are read. */
import type { Doubt } from '../diagnostics';

/** Texts that assign the task, by the kind of column or label they stand under. */
export interface Assignment {
  lead: string;
  responsible: string;
  co: string;
  support: string;
  district: string;
  deadline: string;
  schedule: string;
}

export interface RawTask {
  line: number;
  /** Index into the document's parts. */
  part: number;
  category: string | null;
  printedNo: number | null;
  title: string;
  content: string;
  measures: string;
  assignment: Assignment;
  /** 牵头单位/配合单位 in one column: the slash of a cell divides the roles. */
  slashDivides: boolean;
  /** A year in the column's name. */
  yearStated: number | null;
  remark: string;
  /** The date may stand in the text: it has no place of its own. */
  dateInText: boolean;
  doubts: Doubt[];
}

/** A part of the document: a level-1 heading with tasks below it, or the whole document. */
export interface Part {
  heading: string;
  line: number;
  stated: number | null;
}

/** A heading inside a part that states how many tasks it has. */
export interface Section {
  part: number;
  name: string;
  line: number;
  stated: number;
}

/** What tables or prose give. */
export interface RawDocument {
  tasks: RawTask[];
  parts: Part[];
  sections: Section[];
  /** Notes under or in tables, where rules for the whole document may stand. */
  notes: { text: string; line: number }[];
  doubts: { doubt: Doubt; line: number }[];
  /** Line of the first heading or row that belongs to the tasks. */
  startsAt: number | null;
}

export const nothingAssigned = (): Assignment => ({
  lead: '',
  responsible: '',
  co: '',
  support: '',
  district: '',
  deadline: '',
  schedule: '',
});
