/** `user`: who can sign in to the console. Passwords are never typed here: a one-time link leads to where they are set. */
import type { Command } from 'commander';
import type { FirstLink } from '../../../accounts/first-link';
import { LANGUAGES, type Language } from '../../../domain/language';
import type { Capacity } from '../../../domain/rights';
import { USER_ROLES, userRoleLabel } from '../../../domain/user-roles';
import { userStandings } from '../../../ledger/accounts/users';
import { addUserBy, changeUserBy, dropFactorBy, linkUserBy, usersBy } from '../../manage-users';
import { type Answer, act } from '../call';
import { argument, group, leaf } from '../command';
import { consoleAddress } from '../console-address';
import { wrongCall } from '../failure';
import { asName, asOneOf, collect, shown } from '../inputs';
import { managerFor } from '../manager';
import type { Session } from '../session';
import { table, timeText } from '../table';

export function users(program: Command): void {
  const user = group(program, 'user', 'people who sign in to the console: add, list, disable, link');
  leaf(
    user,
    'add <login>',
    'add a user; his one-time link is printed once',
    'user add wangli --name 王莉 --as unit@zhuzhou:市税务局',
  )
    .requiredOption('--name <name>', 'his name, as the record has it', asName('姓名', 60))
    .requiredOption('--as <role@unit>', 'a capacity, repeated for more; auditor alone has no unit', collect(asCapacity))
    .option('--language <language>', 'of his pages', asOneOf('language', LANGUAGES))
    .action(act<AddOptions>((session, args, options) => add(session, argument(args, 0), options)));
  leaf(user, 'list', 'every user, with capacities and standing', 'user list').action(act(list));
  leaf(user, 'disable <login>', 'he signs in no more, and is signed out everywhere', 'user disable wangli')
    .option('--undo', 'he may sign in again')
    .action(act<{ undo?: true }>((session, args, { undo }) => disable(session, argument(args, 0), undo === true)));
  leaf(user, 'link <login>', 'a new one-time link to set a password', 'user link wangli --reset-factor')
    .option('--reset-factor', 'and he sets up another authenticator: for a lost telephone')
    .action(act<{ resetFactor?: true }>((session, args, options) => link(session, argument(args, 0), options)));
}

interface AddOptions {
  name: string;
  as: Capacity[];
  language?: Language;
}

async function add(session: Session, login: string, { name, as, language = 'zh-CN' }: AddOptions): Promise<Answer> {
  const by = await managerFor(session);
  const made = await addUserBy(by, { login, name, capacities: as, language }, session.now());
  const url = addressOfLink(session, made);
  return {
    json: { login, name, capacities: as, language, link: { url, endsAt: made.endsAt } },
    text: linkText(login, url, made),
  };
}

async function list(session: Session): Promise<Answer> {
  const by = await managerFor(session);
  const rows = await userStandings(by.desk.db, await usersBy(by));
  const lines = rows.map(({ login, name, capacities, disabledAt, hasPassword, seenAt }) => [
    login,
    name,
    capacities.map(({ role, unit }) => `${userRoleLabel(role, 'zh-CN')}${unit === null ? '' : ` ${unit}`}`).join('；'),
    disabledAt ? '已停用' : hasPassword ? '正常' : '未设密码',
    seenAt ?? '',
  ]);
  const text =
    rows.length === 0
      ? '还没有用户。 duban user add --help'
      : table(['账号', '姓名', '职责:50', '状态', '最近使用'], lines);
  return { json: rows, text };
}

async function disable(session: Session, login: string, undo: boolean): Promise<Answer> {
  const by = await managerFor(session);
  const now = session.now();
  await changeUserBy(by, login, { disabledAt: undo ? null : now }, now);
  return {
    json: { login, disabledAt: undo ? null : now },
    text: undo ? `${login}可以重新登录。` : `${login}已停用，其登录已全部退出。`,
  };
}

async function link(session: Session, login: string, { resetFactor }: { resetFactor?: true }): Promise<Answer> {
  const by = await managerFor(session);
  if (resetFactor) await dropFactorBy(by, login, session.now());
  const made = await linkUserBy(by, login, session.now());
  const url = addressOfLink(session, made);
  return { json: { login, link: { url, endsAt: made.endsAt } }, text: linkText(login, url, made) };
}

function addressOfLink({ config }: Session, { path }: FirstLink): string {
  return `${consoleAddress(config)}${path}`;
}

function linkText(login: string, url: string, { endsAt }: FirstLink): string {
  return [
    `账号${login}的一次性链接（只显示这一次，${timeText(endsAt)}前有效）：`,
    url,
    `重新生成: duban user link ${login}`,
  ].join('\n');
}

/** `coordinator@zhuzhou:市优化营商环境办`; an auditor has no unit. */
function asCapacity(typed: string): Capacity {
  const [, name = '', unit = null] = /^([a-z-]+)(?:@(\S+))?$/.exec(typed.normalize('NFC')) ?? [];
  const role = USER_ROLES.find((one) => one === name);
  if (role && (role === 'auditor') === (unit === null)) return { role, unit };
  throw wrongCall(
    'bad-capacity',
    `“${shown(typed)}”应写作“职责@单位编号”，审计不写单位。`,
    `"${shown(typed)}" is no capacity: ROLE@UNIT, like unit@zhuzhou:市税务局; roles are ${USER_ROLES.join(', ')}, an auditor without unit`,
    { next: 'duban unit list' },
  );
}
