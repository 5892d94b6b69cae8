/** `/plans/:plan/bulletin`: the bulletin of a month as it will be issued, and the plan's other papers. */
import type { Block, Paper } from '../../documents/bulletin/paper';
import { numeral } from '../../documents/bulletin/words';
import type { Plan } from '../../domain/plan';
import { Page } from '../pages/page';
import { Table } from '../pages/table';
import type { SignedIn } from '../session/signed-in';
import { words } from './words';

export interface BulletinPageProps {
  signedIn: SignedIn;
  plan: Plan;
  /** Months and quarters that can be asked for, the newest first. */
  periods: readonly string[];
  period: string;
  typed: { number: string; head: string };
  paper: Paper | null;
  said: readonly string[];
}

export function BulletinPage({ signedIn, plan, periods, period, typed, paper, said }: BulletinPageProps) {
  const w = words[signedIn.language];
  const here = `/plans/${plan.id}`;
  return (
    <Page signedIn={signedIn} title={w.title(plan.title)} styles={['papers']} wide>
      <section class="no-print">
        <form method="get" action={`${here}/bulletin`}>
          <div class="row">
            <div>
              <label for="month">{w.month}</label>
              <select id="month" name="month">
                {periods.map((one) => (
                  <option key={one} value={one} selected={one === period}>
                    {one}
                  </option>
                ))}
              </select>
            </div>
            <div>
              <label for="number">{w.number}</label>
              <input id="number" name="number" value={typed.number} maxLength={60} />
            </div>
            <div>
              <label for="head">{w.head}</label>
              <input id="head" name="head" value={typed.head} maxLength={60} />
            </div>
            <button type="submit" class="second">
              {w.show}
            </button>
            {paper && (
              <button type="submit" name="format" value="docx">
                {w.download}
              </button>
            )}
          </div>
        </form>
        <p class="row">
          <a href={`${here}/ledger`}>{w.ledger}</a> <a href={`${here}/evidence`}>{w.evidence}</a>
        </p>
      </section>
      {said.length > 0 && (
        <div class="refused" role="alert">
          {said.map((line) => (
            <p key={line}>{line}</p>
          ))}
        </div>
      )}
      {paper && <Sheet paper={paper} annex={w.annex} />}
    </Page>
  );
}

function Sheet({ paper, annex }: { paper: Paper; annex: string }) {
  const { head, number, title, addressees, opening, sections, annexes, signature, date, footnote } = paper;
  return (
    <article class="paper" lang="zh-CN">
      <p class="issuer">{head}</p>
      <p class="number">{number}</p>
      <h2>{title}</h2>
      <p>{addressees}</p>
      <p>{opening}</p>
      {sections.map(({ heading, blocks }, i) => (
        <section key={heading}>
          <h3>{`${numeral(i + 1)}、${heading}`}</h3>
          <Blocks blocks={blocks} />
        </section>
      ))}
      {annexes.map((one, i) => (
        <details key={one.title}>
          <summary>{`${annex}${i + 1} ${one.title}`}</summary>
          <Blocks blocks={one.blocks} />
        </details>
      ))}
      <p class="signature">{signature}</p>
      <p class="signature">{date}</p>
      <p class="soft">{footnote}</p>
    </article>
  );
}

function Blocks({ blocks }: { blocks: readonly Block[] }) {
  return (
    <>
      {blocks.map((block, n) =>
        block.kind === 'paragraph' ? (
          <p key={block.text}>{block.text}</p>
        ) : (
          <Table
            key={`${n} ${block.columns.map(({ title }) => title).join()}`}
            heads={block.columns.map(({ title }) => title)}
          >
            {block.rows.map((row) => (
              <tr key={row.map(({ text }) => text).join('\t')}>
                {row.map(({ text, light }, i) => (
                  <td key={block.columns[i]?.title} class={light ? `shade ${light}` : undefined}>
                    {text}
                  </td>
                ))}
              </tr>
            ))}
          </Table>
        ),
      )}
    </>
  );
}
