/** Labelled text: `牵头单位：… 责任单位：… 完成时限：…`, in a line, in a cell or in a bracket. */
import { type ColumnKind, columnKind } from './columns';

export interface Labelled {
  kind: ColumnKind;
  label: string;
  text: string;
}

const LABEL = /(?:^|[\s；;。，,（([【〔、—–-])([\u4e00-\u9fff][\u4e00-\u9fff、/（）()]{1,13}?)\s*[：:]/g;
/** 督导单位： is nobody's task, and ends the words of the label before it. */
const SUPERVISES =
  /^(?:督导|督办|督查|指导|验收|监督|监管|考核|汇总|审核|制表|填报|填表|报送|发布|建设|施工|设计|监理)(?:单位|部门|机构|人)$/;
const ASSIGNING: ColumnKind[] = ['lead', 'responsible', 'co', 'support', 'district', 'office', 'deadline', 'schedule'];

export const assigns = (kind: ColumnKind): boolean => ASSIGNING.includes(kind);

/** The labelled parts of a text and what stands before the first of them; null if no label assigns a unit or a date. */
export function labelledParts(text: string): { before: string; parts: Labelled[] } | null {
  const found = [...text.matchAll(LABEL)].flatMap((match) => {
    const label = match[1] ?? '';
    const kind = columnKind(label) ?? (SUPERVISES.test(label) ? 'aside' : null);
    return kind === null || kind === 'no'
      ? []
      : [{ kind, label, at: match.index, from: match.index + match[0].length }];
  });
  const first = found[0];
  if (!first || !found.some(({ kind }) => assigns(kind))) return null;
  const parts = found.map(({ kind, label, from }, i) => {
    const until = found[i + 1]?.at ?? text.length;
    return { kind, label, text: text.slice(from, until).replace(/^[\s]+|[\s；;，,。]+$/g, '') };
  });
  return { before: text.slice(0, first.at).trim(), parts };
}
