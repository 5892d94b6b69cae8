/** The one door through which every failure reaches a person: what, where, what to do next, and the exit code. */
import { CommanderError } from 'commander';
import { ConfigError } from '../../config';
import { PolicyError } from '../../domain/policy-schema';
import { type Refusal, sentenceOf } from '../../domain/refusals';
import { LedgerRefusal, type LedgerRefusalCode, LedgerUnavailable, ledgerErrorOf } from '../../ledger/errors';
import { LinkKeysError } from '../../links/keys';
import { ToolError } from '../../tools/tool-error';
import { LaunchRefused, NotAllowed, UnknownOutcome, Unreachable } from '../errors';
import { Failure as CliFailure, type FailureExit } from '../failure';

export { Failure as CliFailure, type FailureExit, wrongCall } from '../failure';

/** The rules said no. A move that lost its task to another process was beaten by it. */
export function refused(refusal: Refusal, exit?: FailureExit): CliFailure {
  const zh = sentenceOf({ ...refusal, details: withoutCities(refusal.details) }, 'zh');
  const asked = exit ?? (refusal.refused === 'superseded' ? 4 : 1);
  return new CliFailure(asked, refusal.refused, zh, sentenceOf(refusal, 'en'), { details: refusal.details });
}

/** Unit ids become names, as people write them. */
function withoutCities(details: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(details).map(([key, value]) => [key, value.replace(/^[a-z0-9-]{1,32}:(?=\D)/, '')]),
  );
}

/** What each refusal of the ledger means to the caller. */
const LEDGER: Record<LedgerRefusalCode, { exit: FailureExit; zh: string }> = {
  'not-storable': { exit: 1, zh: '数据库不能保存此内容。' },
  'chain-broken': { exit: 1, zh: '台账的记录链已断。' },
  'not-empty': { exit: 1, zh: '目标不是空的，不能恢复到其中。' },
  'unknown-plan': { exit: 2, zh: '没有这个方案。' },
  'plan-launched': { exit: 1, zh: '方案已经下达，只能通过各项动作改变其任务。' },
  'user-exists': { exit: 1, zh: '已有同名用户。' },
  'plan-exists': { exit: 1, zh: '已有同名方案。' },
  'plan-changed': { exit: 4, zh: '方案刚刚被他人修改。' },
  'unknown-unit': { exit: 2, zh: '单位目录中没有此单位。' },
  'other-library-kind': { exit: 1, zh: '这个编号属于另一种资料。' },
  'bad-backup': { exit: 1, zh: '备份文件不完整或已损坏。' },
  'too-large': { exit: 2, zh: '文件过大。' },
  'too-many-uploads': { exit: 1, zh: '未完成的导入过多，请先完成或删除其中一些。' },
  'upload-changed': { exit: 4, zh: '此导入刚刚在另一窗口中改动。' },
  'already-sealed': { exit: 1, zh: '之后的日期已经封存。' },
  'schema-differs': { exit: 1, zh: '数据库结构与本版本不一致。' },
};

/** Any error, as a failure. */
export function failureOf(thrown: unknown): CliFailure {
  const error = ledgerErrorOf(thrown);
  if (error instanceof CliFailure) return error;
  const cause = { cause: error };
  if (error instanceof LedgerRefusal) {
    const { code, message, next } = error;
    const known = LEDGER[code];
    return new CliFailure(known?.exit ?? 1, code, known?.zh ?? '台账拒绝了此操作。', message, { next }, cause);
  }
  if (error instanceof LedgerUnavailable) {
    return new CliFailure(
      3,
      'ledger-unreachable',
      '连接不到台账数据库。',
      error.message,
      { next: 'duban doctor' },
      cause,
    );
  }
  if (error instanceof UnknownOutcome) {
    const next = `repeat the same command with --move-id ${error.moveId}`;
    const details = { moveId: error.moveId };
    return new CliFailure(
      3,
      'outcome-unknown',
      '结果未知；用同一编号重复不会重复办理。',
      'the outcome is unknown',
      { next, details },
      cause,
    );
  }
  if (error instanceof Unreachable) {
    const zh = error.what === 'Temporal' ? '连接不到Temporal服务。' : '连接不到台账数据库。';
    return new CliFailure(3, 'unreachable', zh, error.message, { next: 'duban doctor' }, cause);
  }
  if (error instanceof NotAllowed) return refused(error.refusal);
  if (error instanceof LaunchRefused) return launchRefused(error);
  return otherFailureOf(error);
}

function launchRefused({ plan, problems }: LaunchRefused): CliFailure {
  const lines = problems.map(({ task, zh }) => `\n  - ${task ?? plan}：${zh}`);
  const zh = `方案${plan}不能下达：${lines.join('')}`;
  const en = `${plan} cannot be launched: ${problems.length} problems`;
  return new CliFailure(1, 'launch-refused', zh, en, {
    next: `duban plan edit ${plan} TASK …`,
    details: problems,
  });
}

function otherFailureOf(error: unknown): CliFailure {
  const cause = { cause: error };
  if (error instanceof CommanderError) {
    const en = error.message.replace(/^error: /, '');
    return new CliFailure(2, 'wrong-call', `命令写法不对：${en}`, en, { next: 'duban --help' }, cause);
  }
  if (error instanceof ConfigError) {
    return new CliFailure(
      2,
      'wrong-settings',
      '环境变量设置有误。',
      error.message,
      { next: 'see .env.example' },
      cause,
    );
  }
  if (error instanceof LinkKeysError) {
    return new CliFailure(2, 'bad-link-keys', '链接密钥不可用。', error.message, { next: 'DUBAN_LINK_KEYS' }, cause);
  }
  if (error instanceof PolicyError) {
    return new CliFailure(1, error.code, `方案的规则参数有误：${error.path}`, error.message, {}, cause);
  }
  if (error instanceof ToolError) {
    const { what, where, next } = error;
    return new CliFailure(3, 'not-running', '所需的服务没有运行或不能启动。', what, { where, next }, cause);
  }
  const message = error instanceof Error ? error.message : String(error);
  if (isOfTemporal(error)) {
    return new CliFailure(3, 'unreachable', '连接不到Temporal服务。', message, { next: 'duban doctor' }, cause);
  }
  const next = 'run the same command with --verbose';
  return new CliFailure(3, 'unexpected', '程序出现意外错误。', message, { next }, cause);
}

/** By its looks: the client's own code is half a second that a wrong call does not wait for. */
function isOfTemporal(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const isGrpc = 'code' in error && typeof error.code === 'number' && 'details' in error && 'metadata' in error;
  return isGrpc || ['ServiceError', 'TransportError'].includes(error.name);
}

/** The failure as one JSON value. */
export function failureJson({ code, exit, zh, en, more }: CliFailure) {
  const { where = null, next = null, details = null } = more;
  return { error: { code, exit, zh, en, where, next, details } };
}

/** The failure in words: Chinese first, then what stands in logs. */
export function failureText(failure: CliFailure, verbose: boolean): string {
  const { zh, en, more } = failure;
  const lines = [zh, `  ${en.replaceAll('\n', '\n  ')}`];
  if (more.where) lines.push(`  位置: ${more.where}`);
  if (more.next) lines.push(`  下一步: ${more.next}`);
  if (verbose) lines.push('', stackOf(failure.cause ?? failure));
  return `${lines.join('\n')}\n`;
}

function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const inner = error instanceof AggregateError ? error.errors : error.cause ? [error.cause] : [];
  return [error.stack ?? error.message, ...inner.map((e) => `caused by: ${stackOf(e)}`)].join('\n');
}
