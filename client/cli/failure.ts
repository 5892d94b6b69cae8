/** The one door through which every failure reaches a person: what, where, what to do next, and the exit code. */
import { CommanderError } from 'commander';
import { AccountRefused, accountSentence } from '../../accounts/refusals';
import { ConfigError } from '../../config';
import { policyProblem } from '../../domain/policy-numbers';
import { PolicyError } from '../../domain/policy-schema';
import { type Refusal, sentenceOf } from '../../domain/refusals';
import { LedgerRefusal, type LedgerRefusalCode, LedgerUnavailable, ledgerErrorOf } from '../../ledger/errors';
import { LinkKeysError } from '../../links/keys';
import { ToolError } from '../../tools/tool-error';
import { LaunchRefused, NotAllowed, UnknownOutcome, Unreachable } from '../errors';
import { Failure as CliFailure, type FailureExit } from '../failure';
import { ledgerSentence } from '../ledger-sentences';

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

/** The exit code of each refusal of the ledger. */
const LEDGER: Record<LedgerRefusalCode, FailureExit> = {
  'not-storable': 1,
  'chain-broken': 1,
  'not-empty': 1,
  'unknown-plan': 2,
  'plan-launched': 1,
  'user-exists': 1,
  'plan-exists': 1,
  'plan-changed': 4,
  'unknown-unit': 2,
  'other-library-kind': 1,
  'bad-backup': 1,
  'too-large': 2,
  'too-many-uploads': 1,
  'upload-changed': 4,
  'already-sealed': 1,
  'schema-differs': 1,
};

/** Any error, as a failure. */
export function failureOf(thrown: unknown): CliFailure {
  const error = ledgerErrorOf(thrown);
  if (error instanceof CliFailure) return error;
  const cause = { cause: error };
  if (error instanceof LedgerRefusal) {
    const { code, message, next } = error;
    return new CliFailure(LEDGER[code], code, ledgerSentence(code), message, { next }, cause);
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
  if (error instanceof AccountRefused) {
    const isWrongCall = /^(unknown|bad)-/.test(error.code);
    const zh = accountSentence(error.code, error.details, 'zh-CN');
    return new CliFailure(isWrongCall ? 2 : 1, error.code, zh, error.message, { details: error.details }, cause);
  }
  if (error instanceof PolicyError) {
    return new CliFailure(1, error.code, `方案的规则数值${policyProblem(error, 'zh-CN')}`, error.message, {}, cause);
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
