/** Entries of the library as text for people. */
import type {
  BestValue,
  Indicator,
  LibraryCase,
  LibrarySource,
  SectionKind,
  SubIndicator,
} from '../../domain/library/entries';
import { table } from './table';

const SECTIONS: Record<SectionKind, string> = {
  background: '背景',
  practice: '做法',
  results: '成效',
  lessons: '启示',
  outlook: '下一步',
};

/** An indicator with what is known about it; of a sub-indicator only its own row. */
export function indicatorText(
  source: LibrarySource,
  { no, name, about, subIndicators, otherBest, bestCities, practiceGroups }: Indicator,
  cases: readonly LibraryCase[],
  only: SubIndicator | undefined,
): string {
  const subs = table(
    ['二级指标', '名称', '最佳值', '说明:60'],
    (only ? [only] : subIndicators).map((sub) => [
      sub.id,
      sub.name,
      sub.best.map(bestText).join('；') || '未给出',
      sub.about ?? '',
    ]),
  );
  const head = `${source.id}/${no} ${name}（《${source.name}》）`;
  if (only) return [head, '', subs].join('\n');
  return [
    head,
    about,
    '',
    subs,
    ...otherBest.map((best) => `其他最佳指标 ${best.text}`),
    '',
    `最佳实践城市 ${bestCities.join('、') || '未列出'}（文件没有写明哪座城市达到哪个最佳值）`,
    '',
    ...practiceGroups.flatMap((group) => [`做法${group.no} ${group.title}：${group.practices.join('；')}`]),
    '',
    table(
      ['案例', '城市', '名称:70'],
      cases.map((one) => [`${source.id}/${one.id}`, one.place?.name ?? null, one.title]),
    ),
  ].join('\n');
}

/** A case as a page. */
export function caseText(source: LibrarySource, one: LibraryCase): string {
  const lines = [
    `${source.id}/${one.id} ${one.title}`,
    [one.place?.name, `《${source.name}》`].filter(Boolean).join('  '),
  ];
  for (const paragraph of one.summary) lines.push('', paragraph);
  for (const { kind, title, paragraphs } of one.sections) {
    lines.push('', `【${title === SECTIONS[kind] ? title : `${SECTIONS[kind]}：${title}`}】`, ...paragraphs);
  }
  if (one.figures.length > 0) {
    const rows = one.figures.map(({ text, line }) => [text, line]);
    lines.push('', table(['成效中的数据:90', '行'], rows));
  }
  return lines.join('\n');
}

function bestText({ of, text, measure }: BestValue): string {
  const value = measure.value === null ? text : `${measure.value}${measure.unit ?? ''}`;
  return of === null ? value : `${of}${value}`;
}
