/** The corrections of a plan: shown, or saved as a file that a document read again takes. */
import type { Command } from 'commander';
import { unknownPlan } from '../../../ledger/plans';
import { listUnits } from '../../../ledger/units';
import { changeText } from '../../drafts/change-text';
import { planOfOffice } from '../../reading/plan-sight';
import { type Answer, act } from '../call';
import { argument, leaf } from '../command';
import { correctionFileOf } from '../correction-file';
import { asNewFile, asPlan } from '../inputs';
import { writeNewFile } from '../new-file';
import { readerOf } from '../people';
import type { Session } from '../session';
import { timeText } from '../table';

export function planCorrections(plan: Command): void {
  leaf(
    plan,
    'corrections <plan>',
    'what was corrected in a draft; as a file for the document that is read again',
    'plan corrections zhuzhou-2026 --save corrections.json',
  )
    .option('--save <file>', 'write them to a new file', asNewFile)
    .action(act<{ save?: string }>((session, args, { save }) => corrections(session, asPlan(argument(args, 0)), save)));
}

async function corrections(session: Session, id: string, save?: string): Promise<Answer> {
  const reader = await readerOf(session);
  const stored = await planOfOffice(reader, id);
  if (!stored) throw unknownPlan(id);
  const directory = new Map((await listUnits(reader.desk.db)).map((unit) => [unit.id, unit]));
  const { file, inWordsOnly } = correctionFileOf(stored, directory);
  if (save !== undefined) await writeNewFile(save, Buffer.from(`${JSON.stringify(file, null, 2)}\n`));
  const lines = file.corrections.flatMap(({ at, by, note, changes }) => [
    `${timeText(at)} ${by}${note && `：${note}`}`,
    ...changes.map((change) => `  ${changeText(change)}`),
  ]);
  const text = [
    ...(lines.length > 0 ? lines : ['没有更正。']),
    ...(inWordsOnly > 0 ? [`另有${inWordsOnly}次更正只有文字记录，不能重新套用。`] : []),
    ...(save === undefined ? [] : [`已存到${save}`, `下一步: duban plan import FILE --corrections ${save}`]),
  ];
  return { json: { ...file, inWordsOnly, file: save ?? null }, text: text.join('\n') };
}
