/** Writes one ledger's workbook in a process of its own. */
import { answerOffLoop } from '../off-loop-answer';
import { writeLedgerSheet } from './ledger-sheet';

answerOffLoop(writeLedgerSheet);
