/** A task of a plan that is not launched, and the doubts about it. */
import { DIAGNOSTICS, type DiagnosticCode, type DiagnosticEntry } from '../../documents/diagnostics';
import { nameOf } from '../../domain/notices';
import type { PlanTask, UnitId } from '../../domain/plan';
import { type DraftWords, words } from './words';

export interface TaskPartsProps {
  w: DraftWords;
  task: PlanTask;
  /** Whether the directory has the unit. */
  isKnown: (unit: UnitId) => boolean;
}

export function TaskFacts({ w, task, isKnown }: TaskPartsProps) {
  const { category, title, content, measures, parties, deadline, remark, openEnded } = task;
  const leads = parties.filter(({ role }) => role === 'lead');
  const others = parties.filter(({ role }) => role !== 'lead');
  return (
    <>
      <h3>{title}</h3>
      {category !== null && <p class="soft">{category}</p>}
      {content !== '' && content !== title && (
        <details>
          <summary>{w.content}</summary>
          <p class="lines">{content}</p>
        </details>
      )}
      {measures.length > 0 && (
        <details>
          <summary>{`${w.measures} ${measures.length}`}</summary>
          <ol>
            {measures.map((measure) => (
              <li key={measure}>{measure}</li>
            ))}
          </ol>
        </details>
      )}
      <dl class="facts">
        <dt>{w.leads}</dt>
        <dd>{leads.length > 0 ? <Units units={leads.map(({ unit }) => unit)} isKnown={isKnown} /> : w.noLead}</dd>
        {others.length > 0 && (
          <>
            <dt>{w.others}</dt>
            <dd>
              <Units units={others.map(({ unit }) => unit)} isKnown={isKnown} />
              {openEnded && ` ${w.openEnded}`}
            </dd>
          </>
        )}
        <dt>{w.deadline}</dt>
        <dd>{deadlineLine(task, w)}</dd>
        {deadline.text !== '' && (
          <>
            <dt />
            <dd class="soft">{`${w.inWords}${deadline.text}`}</dd>
          </>
        )}
        {remark && (
          <>
            <dt>{w.remark}</dt>
            <dd>{`${remark.status ? `${w.remarkStatuses[remark.status]} ` : ''}${remark.text}`}</dd>
          </>
        )}
      </dl>
    </>
  );
}

function Units({ units, isKnown }: { units: readonly UnitId[]; isKnown: TaskPartsProps['isKnown'] }) {
  return (
    <>
      {units.map((unit, i) => (
        <span key={unit}>
          {i > 0 && '、'}
          {isKnown(unit) ? nameOf(unit) : <mark title={unit}>{`${nameOf(unit)}？`}</mark>}
        </span>
      ))}
    </>
  );
}

function deadlineLine({ deadline, noDateConfirmed }: PlanTask, w: DraftWords): string {
  const { type, dueOn, readyOn, notReadyOn, condition } = deadline;
  switch (type) {
    case 'fixed':
      return dueOn ?? w.deadlines[''];
    case 'two-track':
      return `${w.readyOn} ${readyOn ?? '—'}；${w.notReadyOn} ${notReadyOn ?? '—'}`;
    case 'conditional':
      return `${w.deadlines.conditional}${condition ? `：${condition}` : ''}`;
    case 'ongoing':
      return w.deadlines.ongoing;
    default:
      return noDateConfirmed === true ? w.deadlines.none : w.deadlines[''];
  }
}

/** A doubt as it stands at its task. */
export interface ShownDoubt {
  code: DiagnosticCode;
  line: number | null;
  message: string;
}

export function Doubts({ w, doubts }: { w: DraftWords; doubts: readonly ShownDoubt[] }) {
  if (doubts.length === 0) return null;
  // The words of a doubt quote the document, and are Chinese as it is; what such a doubt means is said in both.
  const isEnglish = w === words.en;
  return (
    <ul class="doubts">
      {doubts.map(({ code, line, message }) => {
        const { severity, means, remedy }: DiagnosticEntry = DIAGNOSTICS[code];
        return (
          <li key={`${code} ${line} ${message}`} class={severity}>
            <strong>{w.severity[severity]}</strong> {line !== null && <span class="soft">{`${w.line} ${line} `}</span>}
            {isEnglish ? (
              <>
                {`${means} ${remedy} `}
                <span lang="zh-CN" class="soft">
                  {message}
                </span>
              </>
            ) : (
              message
            )}
          </li>
        );
      })}
    </ul>
  );
}
