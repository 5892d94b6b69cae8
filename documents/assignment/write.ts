/** A draft as a workbook in which a coordinator assigns units and dates: pick-lists, date cells, and the doubts beside them. */
import ExcelJS from 'exceljs';
import type { Day } from '../../domain/days';
import type { Plan } from '../../domain/plan';
import type { LaunchProblem } from '../../domain/rules/issue';
import type { Unit } from '../../domain/unit';
import { TASKS_SHEET } from './columns';
import { doubtsOf } from './doubts';
import { addHelp } from './help-sheet';
import { addOrigin } from './origin';
import { fillTasks } from './tasks-sheet';
import { addUnits } from './units-sheet';

export interface AssignmentInput {
  plan: Plan;
  /** The draft's revision, so that reading back can tell what others changed since. */
  revision: number;
  /** The directory's units of the plan's city. */
  units: readonly Unit[];
  /** What blocks a launch on `on` (R11). */
  problems: readonly LaunchProblem[];
  /** The day on which it is written. */
  on: Day;
}

/** @returns the bytes of an .xlsx file */
export async function writeAssignment(input: AssignmentInput): Promise<Uint8Array> {
  const { plan, units, problems } = input;
  const workbook = new ExcelJS.Workbook();
  workbook.creator = '督办';
  workbook.title = plan.title;
  const sheet = workbook.addWorksheet(TASKS_SHEET, {
    views: [{ state: 'frozen', xSplit: 3, ySplit: 3 }],
    pageSetup: {
      orientation: 'landscape',
      // A3: eighteen columns are not legible on A4.
      paperSize: 8 as ExcelJS.PaperSize,
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      printTitlesRow: '1:3',
      margins: { left: 0.4, right: 0.4, top: 0.5, bottom: 0.5, header: 0.3, footer: 0.3 },
    },
    headerFooter: { oddFooter: '&C第&P页，共&N页' },
  });
  const listed = addUnits(workbook, plan, units);
  addHelp(workbook, plan);
  const doubts = plan.tasks.map((task) => doubtsOf(task, plan, problems));
  fillTasks(sheet, input, doubts, listed);
  addOrigin(workbook, input);
  // Nobody is kept out; it keeps a slip of the hand out of what is not read back.
  await sheet.protect('', {
    formatCells: true,
    formatColumns: true,
    formatRows: true,
    autoFilter: true,
    sort: true,
    insertHyperlinks: false,
  });
  workbook.views = [{ x: 0, y: 0, width: 24_000, height: 12_000, firstSheet: 0, activeTab: 0, visibility: 'visible' }];
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}
