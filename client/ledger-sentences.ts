/** What each refusal of the ledger is called in Chinese, wherever a person or a program is told of it. */
import type { LedgerRefusalCode } from '../ledger/errors';

const SENTENCES: Record<LedgerRefusalCode, string> = {
  'not-storable': '数据库不能保存此内容。',
  'chain-broken': '台账的记录链已断。',
  'not-empty': '目标不是空的，不能恢复到其中。',
  'unknown-plan': '没有这个方案。',
  'plan-launched': '方案已经下达，只能通过各项动作改变其任务。',
  'user-exists': '已有同名用户。',
  'plan-exists': '已有同名方案。',
  'plan-changed': '方案刚刚被他人修改。',
  'unknown-unit': '单位目录中没有此单位。',
  'other-library-kind': '这个编号属于另一种资料。',
  'bad-backup': '备份文件不完整或已损坏。',
  'too-large': '文件过大。',
  'too-many-uploads': '未完成的导入过多，请先完成或删除其中一些。',
  'upload-changed': '此导入刚刚在另一窗口中改动。',
  'already-sealed': '之后的日期已经封存。',
  'schema-differs': '数据库结构与本版本不一致。',
};

/** The sentence of a code. */
export function ledgerSentence(code: LedgerRefusalCode): string {
  return SENTENCES[code];
}
