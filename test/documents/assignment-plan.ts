/** A small draft, its directory, and its workbook for assigning units and dates. */
import ExcelJS from 'exceljs';
import { writeAssignment } from '../../documents/assignment/write';
import type { Plan, PlanTask } from '../../domain/plan';
import { launchProblems } from '../../domain/rules/issue';
import type { Unit } from '../../domain/unit';

const unit = (name: string, aliases: string[] = []): Unit => ({
  id: `haicheng:${name}`,
  city: 'haicheng',
  name,
  aliases,
  members: null,
  liaison: { name: '王莉', mail: null },
  head: null,
  leader: null,
  substitutes: [],
});
export const units = [unit('市财政局'), unit('市税务局', ['税务局']), unit('市商务局'), unit('各县、区人民政府')];

const task = (no: number, fields: Partial<PlanTask> = {}): PlanTask => ({
  id: `haicheng-2026/1-0${no}`,
  part: 1,
  no,
  category: '企业开办',
  title: `任务${no}`,
  content: `任务${no}。`,
  measures: [],
  parties: [],
  leadBasis: 'unstated',
  openEnded: false,
  deadline: {
    type: 'none',
    dueOn: null,
    readyOn: null,
    notReadyOn: null,
    condition: null,
    inPrinciple: false,
    text: '',
  },
  remark: null,
  line: no,
  ...fields,
});
const rule = task(1).deadline;

export const plan: Plan = {
  id: 'haicheng-2026',
  title: '海城市行动方案',
  number: null,
  issuer: '海城市人民政府办公室',
  issuedOn: '2026-01-05',
  city: 'haicheng',
  office: 'haicheng:市财政局',
  reporting: null,
  tasks: [
    task(1, { title: '=HYPERLINK("http://x","点我")', content: '+1，@SUM，_x0041_' }),
    task(2, { deadline: { ...rule, text: '市级平台2026年6月前上线' }, openEnded: true }),
    task(3, {
      parties: [
        { unit: 'haicheng:市税务局', role: 'lead' },
        ...['市财政局', '市商务局', '市档案局', '市气象局'].map((name) => ({
          unit: `haicheng:${name}`,
          role: 'co' as const,
        })),
      ],
      leadBasis: 'explicit',
      deadline: { ...rule, type: 'two-track', readyOn: '2026-06-30', notReadyOn: '2026-12-31' },
    }),
    task(4, { deadline: { ...rule, type: 'fixed', dueOn: '2025-12-31', inPrinciple: true, text: '原则上2025年底' } }),
  ],
};

export async function written(of: Plan = plan, directory: Unit[] = units): Promise<ExcelJS.Workbook> {
  const known = new Set(directory.map(({ id }) => id));
  const problems = launchProblems(of, '2026-01-10', { liaison: true, head: true, leader: true }, (id) => known.has(id));
  const workbook = new ExcelJS.Workbook();
  const bytes = await writeAssignment({ plan: of, revision: 3, units: directory, problems, on: '2026-01-10' });
  await workbook.xlsx.load(bytes.buffer as ArrayBuffer);
  return workbook;
}

/** The cell of a task under a column's name. */
export function place(workbook: ExcelJS.Workbook, id: string, header: string): ExcelJS.Cell {
  const sheet = workbook.getWorksheet('任务');
  const columns = sheet?.getRow(3).values as string[];
  const row = sheet?.getColumn(columns.indexOf('编号')).values.indexOf(id) ?? -1;
  const cell = sheet?.getRow(row).getCell(columns.indexOf(header));
  if (!cell || row < 0) throw new Error(`no ${header} of ${id}`);
  return cell;
}
