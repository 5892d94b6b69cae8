/** `duban letter preview`: what a letter of each kind looks like, before anybody gets one. */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { LANGUAGES, type Language } from '../../../domain/language';
import type { LetterDraft } from '../../../domain/letter-draft';
import { NOTICE_KINDS } from '../../../domain/notices';
import { type Answer, act } from '../call';
import { leaf } from '../command';
import { wrongCall } from '../failure';
import { asNewFile, asOneOf, asTask } from '../inputs';
import { composeLetter, exampleDraft, taskDraft } from '../later';
import { writeNewFile } from '../new-file';
import { readingOf } from '../reading';
import type { Session } from '../session';

interface Options {
  task?: string;
  html?: true;
  text?: true;
  eml?: true;
  language?: Language;
  out?: string;
  all?: true;
}

export function letterPreview(letter: Command): void {
  leaf(
    letter,
    'preview [kind]',
    `a letter before anybody gets one; kinds: ${NOTICE_KINDS.join(', ')}`,
    'letter preview reminder --task zhuzhou-2020/1-07 --language en',
  )
    .option('--task <id>', 'about this task, from its real state; without it about an example', asTask)
    .option('--text', 'its text (the default)')
    .option('--html', 'its HTML')
    .option('--eml', 'the whole message, as it would be handed over')
    .option(
      '--language <language>',
      `${LANGUAGES.join(' or ')}; the addressee's own when left out`,
      asOneOf('language', LANGUAGES),
    )
    .option('--out <file>', 'into a new file; with --all into a folder')
    .option('--all', 'every kind, in every language')
    .action(act<Options>((session, args, options) => preview(session, args[0], options)));
}

async function preview(session: Session, typed: string | undefined, options: Options): Promise<Answer> {
  const { html, text, eml, out, task, all, language } = options;
  if ([html, text, eml].filter(Boolean).length > 1)
    throw wrongCall('two-forms', '--text、--html、--eml 只能选一个。', 'choose one of --text, --html and --eml');
  if (all) return everyKind(session, typed, options);
  if (typed === undefined)
    throw wrongCall('no-kind', `请写明种类：${NOTICE_KINDS.join('、')}。`, `name a kind: ${NOTICE_KINDS.join(', ')}`, {
      next: 'duban letter preview --help',
    });
  const kind = asOneOf('kind', NOTICE_KINDS)(typed);
  const target = out === undefined ? null : asNewFile(out);
  if (task !== undefined) await readingOf(session, task);
  const draft =
    task === undefined
      ? exampleDraft(kind, language)
      : await taskDraft(await session.db(), { kind, task, today: session.today(), language });
  const { letter, on, person, replyTo, unit } = draft;
  const made = await composeLetter(session.config.mail.from, draft, session.config.baseUrl ?? undefined);
  const body = eml ? made.bytes : Buffer.from(html ? made.html : made.text);
  if (target !== null) await writeNewFile(target, body);
  const json = {
    kind,
    task: task ?? null,
    on,
    to: { unit: unit.id, person: person.name, address: person.mail },
    replyTo: replyTo?.mail ?? null,
    language: letter.language,
    subject: letter.subject,
    text: made.text,
    html: made.html,
    dates: draft.dates,
    ...(eml && { eml: made.bytes.toString() }),
    out: target,
  };
  const head = [
    `主题 ${letter.subject}`,
    `收件 ${unit.name} ${person.name} <${person.mail}>   回复至 ${replyTo?.mail ?? '缺'}`,
    `日期 ${on}（未发送）   附件 ${draft.dates.length > 0 ? 'duban.ics' : '无'}`,
    '',
  ].join('\n');
  if (target !== null) return { json, text: `${head}已写入 ${target}` };
  return { json, text: html || eml ? body.toString() : `${head}\n${made.text}` };
}

/** Into one folder, for somebody who looks at them all: KIND.LANGUAGE.html and .txt. */
async function everyKind(
  session: Session,
  typed: string | undefined,
  { out, task, language }: Options,
): Promise<Answer> {
  if (out === undefined || typed !== undefined || task !== undefined)
    throw wrongCall(
      'bad-all',
      '--all 需要 --out 文件夹，不能指定种类或任务。',
      '--all needs --out FOLDER, and takes no kind and no task',
      {
        next: 'duban letter preview --all --out letters',
      },
    );
  const folder = resolve(out);
  mkdirSync(folder, { recursive: true });
  const files: string[] = [];
  for (const kind of NOTICE_KINDS) {
    for (const chosen of language ? [language] : LANGUAGES) {
      const draft: LetterDraft = exampleDraft(kind, chosen);
      const made = await composeLetter(session.config.mail.from, draft, session.config.baseUrl ?? undefined);
      for (const [ending, body] of [
        ['html', made.html],
        ['txt', made.text],
      ] as const) {
        const file = join(folder, `${kind}.${chosen}.${ending}`);
        await writeNewFile(file, Buffer.from(body));
        files.push(file);
      }
    }
  }
  return { json: { folder, files }, text: `已写入 ${files.length} 个文件：${folder}` };
}
