/** Lists of units as documents word them: who is named, in which role, and what is no unit. */
import { readUnits } from '../../documents/grammar/units';

/** `role name` in order. */
const units = (text: string) => readUnits(text).units.map(({ role, name }) => `${role} ${name}`);
const names = (text: string) => readUnits(text).units.map(({ name }) => name);

describe('what separates names', () => {
  test.each([
    ['市发展改革委、市财政局', ['市发展改革委', '市财政局']],
    ['市发展改革委，市财政局；市商务局', ['市发展改革委', '市财政局', '市商务局']],
    ['市发展改革委,市财政局', ['市发展改革委', '市财政局']],
    ['市发展改革委 市财政局', ['市发展改革委', '市财政局']],
    ['市发展改革委\n市财政局', ['市发展改革委', '市财政局']],
    ['市发展改革委/市财政局', ['市发展改革委', '市财政局']],
    ['市发展改革委和市财政局', ['市发展改革委', '市财政局']],
    ['市自然资源和规划局', ['市自然资源和规划局']],
    ['市文化和旅游局、市工业和信息化局', ['市文化和旅游局', '市工业和信息化局']],
    ['市住房和城乡建设局和市水利局', ['市住房和城乡建设局', '市水利局']],
    ['市自然资源和规\n划局、市住建局', ['市自然资源和规划局', '市住建局']],
    ['市委宣传部（市新闻出版局、市版权局）、市文旅局', ['市委宣传部（市新闻出版局、市版权局）', '市文旅局']],
    ['市发展改革委(市粮食和物资储备局)', ['市发展改革委(市粮食和物资储备局)']],
    ['人民银行株洲中心支行、国网株洲供电公司、株洲海关', ['人民银行株洲中心支行', '国网株洲供电公司', '株洲海关']],
    ['市中级人民法院，市人民检察院', ['市中级人民法院', '市人民检察院']],
    ['团市委、市妇联、市残联、市总工会', ['团市委', '市妇联', '市残联', '市总工会']],
    ['市委组织部、市委编办、市政府办公室', ['市委组织部', '市委编办', '市政府办公室']],
    ['天元区、芦淞区人民政府、攸县', ['天元区', '芦淞区人民政府', '攸县']],
    ['市公安局交警支队、市消防救援支队', ['市公安局交警支队', '市消防救援支队']],
    ['由市商务局、市财政局', ['市商务局', '市财政局']],
  ])('%j', (text, expected) => {
    expect(names(text)).toEqual(expected);
    expect(readUnits(text).doubts).toEqual([]);
  });
});

describe('the districts together are one party', () => {
  test.each([
    '各县市区',
    '各区（功能区）',
    '各县（市、区）人民政府',
    '各县、区人民政府',
    '各区县政府',
    '各区、县（市）',
    '各市、县（区）人民政府',
    '各镇（街道）',
    '各县市区人民政府（管委会）',
    '有关县（市、区）人民政府',
  ])('%s', (text) => {
    expect(units(text)).toEqual([`district ${text}`]);
    expect(units(`市公安局、${text}、市财政局`)).toEqual(['named 市公安局', `district ${text}`, 'named 市财政局']);
  });

  test('a city bureau behind 各区 is no district', () => {
    expect(units('各区、市公安局、县供电公司')).toEqual(['district 各区', 'named 市公安局', 'named 县供电公司']);
  });

  test('leading, they lead', () => {
    expect(units('各县市区牵头，市财政局配合')).toEqual(['lead 各县市区', 'co 市财政局']);
  });
});

describe('verbs give roles', () => {
  test.each([
    ['市发展改革委牵头，市财政局、市商务局按职责分工负责', ['lead 市发展改革委', 'named 市财政局', 'named 市商务局']],
    ['市自然资源和规划局、市行政审批局牵头，其他单位按职责分工负责', ['lead 市自然资源和规划局', 'lead 市行政审批局']],
    [
      '市住房城乡建设局统筹，市自然资源局、珠海供电局配合',
      ['lead 市住房城乡建设局', 'co 市自然资源局', 'co 珠海供电局'],
    ],
    ['市发展改革局统筹、珠海供电局配合', ['lead 市发展改革局', 'co 珠海供电局']],
    [
      '市市场监管局牵头统筹，各区（功能区）、市公安局配合',
      ['lead 市市场监管局', 'district 各区（功能区）', 'co 市公安局'],
    ],
    ['市发展改革委（牵头）、市财政局', ['lead 市发展改革委', 'named 市财政局']],
    ['市发展改革委会同市财政局负责', ['lead 市发展改革委', 'named 市财政局']],
    ['由市发展改革委牵头，会同市财政局组织实施', ['lead 市发展改革委', 'named 市财政局']],
    ['市发展改革委负责牵头，市财政局予以支持', ['lead 市发展改革委', 'support 市财政局']],
    ['市发展改革委、市财政局分别牵头负责', ['lead 市发展改革委', 'lead 市财政局']],
    ['市发展改革委、市财政局按职责分工负责', ['named 市发展改革委', 'named 市财政局']],
    ['市教育局主办，市财政局协办', ['lead 市教育局', 'co 市财政局']],
  ])('%s', (text, expected) => {
    expect(units(text)).toEqual(expected);
  });
});

describe('units that are meant and not named', () => {
  test.each([
    ['市发展改革委等有关单位', ['市发展改革委']],
    ['市发展改革委、市财政局等', ['市发展改革委', '市财政局']],
    ['市发展改革委等12个部门', ['市发展改革委']],
    ['市发展改革委、市直各有关部门', ['市发展改革委']],
    ['市发展改革委牵头，各成员单位按职责分工负责', ['市发展改革委']],
    ['市发展改革委，其他有关单位', ['市发展改革委']],
    ['各有关单位', []],
    ['市直有关部门', []],
    ['各县市区和市直有关单位', ['各县市区']],
  ])('%s', (text, expected) => {
    const list = readUnits(text);
    expect(list.units.map(({ name }) => name)).toEqual(expected);
    expect([list.openEnded, list.doubts.map(({ code }) => code)]).toEqual([true, ['open-ended']]);
  });

  test('the negative twin', () => {
    expect(readUnits('市发展改革委、市高等法院').openEnded).toBe(false);
  });
});

describe('what is no unit', () => {
  test('a schedule behind a comma is time', () => {
    const list = readUnits('市商务粮食局、株洲海关，根据国际贸易“单一窗口”国家标准版开发建设进度及时推进');
    expect(list.units.map(({ name }) => name)).toEqual(['市商务粮食局', '株洲海关']);
    expect(list.time).toBe('根据国际贸易“单一窗口”国家标准版开发建设进度及时推进');
  });

  test.each([
    ['市发展改革委牵头，2021年6月底前完成', '2021年6月底前完成'],
    ['市财政局；持续推进', '持续推进'],
    ['市财政局2021年6月底前完成', '2021年6月底前完成'],
    ['市财政局、市商务局，按照国家统一部署，及时推进', '按照国家统一部署，及时推进'],
  ])('%s', (text, time) => {
    const list = readUnits(text);
    expect(list.time).toBe(time);
    expect(list.units.every(({ name }) => /局$|委$/.test(name))).toBe(true);
    expect(list.doubts).toEqual([]);
  });

  test('a sentence is left out and told, an odd name is kept and told', () => {
    const sentence = readUnits('市财政局、建立健全覆盖全市各级各部门的资金保障长效工作机制');
    expect(sentence.units.map(({ name }) => name)).toEqual(['市财政局']);
    expect(sentence.doubts.map(({ code }) => code)).toEqual(['not-a-unit']);
    const odd = readUnits('市财政局、腾云网络');
    expect(odd.units.map(({ name }) => name)).toEqual(['市财政局', '腾云网络']);
    expect(odd.doubts.map(({ code }) => code)).toEqual(['unit-unsure']);
  });

  test.each(['', '—', '/', '无'])('%j names nobody and asks nothing', (text) => {
    expect(readUnits(text)).toMatchObject({ units: [], doubts: [], openEnded: false, time: null });
  });
});

describe('two offices of one place', () => {
  test.each([
    ['什邡市委、市政府', ['什邡市委', '什邡市政府']],
    ['旌阳区委、区政府，罗江区委、区人民政府', ['旌阳区委', '旌阳区政府', '罗江区委', '罗江区人民政府']],
    ['高新区党工委、管委会', ['高新区党工委', '高新区管委会']],
    ['中共衡山县委、县政府', ['中共衡山县委', '衡山县政府']],
  ])('%s', (text, expected) => {
    expect(names(text)).toEqual(expected);
    expect(readUnits(text).doubts.every(({ code }) => code === 'prefix-completed')).toBe(true);
  });

  test.each(['市委、市政府', '团市委、市政府', '市财政局、市政府', '各市委、市政府', '衡山县委、市政府'])(
    '%s stand for themselves',
    (text) => {
      expect(names(text)).toEqual(text.split('、'));
      expect(readUnits(text).doubts).toEqual([]);
    },
  );
});

describe('collectives', () => {
  test.each([
    '各联检单位',
    '各子公司',
    '各二级学院',
    '各公立医院',
    '驻汴高校',
    '第三方机构',
    '国务院相关部门',
    '各市直部门',
  ])('%s are somebody, and nobody by name', (text) => {
    expect(readUnits(`市财政局、${text}`)).toMatchObject({ units: [{ name: '市财政局' }], openEnded: true });
  });

  test.each([
    '各村（社区）',
    '各镇街',
    '各镇（街、园区）',
    '各市〔州〕、县〔市、区、特区〕人民政府',
    '各县市区人民法院',
  ])('%s are the districts', (text) => {
    expect(units(`市财政局、${text}`)).toEqual(['named 市财政局', `district ${text}`]);
  });

  test('the park beside all districts is one unit', () => {
    expect(units('各县市区、高新区管委会')).toEqual(['district 各县市区', 'named 高新区管委会']);
    expect(units('市能源局等省有关部门和各地级以上市人民政府')).toEqual([
      'named 市能源局',
      'district 各地级以上市人民政府',
    ]);
  });

  test.each(['应急管理部', '市不动产登记中心', '省无线电管理局', '于都县', '农业农村局'])('%s is a name', (text) => {
    expect(names(text)).toEqual([text]);
    expect(readUnits(text).doubts).toEqual([]);
  });
});
