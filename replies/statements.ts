/**
 * The grammar of an answer: lines that begin with a command, and plain text. A line is a command only as a whole clause;
 * 尚未收到附件, 怎么签收？ and 已完成系统升级 are text. docs/replies.md has the table.
 */
import { type Day, isDay } from '../domain/days';

export type Statement = {
  /** Numbers of tasks that the line begins with, `1-07`; null where it names none. */
  numbers: string[] | null;
} & (
  | { says: 'sign'; handler: string | null }
  /** 已办结, 报送佐证材料: the account of it. */
  | { says: 'done'; text: string }
  /** `to` is null where the date is none, or lacks its year. */
  | { says: 'extend'; to: Day | null; reason: string; progress: string }
  | { says: 'ready'; ready: boolean; text: string }
  | { says: 'text'; text: string }
);

/** What the lines say, in their order. Politeness says nothing. */
export function statementsIn(lines: readonly string[]): Statement[] {
  const statements: Statement[] = [];
  for (const line of lines) {
    const { numbers, rest } = numbersIn(line);
    const command = commandIn(rest);
    const last = statements.at(-1);
    if (command) {
      statements.push(...command.map((one) => ({ ...one, numbers })));
    } else if (isPolite(rest)) {
      // Nothing was said.
    } else if (last && numbers === null && last.says !== 'sign') {
      append(last, rest);
    } else {
      statements.push({ says: 'text', text: rest, numbers: numbers ?? last?.numbers ?? null });
    }
  }
  return statements.map(settled);
}

type Said = Statement extends infer S ? (S extends unknown ? Omit<S, 'numbers'> : never) : never;

function append(statement: Exclude<Statement, { says: 'sign' }>, line: string): void {
  if (statement.says === 'extend') statement.reason = joined(statement.reason, line);
  else statement.text = joined(statement.text, line);
}

function joined(before: string, line: string): string {
  return before === '' ? line : `${before}\n${line}`;
}

/** Full-width letters, digits and punctuation as ASCII, sign by sign, so that places stay the same. */
function narrow(text: string): string {
  return text
    .replace(/[\uff01-\uff5e]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(/\u3000/g, ' ')
    .replace(/。/g, '.')
    .replace(/[–—－]/g, '-');
}

const NUMBERS =
  /^(?:任务|第|关于)?\s*((?:\d{1,3}-\d{2,4})(?![\d-])(?:\s*[、,和及与/ ]\s*\d{1,3}-\d{2,4}(?![\d-]))*)\s*(?:号)?(?:任务)?\s*[:、,.)\s]*/;

function numbersIn(line: string): { numbers: string[] | null; rest: string } {
  const found = NUMBERS.exec(narrow(line));
  if (!found?.[1]) return { numbers: null, rest: line };
  return { numbers: [...new Set(found[1].match(/\d{1,3}-\d{2,4}/g))], rest: line.slice(found[0].length) };
}

/** What may end a command; after it stands what else there is to say. */
const END = '(?:$|[\\s,.!;:~、(]+)';
const WE = '(?:我(?:局|委|办|院|行|单位|公司|中心|市|县|区)\\s*)?';
const SIGN = new RegExp(`^${WE}(?:已经?|均已?|全部|都已?)?(?:签收|收到|收悉)了?${END}`);
const DONE = new RegExp(
  `^${WE}(?:(?:该|此)?(?:任务|事项|配合事项)?(?:已经?|现已|均已|全部)(?:办结|完成|办理完毕|销号)了?|办结)${END}`,
);
const HAND_IN = new RegExp(`^${WE}(?:现|兹)?(?:报送|提交|上报|报上)(?:佐证|证明|办结)材料${END}`);
const EXTEND = new RegExp(`^${WE}(?:拟|现)?(?:申请|请求)(?:办理)?延期(?:至|到)?\\s*`);
const READY = new RegExp(`^${WE}(?:目前|现)?(?:已经?)?具备(?:了)?条件${END}`);
const NOT_READY = new RegExp(`^${WE}(?:目前|现)?(?:尚|暂|还)?(?:不|未)具备(?:了)?条件${END}`);
const HANDLER = /经办人员?\s*(?:为|是|:)?\s*([^\s,.;:、()]{2,20})/;

function commandIn(line: string): Said[] | null {
  const plain = narrow(line);
  // A question is no statement, whatever it begins with.
  if (/\?\s*$|[吗呢]\s*[.!~]*$/.test(plain)) return null;
  const after = (found: RegExpExecArray) => line.slice(found[0].length).trim();
  const signed = SIGN.exec(plain);
  if (signed) {
    const rest = after(signed);
    const handler = HANDLER.exec(narrow(rest));
    const said: Said = { says: 'sign', handler: handler?.[1] ?? null };
    const more = handler ? rest.replace(rest.slice(handler.index, handler.index + handler[0].length), '') : rest;
    const [further] = commandIn(more) ?? [];
    if (further) return [said, further];
    const left = more.replace(/^[\s,，。.;；、]+/, '');
    return left === '' || isPolite(left) ? [said] : [said, { says: 'text', text: left }];
  }
  const done = DONE.exec(plain) ?? HAND_IN.exec(plain);
  if (done) return [{ says: 'done', text: line.trim() }];
  const extended = EXTEND.exec(plain);
  if (extended) return [extensionIn(line.slice(extended[0].length))];
  const notReady = NOT_READY.exec(plain);
  if (notReady) return [{ says: 'ready', ready: false, text: after(notReady) }];
  const ready = READY.exec(plain);
  return ready ? [{ says: 'ready', ready: true, text: after(ready) }] : null;
}

/** A day with its year: which one is meant without it would be a guess. */
const DATE =
  /^(\d{4})\s*(?:年|[-/.])\s*(\d{1,2})\s*(?:月|[-/.])\s*(\d{1,2})\s*(?:日|号)?(?:前|以前|之前|底)?(?:办结|完成)?[\s,.;:!、]*/;

function extensionIn(said: string): Said {
  const found = DATE.exec(narrow(said));
  if (!found) return { says: 'extend', to: null, reason: said.trim(), progress: '' };
  const [whole, year = '', month = '', day = ''] = found;
  const to = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return { says: 'extend', to: isDay(to) ? to : null, reason: said.slice(whole.length).trim(), progress: '' };
}

/** Takes the labels out: 原因：…，进展：…; 措施：… */
function settled(statement: Statement): Statement {
  if (statement.says === 'ready')
    return { ...statement, text: statement.text.replace(/^(措施|理由|原因)\s*(是|为|[:：])\s*/, '') };
  if (statement.says !== 'extend') return statement;
  const [reason = '', ...progress] = statement.reason.split(
    /[，,。；;\s]*(?:目前|当前|工作|办理)?进展(?:情况)?\s*(?:是|为|[:：])\s*/,
  );
  return {
    ...statement,
    reason: reason.replace(/^(延期)?(原因|理由)\s*(是|为|[:：])?\s*/, '').trim(),
    progress: progress.join('').trim(),
  };
}

const POLITE = [
  /^[\p{P}\p{S}\s]*$/u,
  /^((尊敬的|各位)?.{0,10}(您好|你好|大家好)|(各位)?(领导|老师|同志|同事)们?好?)[:\s]*$/,
  /^(好的?|嗯|ok|谢谢(您|你|大家)?|多谢|感谢|辛苦(了|您了)?|请放心|知悉|已知悉|已阅|此复|特此(回复|函复|报告)|请(查收|审阅|知悉|收)|见附件|详见附件|附件(请查收)?)$/i,
  /^(我(局|委|办|院|单位|们|市|县|区)?|本单位)?(会|将|马上|立即|立刻|尽快|一定|按要求|抓紧|认真)+(会|将|按要求|按时|抓紧|认真|组织|做好)*(办理|落实|处理|推进|办|完成|研究)$/,
];

/** 收到，谢谢！ 您好： 我们将尽快办理。 */
function isPolite(line: string): boolean {
  const clauses = narrow(line).split(/[,.!;:~]/);
  return clauses.every((clause) => POLITE.some((polite) => polite.test(clause.trim())));
}
