/** Every way in which the answer is no: a stable code, a Chinese sentence for users, an English one for logs. */

/** The two sentences of each code; `{name}` is filled from the refusal's details. */
export const REFUSALS = {
  'not-launched': ['任务尚未下达。', 'The task has not been launched.'],
  'already-launched': ['任务已经下达。', 'The task has been launched already.'],
  'wrong-status': ['任务处于“{status}”状态，不能进行此操作。', 'The task is {status}; this move is not possible.'],
  'not-your-role': ['此操作应由{needed}办理。', 'This move belongs to: {needed}.'],
  'not-a-party': ['{unit}不是本任务的责任方。', '{unit} is not a party to this task.'],
  'not-a-lead': ['{unit}不是本任务的牵头单位。', '{unit} does not lead this task.'],
  'not-your-unit': ['您不属于{unit}，不能代其操作。', 'You do not belong to {unit} and cannot act for it.'],
  'district-office': [
    '此事影响所有统筹单位，县市区的统筹单位不能操作，请联系市级统筹单位。',
    'This concerns every coordination office: ask the office of the city, that of a district may not do it.',
  ],
  'own-task': [
    '不得审核本单位牵头的任务，请由办公室主要负责人审核。',
    'A lead unit may not review its own task; the head of the office does.',
  ],
  'unknown-unit': ['单位目录中没有{unit}。', 'The directory has no unit {unit}.'],
  'already-a-party': ['{unit}已经是责任方。', '{unit} is a party already.'],
  'already-acknowledged': ['{unit}已经签收。', '{unit} has acknowledged already.'],
  'not-two-track': ['本任务没有两轨时限，无须申报是否具备条件。', 'The task has no two-track deadline.'],
  'declaration-closed': [
    '申报期已过：由“具备”改为“不具备”须申请延期。',
    'The declaration is closed; from ready to not ready leads only an extension.',
  ],
  'measures-needed': ['暂不具备条件的，须写明创造条件的措施。', 'Not ready needs its measures in words.'],
  'not-conditional': ['本任务不是条件任务，不能启动时限。', 'The task is neither conditional nor without a date.'],
  'already-dated': ['本任务已有办理时限。', 'The task has a due date already.'],
  'no-date': ['本任务没有办理时限，不适用此操作。', 'The task has no due date; the move does not apply.'],
  'date-too-soon': ['日期{day}太近，最早为{earliest}。', '{day} is too soon; the earliest is {earliest}.'],
  'date-too-late': ['日期{day}太晚，最晚为{latest}。', '{day} is too late; the latest is {latest}.'],
  'date-not-later': ['新日期{day}必须晚于{than}。', 'The new date {day} must be later than {than}.'],
  'bad-date': ['“{day}”不是有效日期（应为YYYY-MM-DD）。', '"{day}" is not a calendar day (YYYY-MM-DD).'],
  'due-date-passed': [
    '办理时限{dueOn}已过，不能申请延期。',
    'The due date {dueOn} has passed; an extension is asked for before it.',
  ],
  'quota-used': [
    '延期次数已用完，只有督查领导可以特批。',
    'The extension quota is used; only a supervisor may grant more.',
  ],
  'extension-pending': ['延期申请尚未批复。', 'An extension request is undecided.'],
  'no-extension': ['没有待批的延期申请。', 'There is no undecided extension request.'],
  'review-pending': ['佐证材料正在审核。', 'Evidence awaits review.'],
  'no-review': ['没有待审核的佐证材料。', 'No evidence awaits review.'],
  'wrong-version': ['待审核的是第{current}版，不是第{version}版。', 'Version {current} awaits review, not {version}.'],
  'no-evidence': ['尚未添加任何佐证材料。', 'No evidence has been added.'],
  'scan-needed': ['代收纸质材料须上传扫描件并说明理由。', 'Evidence on paper needs its scan and a reason.'],
  'received-in-future': ['收件日期{day}在未来。', 'The day received, {day}, is in the future.'],
  'received-before-launch': ['收件日期{day}早于下达日期。', 'The day received, {day}, is before the launch.'],
  'no-breach': ['没有可撤销的逾期记录。', 'There is no breach to annul.'],
  'new-date-needed': [
    '唯一牵头单位已逾期或剩余不足{days}个工作日，更换须同时确定不早于{earliest}的新时限。',
    'A sole lead that is overdue or has fewer than {days} working days left is replaced only with a new date, {earliest} or later.',
  ],
  'sole-lead': ['本任务只有一个牵头单位，不能没有牵头单位。', 'The task would be left without a lead.'],
  'no-contribution': ['没有编号为{id}的配合事项。', 'There is no open contribution {id}.'],
  'nothing-asked': ['没有请{unit}办理的配合事项。', 'No open contribution is asked of {unit}.'],
  'not-a-co-unit': ['{unit}不是配合单位。', '{unit} is not a co-responsible unit.'],
  'slip-issued': ['本时限内{colour}督办单已经发出。', 'The {colour} slip of this due date was issued already.'],
  'no-listing': ['任务没有挂牌督办。', 'The task is not listed for special supervision.'],
  'new-date-not-needed': [
    '只有更换牵头单位时才能同时确定新时限。',
    'Only with a lead may a new date be set in the same act.',
  ],
  'unknown-move': ['没有“{move}”这项操作。', 'There is no move "{move}".'],
  'bad-field': ['字段{field}缺失或无效。', 'The field {field} is missing or not valid.'],
  'text-needed': ['请填写{field}。', '{field} must not be empty.'],
  'text-too-long': ['{field}超过{max}个字符。', '{field} is longer than {max} characters.'],
  'text-unstorable': ['{field}含有不能保存的字符。', '{field} has characters that cannot be stored.'],
  'percent-range': ['完成比例应在0到100之间。', 'The percentage must be between 0 and 100.'],
  'too-many-items': ['一次最多添加{max}项材料。', 'At most {max} items at once.'],
  'in-the-future': ['操作时间在未来，请检查时钟。', 'The move is dated in the future; check the clock.'],
  'too-old': ['操作时间超过24小时，请重新提交。', 'The move is older than 24 hours; send it again.'],
  'not-storable': ['数据库拒绝保存此操作。', 'The database refuses to store this move.'],
  'no-process': [
    '这里没有该任务运行中的流程，请系统管理员检查（duban doctor）。',
    'No process of it runs here; an operator must look: duban doctor.',
  ],
  superseded: ['任务已由新的进程接管。', 'Another launch has taken the task over.'],
} as const satisfies Record<string, readonly [zh: string, en: string]>;

export type RefusalCode = keyof typeof REFUSALS;

export interface Refusal {
  refused: RefusalCode;
  details: Record<string, string>;
}

/** A refusal with what its sentences need. */
export function refuse(code: RefusalCode, details: Record<string, string> = {}): Refusal {
  return { refused: code, details };
}

export function isRefusal(value: object): value is Refusal {
  return 'refused' in value;
}

/** The sentence of a refusal in Chinese or English. */
export function sentenceOf(refusal: Refusal, language: 'zh' | 'en'): string {
  const template: string = REFUSALS[refusal.refused][language === 'zh' ? 0 : 1];
  return template.replace(/\{(\w+)\}/g, (_, name: string) => refusal.details[name] ?? '');
}
