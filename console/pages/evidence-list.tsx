/** What was collected or handed in: each item, files to be opened by whoever holds the link. */
import { nameOf } from '../../domain/notices';
import type { EvidenceItem } from '../../domain/task';

export function EvidenceList({ items, token }: { items: readonly EvidenceItem[]; token: string }) {
  return (
    <>
      <h2>佐证材料 {items.length}件</h2>
      <ul class="items">
        {items.map((item) => (
          <li key={item.id}>
            <Item item={item} token={token} />{' '}
            <span class="soft when">
              {nameOf(item.unit)} {item.on}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

const KINDS = { file: '文件', link: '链接', number: '文号', figure: '指标' } as const;

function Item({ item, token }: { item: EvidenceItem; token: string }) {
  if (item.kind === 'file')
    return (
      <a href={`/a/${token}/file/${item.id}`}>
        {item.name ?? item.id}
        {item.bytes !== null && `（${sizeText(item.bytes)}）`}
      </a>
    );
  return (
    <>
      {KINDS[item.kind]}：{item.value}
    </>
  );
}

/** A size as people say it. */
function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes}字节`;
  return bytes < 1024 * 1024 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
