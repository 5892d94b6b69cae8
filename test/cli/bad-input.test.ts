/** What must be refused before anything is written: by the right exit code, with a code, and without a trace. */
import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { openDatabase } from '../../ledger/database';
import { findPostgres } from '../../tools/postgres';
import { newHome } from '../support/run';
import { dubanJson, START_MS, startUp, type Up } from './duban';

const home = newHome('cli');
const settings = { DUBAN_HOME: home, DUBAN_EVIDENCE_MAX_MB: '1' };
const [empty, large, text] = ['empty.pdf', 'large.pdf', 'text.json'].map((name) => join(home, name)) as [
  string,
  string,
  string,
];

const T = 'PLAN/1-01';
const LEAD = ['--unit', '市市场监管局'];
const HUGE = '长'.repeat(6_000);

/** Arguments; `PLAN` stands for the launched plan. What it ends with. */
const CASES: [args: string[], exit: number, code: string][] = [
  [['ack', 'PLAN', ...LEAD], 2, 'bad-task-id'],
  [['ack', '../../etc/passwd', ...LEAD], 2, 'bad-task-id'],
  [['ack', 'PLAN/1-01/../1-02', ...LEAD], 2, 'bad-task-id'],
  [['ack', 'PLAN\\1-01', ...LEAD], 2, 'bad-task-id'],
  [['ack', 'PLAN/１-０１', ...LEAD], 2, 'bad-task-id'],
  [['ack', 'PLAN/9-99', ...LEAD], 2, 'unknown-task'],
  [['ack', 'nowhere-2027/1-01', ...LEAD], 2, 'unknown-plan'],
  [['ack', 'zhuzhou-2020/1-01', ...LEAD], 1, 'not-launched'],
  [['ack', T], 2, 'wrong-call'],
  [['ack', T, ...LEAD, '--nonsense'], 2, 'wrong-call'],
  [['ack', T, T, ...LEAD], 2, 'wrong-call'],
  [['ack', T, ...LEAD, '--handler', HUGE.slice(0, 61)], 2, 'text-too-long'],
  [['ack', T, ...LEAD, '--handler', HUGE], 2, 'text-too-long'],
  [['ack', T, ...LEAD, '--handler', '王\u0007莉'], 2, 'text-unstorable'],
  [['ack', T, ...LEAD, '--move-id', '../x'], 2, 'bad-move-id'],
  [['ack', T, ...LEAD, '--move-id', ''], 2, 'bad-move-id'],
  [['ack', T, '--unit', '市教育局'], 2, 'unknown-unit'],
  [['ack', T, '--unit', ''], 2, 'unknown-unit'],
  [['ack', T, '--unit', '市水利局'], 1, 'not-a-party'],
  [['ack', T, '--unit', 'zhuhai:市市场监管局'], 1, 'not-a-party'],
  [['ready', T, ...LEAD, '--yes'], 1, 'not-two-track'],
  [['ready', 'PLAN/2-01', ...LEAD], 2, 'yes-or-no'],
  [['ready', 'PLAN/2-01', ...LEAD, '--yes', '--no'], 2, 'yes-or-no'],
  [['ready', 'PLAN/2-01', ...LEAD, '--no'], 1, 'measures-needed'],
  [['report', T, ...LEAD, '--text', ''], 2, 'text-needed'],
  [['report', T, ...LEAD, '--text', '   '], 2, 'text-needed'],
  [['report', T, ...LEAD, '--text', HUGE], 2, 'text-too-long'],
  [['report', T, ...LEAD, '--text', '好', '--percent', '101'], 2, 'bad-percent'],
  [['report', T, ...LEAD, '--text', '好', '--percent', '５０'], 2, 'bad-percent'],
  [['report', T, ...LEAD, '--text', '好', '--condition', 'maybe'], 2, 'bad-condition'],
  [['report', 'PLAN', ...LEAD, '--text', '好', '--percent', '50'], 2, 'task-only'],
  [['contribute', 'done', T, ...LEAD, '--id', 'x', '--text', '好'], 2, 'bad-contribution'],
  [['contribute', 'done', T, ...LEAD, '--id', 'c1', '--text', '好'], 1, 'no-contribution'],
  [['extend', 'request', T, ...LEAD, '--to', '2026-02-30', '--reason', '因', '--progress', '半'], 2, 'bad-date'],
  [['extend', 'request', T, ...LEAD, '--to', '2027-06-31', '--reason', '因', '--progress', '半'], 2, 'bad-date'],
  [['extend', 'request', T, ...LEAD, '--to', '２０２７-08-31', '--reason', '因', '--progress', '半'], 2, 'bad-date'],
  [['extend', 'request', T, ...LEAD, '--to', 'yesterday', '--reason', '因', '--progress', '半'], 2, 'bad-date'],
  [['extend', 'request', T, ...LEAD, '--to', '2020-01-01', '--reason', '因', '--progress', '半'], 1, 'date-not-later'],
  [['extend', 'decide', T, '--approve', '--refuse'], 2, 'approve-or-refuse'],
  [['extend', 'decide', T, '--refuse'], 2, 'reason-needed'],
  [['extend', 'decide', T, '--approve'], 1, 'no-extension'],
  [['redate', T, '--due', '2020-06-30', '--reason', '因', '--basis', '文'], 1, 'date-too-soon'],
  [['suspend', T, '--reason', ''], 2, 'text-needed'],
  [['resume', T], 1, 'wrong-status'],
  [['cancel', T, '--reason', '因'], 2, 'wrong-call'],
  [['review', T, '--version', '1', '--accept'], 1, 'no-review'],
  [['review', T, '--version', '0', '--accept'], 2, 'bad-version'],
  [['review', T, '--version', '1', '--accept', '--return', '缺'], 2, 'accept-or-return'],
  [['party', 'add', T, '--unit', '市水利局', '--role', 'boss'], 2, 'bad-role'],
  [['slip', T, '--colour', 'green', '--reason', '慢'], 2, 'bad-colour'],
  [['slip', T, '--colour', 'red', '--lift', '--reason', '慢'], 2, 'colour-or-lift'],
  [['evidence', 'add', T, ...LEAD], 2, 'nothing-to-add'],
  [['evidence', 'add', T, ...LEAD, '--file', join(home, 'missing.pdf')], 2, 'no-file'],
  [['evidence', 'add', T, ...LEAD, '--file', home], 2, 'no-file'],
  [['evidence', 'add', T, ...LEAD, '--file', empty], 2, 'empty-file'],
  [['evidence', 'add', T, ...LEAD, '--file', large], 2, 'file-too-large'],
  [['evidence', 'add', T, ...LEAD, '--file', text, '--file', large], 2, 'file-too-large'],
  [['evidence', 'add', T, '--unit', '市教育局', '--file', text], 2, 'unknown-unit'],
  [['evidence', 'add', T, ...LEAD, '--link', 'ftp://x'], 2, 'bad-link'],
  [['evidence', 'add', T, ...LEAD, '--figure', '办理时间'], 2, 'bad-figure'],
  [['evidence', 'submit', T, ...LEAD], 1, 'no-evidence'],
  [['tasks', '--status', 'closed'], 2, 'bad-status'],
  [['tasks', '--light', 'orange'], 2, 'bad-light'],
  [['tasks', '--unit', '市公安局'], 2, 'ambiguous-unit'],
  [['tasks', '--due-before', '2027-13-01'], 2, 'bad-date'],
  [['plan', 'show', 'NO/../PLAN'], 2, 'bad-plan-id'],
  [['plan', 'reissue', 'zhuzhou-2020', '--to', '27'], 2, 'bad-year'],
  [['plan', 'edit', 'zhuzhou-2020', '1-01', '--due', '2020-06-31'], 2, 'bad-date'],
  [['plan', 'edit', 'zhuzhou-2020', '1-01', '--due', '2020-07-01', '--ongoing'], 2, 'one-deadline'],
  [['plan', 'edit', 'zhuzhou-2020', '1-01'], 2, 'nothing-to-change'],
  [['plan', 'edit', 'zhuzhou-2020', '9-01', '--ongoing'], 2, 'unknown-task'],
  [['launch', 'zhuzhou-2020', '--signed-by', ''], 2, 'text-needed'],
  [['launch', 'zhuzhou-2020', '--signed-by', '某', '--at', 'tomorrow'], 2, 'bad-instant'],
  [['launch', 'zhuzhou-2020', '--signed-by', '某', '--at', '2020-01-01T08:00'], 2, 'instant-past'],
  [['unit', 'edit', 'zhuzhou:市税务局', '--liaison', '<x@y.example>'], 2, 'bad-person'],
  [['unit', 'edit', 'zhuzhou:市税务局', '--liaison', '王莉 <nobody>'], 2, 'bad-mail'],
  [['unit', 'edit', 'zhuzhou:市税务局', '--alias', '市公安局'], 2, 'alias-taken'],
  [['unit', 'edit', 'zhuzhou:市税务局', '--alias', ' 市公安局 '], 2, 'alias-taken'],
  [
    [
      'unit',
      'substitute',
      'zhuzhou:市税务局',
      '--from',
      '2090-02-02',
      '--to',
      '2090-02-01',
      '--name',
      '李',
      '--mail',
      'a@b.example',
    ],
    2,
    'days-reversed',
  ],
  [['calendar', 'show', '1066'], 2, 'unknown-year'],
  [['calendar', 'import', text], 2, 'bad-calendar'],
  [['ledger', 'export', 'PLAN', '--xlsx', home], 2, 'bad-target'],
  [['backup', join(home, 'nowhere', 'x.tar.gz')], 2, 'bad-target'],
  [['restore', text], 1, 'bad-backup'],
  [['letter', 'show', '../../x'], 2, 'bad-letter-id'],
  [['letter', 'show', 'nothing'], 2, 'unknown-letter'],
  [['doctor', '--repair', '--relaunch'], 2, 'repair-or-relaunch'],
];

let up: Up;
const answers = new Map<number, { code: number | null; error: string }>();
let traces: { before: string; after: string };

beforeAll(async () => {
  writeFileSync(empty, '');
  writeFileSync(large, 'x');
  truncateSync(large, 1024 * 1024 + 1);
  writeFileSync(text, '{"status":"confirmed","off":["2026-02-30"],"on":[]}');
  up = await startUp(settings, '--demo');
  const before = await trace();
  const queue = [...CASES.entries()];
  const runner = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const [index, [args]] = next;
      const plan = String(up.ready.plan);
      const { code, json } = await dubanJson(settings, ...args.map((arg) => arg.replace('PLAN', plan)));
      answers.set(index, { code, error: String(json.error?.code) });
    }
  };
  await Promise.all([runner(), runner(), runner()]);
  traces = { before, after: await trace() };
}, START_MS * 4);

afterAll(async () => {
  await up?.stop();
}, START_MS);

/** Everything that a command could have written, in one line. */
async function trace(): Promise<string> {
  const { db, close } = openDatabase((await findPostgres(home))?.databaseUrl ?? '', 1);
  try {
    const { rows } = await sql<Record<string, string>>`
      SELECT (SELECT count(*) FROM events) AS events, (SELECT count(*) FROM evidence_files) AS files,
             (SELECT md5(string_agg(id || body || status || revision, ',' ORDER BY id)) FROM plans) AS plans,
             (SELECT md5(string_agg(body::text, ',' ORDER BY id)) FROM units) AS units,
             (SELECT version FROM calendar_version) AS calendar`.execute(db);
    return JSON.stringify(rows[0]);
  } finally {
    await close();
  }
}

test.each(CASES.map(([args, exit, code], index) => ({ said: args.join(' ').slice(0, 70), exit, code, index })))(
  '$said: $exit $code',
  ({ index, exit, code }) => {
    expect(answers.get(index)).toEqual({ code: exit, error: code });
  },
);

test('nothing of all this was written', () => {
  expect(traces.after).toBe(traces.before);
});
