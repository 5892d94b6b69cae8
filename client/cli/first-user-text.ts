/** What is said of the first user, at the end of a start. */

import type { FirstLink } from '../../accounts/first-link';
import { timeText } from './table';

type First = { login: string; link: FirstLink } | null;

/** @param base where people open the console */
export function firstText(first: First, base: string): string[] {
  if (!first) return [];
  const { login, link } = first;
  return [
    '',
    `首次登录：账号 ${login}，用此一次性链接设置密码（${timeText(link.endsAt)}前有效）：`,
    `  ${base}${link.path}`,
    `  重新生成: duban user link ${login}`,
    '',
  ];
}

export function firstJson(first: First, base: string) {
  return { firstUser: first && { login: first.login, link: `${base}${first.link.path}`, endsAt: first.link.endsAt } };
}
