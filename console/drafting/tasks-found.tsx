/** The tasks that were found in a document, each beside its lines, with its doubts and the form that corrects it. */
import type { TaskView } from '../../client/imports/import-view';
import { EditForm } from './edit-form';
import { Pager } from './pager';
import { Source } from './source';
import { Doubts, TaskFacts } from './task-parts';
import type { Part } from './upload-page';

export function TasksFound(props: Part) {
  const { w, upload, paged, doubtful } = props;
  const here = `/imports/${upload.id}`;
  const page = (n: number) => `${here}?page=${n}${doubtful ? '&doubtful=yes' : ''}#tasks`;
  return (
    <section id="tasks">
      <h2>{w.tasks}</h2>
      <p>
        <a href={doubtful ? `${here}#tasks` : `${here}?doubtful=yes#tasks`}>{doubtful ? w.showAll : w.showDoubtful}</a>
      </p>
      <Pager w={w} paged={paged} href={page} />
      {paged.items.length === 0 && <p class="empty">{doubtful ? w.noneDoubtful : ''}</p>}
      {paged.items.map((item) => (
        <TaskBeside key={item.number} {...props} item={item} />
      ))}
      <Pager w={w} paged={paged} href={page} />
    </section>
  );
}

function TaskBeside(props: Part & { item: TaskView }) {
  const { w, signedIn, upload, view, units, editing, paged, doubtful, item } = props;
  const { task, number, source, doubts, corrected } = item;
  const added = new Set([...units, ...view.strangers].map(({ id }) => id));
  const here = `/imports/${upload.id}?page=${paged.page}${doubtful ? '&doubtful=yes' : ''}`;
  return (
    <article class="beside" id={`t-${number}`} aria-label={number}>
      <div class="source">
        <p class="soft">{w.original}</p>
        <Source w={w} lines={source} />
      </div>
      <div class="found">
        <p class="soft">
          <span class="chip">{number}</span> {corrected && <span class="chip">{w.corrected}</span>}{' '}
          {editing?.number !== number && <a href={`${here}&edit=${number}#t-${number}`}>{`${w.correct} ${number}`}</a>}
        </p>
        <TaskFacts w={w} task={task} isKnown={(unit) => added.has(unit)} />
        <Doubts w={w} doubts={doubts} />
        {editing?.number === number && (
          <EditForm
            signedIn={signedIn}
            task={task}
            values={editing.values}
            said={editing.said}
            action={`/imports/${upload.id}/tasks/${number}?page=${paged.page}${doubtful ? '&doubtful=yes' : ''}`}
            back={`${here}#t-${number}`}
            revision={upload.revision}
          />
        )}
      </div>
    </article>
  );
}
