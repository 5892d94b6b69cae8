/** 什邡市委、市政府: the second office is the same place's as the first, and not that of the city that issued the list. */
import { type Doubt, doubt, quoted } from '../diagnostics';

/** 什邡市委, 旌阳区委, 城关镇党委, 高新区党工委: a place by name, and how its other office may be written for short. */
const PARTY_OFFICE = /^(.{1,10}?(市|县|区|州|旗|镇|乡|街道|开发区|新区))(?:委|党委|党工委|工委)$/;

/** A short name behind a place's party committee in full; the same words elsewhere stand for themselves. */
export function samePlace(before: string | undefined, name: string): { name: string; doubt: Doubt } | null {
  const [, place = '', level = ''] = PARTY_OFFICE.exec((before ?? '').replace(/^中共/, '')) ?? [];
  const office = new RegExp(`^(?:${level})?((?:人民)?政府|管委会|管理委员会|办事处)$`).exec(name)?.[1];
  if (place === level || place === '' || /^(?:各|相关|有关|所|团|共青团)/.test(place) || office === undefined)
    return null;
  const full = `${place}${office}`;
  return { name: full, doubt: doubt('prefix-completed', `${quoted(name)} was read as ${quoted(full)}`) };
}
