/**
 * Forms of assignment found in public documents of other places (the forms, with words of our own), each with what a
 * reader must find: per task its parties, deadline and basis of the lead.
 */
import { readPlan } from '../../documents/read-plan';

interface Form {
  name: string;
  lines: string[];
  /** Parties, deadline, basis. */
  tasks: [string, string, string][];
  openEnded?: boolean[];
}

const TITLE = '衡山市2022年优化营商环境工作要点';
const FORMS: Form[] = [
  {
    name: 'labelled lines below numbered goals (立山区)',
    lines: [
      '一、主要预期目标',
      '1.地区生产总值增长6%左右。',
      '牵头单位:区发改局',
      '责任单位:立山经济开发区,各街道,税务局',
      '2.工业增加值增长5%。',
      '牵头单位:区工信局',
      '责任单位:各街道、区直各部门',
    ],
    tasks: [
      ['lead 区发改局, co 立山经济开发区, district 各街道, co 税务局', 'none', 'explicit'],
      ['lead 区工信局, district 各街道', 'none', 'explicit'],
    ],
    openEnded: [false, true],
  },
  {
    name: 'labels in one bracket with a bare month at its end (湘西州)',
    lines: [
      '1.简政放权。承接好下放事项。(牵头单位:州行政审批服务局;责任单位:州司法局、州委编办及州直相关单位,各县市人民政府、湘西经开区管委会,6月底完成)',
    ],
    tasks: [
      [
        'lead 州行政审批服务局, co 州司法局, co 州委编办, district 各县市人民政府, co 湘西经开区管委会',
        '2022-06-30',
        'explicit',
      ],
    ],
    openEnded: [true],
  },
  {
    name: 'short names the document nowhere completes (泰州市)',
    lines: ['(一)简政放权。落实取消事项。(责任单位:市行政审批局、住建局、司法局,各市(区)人民政府,医药高新区管委会)'],
    tasks: [
      ['co 市行政审批局, co 住建局, co 司法局, district 各市(区)人民政府, co 医药高新区管委会', 'none', 'unstated'],
    ],
  },
  {
    name: 'departments by their level (十堰市)',
    lines: ['(一)建设网办。推行通办。(牵头单位:市行政审批局;责任单位:市直相关单位,各县市区)'],
    tasks: [['lead 市行政审批局, district 各县市区', 'none', 'explicit']],
    openEnded: [true],
  },
  {
    name: 'districts and parks share the duty (马鞍山市)',
    lines: ['1.搭建平台。举办创意会。(市商务局,各县区、开发园区按职责分工负责)'],
    tasks: [['co 市商务局, district 各县区、开发园区', 'none', 'unstated']],
  },
  {
    name: 'offices of leading groups lead (酒泉 form)',
    lines: [
      '1.清单管理。编制清单。(市政府办公室、市行政审批制度改革工作领导小组办公室牵头,市级各有关部门及各县市区政府按职责分工负责)',
    ],
    tasks: [
      ['lead 市政府办公室, lead 市行政审批制度改革工作领导小组办公室, district 各县市区政府', 'none', 'explicit'],
    ],
    openEnded: [true],
  },
  {
    name: 'tortoise-shell brackets with labels and a comma between them (济南市钢城区)',
    lines: [
      '1.承接事项。开展评估。〔牵头单位:区政府办公室,责任单位:区政府有关部门,各街道(功能区)〕',
      '2.落实审查。(牵头单位:区政府办公室、区司法局、区行政审批服务局;责任单位:区政府有关部门)',
    ],
    tasks: [
      ['lead 区政府办公室, district 各街道(功能区)', 'none', 'explicit'],
      ['lead 区政府办公室, lead 区司法局, lead 区行政审批服务局', 'none', 'explicit'],
    ],
    openEnded: [true, true],
  },
  {
    name: 'the first-unit rule in a labelled line (厦门市)',
    lines: [
      '一、营造公平竞争环境',
      '(一)推进合作项目。',
      '责任单位:市发改委、市财政局(第一责任单位为牵头单位,下同)',
      '时限要求:持续推进',
      '(二)消除限制。',
      '责任单位:市建设局、市财政局',
      '时限要求:2022年6月底前',
    ],
    tasks: [
      ['lead 市发改委, co 市财政局', 'ongoing', 'first'],
      ['lead 市建设局, co 市财政局', '2022-06-30', 'first'],
    ],
  },
  {
    name: 'an assignment on a line of its own below sub-items (运城市)',
    lines: [
      '(一)“一案三制”建设',
      '1.完善应急预案',
      '(1)加强预案管理。',
      '(2)加强预案演练。',
      '(责任单位:市直各有关单位、各县(市、区)人民政府、各开发区管委会)',
      '2.健全管理体制',
      '(1)推进机构建设。',
      '(牵头单位:市应急局)',
    ],
    tasks: [
      ['district 各县(市、区)人民政府, district 各开发区管委会', 'none', 'unstated'],
      ['lead 市应急局', 'none', 'explicit'],
    ],
    openEnded: [true, false],
  },
  {
    name: 'starred numbers (广州市黄埔区)',
    lines: ['1* .开展“一证多址”改革。(区市场监管局牵头)', '2*.开展标准化登记。(区市场监管局牵头,2022年10月底前完成)'],
    tasks: [
      ['lead 区市场监管局', 'none', 'explicit'],
      ['lead 区市场监管局', '2022-10-31', 'explicit'],
    ],
  },
  {
    name: 'central units without any prefix (国务院 form)',
    lines: [
      '（一）放宽准入。修订清单。（国家发展改革委、商务部牵头，各有关部门和各地区按职责分工负责）',
      '（二）降低成本。（财政部、税务总局、工业和信息化部等按职责分工负责，持续推进）',
    ],
    tasks: [
      ['lead 国家发展改革委, lead 商务部, district 各地区', 'none', 'explicit'],
      ['co 财政部, co 税务总局, co 工业和信息化部', 'ongoing', 'unstated'],
    ],
    openEnded: [true, true],
  },
  {
    name: 'provinces together (国务院 form)',
    lines: ['（一）推进落实。（市场监管总局牵头，各省、自治区、直辖市人民政府负责，2022年12月底前）'],
    tasks: [['lead 市场监管总局, district 各省、自治区、直辖市人民政府', '2022-12-31', 'explicit']],
  },
  {
    name: 'a lead in brackets behind each name',
    lines: ['1.推行网办。【市政务服务局（牵头），市大数据局、市财政局（配合），2022年9月底前】'],
    tasks: [['lead 市政务服务局, co 市大数据局, co 市财政局', '2022-09-30', 'explicit']],
  },
  {
    name: '完成时间 as a second bracket',
    lines: ['1.推行网办。（责任单位：市政务服务局）（完成时间：2022年第三季度）'],
    tasks: [['lead 市政务服务局', '2022-09-30', 'sole']],
  },
  {
    name: 'a dash before the units',
    lines: [
      '1.推行网办。',
      '——牵头单位：市政务服务局；配合单位：各镇（街道）；完成时限：2022年11月',
      '2.推行通办。',
      '——牵头单位：市政务服务局',
    ],
    tasks: [
      ['lead 市政务服务局, district 各镇（街道）', '2022-11-30', 'explicit'],
      ['lead 市政务服务局', 'none', 'explicit'],
    ],
  },
  {
    name: 'leaders named beside units (县 form)',
    lines: [
      '1.推行网办。',
      '牵头领导：张建国',
      '主要责任单位：县行政审批局',
      '其他责任单位：县财政局、各乡镇人民政府',
      '完成时限：2022年12月31日前',
    ],
    tasks: [['lead 县行政审批局, co 县财政局, district 各乡镇人民政府', '2022-12-31', 'explicit']],
  },
  {
    name: 'party and government units mixed',
    lines: ['1.强化宣传。（市委宣传部牵头，市委网信办、团市委、市融媒体中心、各级各部门配合，长期坚持）'],
    tasks: [['lead 市委宣传部, co 市委网信办, co 团市委, co 市融媒体中心', 'ongoing', 'explicit']],
    openEnded: [true],
  },
  {
    name: 'companies and banks',
    lines: [
      '1.优化接电。（市发展改革委、国网衡山供电公司负责，衡山水务集团、中国电信衡山分公司、人民银行衡山市中心支行配合；2022年6月底）',
    ],
    tasks: [
      [
        'co 市发展改革委, co 国网衡山供电公司, co 衡山水务集团, co 中国电信衡山分公司, co 人民银行衡山市中心支行',
        '2022-06-30',
        'unstated',
      ],
    ],
  },
];

test.each(FORMS)('$name', async ({ lines, tasks, openEnded }) => {
  const read = await readPlan(Buffer.from([TITLE, ...lines].join('\n')), 'plan.txt');
  expect(
    read.tasks.map((task) => [
      task.parties.map(({ role, unit }) => `${role} ${unit}`).join(', '),
      task.deadline.dueOn ?? task.deadline.type,
      task.leadBasis,
    ]),
  ).toEqual(tasks);
  if (openEnded) expect(read.tasks.map((task) => task.openEnded)).toEqual(openEnded);
});

test('a covering letter that counts its tasks is held to it', async () => {
  const { diagnostics } = await readPlan(
    Buffer.from(
      [
        '关于印发《衡山市任务分工方案》的通知',
        '就抓好《方案》确定的146项工作任务落实通知如下。',
        '附件',
        '衡山市任务分工方案',
        '序号\t任务\t责任单位',
        '1\t推行网办\t市财政局',
      ].join('\n'),
    ),
    'plan.txt',
  );
  expect(diagnostics.filter(({ code }) => code === 'count-differs').map(({ message }) => message)).toEqual([
    expect.stringContaining('写明146项，实有1项'),
  ]);
});
