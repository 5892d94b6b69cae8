/**
 * The page of an official document, GB/T 9704-2012: A4, margins 37, 35, 28, 26 mm, 22 lines of 28 pt, 三号 仿宋.
 * Lengths are twips (1/20 pt) unless the name says otherwise, sizes of type half-points, as Word has them.
 */
import type { IFontAttributesProperties } from 'docx';

/** To the nearest twip, so that A4 is what programs know as A4; the library's own rounds down. */
const mm = (millimetres: number) => Math.round((millimetres * 1440) / 25.4);

const A4 = { width: mm(210), height: mm(297) };
/** 天头, 翻口, 地脚, 订口: the type area is 156 by 225 mm. */
const MARGIN = {
  top: mm(37),
  right: mm(26),
  bottom: mm(35),
  left: mm(28),
};
/** The page number stands 7 mm under the type area. */
const FOOTER = mm(24);

export const PORTRAIT = { size: A4, margin: { ...MARGIN, footer: FOOTER } };
/** Turned: the top of the text is at the binding's side. The library turns width and height by itself. */
export const LANDSCAPE_MARGIN = {
  top: MARGIN.left,
  right: MARGIN.top,
  bottom: MARGIN.right,
  left: MARGIN.bottom,
  footer: mm(15),
};
export const PAPER = A4;

/** Widths of the type area. */
export const PORTRAIT_WIDTH = A4.width - MARGIN.left - MARGIN.right;
export const LANDSCAPE_WIDTH = A4.height - LANDSCAPE_MARGIN.left - LANDSCAPE_MARGIN.right;

export const LINE = 28 * 20;
/** Half-points: 二号, 三号, 四号, 五号, 小五号. */
export const SIZE = { title: 44, body: 32, pageNumber: 28, table: 21, note: 18 } as const;

/** Points across the type area, for the head that must fit into one line. */
export const PORTRAIT_POINTS = PORTRAIT_WIDTH / 20;

const font = (eastAsia: string): IFontAttributesProperties => ({
  ascii: 'Times New Roman',
  hAnsi: 'Times New Roman',
  cs: 'Times New Roman',
  eastAsia,
});

export const FONT = {
  /** 小标宋: red head and titles. */
  title: font('方正小标宋简体'),
  /** 黑体: first-level headings and heads of tables. */
  heading: font('黑体'),
  body: font('仿宋'),
  song: font('宋体'),
};

/** What to take where a font is not installed: by Word through the font table, where each has its other names. */
export const OTHER_FONTS: Record<string, string> = {
  方正小标宋简体: '华文中宋,宋体,SimSun,Source Han Serif SC,Noto Serif CJK SC',
  黑体: 'SimHei,Source Han Sans SC,Noto Sans CJK SC',
  仿宋: '仿宋_GB2312,FangSong,STFangsong,Noto Serif CJK SC',
  宋体: 'SimSun,Noto Serif CJK SC',
};

export const RED = 'E60012';
/** Fills of a light's cell, pale enough to be printed; the same as in the ledger's workbook. */
export const FILL = {
  none: null,
  grey: 'D9D9D9',
  green: 'C6E0B4',
  yellow: 'FFE699',
  blue: 'BDD7EE',
  red: 'F4B0A8',
} as const;
