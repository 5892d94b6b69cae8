/** Words of moves on many tasks at once, in both languages. */
export const words = {
  'zh-CN': {
    title: '批量操作',
    chosen: (n: number) => `已选${n}项任务`,
    nothing: '没有选择任务。请在方案页面勾选任务后再来。',
    tooMany: (most: number) => `一次最多${most}项，其余未列入。`,
    toPlan: '返回方案',
    move: '操作',
    next: '下一步',
    look: '预览结果',
    noMoves: '您的身份没有可以批量进行的操作。',
    preview: (able: number, refused: number) =>
      able === 0
        ? `没有可以办理的任务：${refused}项都将被拒绝。`
        : `预览：${able}项可以办理${refused > 0 ? `，${refused}项将被拒绝` : ''}。尚未记录任何内容。`,
    task: '任务',
    expected: '预计结果',
    result: '结果',
    would: '可以办理',
    wouldNot: '将被拒绝：',
    make: (n: number) => `确定办理${n}项`,
    goOn: '继续办理余下各项',
    running: (done: number, all: number) => `正在办理：${done}/${all}。可以离开此页，稍后再来查看。`,
    stopped: (done: number, all: number) => `已办理${done}/${all}，其余尚未办理。再次提交不会重复。`,
    finished: (recorded: number, all: number) => `办理完毕：${all}项中记录${recorded}项。`,
    outcomes: {
      recorded: '已记录',
      refused: '未记录：',
      changed: '他人已更改，未提交；请打开任务核对',
      unknown: '结果不明，可再次提交',
    },
    waiting: '等待',
  },
  en: {
    title: 'Many tasks at once',
    chosen: (n: number) => `${n} ${n === 1 ? 'task' : 'tasks'} chosen`,
    nothing: 'No tasks were chosen. Tick some on the page of the plan.',
    tooMany: (most: number) => `At most ${most} at once; the others are left out.`,
    toPlan: 'Back to the plan',
    move: 'Move',
    next: 'Next',
    look: 'Look at the result',
    noMoves: 'None of your roles has a move for many tasks.',
    preview: (able: number, refused: number) =>
      able === 0
        ? `There is no task on which it can be made: all ${refused} would be refused.`
        : `Preview: it can be made on ${able}${refused > 0 ? `, and ${refused} would be refused` : ''}. Nothing is recorded yet.`,
    task: 'Task',
    expected: 'Expected',
    result: 'Result',
    would: 'can be made',
    wouldNot: 'would be refused: ',
    make: (n: number) => `Make it on ${n} ${n === 1 ? 'task' : 'tasks'}`,
    goOn: 'Go on with the rest',
    running: (done: number, all: number) => `Under way: ${done} of ${all}. You may leave this page and come back.`,
    stopped: (done: number, all: number) =>
      `${done} of ${all} are done, the rest is not. Sent again, nothing happens twice.`,
    finished: (recorded: number, all: number) => `Done: ${recorded} of ${all} recorded.`,
    outcomes: {
      recorded: 'recorded',
      refused: 'not recorded: ',
      changed: 'somebody else changed it; open the task',
      unknown: 'not known; send it again',
    },
    waiting: 'waits',
  },
} as const;
