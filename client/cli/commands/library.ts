/** The reference library 资料库: read a document into it, look it up. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import type { Command } from 'commander';
import { caseName } from '../../../domain/library/cases';
import type { Indicator, Library, LibraryCase } from '../../../domain/library/entries';
import { loadLibrary, storeLibrary } from '../../../ledger/library';
import { type Answer, act } from '../call';
import { argument, group, leaf } from '../command';
import { countOf, doubtsPage } from '../doubts-page';
import { wrongCall } from '../failure';
import { asFile, asText, shown } from '../inputs';
import { readLibrary } from '../later';
import { indicatorTyped } from '../library-ground';
import { caseText, indicatorText } from '../library-text';
import { authorisedForAll } from '../people';
import type { Session } from '../session';
import { table } from '../table';

/** A book of cases with pictures; the reader has limits of its own. */
const MOST_MB = 50;
const KINDS = { benchmarks: '指标', cases: '案例' } as const;

export function library(program: Command): void {
  const room = group(program, 'library', 'the reference library: indicators, best values, practices, cases');

  leaf(
    room,
    'import <file>',
    'read a benchmark guide or a case book; the same document again replaces itself',
    'library import benchmarks.txt --name 营商环境最佳实践指南',
  )
    .option('--id <id>', 'what to call it in commands; the file name when left out', asSourceId)
    .option('--name <name>', 'what lists and letters call it', asText('名称', 100))
    .action(
      act<{ id?: string; name?: string }>((session, args, options) => bring(session, argument(args, 0), options)),
    );

  leaf(room, 'list', 'documents and indicators', 'library list --indicator 8')
    .option('--indicator <number>', 'one indicator with everything about it')
    .action(
      act<{ indicator?: string }>(async (session, _args, { indicator }) => {
        const all = await loadLibrary(await session.db());
        return indicator === undefined ? list(all) : oneIndicator(all, indicator);
      }),
    );

  leaf(room, 'show <id>', 'a document, an indicator, a sub-indicator or a case', 'library show nanjing-2021/05').action(
    act(async (session, args) => show(await loadLibrary(await session.db()), argument(args, 0))),
  );
}

function asSourceId(text: string): string {
  if (/^[a-z0-9][a-z0-9-]{0,63}$/.test(text)) return text;
  throw wrongCall(
    'bad-library-id',
    `“${shown(text)}”不能作为资料编号：只用小写字母、数字和连字符，用--id写明。`,
    `"${shown(text)}" is no id of a library document: lowercase letters, digits and hyphens; give one with --id`,
  );
}

async function bring(session: Session, typed: string, options: { id?: string; name?: string }): Promise<Answer> {
  const file = asFile(typed, { mb: MOST_MB });
  const fileName = basename(file.path);
  const bytes = await readFile(file.path);
  const { content, diagnostics } = await readLibrary(bytes, fileName);
  if (!content) return { json: { source: null, diagnostics }, text: doubtsPage(diagnostics), exit: 1 };
  const stem = basename(fileName, extname(fileName));
  const id = options.id ?? asSourceId(stem.toLowerCase());
  const db = await session.db();
  const before = (await loadLibrary(db)).sources.find((source) => source.id === id);
  const name = options.name ?? before?.name ?? stem;
  const outcome = await storeLibrary(db, {
    id,
    name,
    fileName,
    digest: createHash('sha256').update(bytes).digest('hex'),
    content,
    importedAt: session.now(),
    importedBy: (await authorisedForAll(session, 'importLibrary')).name,
  });
  const counts = countsOf(content.indicators, content.cases);
  const json = { source: id, name, kind: content.kind, outcome, ...counts, diagnostics };
  const done = { new: '已存入资料库', changed: '已更新资料库', same: '资料库中已有，没有变化' }[outcome];
  const text = [
    doubtsPage(diagnostics),
    '',
    `${done}：${id}《${name}》，${countsText(counts)}；${countOf(diagnostics)}。`,
    `下一步: duban library ${content.kind === 'benchmarks' ? 'list' : `show ${id}`}`,
  ];
  return { json, text: text.join('\n').trimStart() };
}

interface Counts {
  indicators: number;
  subIndicators: number;
  bestValues: number;
  practiceGroups: number;
  cases: number;
}

function countsOf(indicators: readonly Indicator[], cases: readonly LibraryCase[]): Counts {
  const subs = indicators.flatMap(({ subIndicators }) => subIndicators);
  return {
    indicators: indicators.length,
    subIndicators: subs.length,
    bestValues: subs.flatMap(({ best }) => best).length + indicators.flatMap(({ otherBest }) => otherBest).length,
    practiceGroups: indicators.flatMap(({ practiceGroups }) => practiceGroups).length,
    cases: cases.length,
  };
}

function countsText({ indicators, subIndicators, bestValues, practiceGroups, cases }: Counts): string {
  if (indicators === 0) return `${cases}个案例`;
  return `${indicators}项指标、${subIndicators}个二级指标、${bestValues}个最佳值、${practiceGroups}组做法、${cases}个案例`;
}

function list({ sources }: Library): Answer {
  const json = {
    sources: sources.map(({ id, name, content }) => ({
      id,
      name,
      kind: content.kind,
      ...countsOf(content.indicators, content.cases),
    })),
    indicators: sources.flatMap(({ id, content }) =>
      content.indicators.map((one) => ({
        id: `${id}/${one.no}`,
        name: one.name,
        bestCities: one.bestCities,
        ...countsOf(
          [one],
          content.cases.filter(({ indicator }) => indicator === one.no),
        ),
      })),
    ),
  };
  if (sources.length === 0) return { json, text: '资料库是空的。\n下一步: duban library import 文件' };
  const indicators = table(
    ['指标', '名称', '二级指标', '最佳值', '做法', '案例', '最佳实践城市:44'],
    json.indicators.map((one) => [
      one.id,
      one.name,
      one.subIndicators,
      one.bestValues,
      one.practiceGroups,
      one.cases,
      one.bestCities.join('、'),
    ]),
  );
  const text = [
    table(
      ['资料', '种类', '内容', '名称:50'],
      json.sources.map((one) => [one.id, KINDS[one.kind], countsText(one), one.name]),
    ),
    ...(json.indicators.length > 0 ? ['', indicators] : []),
  ];
  return { json, text: text.join('\n') };
}

function oneIndicator(all: Library, typed: string): Answer {
  const { source, no } = indicatorTyped(all, typed);
  return show(all, `${source}/${no}`);
}

/** `benchmarks`, `benchmarks/8`, `benchmarks/8.2`, `benchmarks/8-1`, `nanjing-2021/05`. */
function show(all: Library, typed: string): Answer {
  const [, id = '', entry] = /^([^/]*)(?:\/(.+))?$/.exec(typed.trim()) ?? [];
  const source = all.sources.find((one) => one.id === id);
  const { indicators = [], cases = [] } = source?.content ?? {};
  if (source && entry === undefined) {
    const text = table(
      ['编号', '名称:80'],
      [
        ...indicators.map((one): [string, string] => [`${id}/${one.no}`, one.name]),
        ...cases.map((one): [string, string] => [
          `${id}/${one.id}`,
          caseName({ title: one.title, place: one.place?.name ?? null }),
        ]),
      ],
    );
    return { json: { id, name: source.name, ...source.content }, text: `${id}《${source.name}》\n\n${text}` };
  }
  const indicator = indicators.find(
    (one) => `${one.no}` === entry || one.subIndicators.some((sub) => sub.id === entry),
  );
  if (source && indicator) {
    const own = cases.filter((one) => one.indicator === indicator.no);
    const sub = indicator.subIndicators.find((one) => one.id === entry);
    const json = sub
      ? { ...sub, id: `${id}/${sub.id}`, indicator: { id: `${id}/${indicator.no}`, name: indicator.name } }
      : { ...indicator, id: `${id}/${indicator.no}`, cases: own.map((one) => ({ ...one, id: `${id}/${one.id}` })) };
    return { json, text: indicatorText(source, indicator, own, sub) };
  }
  const found = cases.find((one) => one.id === entry);
  if (source && found)
    return { json: { ...found, id: `${id}/${found.id}`, source: id }, text: caseText(source, found) };
  throw wrongCall('unknown-library-id', `资料库中没有“${shown(typed)}”。`, `the library has no "${shown(typed)}"`, {
    next: source ? `duban library show ${id}` : 'duban library list',
  });
}
