/** `token`: programs that act for a user over the HTTP API. */
import type { Command } from 'commander';
import { makeToken, TOKEN_LASTS_DAYS_AT_MOST } from '../../../accounts/api-tokens';
import { AccountRefused } from '../../../accounts/refusals';
import { TOKEN_SCOPES, type TokenScope } from '../../../domain/token-scopes';
import { listTokens, revokeToken } from '../../../ledger/accounts/api-tokens';
import { managed, usersBy } from '../../manage-users';
import { type Answer, act } from '../call';
import { argument, group, leaf } from '../command';
import { asName, asNumber, asOneOf } from '../inputs';
import { managerFor } from '../manager';
import type { Session } from '../session';
import { table, timeText } from '../table';

const USUAL_DAYS = 90;

export function tokens(program: Command): void {
  const token = group(program, 'token', 'tokens of programs for the HTTP API: create, list, revoke');
  leaf(
    token,
    'create <login>',
    'a token that acts for a user; it is printed once',
    'token create wangli --name 报表 --scope read,move',
  )
    .requiredOption('--name <name>', 'what it is for', asName('名称', 60))
    .option('--scope <uses>', `what it may do, separated by commas: ${TOKEN_SCOPES.join(', ')}`, asScope, ['read'])
    .option('--days <number>', 'how long it lasts', asNumber('days', 1, TOKEN_LASTS_DAYS_AT_MOST), USUAL_DAYS)
    .action(act<CreateOptions>((session, args, options) => create(session, argument(args, 0), options)));
  leaf(token, 'list', 'every token: whose, what for, until when, when it was used', 'token list')
    .option('--login <login>', 'of this user')
    .action(act<{ login?: string }>((session, _args, { login }) => list(session, login ?? null)));
  leaf(token, 'revoke <id>', 'it opens nothing any more', 'token revoke 3f2a9c0b7d11').action(
    act((session, args) => revoke(session, argument(args, 0))),
  );
}

interface CreateOptions {
  name: string;
  scope: TokenScope[];
  days: number;
}

function asScope(typed: string): TokenScope[] {
  return typed.split(',').map((one) => asOneOf('scope', TOKEN_SCOPES)(one.trim()));
}

async function create(session: Session, login: string, options: CreateOptions): Promise<Answer> {
  const by = await managerFor(session);
  const user = await managed(by, login);
  const made = await makeToken(by.desk.db, user, { ...options, now: session.now() });
  const lines = [
    `账号${login}的令牌（只显示这一次，${timeText(made.endsAt)}前有效）：`,
    made.token,
    `停用: duban token revoke ${made.id}`,
  ];
  return { json: { login, name: options.name, ...made }, text: lines.join('\n') };
}

async function list(session: Session, login: string | null): Promise<Answer> {
  const by = await managerFor(session);
  const his = new Set((await usersBy(by)).map((user) => user.login));
  const rows = (await listTokens(by.desk.db, login)).filter((token) => his.has(token.login));
  const lines = rows.map(({ id, login: of, name, scope, endsAt, lastUsedAt, revokedAt }) => [
    id,
    of,
    name,
    scope.join(', '),
    revokedAt ? '已停用' : endsAt,
    lastUsedAt ?? '',
  ]);
  return {
    json: rows,
    text:
      rows.length === 0 ? '没有令牌。' : table(['编号', '账号', '名称:24', '用途:40', '有效期至', '最近使用'], lines),
  };
}

async function revoke(session: Session, id: string): Promise<Answer> {
  const by = await managerFor(session);
  const his = new Set((await usersBy(by)).map((user) => user.login));
  const token = (await listTokens(by.desk.db, null)).find((one) => one.id === id && his.has(one.login));
  if (!token) throw new AccountRefused('no-such-token', { id: /^[0-9a-f]{1,40}$/.test(id) ? id : '…' });
  await revokeToken(by.desk.db, id, null, session.now());
  return { json: { id, login: token.login, revoked: true }, text: `令牌${id}（${token.name}）已停用。` };
}
