/**
 * Column names and labels of assignment documents, by kind. The same words stand over a column (牵头单位), before a
 * colon in a line (牵头单位：…) and inside a cell, so one table serves all three.
 */
import { numberOf } from '../number-words';

export type ColumnKind =
  | 'no'
  | 'category'
  | 'title'
  | 'content'
  | 'measures'
  | 'lead'
  | 'responsible'
  | 'co'
  | 'support'
  | 'district'
  | 'office'
  | 'person'
  | 'contact'
  | 'deadline'
  | 'schedule'
  | 'remark'
  | 'aside';

/** What somebody is made responsible by: never a column of text. */
const UNIT_KINDS = ['lead', 'responsible', 'co', 'support', 'district', 'office'] as const;

/** Offices inside a unit. */
const OFFICE = '科室|处室|股室|委室|部室|站所|办所|内设机构|科\\(室\\)|处\\(室\\)';
const BODY = `单位|部门|机构|机关|主体|${OFFICE}|方|局|委办局`;
const PERSON =
  '领导|责任人|负责人|负责同志|联系人|联络员|联络人|经办人|承办人|责任同志|市长|县长|区长|秘书长|局长|班子成员';

/** First match wins. Names of columns are short, so `^…$` is spelt only where a word inside another would mislead. */
const KINDS: [ColumnKind, RegExp][] = [
  ['no', /^(?:序号|编号|序列|序|号|项次|顺序|顺序号|任务序号|任务编号|No\.?|#)$/i],
  ['contact', /电话|联系方式|手机|邮箱|传真/],
  ['office', new RegExp(`^(?:责任|承办|负责|落实|内设|具体|经办)*(?:${OFFICE})$`)],
  ['person', new RegExp(`(?:${PERSON})(?:姓名|及职务|及电话)?$`)],
  [
    'remark',
    /^备注|^附注|^说明$|(?:进展|完成|落实|推进|进度|办理|整改|执行)(?:的)?情况|目前进展|工作进展|是否完成|^进展$|^状态$/,
  ],
  [
    'deadline',
    /(?:时限|期限|限时|时间节点|时间要求|完成日期|截止日期|截止时间|完成时间|完成时点|时间进度要求|时间安排|时间表|时间点)$|^(?:(?:计划|拟|预计|要求)?(?:完成|完工|竣工|建成|交付|投用|验收)|办结|整改|推进|落实|实施|起止|出台|报送|答复|反馈)?(?:时间|日期|节点)$|^时限要求$/,
  ],
  [
    'schedule',
    /进度|时序(?:安排|要求)?$|^(?:时间|推进|工作|关键)?节点(?:安排|计划|要求|目标)?$|阶段|步骤|工作计划|推进计划|年度计划|计划安排|路线图|里程碑|^\d{4}年(?:度)?(?:计划|安排|目标)$|季度目标/,
  ],
  [
    'responsible',
    new RegExp(
      `牵头.{0,6}(?:及|和|、|/|与)(?:配合|责任|协办|参与|协同|负责).{0,2}(?:${BODY})|(?:牵头|主办)/(?:配合|协办|责任|参与)`,
    ),
  ],
  [
    'co',
    new RegExp(
      `(?:配合|协办|协同|参与|协助|参加|会办|协作)(?:责任)?(?:${BODY}|$)|(?:配合|协办|协同|协作|参与|参加|协助|会办)(?:${BODY})?(?:及|和|、).*$`,
    ),
  ],
  ['lead', new RegExp(`(?:总?牵头|主办|主责|主要责任|第一责任|主要负责|统筹)(?:责任|负责)?(?:${BODY}|$)`)],
  ['support', new RegExp(`(?:支持|支撑|保障)(?:${BODY})$`)],
  [
    'district',
    /^(?:责任|属地|落实|实施|牵头|涉及|所在|配合)?(?:县市区|县\(市、区\)|县市|区县|县区|市县|区市|地区|属地|区域|镇街|镇\(街道\)|乡镇)(?:单位|政府|责任)?$/,
  ],
  [
    'responsible',
    new RegExp(
      `(?:责任|承办|落实|实施|负责|主管|组织|执行|督办|承担|整改|办理|完成)(?:${BODY})|^(?:责任|任务|职责|工作|部门|责任单位|单位)?分工$|责任分工|任务分工|职责分工|分工安排|责任分解|^(?:责任|部门|单位|责任者|谁来做)$|分工负责|责任落实`,
    ),
  ],
  ['aside', /编号$|来源|依据|文号|出处|对应|联系|经费|投资|资金|类型$|^性质|^层级|^权重|^分值|评分|^级别/],
  [
    'category',
    /^(?:.{0,4}(?:类别|分类|领域|板块|一级|方面|大类|大项|篇章|模块|章节|专题)(?:指标|任务|名称)?|类|部分)$/,
  ],
  [
    'measures',
    /(?:工作|具体|落实|推进|整改|主要|实施|保障|细化|重点|改进|配套|贯彻|对标)(?:改革)?(?:措施|举措|办法|打算)|^措施$|措施及|实施路径|落实办法/,
  ],
  [
    'content',
    /内容|做法|要求$|具体任务|任务分解|细化任务|任务描述|工作目标|年度目标|目标要求|预期(?:目标|成果|效果)|成果形式|目标成效|主要目标|^目标$|^标准$|工作标准|工作要点|任务要点|任务说明|^成效|完成标志|简要|经验/,
  ],
  [
    'title',
    /^案由$|^标题$|^题目$|(?:任务|事项|举措|措施|项目|工作|要点|问题|改革|名称|指标|建议|议题|意见|清单)(?:名称)?$|^任务/,
  ],
];

/** 责任单位及责任人: the unit is what counts. */
const WITH_PERSON = new RegExp(`(?<=${BODY})(?:及其?|和|、|/|与|或)(?:.{0,2})(?:${PERSON})$`);

/** Names that say nothing by themselves: kept apart so that a paragraph that happens to say 时间 is no table. */
const MOST_LETTERS = 14;
/** With what stands in brackets behind it; anything longer is not looked at any closer. */
const LONGEST_NAME = 80;

/** The kind of a column or label by its name, or null if it is none. */
export function columnKind(name: string): ColumnKind | null {
  if (name.length > LONGEST_NAME) return null;
  const plain = plainName(name);
  if (plain === '' || plain.length > MOST_LETTERS) return null;
  return KINDS.find(([, pattern]) => pattern.test(plain))?.[0] ?? null;
}

/** A year that the column's name fixes for its dates: 完成时限（2021年）, 2021年完成时间. */
export function columnYear(name: string): number | null {
  const year = /(?<!\d)(20\d\d)\s*年/.exec(name)?.[1];
  return year === undefined ? null : numberOf(year);
}

/** Without spaces, line breaks, what stands in brackets, and the year. */
function plainName(name: string): string {
  const flat = name.replace(/\s+/g, '').replace(/（/g, '(').replace(/）/g, ')').replace(/／/g, '/');
  return flat
    .replace(/\((?!市、区\)|室\)|街道\))[^()]*\)/g, '')
    .replace(/[:：*★]/g, '')
    .replace(WITH_PERSON, '')
    .replace(/^20\d\d年(?:度)?(?=.)/, '');
}

/**
 * Whether the cells of a row name columns of a list of tasks: what is to be done, and who or by when or a number,
 * and most of the cells known.
 */
export function isHeaderRow(cells: string[]): boolean {
  const named = cells.map((text) => text.trim()).filter((text) => text !== '');
  const least = Math.max(2, named.length * 0.6);
  const known: ColumnKind[] = [];
  for (const [i, name] of named.entries()) {
    // Every row of a table is asked: most have no chance after a few cells.
    if (known.length + named.length - i < least) return false;
    const kind = columnKind(name);
    if (kind !== null) known.push(kind);
  }
  const has = (...wanted: ColumnKind[]) => known.some((kind) => wanted.includes(kind));
  const what = has('title', 'content', 'measures');
  const frame = has('no', 'deadline', 'schedule') || has(...UNIT_KINDS);
  return named.length >= 2 && what && frame && known.length >= least;
}

const OFFICE_NAME = new RegExp(`(?:${OFFICE})$`);

/** 牵头处室 and 配合处室 are the parties of a bureau's own list; beside 牵头单位 and 配合单位 they are offices of those. */
function settleOffices(kinds: (ColumnKind | null)[], names: string[]): void {
  const isOffice = names.map((name) => OFFICE_NAME.test(plainName(name)));
  const units = new Set(kinds.filter((_, i) => !isOffice[i]));
  const answered = units.has('lead') || units.has('responsible');
  kinds.forEach((kind, i) => {
    if (!isOffice[i]) return;
    if (kind === 'office') kinds[i] = answered ? 'aside' : 'responsible';
    else if ((kind === 'lead' || kind === 'responsible') && answered) kinds[i] = 'aside';
    else if (kind === 'co' && units.has('co')) kinds[i] = 'aside';
  });
}

/** Columns of text as one table uses them: exactly one holds the title. `null` columns are not read. */
export function settleColumns(names: string[], categoryAt: number | null): (ColumnKind | null)[] {
  const kinds = names.map(columnKind);
  if (categoryAt !== null) kinds[categoryAt] = 'category';
  const places = (kind: ColumnKind) => kinds.flatMap((k, i) => (k === kind ? [i] : []));
  const titles = places('title');
  if (titles.length === 0) {
    const instead = places('content')[0] ?? places('measures')[0] ?? places('category').at(-1);
    if (instead !== undefined) kinds[instead] = 'title';
  } else {
    // 重点任务 | 具体事项: the second of two names says in more detail what the first one heads.
    for (const extra of titles.slice(1)) kinds[extra] = 'content';
  }
  settleOffices(kinds, names);
  if (places('deadline').length === 0) {
    const last = places('schedule').at(-1);
    if (last !== undefined) kinds[last] = 'deadline';
  }
  return kinds;
}
