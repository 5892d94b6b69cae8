/** Evidence 佐证材料 and its review (R7, R25, R26). */
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import type { Command } from 'commander';
import type { EvidenceOffer } from '../../../domain/intents';
import { figureBeside, figureText } from '../../../domain/library/figures';
import { openEvidence } from '../../../ledger/evidence/store';
import { taskLibrary } from '../../reading/task-library';
import { type Answer, act } from '../call';
import { argument, group, leaf, moveLeaf } from '../command';
import { draftDesk } from '../draft-desk';
import { wrongCall } from '../failure';
import { asDay, asFile, asNewFile, asNumber, asPlan, asText, collect, type InputFile, shown } from '../inputs';
import { evidencePack } from '../later';
import { groundOf, type MoveCall, makeMove, moveText } from '../move';
import { readingOf } from '../reading';
import type { Session } from '../session';
import { names, table } from '../table';
import { streamWhole } from '../whole-file';

interface Offers {
  file?: string[];
  link?: string[];
  number?: string[];
  figure?: string[];
}

export function evidence(program: Command): void {
  const room = group(program, 'evidence', 'evidence: add, submit, list');

  moveLeaf(
    room,
    'add <task>',
    'add files, links, document numbers and figures; nothing is handed in yet',
    'evidence add zhuzhou-2027/1-01 --unit 市市场监管局 --file 截图.png --number 株市监发〔2027〕3号',
  )
    .requiredOption('--unit <unit>', 'the party that adds it')
    .option('--file <path>', 'a file; repeat it for more', collect(String))
    .option('--link <url>', 'an address; repeat it for more', collect(asLink))
    .option('--number <document>', 'a document number; repeat it for more', collect(asText('文号', 2000)))
    .option(
      '--figure <indicator=value>',
      'a figure of a sub-indicator, 1.2=0.5个工作日, or any other; repeat it for more',
      collect(asFigure),
    )
    .action(act<MoveCall & Offers & { unit: string }>(add));

  leaf(
    room,
    'pack <plan>',
    'every file of evidence of a plan as a zip, with a manifest and digests',
    'evidence pack zhuzhou-2027 --zip 佐证材料.zip',
  )
    .requiredOption('--zip <file>', 'the archive; one that is there is replaced when the new one is whole')
    .action(act<{ zip: string }>((session, args, { zip }) => pack(session, asPlan(argument(args, 0)), asNewFile(zip))));

  moveLeaf(
    room,
    'submit <task>',
    'hand in everything that was added, as one version',
    'evidence submit zhuzhou-2027/1-01 --unit 市市场监管局',
  )
    .requiredOption('--unit <unit>', 'the lead that hands in')
    .option('--received-on <day>', 'on paper: the day on which the coordinator received it', asDay)
    .option('--reason <text>', 'on paper: why', moveText('submitEvidence', 'reason'))
    .action(
      act<MoveCall & { unit: string; receivedOn?: string; reason?: string }>((session, args, options) => {
        const { receivedOn, reason } = options;
        return makeMove(session, argument(args, 0), options, ({ unit }) => ({
          move: 'submitEvidence',
          unit: unit(options.unit),
          ...(receivedOn !== undefined && { receivedOn }),
          ...(reason !== undefined && { reason }),
        }));
      }),
    );

  leaf(room, 'list <task>', 'what was added and handed in', 'evidence list zhuzhou-2027/1-01').action(
    act((session, args) => list(session, argument(args, 0))),
  );

  review(program);
}

async function add(session: Session, args: string[], options: MoveCall & Offers & { unit: string }): Promise<Answer> {
  const mb = session.config.evidenceMaxMb;
  // Every file is looked at before the first one is stored.
  const files = (options.file ?? []).map((path) => asFile(path, { mb, setting: 'DUBAN_EVIDENCE_MAX_MB' }));
  const plain = (kind: EvidenceOffer['kind'], values: string[] = []): EvidenceOffer[] =>
    values.map((value) => ({ kind, value, name: null, bytes: null }));
  const others = [
    ...plain('link', options.link),
    ...plain('number', options.number),
    ...plain('figure', options.figure),
  ];
  if (files.length + others.length === 0) {
    throw wrongCall('nothing-to-add', '没有要添加的材料。', 'nothing to add: --file, --link, --number or --figure');
  }
  const answer = await makeMove(session, argument(args, 0), options, async ({ unit }) => {
    const by = unit(options.unit);
    return { move: 'addEvidence', unit: by, items: [...(await storeAll(session, files)), ...others] };
  });
  return options.figure === undefined ? answer : withFigures(session, argument(args, 0), options.figure, answer);
}

/** What was added stands; beside it, what the library knows, and a name that it does not know is said. */
async function withFigures(session: Session, id: string, given: string[], answer: Answer): Promise<Answer> {
  const { task, planTask } = await groundOf(session, id);
  const { library, linked } = await taskLibrary(await session.db(), { id: task, category: planTask.category });
  const figures = given.map((figure) => figureBeside(figure, library, linked.indicator));
  const lines = figures.map((figure) => {
    const unknown = figure.why === 'unknown' ? '（资料库没有这个二级指标，按自由数据保存）' : '';
    return `  数据 ${figureText(figure)}${unknown}`;
  });
  const json = { ...(answer.json as object), figures };
  return { ...answer, json, text: [answer.text, ...lines].join('\n') };
}

/** D25: the bytes are on the disk under their digest before any move names them. */
async function storeAll(session: Session, files: InputFile[]): Promise<EvidenceOffer[]> {
  const { evidenceDir, evidenceMaxMb } = session.config;
  const store = openEvidence(await session.db(), evidenceDir, evidenceMaxMb * 1024 * 1024);
  const offers: EvidenceOffer[] = [];
  for (const { path } of files) {
    const name = basename(path);
    const { digest, bytes } = await store.put(createReadStream(path), name);
    offers.push({ kind: 'file', value: digest, name, bytes });
  }
  return offers;
}

function asLink(text: string): string {
  if (/^https?:\/\/\S+$/.test(text) && URL.canParse(text)) return asText('链接', 2000)(text);
  throw wrongCall('bad-link', `“${shown(text)}”不是网址。`, `"${shown(text)}" is no address: http:// or https://`);
}

function asFigure(text: string): string {
  if (/^[^=＝\s][^=＝]*[=＝]\s*\S+/.test(text)) return asText('数据', 2000)(text);
  throw wrongCall(
    'bad-figure',
    `“${shown(text)}”应写作“指标=数值”。`,
    `"${shown(text)}" is no figure: INDICATOR=VALUE`,
  );
}

const KINDS = { file: '文件', link: '链接', number: '文号', figure: '数据' } as const;
const OUTCOMES = { waiting: '待审', accepted: '通过', returned: '退办', superseded: '已更新' } as const;

async function list(session: Session, id: string): Promise<Answer> {
  const { planTask, page } = await readingOf(session, id);
  const task = planTask.id;
  const state = page?.task;
  const json = { task, items: state?.evidence ?? [], versions: state?.versions ?? [], review: state?.review ?? null };
  const items = table(
    ['编号', '种类', '内容:60', '单位', '日期'],
    json.items.map((item) => [item.id, KINDS[item.kind], item.name ?? item.value, names([item.unit]), item.on]),
  );
  const versions = table(
    ['版本', '单位', '收到', '逾期', '结果', '材料:40'],
    json.versions.map((v) => [
      v.version,
      names([v.unit]),
      v.receivedOn,
      v.late ? '是' : '否',
      OUTCOMES[v.outcome],
      v.items.join(' '),
    ]),
  );
  const text = json.items.length === 0 ? `${task}尚未添加佐证材料。` : `${items}\n\n${versions}`;
  return { json, text };
}

async function pack(session: Session, plan: string, file: string): Promise<Answer> {
  const { evidenceDir, evidenceMaxMb } = session.config;
  const store = openEvidence(await session.db(), evidenceDir, evidenceMaxMb * 1024 * 1024);
  const { content, summary } = await evidencePack(await draftDesk(session), store, plan, session.now());
  await streamWhole(file, content);
  const packed = await summary;
  const bad = [
    ...packed.missing.map(({ task, name, sha256 }) => `  缺失 ${task} ${name ?? ''} ${sha256}`),
    ...packed.altered.map(({ task, name, sha256 }) => `  不一致 ${task} ${name ?? ''} ${sha256}`),
  ];
  const text = [
    `已写入${file}：${packed.tasks}项任务，${packed.files}个文件。清单SHA-256 ${packed.manifest}`,
    ...(bad.length > 0 ? ['有文件与报送时不符，清单中已注明：', ...bad, '下一步: duban audit verify'] : []),
  ];
  return { json: { ...packed, file }, text: text.join('\n'), exit: bad.length > 0 ? 1 : 0 };
}

function review(program: Command): void {
  moveLeaf(
    program,
    'review <task>',
    'accept a version of the evidence, or return it with a reason',
    'review zhuzhou-2027/1-01 --version 1 --return 缺少系统上线截图',
  )
    .requiredOption('--version <number>', 'the version that was looked at', asNumber('version', 1, 9_999))
    .option('--accept', 'accept it: the task is completed')
    .option('--return <reason>', 'return it', moveText('returnEvidence', 'reason'))
    .action(
      act<MoveCall & { version: number; accept?: true; return?: string }>((session, args, options) => {
        const { version, accept, return: reason } = options;
        if (!accept === (reason === undefined)) {
          throw wrongCall('accept-or-return', '请选择--accept或--return其中之一。', 'say either --accept or --return');
        }
        // A version that is there and does not wait any more was decided or replaced by another.
        const exitOf: MoveCall['exitOf'] = ({ refused }, task) =>
          (refused === 'wrong-version' || refused === 'no-review') && task?.versions.some((v) => v.version === version)
            ? 4
            : undefined;
        return makeMove(session, argument(args, 0), { ...options, exitOf }, () =>
          reason === undefined ? { move: 'acceptEvidence', version } : { move: 'returnEvidence', version, reason },
        );
      }),
    );
}
