/**
 * Lists of units 责任单位: 市发展改革委牵头，市财政局、各县（市、区）人民政府等按职责分工负责. What separates names, which verb
 * gives which role, and what in such a cell is no unit at all.
 */
import type { Role } from '../../domain/plan';
import { type Doubt, doubt, quoted } from '../diagnostics';
import { plainDates } from '../number-words';
import { speaksOfTime } from './deadlines';
import { samePlace } from './same-place';
import { DISTRICTS, hasPrefix, isDistricts, isNoName, isOpenPhrase, looksLikeUnit, withoutOthers } from './unit-names';

/** `named`: in the list, and what that means is for the column or the document to say. */
export type StatedRole = Role | 'named';

export interface NamedUnit {
  name: string;
  role: StatedRole;
  /** A verb beside the name says so, and not the column. */
  byVerb: boolean;
}

export interface UnitList {
  units: NamedUnit[];
  openEnded: boolean;
  /** 2021年6月底前完成, 根据…进度及时推进: what the cell says of time, in its own words. */
  time: string | null;
  doubts: Doubt[];
}

const ROLE_AT_END: [StatedRole, RegExp][] = [
  [
    'lead',
    /(?:分别|共同|总)?(?:牵头|统筹|主办|主抓|主责|负总责)(?:总?负责|统筹|协调|落实|推进|抓总|组织|实施|组织实施|牵头|办理|单位|部门)*$/,
  ],
  ['support', /(?:给予|予以|提供)?(?:支持|支撑)(?:配合)?$/],
  [
    'co',
    /(?:积极|协同|共同|按(?:照)?(?:各自)?职责(?:分工)?)*(?:配合|协办|协助|协同|参与|参加|会办|协作)(?:负责|实施|落实|推进|做好|办理|单位|部门)*$/,
  ],
  [
    'named',
    /(?:依|按|根据)?(?:照|据)?(?:各自)?(?:工作)?(?:职责|职能)?(?:分工)?(?:结合(?:各自|当地|本地|工作)?实际)?(?:分别|共同|具体|抓好)?(?:负责|落实|组织实施|承办|实施|办理|抓落实)(?:落实|实施|推进)*$/,
  ],
];
const ROLE_IN_BRACKETS: [StatedRole, RegExp][] = [
  ['lead', /[（(](?:总?牵头|主办|主责|统筹)(?:单位|部门)?[）)]/],
  ['co', /[（(](?:配合|协办|参与|协助)(?:单位|部门)?[）)]/],
];
const BEFORE = /^(?:由|并由|会同|联合|以及|及|和|与|责成|其中|需)(?=.{2})/;
const BROKEN = /(\S)\n(?=\S)/g;
const SEPARATOR = /[、，,；;。/／|\n\t\u3000 ]/;

interface Piece {
  text: string;
  /** The sign before it, and where it stands in the cell. */
  after: string;
  start: number;
}

/** Reads a list of units as written. Nothing is added that the words do not name. */
export function readUnits(written: string): UnitList {
  // 市发展改革委会同市财政局: the first one leads the other.
  const cell = written
    .replace(/(?<=[局委办厅部院心])(?:会同|联合)(?=\S{3})/g, '牵头，')
    .replace(BROKEN, (all, before: string, at: number, whole: string) => (joins(whole, at + 1) ? before : all));
  const list: UnitList = { units: [], openEnded: false, time: null, doubts: [] };
  let waiting: NamedUnit[] = [];
  const pieces = piecesOf(cell);
  let timeUntil = -1;
  for (const [i, piece] of pieces.entries()) {
    if (i < timeUntil) continue;
    if (isTime(piece, pieces)) {
      // The words run on to the next name: 按照国家统一部署，及时推进.
      const next = pieces.findIndex((later, k) => k > i && looksLikeUnit(nameOnly(later.text)));
      timeUntil = next < 0 ? pieces.length : next;
      const words = cell
        .slice(piece.start, pieces[next]?.start)
        .trim()
        .replace(/[，,；;。、]$/, '');
      list.time = list.time === null ? words : `${list.time}，${words}`;
      continue;
    }
    const { name, role, open } = roleAndName(piece.text);
    if (open) list.openEnded = true;
    const named: NamedUnit[] = namesIn(name, list).map((unit) => ({ name: unit, role: 'named', byVerb: false }));
    if (role?.inBrackets) for (const unit of named) Object.assign(unit, { role: role.role, byVerb: true });
    list.units.push(...named);
    waiting.push(...named.filter((unit) => !unit.byVerb));
    if (role && !role.inBrackets) {
      for (const unit of waiting) Object.assign(unit, { role: role.role, byVerb: role.role !== 'named' });
      waiting = [];
    }
  }
  for (const [i, unit] of list.units.entries()) {
    const full = samePlace(list.units[i - 1]?.name, unit.name);
    if (!full) continue;
    unit.name = full.name;
    list.doubts.push(full.doubt);
  }
  for (const unit of list.units) if (isDistricts(unit.name) && unit.role !== 'lead') unit.role = 'district';
  if (list.openEnded) list.doubts.push(doubt('open-ended', `${quoted(cell)}还包括没有写名称的单位`));
  return list;
}

/** Cuts at separators outside brackets and outside 各县、区人民政府. */
function piecesOf(cell: string): Piece[] {
  const pieces: Piece[] = [];
  let start = 0;
  let after = '';
  let depth = 0;
  for (let at = 0; at <= cell.length; at++) {
    const sign = cell[at] ?? '\n';
    // A bracket that nothing closes holds nothing together.
    if (/[（(〔《“「[【]/.test(sign) && /[）)〕》”」\]】]/.test(cell.slice(at, at + 200))) depth += 1;
    if (/[）)〕》”」\]】]/.test(sign)) depth = Math.max(0, depth - 1);
    const collective = at === start ? DISTRICTS.exec(cell.slice(at)) : null;
    if (collective && collective.index === 0) at += collective[0].length - 1;
    else if (at === cell.length || (depth === 0 && SEPARATOR.test(sign))) {
      const text = cell.slice(start, at).trim();
      if (text !== '') pieces.push({ text, after, start: cell.indexOf(text, start) });
      if (text !== '' || /[，,；;]/.test(sign)) after = sign;
      start = at + 1;
    }
  }
  return pieces.flatMap(withTimeApart);
}

/** 市财政局2021年6月底前完成: a name and what it must do by when, without a sign between them. */
const NAME_THEN_TIME =
  /^([^\d《“]{2,20}?(?:局|委|办|厅|院|中心|公司|集团|政府|管委会|单位|部门|海关|银行|支行))(?:于|在|应|要|须)?(?=\d{2,4}年|\d{1,2}月|今年|年底|上半年|下半年|全年|持续|长期坚持|常态化|每(?:年|季|月))/;

function withTimeApart(piece: Piece): Piece[] {
  const name = NAME_THEN_TIME.exec(piece.text)?.[1];
  if (name === undefined) return [piece];
  const rest = piece.text.slice(name.length);
  return [
    { ...piece, text: name },
    { text: rest, after: '，', start: piece.start + name.length },
  ];
}

/** Whether a line break stands inside a name: what is before it is none yet, and both together are one. */
function joins(cell: string, at: number): boolean {
  const before = cell.slice(0, at).split(SEPARATOR).at(-1) ?? '';
  const behind = cell.slice(at + 1).split(SEPARATOR)[0] ?? '';
  const begun =
    (hasPrefix(before) || /^(?:国网|中国|人民银行|团)/.test(before)) && /^[\u4e00-\u9fff（()）]+$/.test(before);
  if (!begun || hasPrefix(behind) || isOpenPhrase(behind) || isNoName(behind)) return false;
  return !looksLikeUnit(before) && looksLikeUnit(before + behind.replace(/(?:牵头|负责|配合).*$/, ''));
}

/** A piece that sets a date or a condition: after a comma, or with a date in it; a name that says 长期 is none. */
function isTime(piece: Piece, pieces: Piece[]): boolean {
  if (looksLikeUnit(piece.text) && !/\d/.test(piece.text)) return false;
  if (!speaksOfTime(piece.text)) return false;
  return (
    pieces[0] === piece || /[，,；;。\s]/.test(piece.after) || /\d+[年月日]|年底|季度|半年/.test(plainDates(piece.text))
  );
}

function roleAndName(text: string): {
  name: string;
  role: { role: StatedRole; inBrackets: boolean } | null;
  open: boolean;
} {
  let name = text.replace(BEFORE, '').replace(/^(?:牵头|责任|配合)(?:单位|部门)?[：:为是]/, '');
  let role: { role: StatedRole; inBrackets: boolean } | null = null;
  const bracketed = ROLE_IN_BRACKETS.find(([, pattern]) => pattern.test(name));
  if (bracketed) {
    role = { role: bracketed[0], inBrackets: true };
    name = name.replace(bracketed[1], '');
  }
  const verb = role
    ? undefined
    : ROLE_AT_END.find(([, pattern]) => pattern.test(name) && name.replace(pattern, '') !== name);
  if (verb) {
    role = { role: verb[0], inBrackets: false };
    name = name.replace(verb[1], '').replace(/(?:分别|共同|具体|负责|按(?:照)?(?:各自)?职责(?:分工)?)+$/, '');
  }
  const others = withoutOthers(name.trim());
  return { name: others.name.replace(/[*★☆▲]$/, '').trim(), role, open: others.open };
}

/** What stays of a piece without verbs and 等有关单位. */
const nameOnly = (text: string): string => roleAndName(text).name;

/** One name, or two joined by 和 where both are names (市教育局和市体育局, but not 市文化和旅游局). */
function namesIn(written: string, list: UnitList): string[] {
  // 市能源局等省有关部门和各市政府: the list is open in its middle.
  const { name: text, open } = withoutOthers(written);
  if (open) list.openEnded = true;
  if (text === '' || /^[-—–/\\无]+$/.test(text)) return [];
  if (isDistricts(text)) return [text];
  const districts = /^(.+?)(?:以及|及|和|与)(.+)$/.exec(text);
  if (districts?.[1] && districts[2] && isDistricts(districts[1]))
    return [districts[1], ...namesIn(districts[2], list)];
  if (isOpenPhrase(text)) {
    list.openEnded = true;
    return [];
  }
  for (const joint of text.matchAll(/以及|及|和|与|会同/g)) {
    const left = text.slice(0, joint.index);
    const right = text.slice(joint.index + joint[0].length);
    const both = looksLikeUnit(left) && (looksLikeUnit(right) || isOpenPhrase(right) || isDistricts(right));
    if (both && !/^(?:市|县|省|各)?(?:区|县|市|团|党)?$/.test(left) && left.length >= 3) {
      return [...namesIn(left, list), ...namesIn(right, list)];
    }
  }
  // What stands around a name: a bracket whose other half is lost, quotation marks.
  const name = text
    .replace(/\s+/g, '')
    .replace(/[（(][）)]/g, '')
    .replace(/^[》】）)\]”」【［[《“「]+|[《【（([“「】］\]》」]+$/g, '');
  if (looksLikeUnit(name)) return [name];
  if (
    name.length <= 14 &&
    /[\u4e00-\u9fff]{2}/.test(name) &&
    !/[\ufffd<>《》【】]|[\d。：:？]/.test(name) &&
    !/^(?:见|详见|同|暂|待|另)/.test(name)
  ) {
    list.doubts.push(doubt('unit-unsure', `${quoted(name)}不像单位名称，已照原样保留`));
    return [name];
  }
  list.doubts.push(doubt('not-a-unit', `单位栏里的${quoted(name)}不是单位，已略去`));
  return [];
}
