/** The page that collects evidence: what is there, what can be added, and the hand-in. */

import type { FormPage } from './answer-page';
import { FactList, InWhoseName, Refused } from './answer-parts';
import { EvidenceList } from './evidence-list';
import { Shell } from './shell';

export interface EvidencePageParts extends FormPage {
  /** Of the form that hands in; adding has its own. */
  handInToken: string;
  /** Only a lead hands in (R7), and only what is there. */
  mayHandIn: boolean;
  limits: { files: number; mb: number; types: string };
  accept: string;
  /** What was added a moment ago. */
  added: string | null;
}

export function EvidencePage(parts: EvidencePageParts) {
  const { facts, token, formToken, handInToken, typed, said, mayHandIn, limits, accept, added } = parts;
  return (
    <Shell title={facts.label}>
      <FactList facts={facts} />
      {added && (
        <div class="notice good" role="status">
          <p>{added}</p>
        </div>
      )}
      <Refused said={said} />
      {facts.evidence.length > 0 ? (
        <EvidenceList items={facts.evidence} token={token} />
      ) : (
        <p class="soft">尚未添加佐证材料。请先添加，再报送。</p>
      )}
      {mayHandIn && (
        <form method="post" action={`/a/${token}`}>
          <input type="hidden" name="form" value={handInToken} />
          <InWhoseName facts={facts} typed={typed} />
          <button type="submit">报送以上{facts.evidence.length}件材料</button>
        </form>
      )}
      <h2>添加材料</h2>
      <form method="post" action={`/a/${token}/evidence`} enctype="multipart/form-data">
        <input type="hidden" name="form" value={formToken} />
        <label for="files">文件（可多选）</label>
        <input id="files" name="files" type="file" multiple accept={accept} />
        <p class="soft">
          一次最多{limits.files}个，每个不超过{limits.mb} MB；{limits.types}。
        </p>
        <label for="number">文号（可不填）</label>
        <input id="number" name="number" maxLength={2000} value={typed.number ?? ''} />
        <label for="link">网址（可不填）</label>
        <input id="link" name="link" type="url" maxLength={2000} value={typed.link ?? ''} placeholder="https://" />
        {!mayHandIn && <InWhoseName facts={facts} typed={typed} />}
        <button type="submit" class={mayHandIn ? 'second' : ''}>
          添加
        </button>
      </form>
    </Shell>
  );
}
