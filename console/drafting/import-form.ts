/** What the form of a plan's head sends. */

import { wrongCall } from '../../client/failure';
import { givenSchema, type ImportGiven } from '../../client/imports/given';
import type { UnitId } from '../../domain/plan';
import { textsIn } from './edit-values';

export const LAST_YEAR = 2098;

/**
 * Reads the form.
 * @param unit finds a unit by its name; throws Failure
 * @throws Failure `bad-head` for what cannot be stored
 */
export function headIn(body: unknown, unit: (name: string) => UnitId): ImportGiven {
  const one = (name: string) => textsIn(body, name)[0]?.trim() || undefined;
  const year = one('year');
  const reporting = (one('reporting') ?? '').split(/[\r\n、，,]+/).map((name) => name.trim());
  const named = reporting.filter((name) => name !== '').map(unit);
  const checked = givenSchema.safeParse({
    office: one('office'),
    id: one('id'),
    title: one('title'),
    number: one('number'),
    issuer: one('issuer'),
    issuedOn: one('issuedOn'),
    year: year === undefined ? undefined : Number(year),
    reporting: named.length > 0 ? [...new Set(named)] : undefined,
  });
  if (checked.success) return checked.data;
  const field = String(checked.error.issues[0]?.path[0] ?? '');
  throw wrongCall('bad-head', `这一项写法不对：${FIELDS[field] ?? field}。`, `this field is wrong: ${field}`);
}

const FIELDS: Record<string, string> = {
  id: '方案编号（小写字母、数字和连字符，如zhuzhou-2027）',
  title: '名称',
  number: '文号',
  issuer: '印发单位',
  issuedOn: '印发日期',
  year: '年份',
  office: '统筹单位',
};
