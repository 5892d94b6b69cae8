/** Reads one uploaded document in a process of its own. */
import type { Block } from '../../documents/blocks';
import { readPlanWithBlocks } from '../../documents/read-plan';
import { answerOffLoop } from '../off-loop-answer';
import type { DocumentToRead, Reading, SourceLine } from './reading';

answerOffLoop(async ({ bytes, file, options }: DocumentToRead): Promise<Reading> => {
  const { read, blocks } = await readPlanWithBlocks(bytes, file, options);
  return { read, lines: blocks.flatMap(linesOf) };
});

/** As a reader sees them: a text that several rows share stands once, in the first of them. */
function linesOf(block: Block): SourceLine[] {
  if (block.kind === 'paragraph') return [{ line: block.line, cells: [block.text] }];
  return block.rows.map(({ line, cells }) => ({
    line,
    cells: cells.flatMap((cell) => (cell && !cell.fromAbove ? [cell.text] : [])),
  }));
}
