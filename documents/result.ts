/** What reading a document gives: the shape of `plan check FILE --json` (interface.md), and what an import needs beside it. */
import type { Day } from '../domain/days';
import type { DeadlineRule, LeadBasis, Remark, Role } from '../domain/plan';
import type { DiagnosticCode, Severity } from './diagnostics';

/** What the document says of itself; null where it does not say. */
export interface PlanHeader {
  title: string | null;
  /** 文号, `株优办〔2020〕2号`. */
  number: string | null;
  issuer: string | null;
  issuedOn: Day | null;
  /** As the document writes it, `株洲市`. */
  city: string | null;
}

/** A party as the document writes it; aliases are resolved when the plan is imported. */
export interface ReadParty {
  unit: string;
  role: Role;
}

export interface ReadTask {
  /** `1-07`: part and number; the plan's id is put before it (`zhuzhou-2020/1-07`) where one is known. */
  id: string;
  part: number;
  no: number;
  category: string | null;
  title: string;
  content: string;
  /** 工作措施, a paragraph each; empty where the document has no such column. */
  measures: string[];
  parties: ReadParty[];
  leadBasis: LeadBasis;
  openEnded: boolean;
  deadline: DeadlineRule;
  remark: Remark | null;
  /** Where the row begins: a line of text, HTML or CSV, a row of a sheet, a paragraph of a Word document. */
  line: number;
}

/** Something a person should know or decide. `task` is null where it concerns the whole document. */
export interface Diagnostic {
  severity: Severity;
  code: DiagnosticCode;
  line: number | null;
  task: string | null;
  message: string;
}

/** Reports owed on the plan as a whole (R18), with those the sentence names, as it names them. */
export interface ReadReporting {
  text: string;
  line: number;
}

export interface ReadPlan {
  plan: PlanHeader;
  tasks: ReadTask[];
  diagnostics: Diagnostic[];
  reporting: ReadReporting | null;
}
