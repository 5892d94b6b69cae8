/**
 * What a person typed, checked before anything is asked of anybody: each reader returns the value or throws a wrong
 * call (exit 2). What only the rules can judge is left to them.
 */
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Day, dayOf, instantOf, isDay } from '../../domain/days';
import { checkText } from '../../domain/move-check';
import { sentenceOf } from '../../domain/refusals';
import { mailAddress, personName, planId, taskId } from '../../domain/schemas';
import { shown, wrongCall } from '../failure';

export { shown } from '../failure';

export function asPlan(text: string): string {
  if (planId.safeParse(text).success) return text;
  throw wrongCall(
    'bad-plan-id',
    `“${shown(text)}”不是方案编号。`,
    `"${shown(text)}" is no plan id: lowercase letters, digits and hyphens, like zhuzhou-2020`,
    { next: 'duban plan list' },
  );
}

export function asTask(text: string): string {
  if (taskId.safeParse(text).success) return text;
  throw wrongCall(
    'bad-task-id',
    `“${shown(text)}”不是任务编号。`,
    `"${shown(text)}" is no task id: <plan>/<part>-<no>, like zhuzhou-2020/1-07`,
    { next: 'duban tasks' },
  );
}

export function asCity(text: string): string {
  if (/^[a-z0-9-]{1,32}$/.test(text)) return text;
  throw wrongCall('bad-city', `“${shown(text)}”不是城市代号。`, `"${shown(text)}" is no city: like zhuzhou`);
}

export function asDay(text: string): Day {
  if (isDay(text)) return text;
  throw wrongCall(
    'bad-date',
    `“${shown(text)}”不是有效日期（应为YYYY-MM-DD）。`,
    `"${shown(text)}" is not a calendar day (YYYY-MM-DD)`,
  );
}

/** ISO with a zone, or a time without one, which is Beijing time. */
export function asInstant(text: string): string {
  try {
    const local = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})$/.exec(text);
    const instant = local ? instantOf(local[1] ?? '', local[2] ?? '') : text;
    dayOf(instant);
    return new Date(instant).toISOString();
  } catch {
    throw wrongCall(
      'bad-instant',
      `“${shown(text)}”不是有效时间。`,
      `"${shown(text)}" is no instant: 2027-03-01T08:00 (Beijing time) or ISO with a zone`,
    );
  }
}

/** A filled, storable text. */
export function asText(name: string, max: number): (text: string) => string {
  return (text) => {
    const refusal = checkText(text, { max, name });
    if (!refusal) return text;
    throw wrongCall(refusal.refused, sentenceOf(refusal, 'zh'), sentenceOf(refusal, 'en'), {
      details: refusal.details,
    });
  };
}

/** A name as it is compared: composed, and without space around it. */
export function asName(name: string, max: number): (text: string) => string {
  const read = asText(name, max);
  return (text) => read(text.normalize('NFC').trim());
}

export function asOneOf<T extends string>(name: string, values: readonly T[]): (text: string) => T {
  return (text) => {
    const found = values.find((value) => value === text);
    if (found !== undefined) return found;
    const list = values.join(', ');
    throw wrongCall(
      `bad-${name}`,
      `“${shown(text)}”不在可选值中：${list}。`,
      `"${shown(text)}" is no ${name}: ${list}`,
    );
  };
}

export function asNumber(name: string, least: number, most: number): (text: string) => number {
  return (text) => {
    const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (number >= least && number <= most) return number;
    throw wrongCall(
      `bad-${name}`,
      `“${shown(text)}”应为${least}到${most}的整数。`,
      `"${shown(text)}" is no ${name}: a whole number from ${least} to ${most}`,
    );
  };
}

/** The id of a move that is repeated. */
export function asMoveId(text: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9._:-]{0,99}$/.test(text)) return text;
  throw wrongCall(
    'bad-move-id',
    `“${shown(text)}”不是动作编号。`,
    `"${shown(text)}" is no move id: use the one that was printed`,
  );
}

/** A mailbox as letters write it: `姓名 <address>`, or a name alone. */
export function asPerson(text: string): { name: string; mail: string | null } {
  const [, name = '', mail] = /^\s*([^<>]*?)\s*(?:<([^<>\s]+)>)?\s*$/.exec(text) ?? [];
  if (name === '') {
    throw wrongCall(
      'bad-person',
      `“${shown(text)}”应写作“姓名 <邮箱>”。`,
      `"${shown(text)}" is no person: NAME <ADDRESS>`,
    );
  }
  if (!personName.safeParse(name).success) {
    throw wrongCall('bad-person', '姓名应为一行，最多60字。', 'a name is one line of at most 60 characters');
  }
  return { name: asText('姓名', 60)(name), mail: mail === undefined ? null : asMail(mail) };
}

export function asPersonOrNone(text: string): { name: string; mail: string | null } | null {
  return text === 'none' ? null : asPerson(text);
}

export function asMail(text: string): string {
  if (mailAddress.safeParse(text).success) return text;
  throw wrongCall('bad-mail', `“${shown(text)}”不是邮箱地址。`, `"${shown(text)}" is no mail address`);
}

export interface InputFile {
  path: string;
  bytes: number;
}

/** A file that can be read: there, no folder; not empty and within the limit, where there is one. */
export function asFile(text: string, most?: { mb: number; setting?: string }): InputFile {
  const path = resolve(text);
  const wrong = (code: string, zh: string, en: string, next?: string) => wrongCall(code, zh, en, { where: path, next });
  const found = text.includes('\0') ? null : statSync(path, { throwIfNoEntry: false });
  if (!found) throw wrong('no-file', '文件不存在。', 'there is no such file');
  if (!found.isFile()) throw wrong('no-file', '这不是一个文件。', 'it is a folder or a device, not a file');
  if (most && found.size === 0) throw wrong('empty-file', '文件是空的。', 'the file is empty');
  if (most && found.size > most.mb * 1024 * 1024) {
    const next = most.setting && `raise ${most.setting}, or hand in a smaller file`;
    throw wrong('file-too-large', `文件超过${most.mb} MB。`, `the file is larger than ${most.mb} MB`, next);
  }
  return { path, bytes: found.size };
}

/** A place for a new file: its folder is there, and it is no folder itself. */
export function asNewFile(text: string): string {
  const path = resolve(text);
  const wrong = (zh: string, en: string) => wrongCall('bad-target', zh, en, { where: path });
  if (text.trim() === '' || text.includes('\0')) throw wrong('请写明文件名。', 'a file name is needed');
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw wrong('这是一个文件夹。', 'it is a folder');
  if (!statSync(resolve(path, '..'), { throwIfNoEntry: false })?.isDirectory()) {
    throw wrong('所在文件夹不存在。', 'its folder does not exist');
  }
  return path;
}

/** For options that may be given more than once. */
export function collect<T>(read: (text: string) => T): (text: string, before: T[] | undefined) => T[] {
  return (text, before = []) => [...before, read(text)];
}
