/** What a visitor sees, by what came of his visit. */
import type { FastifyReply } from 'fastify';
import { type Refusal, sentenceOf } from '../../domain/refusals';
import { isLead } from '../../domain/task';
import { instantText } from '../../domain/wording';
import { ACCEPT, KINDS_IN_WORDS } from '../../ledger/evidence/kinds';
import type { LinkAnswer } from '../../ledger/letters/link-answers';
import { newFormToken } from '../../links/answer-link';
import { AnswerPage } from '../pages/answer-page';
import { EvidencePage } from '../pages/evidence-page';
import { Message } from '../pages/message';
import { OutcomePage } from '../pages/outcome-page';
import { sendPage } from '../pages/send-page';
import { factsOf } from './facts';
import { type Typed, typedOf } from './form-fields';
import type { Made } from './make-answer';
import type { AnswerParts } from './routes';
import { doneText, type Opened, type Visit, whoseText } from './visit';

/** So many files go with one form. */
export const MOST_FILES = 20;

/** A form that is shown again. */
interface Again {
  status?: number;
  /** Kept, where the same move is sent again. */
  formToken?: string;
  handInToken?: string;
  added?: string | null;
}

/** The pages of one visit. */
export class Pages {
  constructor(
    private readonly parts: AnswerParts,
    private readonly token: string,
    private readonly reply: FastifyReply,
  ) {}

  /** For a link behind which there is nothing to see. */
  nothing(opened: Extract<Opened, { state: 'unknown' | 'void' }> | 'too-many'): FastifyReply {
    if (opened === 'too-many')
      return sendPage(this.reply.code(429), <Message title="操作过于频繁" said={['请稍等一分钟再试。']} />);
    if (opened.state === 'void')
      return sendPage(
        this.reply.code(410),
        <Message title="链接已失效" said={[opened.said, opened.isRevoked ? ASK_PEOPLE : ASK]} />,
      );
    const said = ['链接不完整或不正确：请从信件中重新点击，或完整复制整个地址。', ASK];
    return sendPage(this.reply.code(404), <Message title="链接无效" said={said} />);
  }

  async of(opened: Exclude<Opened, { state: 'unknown' | 'void' }>): Promise<FastifyReply> {
    if (opened.state === 'done') return this.outcome(opened.visit, 'calm', doneSaid(opened.visit, opened.answer));
    if (opened.state === 'over') return this.outcome(opened.visit, 'calm', [opened.said, '无须再答复，谢谢。']);
    const { visit, pending } = opened;
    if (!pending) return this.form(visit, {}, []);
    return this.form(visit, { ...typedOf(pending.move), who: pending.who }, [UNKNOWN], { status: 200 });
  }

  async made(visit: Visit, made: Made, typed: Typed, form: string): Promise<FastifyReply> {
    if (made.outcome === 'recorded') {
      const { who, at } = made.answer;
      const said = [`已记录：${whoseText(visit.link, who)}，${instantText(at)}。`, '可以关闭此页。'];
      return this.outcome(visit, 'good', said);
    }
    if (made.outcome === 'already') return this.outcome(visit, 'calm', doneSaid(visit, made.answer));
    if (made.outcome === 'refused') return this.form(visit, typed, [refusedSaid(made.refusal)]);
    // The same form token: sent again, it is the same move.
    return this.form(visit, typed, [UNKNOWN], { status: 503, formToken: form, handInToken: form });
  }

  async added(visit: Visit, made: Made, typed: Typed, count: number, form: string): Promise<FastifyReply> {
    const task = await this.parts.desk.task(visit.link.about);
    const fresh = { ...visit, task };
    if (made.outcome === 'refused') return this.form(fresh, typed, [refusedSaid(made.refusal)]);
    if (made.outcome === 'unknown') return this.form(fresh, typed, [UNKNOWN], { status: 503, formToken: form });
    return this.form(fresh, { who: typed.who }, [], { added: `已添加${count}件材料，尚未报送。` });
  }

  async form(
    visit: Visit,
    typed: Typed,
    said: readonly string[],
    { status, formToken, handInToken, added = null }: Again = {},
  ): Promise<FastifyReply> {
    const { desk, keys, now, evidenceMaxMb } = this.parts;
    const { link, digest, task } = visit;
    const facts = await factsOf(desk, visit, now());
    const page = {
      facts,
      answer: link.answer,
      token: this.token,
      formToken: formToken ?? newFormToken(keys, digest),
      typed,
      said,
      asksCondition: task?.type === 'conditional' && task.dueOn === null,
    };
    this.reply.code(status ?? (said.length > 0 ? 422 : 200));
    if (link.answer !== 'evidence') return sendPage(this.reply, <AnswerPage {...page} />);
    return sendPage(
      this.reply,
      <EvidencePage
        {...page}
        handInToken={handInToken ?? newFormToken(keys, digest)}
        mayHandIn={task !== null && isLead(task, link.unit) && task.evidence.length > 0}
        limits={{ files: MOST_FILES, mb: evidenceMaxMb, types: KINDS_IN_WORDS }}
        accept={ACCEPT}
        added={added}
      />,
    );
  }

  private async outcome(visit: Visit, tone: 'good' | 'calm', said: string[]): Promise<FastifyReply> {
    const { desk, now } = this.parts;
    const task = visit.task && (await desk.task(visit.task.id));
    const facts = await factsOf(desk, { ...visit, task }, now());
    return sendPage(this.reply, <OutcomePage facts={{ ...facts, evidence: [] }} tone={tone} said={said} />);
  }
}

const ASK = '如需答复，请直接回复信件，或联系协调员。';
const ASK_PEOPLE = '如需答复，请联系协调员。';
const UNKNOWN = '上一次提交的结果暂时不明。请再点一次：不会重复记录。';

function doneSaid({ link }: Visit, answer: LinkAnswer): string[] {
  return [doneText(link, answer), '无须再次操作，谢谢。'];
}

/** Units by their own names. */
function refusedSaid(refusal: Refusal): string {
  const details = Object.entries(refusal.details).map(([key, value]) => [
    key,
    value.replace(/^[a-z0-9-]{1,32}:(?=\D)/, ''),
  ]);
  return sentenceOf({ ...refusal, details: Object.fromEntries(details) }, 'zh');
}
