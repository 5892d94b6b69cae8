/** Words of a plan's papers, in both languages. */
export const words = {
  'zh-CN': {
    title: (plan: string) => `通报：${plan}`,
    month: '月份或季度',
    number: '发文字号（可不填）',
    head: '发文机关（可不填）',
    show: '查看',
    download: '下载Word文档',
    ledger: '下载台账（Excel）',
    evidence: '下载佐证材料包（zip）',
    none: '还没有可通报的情况：方案尚未下达。',
    badPeriod: '请写月份（2027-03）或季度（2027-Q1）。',
    annex: '附件',
  },
  en: {
    title: (plan: string) => `Bulletin: ${plan}`,
    month: 'Month or quarter',
    number: 'Document number (may be blank)',
    head: 'Issuing office (may be blank)',
    show: 'Show',
    download: 'Download as a Word document',
    ledger: 'Download the ledger (Excel)',
    evidence: 'Download the evidence pack (zip)',
    none: 'Nothing to report yet: the plan is not launched.',
    badPeriod: 'Say a month (2027-03) or a quarter (2027-Q1).',
    annex: 'Annex',
  },
} as const;
