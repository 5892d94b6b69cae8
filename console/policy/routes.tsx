/** `/policy`: the numbers that dates are reckoned with, in words, for a plan or as they are by default. */
import type { FastifyInstance } from 'fastify';
import { numbersOf } from '../../client/reading/plan-numbers';
import { planInSight, plansInSight } from '../../client/reading/plan-sight';
import { DEFAULT_POLICY } from '../../domain/policy';
import { planId } from '../../domain/schemas';
import { Page } from '../pages/page';
import { filtersIn } from '../pages/query';
import { sendPage } from '../pages/send-page';
import { Table } from '../pages/table';
import { noSuchPage } from '../sorry';
import { policyLines } from './rules';

const words = {
  'zh-CN': {
    title: '规则',
    plan: '方案',
    usual: '默认',
    show: '查看',
    rule: '条款',
    says: '内容',
    frozen: '下达时已固定，之后不变。',
    draft: '草稿：下达时固定。',
  },
  en: {
    title: 'Policy',
    plan: 'Plan',
    usual: 'default',
    show: 'Show',
    rule: 'Rule',
    says: 'What it says',
    frozen: 'Frozen when the plan was launched.',
    draft: 'A draft: frozen when it is launched.',
  },
} as const;

export function policyPages(app: FastifyInstance): void {
  app.get('/policy', async ({ signedIn, query }, reply) => {
    const { desk, language } = signedIn;
    const text = words[language];
    const { plan: asked } = filtersIn({ plan: planId }, query);
    const stored = asked === undefined ? null : await planInSight(desk, asked);
    if (asked !== undefined && !stored) return noSuchPage(reply);
    const plans = await plansInSight(desk);
    const lines = policyLines(stored ? numbersOf(stored) : DEFAULT_POLICY, language);
    return sendPage(
      reply,
      <Page signedIn={signedIn} title={text.title} styles={['office']}>
        <form class="row filters" method="get" action="/policy">
          <div>
            <label for="plan">{text.plan}</label>
            <select id="plan" name="plan">
              <option value="">{text.usual}</option>
              {plans.map(({ id, title }) => (
                <option key={id} value={id} selected={id === asked}>
                  {title} ({id})
                </option>
              ))}
            </select>
          </div>
          <button type="submit" class="second">
            {text.show}
          </button>
        </form>
        {stored && <p class="soft">{stored.policy ? text.frozen : text.draft}</p>}
        <Table card heads={[text.rule, text.says]}>
          {lines.map(({ rule, text: said }) => (
            <tr key={said}>
              <td>{rule}</td>
              <td>{said}</td>
            </tr>
          ))}
        </Table>
      </Page>,
    );
  });
}
