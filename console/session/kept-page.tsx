/** `/kept/<id>`: what was typed before a session ended, for its own user to send again with one click, or not. */
import type { FastifyInstance } from 'fastify';
import { digestOf } from '../../accounts/random-token';
import { unseal } from '../../accounts/secret-box';
import type { MoveName } from '../../domain/intents';
import { moveLabel } from '../../domain/move-labels';
import { MOVES } from '../../domain/moves';
import type { TaskId } from '../../domain/plan';
import { numberOf } from '../../domain/task-ids';
import { findKeptForm } from '../../ledger/accounts/kept-forms';
import { CsrfField } from '../pages/form-parts';
import { marks } from '../pages/marks';
import { Page } from '../pages/page';
import { sendPage } from '../pages/send-page';
import { taskIn, taskPath } from '../tasks/addresses';
import { fieldWords } from '../tasks/words';
import { keptPurpose, type Typed } from './kept';
import type { SignInParts } from './parts';
import type { SignedIn } from './signed-in';
import { words } from './words';

/** Fields that nobody typed. */
const UNSEEN = ['moveId', 'seen', 'seq', 'form'];

export function keptForms(app: FastifyInstance, { desk, accounts, now }: SignInParts): void {
  app.get<{ Params: { id: string } }>('/kept/:id', async (request, reply) => {
    const { signedIn } = request;
    const { login } = signedIn.user;
    const found = await findKeptForm(desk.db, digestOf(request.params.id), now());
    // Of another user's nobody is told more than of none.
    const body = found?.login === login ? unseal(accounts.keys, keptPurpose(login), found.body) : null;
    if (body === null) return sendPage(reply.code(404), <NothingKept signedIn={signedIn} />);
    // Sealed by ourselves: it has the shape that it was given.
    return sendPage(reply, <KeptPage signedIn={signedIn} typed={JSON.parse(body) as Typed} />);
  });
}

function NothingKept({ signedIn }: { signedIn: SignedIn }) {
  const said = words[signedIn.language];
  return (
    <Page signedIn={signedIn} title={said.keptNone}>
      <p>{said.keptNoneSaid}</p>
      <p>
        <a href="/">{said.go}</a>
      </p>
    </Page>
  );
}

function KeptPage({ signedIn, typed }: { signedIn: SignedIn; typed: Typed }) {
  const said = words[signedIn.language];
  const { path, fields, files, isMultipart } = typed;
  const move = moveIn(path);
  const label = (name: string) =>
    (move && fieldWords(move.move, signedIn.language).label(name)) ?? NAMES[signedIn.language][name] ?? name;
  const shown = fields.filter(([name, value]) => !UNSEEN.includes(name) && value.trim() !== '');
  return (
    <Page signedIn={signedIn} title={said.keptTitle} styles={['account']}>
      <p>{said.keptSaid}</p>
      {move && (
        <p>
          <a href={taskPath(move.task)}>{numberOf(move.task)}</a> {moveLabel(move.move, signedIn.language)}
        </p>
      )}
      <dl class="typed">
        {shown.map(([name, value], index) => (
          <div key={`${name} ${index}`}>
            <dt>{label(name)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <form method="post" action={path} enctype={isMultipart ? 'multipart/form-data' : undefined}>
        <CsrfField signedIn={signedIn} />
        {fields.map(([name, value], index) => (
          <input key={`${name} ${index}`} type="hidden" name={name} value={value} />
        ))}
        {[...new Set(files)].map((name) => (
          <div key={name}>
            <label for={`file-${name}`}>{`${said.files}${marks[signedIn.language].aside(said.filesLost)}`}</label>
            <input id={`file-${name}`} type="file" name={name} multiple />
          </div>
        ))}
        <button type="submit">{said.keptSend}</button>
      </form>
      <p>
        <a href={move ? taskPath(move.task) : '/'}>{said.keptBack}</a>
      </p>
    </Page>
  );
}

/** The move on a task that the form was for. */
function moveIn(path: string): { task: TaskId; move: MoveName } | null {
  const [, plan = '', no = '', name] = /^\/plans\/([^/]+)\/tasks\/([^/]+)\/moves\/(\w+)$/.exec(path) ?? [];
  const task = taskIn({ plan, no });
  const move = MOVE_NAMES.find((one) => one === name);
  return task && move ? { task, move } : null;
}
const MOVE_NAMES = Object.keys(MOVES) as MoveName[];

/** What fields are called on the pages that they come from; others by their own names. */
const NAMES: Record<'zh-CN' | 'en', Record<string, string>> = {
  'zh-CN': {
    text: '内容',
    reason: '理由',
    progress: '进展',
    to: '新日期',
    day: '日期',
    dueOn: '办理时限',
    unit: '单位',
    handler: '经办人',
    note: '说明',
    percent: '完成比例',
    measures: '措施',
    title: '标题',
    content: '内容',
    basis: '依据',
    link: '网址',
    number: '文号',
  },
  en: {
    text: 'Text',
    reason: 'Reason',
    dueOn: 'Due on',
    to: 'New date',
    unit: 'Unit',
    handler: 'Handler',
    progress: 'Progress',
    day: 'Day',
    percent: 'Percent',
    measures: 'Measures',
    basis: 'Basis',
    note: 'Note',
    title: 'Title',
    content: 'Content',
    link: 'Address',
    number: 'Document number',
  },
};
