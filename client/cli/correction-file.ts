/** Corrections as a file: read for a document that is read again, and made from a stored plan. */
import { readFile } from 'node:fs/promises';
import { correctionFileSchema } from '../../domain/drafts/correction-schemas';
import { type CorrectionFile, savedCorrections } from '../../domain/drafts/reapply';
import type { Unit } from '../../domain/unit';
import type { StoredPlan } from '../../ledger/plans';
import { wrongCall } from './failure';
import { asFile } from './inputs';

const MOST_MB = 20;

/** @throws CliFailure `bad-corrections` if the file is no such file, or of a version that is not known */
export async function readCorrections(typed: string): Promise<CorrectionFile> {
  const { path } = asFile(typed, { mb: MOST_MB });
  const wrong = (en: string) =>
    wrongCall('bad-corrections', '这不是本版本能读的更正文件。', en, {
      where: path,
      next: 'duban plan corrections ID --save FILE writes one',
    });
  let content: unknown;
  try {
    content = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(await readFile(path)));
  } catch (error) {
    throw wrong(error instanceof Error ? error.message : String(error));
  }
  const checked = correctionFileSchema.safeParse(content);
  if (checked.success) return checked.data;
  const [issue] = checked.error.issues;
  throw wrong(`${issue?.path.join('.')}: ${issue?.message}`);
}

/** What the file of a plan holds. Corrections from before they were kept field by field cannot be made again. */
export function correctionFileOf(
  { plan, corrections }: StoredPlan,
  directory: ReadonlyMap<string, Unit>,
): { file: CorrectionFile; inWordsOnly: number } {
  const structured = corrections.flatMap(({ changes, ...rest }) => (changes ? [{ ...rest, changes }] : []));
  const named = structured.flatMap(({ changes }) =>
    changes.flatMap((change) =>
      change.field === 'parties' ? [...change.before, ...change.after].map(({ unit }) => unit) : [],
    ),
  );
  const units = [...new Set(named)].flatMap((id) => {
    const unit = directory.get(id);
    const names: string[] = unit ? [unit.name, ...unit.aliases] : [];
    return names.length > 0 ? [[id, names] as const] : [];
  });
  const file: CorrectionFile = {
    format: 'duban-corrections',
    version: 1,
    plan: plan.id,
    city: plan.city,
    document: plan.origin ?? null,
    units: Object.fromEntries(units),
    corrections: savedCorrections(plan, structured),
  };
  return { file, inWordsOnly: corrections.length - structured.length };
}
