/**
 * Every doubt a document can leave: how much it matters, what it means and what to do. The codes are promised to
 * programs; docs/diagnostics.md lists them and a test keeps the two together.
 */
import { DOCUMENT_CODES } from './document-codes';
import { FILE_CODES } from './file-codes';
import { LIBRARY_CODES } from './library-codes';
import type { Diagnostic } from './result';
import { ROW_CODES } from './row-codes';

/** error: the document cannot be imported. warning: somebody must decide. note: said so that nobody is surprised. */
export type Severity = 'error' | 'warning' | 'note';

export interface DiagnosticEntry {
  severity: Severity;
  /** For developers, in docs/diagnostics.md. */
  means: string;
  remedy: string;
  /** For the people who read the document: whole sentences with their full stop. */
  zh: { means: string; remedy: string };
}

export const DIAGNOSTICS = { ...FILE_CODES, ...DOCUMENT_CODES, ...ROW_CODES, ...LIBRARY_CODES };

export type DiagnosticCode = keyof typeof DIAGNOSTICS;

/** What the reading of one detail leaves open, before it is known on which line and task. */
export interface Doubt {
  code: DiagnosticCode;
  /** What was read, with its own words quoted, and what was done with it: Chinese, without a full stop. */
  says: string;
}

export const doubt = (code: DiagnosticCode, says: string): Doubt => ({ code, says });

/** One doubt with its place: what was read, then what to do, in Chinese. */
export function diagnose({ code, says }: Doubt, line: number | null, task: string | null): Diagnostic {
  const { severity, zh } = DIAGNOSTICS[code];
  return { severity, code, line, task, message: `${says}。${zh.remedy}` };
}

/** A text short enough to be quoted in a message. */
export function quoted(text: string, most = 40): string {
  const flat = text.replace(/\s+/g, ' ').trim();
  return `“${flat.length > most ? `${flat.slice(0, most)}…` : flat}”`;
}
