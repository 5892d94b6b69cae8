/**
 * The columns of the workbook in which a coordinator assigns units and dates: what each is called, how it looks, and
 * which field of a task it fills. Reading finds them by these names, wherever they were moved.
 */
import type { DeadlineRule, Role } from '../../domain/plan';

/** What of a task the workbook can change; a role is filled by one or more columns. */
export const FIELDS = [
  'category',
  'title',
  'lead',
  'co',
  'support',
  'district',
  'kind',
  'due',
  'ready',
  'condition',
] as const;
export type Field = (typeof FIELDS)[number];

/** Shown and not read back (`doubts`, `content`, `words`), the key of the row, and why a row was changed. */
export type ColumnKey = Field | 'id' | 'content' | 'doubts' | 'words' | 'note';

export interface Column {
  key: ColumnKey;
  header: string;
  width: number;
  /** Whether people write in it. */
  open: boolean;
}

const role = (key: Role, header: string, width = 13): Column => ({ key, header, width, open: true });

export const COLUMNS: readonly Column[] = [
  { key: 'id', header: '编号', width: 8, open: false },
  { key: 'category', header: '类别', width: 14, open: true },
  { key: 'title', header: '任务', width: 40, open: true },
  { key: 'content', header: '内容', width: 38, open: false },
  { key: 'doubts', header: '疑点与缺项', width: 26, open: false },
  role('lead', '牵头单位', 17),
  role('lead', '牵头单位2'),
  role('co', '配合单位', 17),
  role('co', '配合单位2'),
  role('co', '配合单位3'),
  role('support', '支持单位'),
  role('district', '县市区'),
  { key: 'kind', header: '时限种类', width: 9, open: true },
  { key: 'due', header: '办理时限', width: 12, open: true },
  { key: 'ready', header: '具备条件时限', width: 13, open: true },
  { key: 'condition', header: '条件', width: 18, open: true },
  { key: 'words', header: '时限原文', width: 18, open: false },
  { key: 'note', header: '说明', width: 18, open: true },
];

/** 时限种类 as people pick it. */
export const KINDS = {
  fixed: '固定',
  'two-track': '两轨',
  conditional: '条件',
  ongoing: '持续',
  none: '无时限',
} as const satisfies Record<DeadlineRule['type'], string>;

export const TASKS_SHEET = '任务';
export const UNITS_SHEET = '单位';
export const HELP_SHEET = '填写说明';
/** Hidden: which plan and revision the workbook was written from, and what stood in each row. */
export const ORIGIN_SHEET = '_duban';
/** First cell of the hidden sheet; another number, another layout. */
export const ORIGIN_MARK = 'duban-assignment-1';

/** Between the names of several units in one cell. */
export const BETWEEN_UNITS = '、';
