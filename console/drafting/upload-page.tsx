/** A document beside the tasks that were found in it. */
import type { ImportView, TaskView } from '../../client/imports/import-view';
import type { Unit } from '../../domain/unit';
import type { Upload } from '../../ledger/uploads';
import { Page } from '../pages/page';
import type { SignedIn } from '../session/signed-in';
import { Said, UnitNames } from './edit-form';
import type { EditValues } from './edit-values';
import type { Paged } from './paging';
import { Source } from './source';
import { Doubts } from './task-parts';
import { TasksFound } from './tasks-found';
import { HeadForm, StoreForm, UnknownUnits } from './upload-forms';
import { type DraftWords, words } from './words';

export interface UploadPageProps {
  signedIn: SignedIn;
  upload: Upload;
  view: ImportView;
  /** For which the user may import. */
  offices: readonly Unit[];
  /** Units of the plan's city. */
  units: readonly Unit[];
  paged: Paged<TaskView>;
  doubtful: boolean;
  said: readonly string[];
  /** The task whose form is open, with what stands in it. */
  editing: { number: string; values: EditValues; said: readonly string[] } | null;
}

export function UploadPage(props: UploadPageProps) {
  const { signedIn, upload, view, units } = props;
  const w = words[signedIn.language];
  const { errors, warnings, plan } = view;
  // Of what cannot be read nothing else is asked.
  const isUnread = plan.tasks.length === 0;
  return (
    <Page signedIn={signedIn} title={upload.file} styles={['drafting']} wide>
      <p class="soft">
        <a href="/imports">{w.imports}</a> · {w.summary(plan.tasks.length, errors, warnings)}
      </p>
      <Said lines={props.said} />
      <UnitNames units={units} />
      <div class="cards">
        {!isUnread && (
          <section id="head">
            <h2>{w.head}</h2>
            <HeadForm {...props} w={w} />
          </section>
        )}
        <section id="document">
          <h2>{w.doubts}</h2>
          <Doubts w={w} doubts={view.doubts} />
          {view.stale.length > 0 && <p>{`${w.stale}：${view.stale.map(({ number }) => number).join('、')}`}</p>}
          {view.preface.length > 0 && (
            <details>
              <summary>{w.preface}</summary>
              <Source w={w} lines={view.preface} />
            </details>
          )}
          {isUnread ? (
            <p>
              {w.nothingFound} <a href="/imports">{w.uploadAgain}</a>
            </p>
          ) : (
            <StoreForm {...props} w={w} />
          )}
        </section>
      </div>
      {view.unknown.length > 0 && (
        <section id="units-unknown">
          <h2>{w.unknownUnits}</h2>
          <p class="soft">{w.unknownHint}</p>
          <UnknownUnits {...props} w={w} />
        </section>
      )}
      {!isUnread && <TasksFound {...props} w={w} />}
    </Page>
  );
}

/** A part of the page. */
export type Part = UploadPageProps & { w: DraftWords };
