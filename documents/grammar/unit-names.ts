/** What a unit's name looks like: how it ends, which words stand for nobody, which mean every district. */

/** Endings of names of offices, courts, banks, companies, schools and districts. */
const ENDING = new RegExp(
  `(?:${[
    '局|委|办|厅|部|院|行|关|会|社|署|站|所|处|科|室|台|校|馆|园|联|区|县|市|镇|乡|州|旗|盟|组|队|厂|库|段|港|报|团|司|总署|府',
    '中心|公司|集团|管委会|委员会|办公室|办事处|街道|大学|学院|医院|协会|商会|学会|中支|消协|科协|作协|政协|基金|专班|基地|机场|电信|移动|联通|铁塔|广电|供电|电网|电力|水务|燃气|热力|邮政|烟草|气象|消防|银联|税务|海关|海事|银保监|证监|人行|石化|石油|平台|油田|企业|银行|单位|部门|党校|团市委|团省委|团委',
  ].join('|')})$`,
);
const IN_BRACKETS = /[（(〔][^（()）〔〕]*[）)〕]/g;
/** Words that begin a sentence or a condition and no name; 应急管理部, 不动产登记中心, 无线电管理局, 于都县 are names. */
const NO_BEGINNING =
  /^(?:根据|按照|依据|按|待|视|结合|推进|推动|完成|持续|长期|建立|加强|开展|实施|确保|对|在|于|到|需|应|将|并|以|为|由于|具体|详见|见|参照|同上|已|正在|未|不|无|全面|逐步|积极)(?!法|事处|公厅|公室|急|动产|线电|成年人|义勇|频|外|口|深化|依法|都县|洪区)/;

/** Whether a text begins as a sentence or a condition does. */
export const isNoName = (text: string): boolean => NO_BEGINNING.test(text);

/** Whether a text may be a unit's name by its looks. The document is believed; this only decides whether to ask. */
export function looksLikeUnit(text: string): boolean {
  const bare = text
    .replace(IN_BRACKETS, '')
    .replace(/[*★☆▲●]/g, '')
    .trim();
  return (
    bare.length >= 2 &&
    bare.length <= 32 &&
    /^[\u3400-\u9fff\w·“”"、—-]+$/.test(bare) &&
    ENDING.test(bare) &&
    !NO_BEGINNING.test(bare) &&
    !/[。！？：:，,]|\d{3}/.test(bare)
  );
}

const KIND =
  '村|社区|嘎查|苏木|地级以上市|设区的?市|地级市|县级以上|镇街|特区|自治县|自治州|自治区|直辖市|省|县级市|县|市|区|州|盟|旗|镇|乡|街道|街镇|开发区|功能区|开发园区|产业园区|园区|新区|片区|经开区|高新区|地';
/** Behind 各县市区、 the kinds of which there are many; 高新区管委会 is one unit of its own there. */
const MORE_KINDS =
  '村|社区|省|自治区|直辖市|县级市|自治县|县|市|区|州|盟|旗|镇|乡|街道|开发区|功能区|开发园区|产业园区|园区|片区';
/** What every district has one of. */
const OF_EACH = '人民法院|法院|检察院|局|委员会|供电公司|中心';
const OFFICE = '人民政府|政府|管委会|管理委员会|党工委|党委|办事处|党政';
/** Ends of a name inside a list. */
const BOUNDARY = '(?=$|[、，,；;。\\s/／和及与等牵负配按参协主分为))）〕])';
/**
 * 各县市区, 各区（功能区）, 各县（市、区）人民政府, 各县、区人民政府, 各区人民政府、各…: the districts together, whose members
 * the coordinator lists (R10). The 、 inside is no separator, but 各区、市公安局 are two.
 */
export const DISTRICTS = new RegExp(
  `(?:各(?:有关|相关)?|有关|相关|全市各|所辖各|属地|所在地)(?:${KIND})(?:${KIND}|[、和及与](?:${MORE_KINDS})|[（(〔](?:${KIND}|[、和及与,，])+[）)〕])*(?:${OFFICE})*(?:[（(〔][^（()）〔〕]{1,12}[）)〕])*(?:[、和及与](?:街道|乡|镇)?(?:${OFFICE}))*${BOUNDARY}|各(?:${KIND}|[（(〔](?:${KIND}|[、和及与,，])+[）)〕])+[\u4e00-\u9fff]{0,8}?(?:${OF_EACH})${BOUNDARY}`,
);

/** 各镇（街、园区）, 各市县财政局: begins as the districts do; 各市直部门 and 各市场主体 do not. */
const OF_DISTRICTS = /^各(?:县|市|区|州|盟|旗|镇|乡|街|村(?!镇银行)|园区|开发区)(?![直级属场域])[^、，,；;和及与]*$/;

/** Whether a name is one such collective from beginning to end. */
export function isDistricts(text: string): boolean {
  if (OF_DISTRICTS.test(text)) return true;
  const match = DISTRICTS.exec(text);
  return match !== null && match.index === 0 && match[0].length === text.length;
}

const VAGUE =
  '各|其他|国务院|中央|国家|自治区|全区|全县|市政府|区政府|县政府|州政府|省政府|州直|州级|镇直|乡直|其它|其余|市直|市级|省直|省级|区直|区级|县直|县级|中直|驻市|驻地|有关|相关|责任|成员|牵头|配合|全市|全省|职能|行业|主管|监管|业务|直属|本|涉及|等|及|和|市|省|区|县|的|多个|上述|各级';
const ANYBODY =
  '部门|单位|地方|机关|处室|科室|机构|企业|方面|委办局|部委|组织|(?:国有|直属|所属|下属|权属)(?:公司|企业|集团)';
/** 各联检单位, 各子公司, 各二级学院: as many as there are, and none by name. */
const EACH_OF_A_KIND = /^各(?!.*[和及与])[\u4e00-\u9fff（）()]{1,14}$/;
/** 驻汴高校, 第三方机构: a kind of body with a word for which ones, and no name. */
const SOME_OF_A_KIND =
  /^(?:驻[\u4e00-\u9fff]{1,2}|第三方|有关|相关|其他|部分|公立|民办|商业|民营|国有|社会|专业|金融|科研|中介|行业|大型|本地|省属|市属|区属|县属|所属|直属)+(?:高校|高等学校|院校|学校|医院|银行|企业|机构|组织|团体|协会|公司)$/;
/** 其他有关单位, 市直各部门, 各成员单位: somebody, but nobody by name (R10). */
const OPEN = new RegExp(`^(?:(?:${VAGUE})*(?:${VAGUE}))(?:${ANYBODY})(?:[、和及与](?:${VAGUE})*(?:${ANYBODY}))*$`);
/** 等有关单位, 等12个部门, or 等 alone at the end of a list. */
const AND_OTHERS = new RegExp(
  `\\s*等(?:(?:${VAGUE})|\\d|[一二三四五六七八九十]|家|个)*(?:${ANYBODY})?(?:和(?:${ANYBODY}))?$`,
);

/** Whether the words name nobody in particular: no party, but the list is open-ended. */
export const isOpenPhrase = (text: string): boolean => text.length <= MOST_OF_A_PHRASE && namesNobody(text);

/** Longer words are a sentence; and what repeats itself must not be tried in every way there is. */
const MOST_OF_A_PHRASE = 40;

const namesNobody = (text: string): boolean =>
  OPEN.test(text) ||
  ((text === '第三方' || EACH_OF_A_KIND.test(text) || SOME_OF_A_KIND.test(text)) && !isDistricts(text)) ||
  /^(?:等|其他|其它|全体|各方)$/.test(text);

/** A name without 等有关单位 behind it, and whether that stood there. */
export function withoutOthers(text: string): { name: string; open: boolean } {
  const match = AND_OTHERS.exec(text);
  if (!match || match.index === 0) return { name: text, open: false };
  // 一等…, 中等 and 高等法院 are no lists; 等 must follow a name.
  const name = text.slice(0, match.index);
  return looksLikeUnit(name) || match[0].length > 1 ? { name, open: true } : { name: text, open: false };
}

/** 市场监管局 and 市容环境局 begin with 市 and say no level. */
const PREFIX = /^(?:省|市(?!场|容|政(?:公用|设施|管理|工程))|区(?!域)|县|州|旗|自治区|全国|国家)/;

/** Whether a name carries the level of government it belongs to (市财政局), a place (株洲海关) or is nationwide. */
export const hasPrefix = (name: string): boolean => PREFIX.test(name);

/** Bare names of departments (财政局, 发展改革委): only these can be short for 市财政局. 海关 or 银行 stand for themselves. */
const DEPARTMENT = /^[\u4e00-\u9fff]{2,12}(?:局|委|办|厅|院|支队|办公室|委员会)$/;
export const isBareDepartment = (name: string): boolean =>
  DEPARTMENT.test(name) && !hasPrefix(name) && !/^(?:各|团|株|国(?![土资])|人行|中国)/.test(name);

/** The prefix of a name that others in its list may have been spared. */
export const prefixOf = (name: string): string | null =>
  hasPrefix(name) ? (/^(?:自治区|省|市|区|县|州|旗)(?=[\u4e00-\u9fff]{2})/.exec(name)?.[0] ?? null) : null;
