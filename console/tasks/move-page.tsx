/** The form of one move on one task; shown again with what was typed when the answer was no, or is not known. */
import type { TaskEvent } from '../../domain/events';
import type { Light } from '../../domain/light';
import type { MoveChoice } from '../../domain/move-choices';
import { moveLabel } from '../../domain/move-labels';
import type { MoveTexts } from '../../domain/move-texts';
import { nameOf } from '../../domain/notices';
import type { Task } from '../../domain/task';
import { numberOf } from '../../domain/task-ids';
import { MoveFields } from '../pages/form-parts';
import { LightOf } from '../pages/light';
import { Live } from '../pages/live';
import { Page } from '../pages/page';
import { refusalText } from '../refusal-text';
import type { SignedIn } from '../session/signed-in';
import { movePath, taskPath } from './addresses';
import { Items } from './evidence';
import { Fields } from './fields';
import { Events } from './history';
import { formFields } from './move-form';
import { words } from './words';

export interface MovePageProps {
  signedIn: SignedIn;
  task: Task;
  light: Light;
  choice: MoveChoice;
  typed: MoveTexts;
  /** Sentences on what went wrong. */
  said: readonly string[];
  /** What others did since the form was opened. */
  since: readonly TaskEvent[];
  /** Of a move whose outcome is unknown: sent again, it is the same move. */
  moveId?: string;
  unitNames: readonly string[];
  back: string | null;
  upload: { files: number; mb: number; types: string; accept: string };
}

export function MovePage(props: MovePageProps) {
  const { signedIn, task, light, choice, said, since, back } = props;
  const { language } = signedIn;
  const w = words[language];
  const title = moveLabel(choice.move, language);
  const actsFor = choice.units.length === 1 ? choice.units[0] : undefined;
  return (
    <Page signedIn={signedIn} title={title} styles={['task']}>
      <Live signedIn={signedIn} of={{ task: task.id }} mode="tell">
        <section>
          <p class="title">
            <a href={taskPath(task.id)}>
              {numberOf(task.id)} {task.title}
            </a>
          </p>
          <p>
            <LightOf light={light} language={language} /> · {w.due} {task.dueOn ?? w.none}
            {actsFor && ` · ${w.actingFor}: ${nameOf(actsFor)}`}
          </p>
          <About task={task} choice={choice} language={language} />
          {said.length > 0 && (
            <div class="notice bad" role="alert">
              {said.map((sentence) => (
                <p key={sentence}>{sentence}</p>
              ))}
            </div>
          )}
          {since.length > 0 && (
            <div class="notice" role="alert">
              <p>{w.changedTitle}</p>
              <Events events={since} language={language} />
              <p>{w.changedNext}</p>
            </div>
          )}
          {choice.refusal ? (
            <p class="notice" role="status">
              {w.cannot}
              {refusalText(choice.refusal, language)}
            </p>
          ) : choice.move === 'addEvidence' ? (
            <EvidenceForm {...props} />
          ) : (
            <MoveForm {...props} />
          )}
          <p>
            <a href={back ?? taskPath(task.id)}>{w.back}</a>
          </p>
        </section>
      </Live>
    </Page>
  );
}

function MoveForm({ signedIn, task, choice, typed, moveId, unitNames, back }: MovePageProps) {
  const { language } = signedIn;
  return (
    <form method="post" action={movePath(task.id, choice.move)}>
      <MoveFields signedIn={signedIn} seen={task.seq} moveId={moveId} />
      {back && <input type="hidden" name="back" value={back} />}
      <Fields
        fields={formFields({ choice, tasks: [task] }, typed, language)}
        language={language}
        unitNames={unitNames}
      />
      <button
        type="submit"
        class={['cancel', 'refuseExtension', 'returnEvidence'].includes(choice.move) ? 'danger' : ''}
      >
        {moveLabel(choice.move, language)}
      </button>
    </form>
  );
}

function EvidenceForm({ signedIn, task, choice, typed, moveId, back, upload }: MovePageProps) {
  const { language } = signedIn;
  const w = words[language];
  const { files, mb, types, accept } = upload;
  const mayHandIn = choice.actor.role === 'unit' && task.status === 'open';
  return (
    <form method="post" action={movePath(task.id, choice.move)} enctype="multipart/form-data">
      <MoveFields signedIn={signedIn} seen={task.seq} moveId={moveId} />
      {back && <input type="hidden" name="back" value={back} />}
      <Fields fields={formFields({ choice, tasks: [task] }, typed, language)} language={language} unitNames={[]} />
      <label for="files">{w.files}</label>
      <input id="files" name="files" type="file" multiple accept={accept} aria-describedby="files-help" />
      <p class="soft help" id="files-help">
        {w.filesHelp(files, mb, types)}
      </p>
      <label for="number">
        {w.number} <span class="soft">({w.optional})</span>
      </label>
      <input id="number" name="number" maxLength={2000} value={typed.number ?? ''} />
      <label for="link">
        {w.link} <span class="soft">({w.optional})</span>
      </label>
      <input id="link" name="link" type="url" maxLength={2000} value={typed.link ?? ''} placeholder="https://" />
      <label for="figure">
        {w.figureLabel} <span class="soft">({w.optional})</span>
      </label>
      <input id="figure" name="figure" maxLength={2000} value={typed.figure ?? ''} />
      {mayHandIn && (
        <p>
          <label for="handIn" class="tick">
            <input id="handIn" name="handIn" type="checkbox" value="yes" checked={typed.handIn === 'yes'} />{' '}
            {w.handInToo}
          </label>
        </p>
      )}
      <button type="submit">{moveLabel(choice.move, language)}</button>
    </form>
  );
}

/** What is decided on: the version under review, the request. */
function About({
  task,
  choice,
  language,
}: Pick<MovePageProps, 'task' | 'choice'> & { language: SignedIn['language'] }) {
  const w = words[language];
  const { review, extension } = task;
  if ((choice.move === 'acceptEvidence' || choice.move === 'returnEvidence') && review) {
    const ids = task.versions.find(({ version }) => version === review.version)?.items ?? [];
    return (
      <>
        <h2>
          {w.reviewed} ({w.version} {review.version})
        </h2>
        <Items task={task.id} items={task.evidence.filter(({ id }) => ids.includes(id))} language={language} />
      </>
    );
  }
  if ((choice.move === 'approveExtension' || choice.move === 'refuseExtension') && extension) {
    return (
      <p class="asked">
        {nameOf(extension.unit)} {w.until} {extension.to}
        {'\n'}
        {w.reason}: {extension.reason}
        {'\n'}
        {w.progress}: {extension.progress}
      </p>
    );
  }
  if (choice.move === 'submitEvidence' || choice.move === 'addEvidence') {
    return task.evidence.length === 0 ? null : <Items task={task.id} items={task.evidence} language={language} />;
  }
  return null;
}
