/** Short names in a list (市发展改革委、财政局): completed only where the document itself writes the full name. */
import { type Doubt, doubt, quoted } from '../diagnostics';
import type { ReadTask } from '../result';
import { hasPrefix, isBareDepartment, prefixOf } from './unit-names';

/** Beginnings of departments' names: 海关 or 供电局 after 市公安局 stands for itself. */
const DEPARTMENTS =
  /^(?:发展改革|发展和改革|发改|财政|公安|民政|司法|人力资源|人社|自然资源|规划|生态环境|环保|住房|住建|城乡建设|建设|交通|水利|水务|农业|农村|商务|文化|文旅|旅游|卫生|卫健|退役|应急|审计|国资|市场监管|市场监督|广电|体育|统计|医保|医疗保障|信访|金融|人防|林业|园林|城管|城市管理|综合执法|政务|行政审批|大数据|数据|乡村振兴|粮食|科技|科学技术|教育|工信|工业|经济|经信|农牧|林业|国土|环境|外经|安全生产|安监|质监|工商|物价|扶贫|法制|知识产权|食品药品|药监|疾控|税务|气象|城建|房管|房产|海洋|能源|通信管理|邮政管理|民宗|民族|外事|侨务|机关事务|投促|投资促进|招商|档案|网信)/;

/** Completes the names of every task in place; what was done, or could not be, is said per task. */
export function completeElided(tasks: ReadTask[], text: string): Map<ReadTask, Doubt[]> {
  const said = new Map<ReadTask, Doubt[]>();
  const written = new Set(tasks.flatMap((task) => task.parties.map((party) => party.unit)));
  const shows = new Map<string, boolean>();
  for (const task of tasks) {
    let prefix: string | null = null;
    const doubts: Doubt[] = [];
    for (const party of task.parties) {
      if (hasPrefix(party.unit)) prefix = prefixOf(party.unit) ?? prefix;
      else if (prefix !== null && isBareDepartment(party.unit) && DEPARTMENTS.test(party.unit)) {
        const full: string = `${prefix}${party.unit}`;
        const shown = shows.get(full) ?? (written.has(full) || text.includes(full));
        shows.set(full, shown);
        doubts.push(shown ? completed(party.unit, full) : elided(party.unit, full));
        if (shown) party.unit = full;
      }
    }
    if (doubts.length > 0) said.set(task, doubts);
  }
  return said;
}

const completed = (short: string, full: string): Doubt =>
  doubt('prefix-completed', `${quoted(short)}已按文件他处的写法读作${quoted(full)}`);
const elided = (short: string, full: string): Doubt =>
  doubt('prefix-elided', `${quoted(short)}可能是${quoted(full)}的简称，但文件他处没有写全，已照原样保留`);
