/** Characters that look right and are not: Kangxi radicals out of PDFs, invisible signs, traditional forms. */
import type { Doubt } from './diagnostics';
import { doubt } from './diagnostics';

/**
 * CJK Radicals Supplement as the ideographs they stand for (Unicode, EquivalentUnifiedIdeograph.txt); NFKC knows only two
 * of them. The last three are Kangxi radicals that NFKC makes traditional, and that fonts draw alike in simplified text.
 */
const PAIRS = [
  ...'⺁厂⺂乛⺃乚⺅亻⺆冂⺇几⺈刀⺉刂⺋㔾⺌小⺍小⺎兀⺏尣⺐尢⺑尣⺒巳⺓幺⺔彑⺕彐⺖忄⺗心⺘扌⺙攵⺛旡⺜日⺝月⺞歺⺠民⺡氵⺢水⺣灬⺤爫⺥爫⺦丬⺧牛⺨犭⺩王⺪疋⺫目⺬示⺭礻⺮竹⺯糸⺰纟⺱罒⺲罒⺳网⺶羊⺷羊⺸羊⺹老⺺聿⺻聿⺼肉⺽臼⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻇角⻈讠⻉贝⻊足⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻑長⻒镸⻓长⻔门⻕阜⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞食⻟食⻠饣⻡首⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟⼾户⾭青⿈黄',
];
const RADICALS = new Map(PAIRS.flatMap((c, i): [string, string][] => (i % 2 === 0 ? [[c, PAIRS[i + 1] ?? c]] : [])));

const LOOKALIKE = /[\u2e80-\u2fd5]/g;
const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]/g;

/** The text with every look-alike and invisible character replaced, line breaks as `\n`, and a note if there were any. */
export function repaired(text: string): { text: string; doubts: Doubt[] } {
  let replaced = 0;
  const clean = text
    .replace(/\r\n?|\u2028|\u2029/g, '\n')
    .replace(/\u00a0/g, ' ')
    // More blank space than any layout has; patterns that look for its end must not look for long.
    .replace(/([ \t\u3000]{200})[ \t\u3000]+/g, '$1')
    .replace(INVISIBLE, '')
    .replace(LOOKALIKE, (c) => {
      replaced += 1;
      return RADICALS.get(c) ?? c.normalize('NFKC');
    });
  const says = `有${replaced}处康熙部首之类的字符，已换成对应的汉字`;
  return { text: clean, doubts: replaced > 0 ? [doubt('characters-repaired', says)] : [] };
}

/** Signs that only traditional, or only simplified, text is full of. */
const TRADITIONAL = /[單責頭時關務實規資國發業門開長東車見貝區縣辦會議應當據為與體產動]/g;
const SIMPLIFIED = /[单责头时关务实规资国发业门开长东车见贝区县办会议应当据为与体产动]/g;

/** Whether a text is written in traditional characters; a name or a quotation in them does not make it so. */
export function isTraditional(text: string): boolean {
  const sample = text.slice(0, 20_000);
  const traditional = sample.match(TRADITIONAL)?.length ?? 0;
  return traditional >= 3 && traditional > 2 * (sample.match(SIMPLIFIED)?.length ?? 0);
}

/** Whether a line holds what remains of lost characters: replacement signs, private-use ones, `?。ㄒ唬`. */
export function isGarbled(text: string): boolean {
  return /\ufffd|[\ue000-\uf8ff]|\?。[\u3105-\u312f]|[\u0080-\u009f]|锟斤拷|烫烫烫/.test(text);
}

/** 著 of a work or a name: 著作, 著名, 显著, 软著. */
const ZHU = /(?<![显卓昭名论专编原巨土遗译软拙合])著(?![名作称述录者书])/g;

/** Traditional text writes 著力 and 面臨著 where simplified text has 着; the converter, sign by sign, cannot tell. */
export function withZhe(simplified: string): string {
  return simplified.replace(ZHU, '着');
}
