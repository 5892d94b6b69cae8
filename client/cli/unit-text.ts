/** A unit of the directory as people read it. */
import { CHANNEL_NAMES } from '../../domain/channels';
import type { Person, Unit } from '../../domain/unit';
import { names } from './table';

export function unitText({ id, aliases, members, liaison, head, leader, substitutes, language }: Unit): string {
  const person = (p: Person | null) => (p ? `${p.name} <${p.mail ?? '无邮箱'}>${orderText(p)}` : '缺');
  return [
    id,
    ...(aliases.length > 0 ? [`  别名 ${aliases.join('、')}`] : []),
    ...(members ? [`  成员 ${names(members)}`] : []),
    `  联络员 ${person(liaison)}`,
    `  主要负责人 ${person(head)}`,
    `  分管领导 ${person(leader)}`,
    ...(language === 'en' ? ['  信件语言 English'] : []),
    ...substitutes.map((s) => `  ${s.from}至${s.to} 由${s.name} <${s.mail}>代理联络员`),
  ].join('\n');
}

/** `  依次：企业微信 wangli → 邮件`; nothing where mail is the only way. */
function orderText({ channels }: Person): string {
  if (!channels) return '';
  const ways = channels.map((use) =>
    use.kind === 'mail' ? CHANNEL_NAMES.mail : `${CHANNEL_NAMES[use.kind]} ${use.to}`,
  );
  return `  依次：${ways.join(' → ')}`;
}
