/** What `doctor` found of one part. */

export interface Finding {
  part: string;
  /** `note`: worth knowing, nothing is wrong. */
  state: 'well' | 'note' | 'wrong';
  said: string;
  next: string | null;
  latencyMs: number | null;
}

export function well(part: string, said: string, latencyMs: number | null = null): Finding {
  return { part, state: 'well', said, next: null, latencyMs };
}

export function note(part: string, said: string, next: string | null = null): Finding {
  return { part, state: 'note', said, next, latencyMs: null };
}

export function wrong(part: string, said: string, next: string | null): Finding {
  return { part, state: 'wrong', said, next, latencyMs: null };
}

export function wordsOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
}
