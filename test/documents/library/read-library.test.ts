/** The two library documents as they are read: the counts, and entries compared by hand with the text. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readLibrary } from '../../../documents/library/read-library';
import type { LibraryContent } from '../../../domain/library/entries';

const bytes = (name: string) => readFileSync(join(__dirname, '../../seeds/documents', `${name}.txt`));
const read = async (name: string) => {
  const { content, diagnostics } = await readLibrary(bytes(name), `${name}.txt`);
  if (!content) throw new Error(`${name} was not read`);
  return { content, diagnostics };
};
const readText = (text: string) => readLibrary(Buffer.from(text), 'library.txt');

describe('benchmarks', () => {
  let content: LibraryContent;
  let told: [string, number | null][];
  beforeAll(async () => {
    const library = await read('benchmarks');
    content = library.content;
    told = library.diagnostics.map(({ code, line }) => [code, line]);
  });

  test('18 indicators with 86 sub-indicators, 65 groups of practices and 72 cases', () => {
    expect(content.indicators.map(({ no }) => no)).toEqual(Array.from({ length: 18 }, (_, i) => i + 1));
    expect(content.indicators.flatMap((one) => one.subIndicators)).toHaveLength(86);
    expect(content.indicators.flatMap((one) => one.practiceGroups)).toHaveLength(65);
    expect(content.cases).toHaveLength(72);
    const ids = [
      ...content.cases.map(({ id }) => id),
      ...content.indicators.flatMap((i) => i.subIndicators.map(({ id }) => id)),
    ];
    expect(new Set(ids).size).toBe(72 + 86);
  });

  test('what is in doubt: a case of a city that is not listed, and five garbled lines', () => {
    expect(told).toEqual([
      ['traditional-converted', null],
      ['garbled-text', 303],
      ['garbled-text', 355],
      ['case-city-unlisted', 367],
      ['garbled-repaired', 1269],
      ['garbled-repaired', 1329],
      ['garbled-repaired', 1343],
    ]);
  });

  test('the first indicator, field by field', () => {
    const [first] = content.indicators;
    expect(first).toMatchObject({
      no: 1,
      name: '企业开办',
      line: 1,
      bestCities: ['银川', '杭州', '深圳', '西安'],
      otherBest: [],
      subIndicators: [
        { id: '1.1', name: '环节', best: [{ of: null, text: '办理环节2个', measure: { value: 2, unit: '个' } }] },
        {
          id: '1.2',
          name: '时间',
          best: [{ of: null, text: '办理时间0.5个工作日', measure: { value: 0.5, unit: '个工作日' } }],
        },
        { id: '1.3', name: '成本', best: [{ of: null, text: '办理成本0元', measure: { value: 0, unit: '元' } }] },
        { id: '1.4', name: '便利度', about: null, best: [] },
      ],
    });
    expect(first?.practiceGroups.map(({ title, practices }) => [title, practices.length])).toEqual([
      ['实现网上办理', 4],
      ['线下“一窗受理”', 3],
      ['再造办事流程', 2],
      ['政府购买服务', 3],
    ]);
  });

  test('best values stand where the document gives them, and nowhere else', () => {
    const given = content.indicators.flatMap(({ subIndicators }) =>
      subIndicators.flatMap(({ id, best }) =>
        best.map(({ of, measure }) => `${id}${of ? ` ${of}` : ''} ${measure.value}${measure.unit}`),
      ),
    );
    expect(given).toEqual([
      ...['1.1 2个', '1.2 0.5个工作日', '1.3 0元'],
      ...['3.1 6个', '3.2 49.5个工作日', '3.3 203164元'],
      ...['6.1 2个', '6.2 3个工作日', '6.3 0元'],
      ...['7.1 获得用水 2个', '7.1 获得用气 2个', '7.2 获得用水 12个工作日', '7.2 获得用气 16个工作日'],
      ...['7.3 获得用水 0元', '7.3 获得用气 0元'],
      ...['8.1 2个', '8.2 0.5个工作日', '8.3 41448.3元'],
      ...['12.1 6小时', '12.2 74.74美元', '12.3 0.8小时', '12.4 0美元'],
      ...['12.5 7.5小时', '12.6 0美元', '12.7 0.93小时', '12.8 0美元'],
      ...['13.1 6次', '13.2 90小时', '14.1 139天', '14.2 9.66%', '15.1 0.8年', '15.2 10.11%', '15.3 49.87%'],
    ]);
    expect(content.indicators.flatMap(({ otherBest }) => otherBest)).toEqual([]);
  });

  test('names that hold 和, 及 or 、 are not broken, and those that join two are', () => {
    const names = (no: number) => content.indicators[no - 1]?.subIndicators.map(({ name }) => name);
    expect(names(5)).toEqual(['互联网+招标采购', '投标和履约担保', '外地企业中标率', '建立公平有效的投诉机制']);
    expect(names(4)).toContain('采购结果确定和合同签订');
    expect(names(16)?.[0]).toBe('“双随机、一公开”监管覆盖率');
    expect(names(16)?.[4]).toBe('与国家“互联网+监管”系统数据共享');
    expect(content.indicators[8]?.subIndicators[2]?.about).toBe('其中，征信机构覆盖面为观察指标');
    expect(content.indicators[1]?.subIndicators[0]?.about).toBe('聘用情况考察固定期限合同、试用期时长等情况');
  });

  test('cases keep their city and their points; one may go on for the same city without a number', () => {
    const of = (id: string) => content.cases.find((one) => one.id === id);
    expect(of('1-1')).toMatchObject({
      title: '五个“1”、五个“0”打造企业开办至简城市',
      place: { name: '银川市', kind: 'city' },
      indicator: 1,
      line: 62,
      sections: [
        {
          kind: 'practice',
          title: '五个“1”实现企业开办最快速度',
          paragraphs: expect.arrayContaining(['“一个小时”领执照']),
        },
        { title: '五个“0”打造掌上办事之城', paragraphs: ['零证明、零表单、零费用、零用时、零跑路'] },
      ],
    });
    expect(content.cases.filter((one) => one.indicator === 7).map((one) => one.place?.name)).toEqual([
      '武汉市',
      '海口市',
      '海口市',
      '南昌市',
      '南昌市',
      '拉萨市',
    ]);
    expect(of('18-4')?.sections.at(-1)).toMatchObject({ title: '聚焦公共交通治堵，打造公共自行车新模式' });
  });
});

describe('nanjing-2021', () => {
  let content: LibraryContent;
  beforeAll(async () => {
    content = (await read('nanjing-2021')).content;
  });

  test('20 cases: 12 of districts, 8 of city units', () => {
    expect(content.cases.map(({ id }) => id)).toEqual(
      Array.from({ length: 20 }, (_, i) => String(i + 1).padStart(2, '0')),
    );
    expect(content.cases.filter(({ place }) => place?.kind === 'district').map(({ place }) => place?.name)).toEqual(
      '江北新区 玄武区 秦淮区 建邺区 鼓楼区 栖霞区 雨花台区 江宁区 浦口区 六合区 溧水区 高淳区'.split(' '),
    );
    expect(content.cases.filter(({ place }) => place?.kind === 'city-unit').map(({ place }) => place?.name)).toEqual(
      '市市场监管局 市规划和自然资源局 市建委 市政务办 市法院 市公安局 南京供电公司 金陵海关'.split(' '),
    );
  });

  test('background, practice and results, except where a case has no such section, which is said', async () => {
    const without = (kind: string) =>
      content.cases.filter(({ sections }) => !sections.some((one) => one.kind === kind)).map(({ id }) => id);
    expect(without('background')).toEqual(['04', '06', '15']);
    expect(without('practice')).toEqual([]);
    // 07 has 主要做法和成效 in one.
    expect(without('results')).toEqual(['06', '07']);
    const { diagnostics } = await read('nanjing-2021');
    expect(diagnostics.filter(({ code }) => code === 'case-section-missing').map(({ line }) => line)).toEqual([
      141, 205, 483,
    ]);
    expect(diagnostics.filter(({ code }) => code.startsWith('garbled'))).toHaveLength(78);
  });

  test('a case, field by field', () => {
    const one = content.cases[2];
    expect(one).toMatchObject({
      title: '秦淮区推行“一业一证”标准化改革',
      place: { name: '秦淮区', kind: 'district' },
      indicator: null,
      line: 105,
      summary: [expect.stringMatching(/^2021年以来，秦淮区深入落实.*提供要素支撑。$/)],
      figures: [
        { text: '申请材料减少40%', measures: [{ value: 40, unit: '%' }], line: 137 },
        { text: '审批时限压缩68%', measures: [{ value: 68, unit: '%' }], line: 137 },
      ],
    });
    expect(one?.sections.map(({ kind, title, paragraphs }) => [kind, title, paragraphs.length])).toEqual([
      ['background', '案例背景', 1],
      ['practice', '主要做法', 10],
      ['results', '取得成效', 2],
    ]);
    expect(one?.sections[1]?.paragraphs[0]).toBe('（一）聚焦准入准营，形成制度保障');
  });

  test('titles over two lines are one, and sections that are practices by their content are kept as such', () => {
    expect(content.cases[19]?.title).toBe('金陵海关搭建“海外仓离境融”公共服务平台破解跨境电商融资难题');
    expect(content.cases[14]?.sections.map(({ kind }) => kind)).toEqual([
      ...Array<string>(6).fill('practice'),
      'results',
    ]);
  });

  test('figures are what results state; years, document numbers and damaged numbers are none', () => {
    const all = content.cases.flatMap(({ figures }) => figures);
    const said = all.flatMap(({ measures }) => measures.map(({ value, unit }) => `${value}${unit}`));
    expect(said).toEqual(
      expect.arrayContaining(['1.6万家', '9115.56万㎡', '15.6个百分点', '16735家', '180天', '15.7万人次']),
    );
    expect(said.filter((figure) => /^(?:20[12]\d|810)/.test(figure))).toEqual([]);
    expect(all.every(({ text, measures }) => measures.length > 0 && !/□\d/.test(text))).toBe(true);
    expect(content.cases[5]?.figures).toEqual([]);
  });
});

describe('what is no library, or one with slips', () => {
  test.each([
    ['a list of tasks', bytes('zhuzhou-2020'), 'zhuzhou-2020.txt', 'no-library'],
    ['blank space', Buffer.from('  \n\n'), 'a.txt', 'empty-file'],
    ['nothing', Buffer.alloc(0), 'a.txt', 'empty-file'],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3, 0, 0, 0xff]), 'a.txt', expect.any(String)],
    ['an old Word file', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'a.doc', 'old-format'],
  ])('%s is refused, and why is said', async (_what, given, name, code) => {
    const { content, diagnostics } = await readLibrary(given, name);
    expect(content).toBeNull();
    expect(diagnostics).toMatchObject([{ severity: 'error', code }]);
  });

  const guide = (intro: string, best: string) =>
    `一、企业开办\n本指标考察开办企业。指标${intro}\n一、最佳实践城市\n银川\n二、最佳指标\n${best}\n三、创新做法\n1、网上办\n(1) 一网通办\n三、典型案例\n1、银川市—改革\n(1) 一窗`;

  test('a stated count that differs, a value that fits two sub-indicators or is no number: said, nothing guessed', async () => {
    const { content, diagnostics } = await readText(
      guide('下设3个二级指标，分别为企业办理时间、政府办理时间。', '办理时间0.5个工作日；办理费用免费。'),
    );
    expect(diagnostics.map(({ code, line }) => [code, line])).toEqual([
      ['count-differs', 2],
      ['best-value-unmatched', 6],
      ['best-value-unmatched', 6],
      ['best-value-unread', 6],
    ]);
    expect(content?.indicators[0]?.subIndicators.map(({ best }) => best)).toEqual([[], []]);
    expect(content?.indicators[0]?.otherBest.map(({ text, measure }) => [text, measure.value])).toEqual([
      ['办理时间0.5个工作日', 0.5],
      ['办理费用免费', null],
    ]);
  });

  test('numbers that skip or repeat, and lines that belong nowhere', async () => {
    const slips = guide('下设1个二级指标，分别为时间。', '时间1天。').replace('(1) 一窗', '(1) 一窗\n3、杭州市—改革');
    const { content, diagnostics } = await readText(`前言\n${slips.replace('1、网上办', '没有编号\n1、网上办')}`);
    expect(diagnostics.map(({ code }) => code)).toEqual([
      'library-line-unread',
      'library-line-unread',
      'number-skips',
      'case-city-unlisted',
    ]);
    expect(content?.cases.map(({ id, place }) => [id, place?.name])).toEqual([
      ['1-1', '银川市'],
      ['1-2', '杭州市'],
    ]);
  });

  test('simplified text, full-width digits and a byte order mark are read alike', async () => {
    const { content } = await readText(`\ufeff${guide('下设１个二级指标，分别为时间。', '办理时间０．５个工作日。')}`);
    expect(content?.indicators[0]?.subIndicators).toMatchObject([
      { id: '1.1', name: '时间', best: [{ measure: { value: 0.5, unit: '个工作日' } }] },
    ]);
  });

  test('long lines of question marks are no garbling, and end in time', async () => {
    const hard = '?测试;'.repeat(4_000);
    const { content, diagnostics } = await readText(
      `${guide('下设1个二级指标，分别为时间。', '时间1天。')}\n${hard}\n${hard.repeat(9)}`,
    );
    expect(content?.indicators).toHaveLength(1);
    expect(diagnostics).toEqual([]);
  });
});

test('着 is read as simplified text has it, 著 where it is a work or a name', async () => {
  const book = async (name: string) => JSON.stringify(await readLibrary(bytes(name), `${name}.txt`));
  const [guide, cases] = [await book('benchmarks'), await book('nanjing-2021')];
  for (const words of ['着力做到“五个聚焦”', '着眼获得用水全方位服务']) expect(guide).toContain(words);
  for (const words of ['面临着“跨', '着力打造', '成本显著降低', '软著']) expect(cases).toContain(words);
});
