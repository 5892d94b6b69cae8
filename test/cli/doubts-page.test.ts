/** What a coordinator reads below the tasks: no doubt lost, none drowned by another. */
import { countOf, doubtsPage } from '../../client/cli/doubts-page';
import { diagnose, doubt } from '../../documents/diagnostics';

const noUnit = Array.from({ length: 36 }, (_, i) =>
  diagnose(doubt('no-unit', `“任务${i + 1}”没有写明单位`), i + 1, `1-${String(i + 1).padStart(2, '0')}`),
);
const yearSupplied = Array.from({ length: 12 }, (_, i) =>
  diagnose(doubt('year-supplied', '“6月底前”没有年份，已按标题的年份读作2026年'), i + 1, `1-${i + 1}`),
);
const ambiguous = diagnose(doubt('date-ambiguous', '“6月前”可以有两种理解'), 40, '1-37');
const said = [...yearSupplied, ...noUnit, ambiguous];

test('the one that matters stands above the thirty-six alike', () => {
  const lines = doubtsPage(said).split('\n');
  expect(lines[0]).toBe('警告 1-37 第40行 date-ambiguous：“6月前”可以有两种理解。请向印发单位问明后填写日期。');
  expect(lines[1]).toBe('警告 no-unit（36处）：任务没有写明单位。请在下达前指定牵头单位。');
  expect(lines[2]).toBe('  1-01 第1行 “任务1”没有写明单位。');
  expect(lines[12]).toBe('  其余26处：1-11至1-36间（用 --json 查看全部）');
  expect(lines.slice(13)).toEqual([
    '说明 year-supplied（12处）：日期没有年份，已按标题、印发日期或 --year 补上。请核对。',
    '  1-1至1-12间 “6月底前”没有年份，已按标题的年份读作2026年。',
  ]);
  expect(countOf(said)).toBe('错误0条，警告37条，说明12条');
});

test('an error stands first, and nothing at all is an empty page', () => {
  const error = diagnose(doubt('no-tasks', '没有找到任务'), null, null);
  expect(doubtsPage([...said, error]).split('\n')[0]).toBe(
    '错误 no-tasks：没有找到任务。请确认这是任务清单；表格须有一行列名。',
  );
  expect(doubtsPage([])).toBe('');
});
