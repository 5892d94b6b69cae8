/**
 * A plan 方案: one issued document and the tasks it names. What stands here is what the document says;
 * what happens to a task after launch is in task.ts.
 */
import type { Day } from './days';

/** `<city>:<name as the city's documents write it>`, e.g. `zhuzhou:市税务局`: the same name in two cities is two units. */
export type UnitId = string;
/** `<city>-<year>` or what the coordinator chose, e.g. `zhuzhou-2020`. */
export type PlanId = string;
/** `<plan>/<part>-<no>`, e.g. `zhuzhou-2020/1-07`. */
export type TaskId = string;

/** lead 牵头, co 配合/责任, support 支持, district 县市区. */
export type Role = 'lead' | 'co' | 'support' | 'district';

/** 责任方: a unit in a task, with its role. */
export interface Party {
  unit: UnitId;
  role: Role;
}

/** Why the lead is the lead: the row says so, the document's rule on the first unit, the only unit, or nothing. */
export type LeadBasis = 'explicit' | 'first' | 'sole' | 'unstated';

/** 时限规则 as the document states it; dates are null where the type has none. */
export interface DeadlineRule {
  type: 'fixed' | 'two-track' | 'conditional' | 'ongoing' | 'none';
  dueOn: Day | null;
  readyOn: Day | null;
  notReadyOn: Day | null;
  /** What the document makes the deadline depend on, in its own words. */
  condition: string | null;
  /** 原则上 (R5): kept and shown, never reckoned with. */
  inPrinciple: boolean;
  /** The document's own words. */
  text: string;
}

/** 备注: 已完成 is `done`, 正在推进 is `in-progress` (R17). */
export interface Remark {
  status: 'done' | 'in-progress' | null;
  text: string;
}

export interface PlanTask {
  id: TaskId;
  part: number;
  no: number;
  category: string | null;
  title: string;
  content: string;
  /** 工作措施, in the document's order; empty where it has no such column. */
  measures: string[];
  parties: Party[];
  leadBasis: LeadBasis;
  /** 等有关单位, 其他单位按职责分工负责 (R10). */
  openEnded: boolean;
  deadline: DeadlineRule;
  remark: Remark | null;
  /** 无时限 was confirmed by a coordinator, so that `none` does not block launch (R11). */
  noDateConfirmed?: boolean;
  line: number | null;
  /** What the document leaves open, until somebody corrects what it is about. */
  doubts?: TaskDoubt[];
}

/** A doubt that the reading of the document left about a task, by the code of docs/diagnostics.md. */
export interface TaskDoubt {
  about: 'parties' | 'deadline' | 'text';
  code: string;
  /** Chinese, with the line it stands on. */
  text: string;
}

/** Progress owed each quarter on the plan as a whole, beside each task's own report (R18). */
export interface PlanReporting {
  addressees: UnitId[];
  text: string;
}

export interface Plan {
  id: PlanId;
  title: string;
  number: string | null;
  issuer: string;
  issuedOn: Day;
  city: string;
  /** The coordination office, itself a unit (R9). */
  office: UnitId;
  reporting: PlanReporting | null;
  /** Overrides of the default policy numbers; see policy.ts. */
  policy?: Record<string, unknown>;
  /** The document that the draft was read from: its name and the SHA-256 of its bytes in hex. */
  origin?: { file: string; sha256: string };
  /** The plan and year that a reissued plan came from. */
  reissuedFrom?: { plan: PlanId; years: number };
  tasks: PlanTask[];
}
