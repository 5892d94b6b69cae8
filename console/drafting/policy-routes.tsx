/** `/plans/:plan/draft/policy`: the numbers of a draft's rules, changed as a correction of the draft. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { correctDraft } from '../../client/drafts/correct-draft';
import { planOfOffice } from '../../client/reading/plan-sight';
import { overridesTyped, policyNumbers, policyProblem } from '../../domain/policy-numbers';
import { PolicyError, policyOf } from '../../domain/policy-schema';
import type { StoredPlan } from '../../ledger/plans';
import { fieldsIn } from '../pages/query';
import { sendPage } from '../pages/send-page';
import { noSuchPage } from '../sorry';
import type { DraftingParts } from './import-routes';
import { DraftPolicyPage } from './policy-page';
import { policyWords } from './policy-words';
import { refused } from './said';

type OnPlan = { Params: { plan: string }; Querystring: { done?: string } };

export function draftPolicyPages(app: FastifyInstance, { now }: DraftingParts): void {
  app.get<OnPlan>('/plans/:plan/draft/policy', async (request, reply) => {
    const { signedIn, params, query } = request;
    const stored = await planOfOffice(signedIn.desk, params.plan);
    if (!stored) return noSuchPage(reply);
    const { id, office } = stored.plan;
    const isOpen = stored.status === 'draft' && signedIn.desk.may('editPlan', { office }) === null;
    // Who cannot change them reads them where everybody does.
    if (!isOpen) return reply.redirect(`/policy?plan=${id}`, 303);
    return show(request, reply, stored, { isSaved: query.done === 'saved' });
  });

  app.post<OnPlan>('/plans/:plan/draft/policy', async (request, reply) => {
    const { signedIn, params, body } = request;
    const { desk, language } = signedIn;
    const stored = await planOfOffice(desk, params.plan);
    if (!stored) return noSuchPage(reply);
    const { id, office } = stored.plan;
    desk.authorise('editPlan', { office });
    const fields = fieldsIn(body);
    try {
      const policy = fields.defaults === 'yes' ? null : overridesTyped(stored.plan.policy, numbersIn(fields, stored));
      const { note, revision } = fields;
      const options = { at: now(), note: note?.trim().slice(0, 500), revision: Number(revision) };
      await correctDraft(desk, stored, [{ task: null, policy }], options);
      return await reply.redirect(`/plans/${id}/draft/policy?done=saved`, 303);
    } catch (error) {
      const w = policyWords[language];
      const { said, status } =
        error instanceof PolicyError
          ? { said: [policyProblem(error, language), w.notSaved], status: 422 }
          : refused(error, language, w.overtaken);
      const fresh = await planOfOffice(desk, id);
      return show(request, reply.code(status), fresh ?? stored, { said, typed: fields });
    }
  });
}

function show(
  { signedIn }: FastifyRequest<OnPlan>,
  reply: FastifyReply,
  stored: StoredPlan,
  { said = [], typed = {}, isSaved = false }: { said?: string[]; typed?: Record<string, string>; isSaved?: boolean },
): FastifyReply {
  return sendPage(reply, <DraftPolicyPage {...{ signedIn, stored, typed, said, isSaved }} />);
}

/** The fields of the form that are numbers of the policy. */
function numbersIn(fields: Record<string, string>, { plan }: StoredPlan): Record<string, string> {
  const paths = new Set(policyNumbers(policyOf(plan.policy)).map(({ path }) => path));
  return Object.fromEntries(Object.entries(fields).filter(([name]) => paths.has(name)));
}
