/** The page behind a link: the task, what will be recorded in whose name, and one button. */
import type { AnswerName } from '../../domain/answers/answers';
import { MOVES } from '../../domain/moves';
import type { Facts } from '../answers/facts';
import type { Typed } from '../answers/form-fields';
import { FactList, InWhoseName, Refused } from './answer-parts';
import { EvidenceList } from './evidence-list';
import { Shell } from './shell';

export interface FormPage {
  facts: Facts;
  answer: AnswerName;
  /** The link's token: the form goes back to its own address. */
  token: string;
  formToken: string;
  typed: Typed;
  /** Why the last try was refused, or that its outcome is unknown. */
  said: readonly string[];
  /** Whether the task asks if its condition holds. */
  asksCondition: boolean;
}

export function AnswerPage({ facts, answer, token, formToken, typed, said, asksCondition }: FormPage) {
  return (
    <Shell title={facts.label}>
      <FactList facts={facts} />
      {facts.evidence.length > 0 && <EvidenceList items={facts.evidence} token={token} />}
      <Refused said={said} />
      <form method="post" action={`/a/${token}`}>
        <input type="hidden" name="form" value={formToken} />
        <Fields answer={answer} typed={typed} facts={facts} asksCondition={asksCondition} />
        <InWhoseName facts={facts} typed={typed} />
        <button type="submit">{facts.label}</button>
      </form>
    </Shell>
  );
}

type FieldsOf = Pick<FormPage, 'answer' | 'typed' | 'facts' | 'asksCondition'>;

function Fields({ answer, typed, facts, asksCondition }: FieldsOf) {
  switch (answer) {
    case 'ready':
      return <Text name="text" label="说明（可不填）" max={MOVES.declare.texts.reason.max} typed={typed} optional />;
    case 'notReady':
      return <Text name="text" label="创造条件推进实施的措施" max={MOVES.declare.texts.reason.max} typed={typed} />;
    case 'contribution':
      return <Text name="text" label="办理情况" max={MOVES.completeContribution.texts.text.max} typed={typed} />;
    case 'planReport':
      return <Text name="text" label="本季度总体进展" max={MOVES.report.texts.text.max} typed={typed} />;
    case 'report':
      return (
        <>
          <Text name="text" label="进展" max={MOVES.report.texts.text.max} typed={typed} />
          <label for="percent">完成比例（%，可不填）</label>
          <input id="percent" name="percent" type="number" min="0" max="100" step="1" value={typed.percent ?? ''} />
          {asksCondition && <Condition typed={typed} />}
        </>
      );
    case 'extension':
      return (
        <>
          <DayField label="申请延期至" typed={typed} after={facts.today} />
          <Text name="text" label="理由" max={MOVES.requestExtension.texts.reason.max} typed={typed} />
          <Text name="progress" label="目前进展" max={MOVES.requestExtension.texts.progress.max} typed={typed} />
        </>
      );
    case 'approve':
      return <DayField label="同意的日期（不填则为所申请的日期）" typed={typed} after={facts.today} optional />;
    case 'return':
    case 'refuse':
    case 'list':
      return <Text name="text" label="理由" max={MOVES.returnEvidence.texts.reason.max} typed={typed} />;
    case 'instruct':
      return <Text name="text" label="批示内容" max={MOVES.instruct.texts.text.max} typed={typed} />;
    default:
      return null;
  }
}

interface TextField {
  name: 'text' | 'progress';
  label: string;
  max: number;
  typed: Typed;
  optional?: true;
}

function Text({ name, label, max, typed, optional }: TextField) {
  return (
    <>
      <label for={name}>{label}</label>
      <textarea id={name} name={name} rows={4} maxLength={max} required={!optional}>
        {typed[name] ?? ''}
      </textarea>
    </>
  );
}

function DayField({ label, typed, after, optional }: { label: string; typed: Typed; after: string; optional?: true }) {
  return (
    <>
      <label for="day">{label}</label>
      <input
        id="day"
        name="day"
        type="date"
        min={after}
        max="2099-12-31"
        value={typed.day ?? ''}
        required={!optional}
      />
    </>
  );
}

function Condition({ typed }: { typed: Typed }) {
  const options = [
    { value: '', text: '不说明' },
    { value: 'yes', text: '已经具备' },
    { value: 'no', text: '尚不具备' },
  ];
  return (
    <>
      <label for="condition">条件是否具备</label>
      <select id="condition" name="condition">
        {options.map(({ value, text }) => (
          <option key={value} value={value} selected={(typed.condition ?? '') === value}>
            {text}
          </option>
        ))}
      </select>
    </>
  );
}
